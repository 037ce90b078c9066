/**
 * The place of an entry in its tenant's ledger. `null` is an entry that is committed and not sealed yet: it comes after every
 * sealed one, and no position has seen it.
 */
export type LedgerPosition = bigint | number

/** Negative when `a` comes first. Two entries that are not sealed are equal: their order is that of the list they stand in. */
export function comparePositions(a: LedgerPosition | null, b: LedgerPosition | null): number {
  if (a === null) return b === null ? 0 : 1
  if (b === null) return -1
  return a < b ? -1 : a > b ? 1 : 0
}

/** Whether an entry was known at a position. `knownAt` null asks about now: everything, sealed or not. */
export function isKnownAt(position: LedgerPosition | null, knownAt: LedgerPosition | null): boolean {
  if (knownAt === null) return true
  return position !== null && position <= knownAt
}
