import type { Feature } from '../../shared/layout/feature.js'

export const feature: Feature = {
  pages: [
    { path: '/hazards', lazy: async () => ({ Component: (await import('./pages/ledger-page.js')).LedgerPage }) },
    {
      path: '/hazards/new',
      lazy: async () => ({ Component: (await import('./pages/register-page.js')).RegisterPage }),
    },
    {
      path: '/hazards/import',
      lazy: async () => ({ Component: (await import('./pages/ledger-import-start-page.js')).LedgerImportStartPage }),
    },
    {
      path: '/hazards/import/:importId',
      lazy: async () => ({ Component: (await import('./pages/ledger-import-page.js')).LedgerImportPage }),
    },
    {
      path: '/hazards/:hazardId',
      lazy: async () => ({ Component: (await import('./pages/hazard-page.js')).HazardPage }),
    },
    {
      path: '/hazards/:hazardId/change',
      lazy: async () => ({ Component: (await import('./pages/change-page.js')).ChangePage }),
    },
  ],
  desk: [
    {
      key: 'hazards',
      order: 10,
      ability: 'hazard.read',
      load: async () => ({ default: (await import('./components/hazard-desk.js')).HazardDesk }),
    },
    {
      key: 'hazards-overview',
      order: 40,
      ability: 'hazard.read',
      load: async () => ({ default: (await import('./components/overview-desk.js')).OverviewDesk }),
    },
  ],
  search: { to: '/hazards', label: '隐患', ability: 'hazard.read' },
}
