export { workbenchRoutes } from './workbench.routes.js'
