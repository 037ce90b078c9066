/** The reading of a corrected notice, put right where it was misread before its changes are taken over. */
import { planParts, type Plan, type PlanPartKind } from '@bihuan/domain'
import type { PlanBody } from './plan-draft.js'
import type { EntryKind, PlanEntryBodies } from './plan-items.js'

export function entryAt<K extends EntryKind>(plan: PlanBody, kind: K, at: number): PlanEntryBodies[K] | undefined {
  return (planParts[kind].entries(plan as Plan) as unknown as readonly PlanEntryBodies[K][])[at]
}

/** `at` null: behind the last one. */
export function withEntry<K extends EntryKind>(
  plan: PlanBody,
  kind: K,
  at: number | null,
  entry: PlanEntryBodies[K],
): PlanBody {
  const part = planParts[kind as PlanPartKind] as unknown as {
    entries: (of: unknown) => readonly PlanEntryBodies[K][]
    withEntries: (of: unknown, kept: readonly { entry: PlanEntryBodies[K]; from: number | null }[]) => unknown
  }
  const kept = part.entries(plan).map((one, from) => ({ entry: from === at ? entry : one, from }))
  return part.withEntries(plan, at === null ? [...kept, { entry, from: null }] : kept) as PlanBody
}

export const basicFields = {
  title: 'text',
  issuer: 'text',
  docNo: 'text',
  issuedOn: 'date',
  startsOn: 'date',
  endsOn: 'date',
  sectors: 'list',
  criteria: 'list',
} as const
export type BasicField = keyof typeof basicFields

export function basicOf(plan: PlanBody, field: BasicField): string | readonly string[] | null {
  return field === 'startsOn' || field === 'endsOn' ? plan.campaign[field] : plan[field]
}

/** Titles and issuers are never empty: without words they stay. */
export function withBasic(plan: PlanBody, field: BasicField, value: string | readonly string[] | null): PlanBody {
  if (field === 'startsOn' || field === 'endsOn') return { ...plan, campaign: { ...plan.campaign, [field]: value } }
  const isNeeded = field === 'title' || field === 'issuer'
  return isNeeded && (value === null || value === '') ? plan : { ...plan, [field]: value }
}
