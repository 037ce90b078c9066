import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'
import { contractsTable } from './build/contracts-table.js'

/**
 * Libraries that every page needs stand in chunks of their own, so that a release of ours leaves them in the browser's
 * cache. antd is left to the bundler: it puts a component where it is used, as long as nobody imports the barrel.
 */
const standing = [
  { name: 'react', test: /node_modules[\\/](react|react-dom|scheduler|react-router)[\\/]/, priority: 20 },
  { name: 'query', test: /node_modules[\\/]@tanstack[\\/](query-core|react-query)[\\/]/, priority: 20 },
]

export default defineConfig({
  root: import.meta.dirname,
  plugins: [contractsTable(), react()],
  server: {
    proxy: { '/api': process.env['BIHUAN_API'] ?? 'http://127.0.0.1:8080' },
  },
  build: {
    outDir: 'dist',
    emptyOutDir: true,
    manifest: true,
    target: 'es2022',
    // Source maps would be served to everyone; whoever debugs builds with `--sourcemap`.
    sourcemap: false,
    rolldownOptions: { output: { codeSplitting: { groups: standing } } },
  },
})
