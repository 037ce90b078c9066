import { QueryClientProvider } from '@tanstack/react-query'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { RouterProvider } from 'react-router/dom'
import { makeQueryClient } from '../shared/api/query-client.js'
import { loginAddress } from '../shared/session/back.js'
import { ThemeProvider } from '../shared/theme/theme-provider.js'
import { router } from './router.js'

const client = makeQueryClient(() => {
  const { pathname, search } = router.state.location
  if (pathname !== '/login') void router.navigate(loginAddress(pathname, search), { replace: true })
})

const root = document.getElementById('root')
if (!root) throw new Error('#root is gone from index.html')
createRoot(root).render(
  <StrictMode>
    <ThemeProvider>
      <QueryClientProvider client={client}>
        <RouterProvider router={router} />
      </QueryClientProvider>
    </ThemeProvider>
  </StrictMode>,
)
