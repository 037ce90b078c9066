import type { Feature } from '../../shared/layout/feature.js'

export const feature: Feature = {
  pages: [{ path: '/', lazy: async () => ({ Component: (await import('./pages/workbench-page.js')).WorkbenchPage }) }],
  desk: [
    {
      key: 'notices',
      order: 90,
      load: async () => ({ default: (await import('./components/notices-desk.js')).NoticesDesk }),
    },
  ],
}
