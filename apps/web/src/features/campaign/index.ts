import type { Feature } from '../../shared/layout/feature.js'

export const feature: Feature = {
  pages: [
    { path: '/campaigns', lazy: async () => ({ Component: (await import('./pages/list-page.js')).ListPage }) },
    { path: '/campaigns/new', lazy: async () => ({ Component: (await import('./pages/new-page.js')).NewPage }) },
    {
      path: '/campaigns/:campaignId',
      lazy: async () => ({ Component: (await import('./pages/campaign-page.js')).CampaignPage }),
    },
  ],
}
