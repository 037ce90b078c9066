/** Runs in the thread: reads one package, and ends. */
import { parentPort } from 'node:worker_threads'
import { z } from 'zod'
import { zhCN } from 'zod/locales'
import { readPackage } from './package-reading.js'

parentPort?.once('message', (bytes: Uint8Array) => {
  z.config(zhCN())
  parentPort?.postMessage(readPackage(bytes))
})
