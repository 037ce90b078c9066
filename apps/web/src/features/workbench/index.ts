import type { Feature } from '../../shared/layout/feature.js'

export const feature: Feature = {
  pages: [{ path: '/', lazy: async () => ({ Component: (await import('./pages/workbench-page.js')).WorkbenchPage }) }],
}
