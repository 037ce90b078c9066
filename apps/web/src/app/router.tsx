import { createBrowserRouter } from 'react-router'
import { Loading } from '../shared/states/loading.js'
import { features } from './features.js'
import { PageFailed } from './page-failed.js'

export const router = createBrowserRouter([
  {
    // One place for what a page throws, and for a chunk that is gone after an upgrade.
    errorElement: <PageFailed />,
    hydrateFallbackElement: <Loading shape="text" rows={0} />,
    children: [
      ...features.flatMap((feature) => feature.outside ?? []),
      {
        // The frame and what it needs are not part of the log-in page.
        lazy: async () => ({ Component: (await import('./shell.js')).Shell }),
        children: [
          ...features.flatMap((feature) => feature.pages.map((page) => ({ ...page, errorElement: <PageFailed /> }))),
          { path: '*', lazy: async () => ({ Component: (await import('./not-found-page.js')).NotFoundPage }) },
        ],
      },
    ],
  },
])
