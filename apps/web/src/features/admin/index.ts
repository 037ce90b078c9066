import type { Feature } from '../../shared/layout/feature.js'

export const feature: Feature = {
  pages: [
    { path: '/admin', lazy: async () => ({ Component: (await import('./pages/admin-page.js')).AdminPage }) },
    {
      path: '/admin/accounts',
      lazy: async () => ({ Component: (await import('./pages/accounts-page.js')).AccountsPage }),
    },
    { path: '/admin/roles', lazy: async () => ({ Component: (await import('./pages/roles-page.js')).RolesPage }) },
    {
      path: '/admin/calendar',
      lazy: async () => ({ Component: (await import('./pages/calendar-page.js')).CalendarPage }),
    },
    { path: '/admin/mail', lazy: async () => ({ Component: (await import('./pages/mail-page.js')).MailPage }) },
    { path: '/admin/audit', lazy: async () => ({ Component: (await import('./pages/audit-page.js')).AuditPage }) },
  ],
}
