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
    { path: '/returns', lazy: async () => ({ Component: (await import('./pages/returns-page.js')).ReturnsPage }) },
    {
      path: '/returns/:returnId',
      lazy: async () => ({ Component: (await import('./pages/return-page.js')).ReturnPage }),
    },
    {
      path: '/returns/:returnId/rounds/:round',
      lazy: async () => ({ Component: (await import('./pages/filed-page.js')).FiledPage }),
    },
    {
      path: '/schedules',
      lazy: async () => ({ Component: (await import('./pages/schedules-page.js')).SchedulesPage }),
    },
    {
      path: '/schedules/:scheduleId',
      lazy: async () => ({ Component: (await import('./pages/schedule-page.js')).ChangeSchedulePage }),
    },
    {
      path: '/schedules/:scheduleId/board',
      lazy: async () => ({ Component: (await import('./pages/board-page.js')).BoardPage }),
    },
    {
      path: '/schedules/:scheduleId/scores',
      lazy: async () => ({ Component: (await import('./pages/scores-page.js')).ScheduleScoresPage }),
    },
    {
      path: '/campaigns/:campaignId/scores',
      lazy: async () => ({ Component: (await import('./pages/scores-page.js')).CampaignScoresPage }),
    },
    {
      path: '/ledgers/:ledgerId/schedules/new',
      lazy: async () => ({ Component: (await import('./pages/schedule-page.js')).AddLedgerSchedulePage }),
    },
    {
      path: '/campaigns/:campaignId/narratives/new',
      lazy: async () => ({ Component: (await import('./pages/narrative-schedule-page.js')).AddNarrativePage }),
    },
    {
      path: '/circulars',
      lazy: async () => ({ Component: (await import('./pages/circulars-page.js')).CircularsPage }),
    },
    {
      path: '/circulars/:circularId',
      lazy: async () => ({ Component: (await import('./pages/circular-page.js')).CircularPage }),
    },
    {
      path: '/tables/:tableId/schedules/new',
      lazy: async () => ({ Component: (await import('./pages/schedule-page.js')).AddSchedulePage }),
    },
    {
      path: '/packages',
      lazy: async () => ({ Component: (await import('./pages/packages-page.js')).PackagesPage }),
    },
  ],
  desk: [
    {
      key: 'returns',
      order: 5,
      ability: 'table.read',
      load: async () => ({ default: (await import('./components/return-desk.js')).ReturnDesk }),
    },
  ],
}
