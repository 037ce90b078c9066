import type { Feature } from '../../shared/layout/feature.js'

export const feature: Feature = {
  outside: [
    { path: '/login', lazy: async () => ({ Component: (await import('./pages/login-page.js')).LoginPage }) },
    {
      path: '/first-login',
      lazy: async () => ({ Component: (await import('./pages/first-login-page.js')).FirstLoginPage }),
    },
  ],
  pages: [
    { path: '/account', lazy: async () => ({ Component: (await import('./pages/account-page.js')).AccountPage }) },
  ],
}
