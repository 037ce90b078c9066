import { createContext, useContext, type ComponentType } from 'react'
import type { RouteObject } from 'react-router'

/**
 * What a feature's `index.ts` exports as `feature`; the router collects them all. Pages are lazy, because this stands
 * in the first chunk: `{ path: '/hazards', lazy: async () => ({ Component: (await import('./pages/ledger-page.js')).LedgerPage }) }`.
 */
export interface Feature {
  /** Inside the frame, for somebody who is logged in. */
  readonly pages: readonly RouteObject[]
  /** Outside it: log-in and what goes before. */
  readonly outside?: readonly RouteObject[]
  /** A list here that answers `?q=`: the top search leads into it. */
  readonly search?: { readonly to: string; readonly label: string; readonly ability: string }
  /** What of this feature waits for me: a section of the 工作台, in the order of `order`. */
  readonly desk?: readonly DeskSection[]
}

export interface DeskSection {
  readonly key: string
  readonly order: number
  readonly ability?: string
  readonly load: () => Promise<{ readonly default: ComponentType }>
}

/** The shell collects what the features bring, because the 工作台 may not import them. */
export const DeskSections = createContext<readonly DeskSection[]>([])

export function useDeskSections(): readonly DeskSection[] {
  return useContext(DeskSections)
}
