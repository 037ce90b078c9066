import type { Feature } from '../../shared/layout/feature.js'

export const feature: Feature = {
  pages: [
    { path: '/tables', lazy: async () => ({ Component: (await import('./pages/tables-page.js')).TablesPage }) },
    { path: '/tables/:tableId', lazy: async () => ({ Component: (await import('./pages/table-page.js')).TablePage }) },
    {
      path: '/tables/:tableId/design',
      lazy: async () => ({ Component: (await import('./pages/design-page.js')).RedesignPage }),
    },
    {
      path: '/campaigns/:campaignId/tables/new',
      lazy: async () => ({ Component: (await import('./pages/design-page.js')).DesignPage }),
    },
    {
      path: '/returns/:returnId',
      lazy: async () => ({ Component: (await import('./pages/return-page.js')).ReturnPage }),
    },
  ],
}
