export { documentRoutes, giveStored } from './document.routes.js'
export { fileToGive, fileViewOf } from './document.service.js'
export { findFiles } from './file-list.repo.js'
