import type { Feature } from '../../shared/layout/feature.js'

export const feature: Feature = {
  pages: [
    { path: '/enterprises', lazy: async () => ({ Component: (await import('./pages/list-page.js')).ListPage }) },
    {
      path: '/enterprises/new',
      lazy: async () => ({ Component: (await import('./pages/register-page.js')).RegisterPage }),
    },
    {
      path: '/enterprises/import',
      lazy: async () => ({ Component: (await import('./pages/import-start-page.js')).ImportStartPage }),
    },
    {
      path: '/enterprises/import/:importId',
      lazy: async () => ({ Component: (await import('./pages/import-page.js')).ImportPage }),
    },
    {
      path: '/enterprises/:enterpriseId',
      lazy: async () => ({ Component: (await import('./pages/enterprise-page.js')).EnterprisePage }),
    },
    {
      path: '/enterprises/:enterpriseId/change',
      lazy: async () => ({ Component: (await import('./pages/change-page.js')).ChangePage }),
    },
  ],
  search: { to: '/enterprises', label: '企业', ability: 'enterprise.read' },
}
