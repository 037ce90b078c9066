import type { Feature } from '../../shared/layout/feature.js'

export const feature: Feature = {
  pages: [
    { path: '/campaigns', lazy: async () => ({ Component: (await import('./pages/list-page.js')).ListPage }) },
    { path: '/campaigns/new', lazy: async () => ({ Component: (await import('./pages/new-page.js')).NewPage }) },
    {
      path: '/campaigns/phrases',
      lazy: async () => ({ Component: (await import('./pages/phrases-page.js')).PhrasesPage }),
    },
    {
      path: '/campaigns/:campaignId/correction',
      lazy: async () => ({ Component: (await import('./pages/correction-page.js')).CorrectionPage }),
    },
    {
      path: '/campaigns/:campaignId',
      lazy: async () => ({ Component: (await import('./pages/campaign-page.js')).CampaignPage }),
    },
    {
      path: '/campaigns/:campaignId/notice',
      lazy: async () => ({ Component: (await import('./pages/notice-page.js')).NoticePage }),
    },
    {
      path: '/campaigns/:campaignId/receivers',
      lazy: async () => ({ Component: (await import('./pages/receivers-page.js')).ReceiversPage }),
    },
  ],
  desk: [
    {
      key: 'receipts',
      order: 15,
      ability: 'campaign.confirm',
      load: async () => ({ default: (await import('./components/receipt-desk.js')).ReceiptDesk }),
    },
    {
      key: 'tasks',
      order: 20,
      ability: 'campaign.read',
      load: async () => ({ default: (await import('./components/task-desk.js')).TaskDesk }),
    },
    {
      key: 'campaigns',
      order: 30,
      ability: 'campaign.read',
      load: async () => ({ default: (await import('./components/campaign-desk.js')).CampaignDesk }),
    },
  ],
}
