import type { Feature } from '../../shared/layout/feature.js'

export const feature: Feature = {
  pages: [
    { path: '/units', lazy: async () => ({ Component: (await import('./pages/units-page.js')).UnitsPage }) },
    {
      path: '/units/import',
      lazy: async () => ({ Component: (await import('./pages/import-start-page.js')).ImportStartPage }),
    },
    {
      path: '/units/import/:importId',
      lazy: async () => ({ Component: (await import('./pages/import-page.js')).ImportPage }),
    },
  ],
}
