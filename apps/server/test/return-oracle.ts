/**
 * What a filed return should say, from raw rows and by loops over them: the oracle that returns are held against. It takes nothing from the
 * domain, and nothing from the server but its tables.
 */
import type { TestDatabase } from './test-database.js'

/** The cells of the first group, and what the oracle counts in them. */
export const derivedCells = [
  { key: 'g1.m1', measures: ['hazard/found/major/enterprise'], whole: null },
  { key: 'g1.m2', measures: ['hazard/rectified/major/enterprise'], whole: 'g1.m1' },
  { key: 'g1.m3', measures: ['hazard/found/major/department'], whole: null },
  { key: 'g1.m4', measures: ['hazard/rectified/major/department'], whole: 'g1.m3' },
] as const
/** Rows as they stand in the tables, with their positions. */
export interface Raw {
  readonly facts: readonly {
    id: string
    position: number
    measure: string
    unit_id: string
    record_id: string
    sector: string
    amount: number
    occurred_on: string
    reverses: string | null
  }[]
  readonly moves: readonly { position: number; unit_id: string; parent_id: string | null; valid_from: string }[]
  readonly typed: readonly {
    position: number
    unit_id: string
    cell: string
    as_of: string
    amount: number | null
    return_id: string
  }[]
  readonly acts: readonly { position: number; return_id: string; status: string }[]
  readonly spans: readonly { position: number; starts_on: string; sectors: readonly string[] | null }[]
  readonly filed: readonly { unit_id: string; content: Filed }[]
}
interface Filed {
  readonly position: number
  readonly countedTo: string
  readonly figures: readonly {
    key: string
    derived: number | null
    typed: number | null
    value: number | null
    text: string
  }[]
}

export async function readRaw(db: TestDatabase, tenantId: string, campaignId: string): Promise<Raw> {
  const sealed = `join audit_seal s on s.tenant_id = x.tenant_id and s.entry_id = x.entry_id where x.tenant_id = $1`
  const rows = <Row extends object>(text: string, more: readonly unknown[] = []) =>
    db.asOwner<Row & Record<string, unknown>>(text, [tenantId, ...more])
  return {
    facts: await rows(`select s.position, x.* from fact x ${sealed}`),
    moves: await rows(
      `select s.position, x.* from unit_placement x ${sealed} and axis = 'territory' and cancels is null`,
    ),
    typed: await rows(`select s.position, x.* from typed_figure x ${sealed}`),
    acts: await rows(
      `select s.position, x.return_id, x.status from return_event x ${sealed} and kind in ('submit', 'accept', 'send-back', 'reopen')`,
    ),
    spans: await rows(
      `select s.position, x.after ->> 'startsOn' as starts_on, nullif(x.after -> 'countedSectors', 'null') as sectors from audit_entry x
       join audit_seal s on s.tenant_id = x.tenant_id and s.entry_id = x.id where x.tenant_id = $1 and x.object_id = $2 and x.action like 'campaign.%'
         and x.after ? 'countedSectors' order by s.position`,
      [campaignId],
    ),
    filed: await rows(
      `select r.unit_id, x.content from return_event x join report_return r on r.tenant_id = x.tenant_id and r.id = x.return_id
       where x.tenant_id = $1 and x.kind = 'submit' order by x.id`,
    ),
  }
}

/** Ways to be wrong, planted one at a time. */
export const wrongs = [
  'position-of-typed-ignored',
  'position-of-facts-ignored',
  'position-of-reversals-ignored',
  'tree-of-today',
  'tree-known-today',
  'filed-today',
  'drafts-counted',
  'span-of-today',
  'day-ignored',
] as const
export type Wrong = (typeof wrongs)[number] | null

/** What should stand in a return that was filed, by cell: derived, typed, both. */
export function expected(
  raw: Raw,
  { unit_id: own, content }: Raw['filed'][number],
  wrong: Wrong,
): Record<string, unknown> {
  const { position: at, countedTo: day } = content
  const then = <Row extends { readonly position: number }>(rows: readonly Row[], ignored: Wrong) =>
    rows.filter(({ position }) => position <= at || wrong === ignored)
  const moves = [...then(raw.moves, 'tree-known-today')].sort(
    (a, b) => a.valid_from.localeCompare(b.valid_from) || a.position - b.position,
  )
  const parentOf = (unit: string) =>
    moves
      .filter(({ unit_id, valid_from }) => unit_id === unit && (valid_from <= day || wrong === 'tree-of-today'))
      .at(-1)?.parent_id ?? null
  const isBelow = (unit: string) => {
    for (let one: string | null = unit; one !== null; one = parentOf(one)) if (one === own) return true
    return false
  }
  const span = then(raw.spans, 'span-of-today').at(-1)
  if (span === undefined) throw new Error('a campaign that files has begun')
  const undone = new Set(
    then(raw.facts, 'position-of-reversals-ignored')
      .filter(({ reverses, occurred_on: on }) => reverses !== null && on <= day)
      .map(({ reverses }) => reverses),
  )
  const facts = then(raw.facts, 'position-of-facts-ignored').filter(
    ({ id, reverses, occurred_on: on, sector, unit_id: unit }) =>
      reverses === null &&
      !undone.has(id) &&
      on >= span.starts_on &&
      (on <= day || wrong === 'day-ignored') &&
      (span.sectors === null || span.sectors.includes(sector)) &&
      isBelow(unit),
  )
  const counted: Record<string, Record<string, number>> = {}
  for (const { key, measures: of, whole } of derivedCells) {
    const net: Record<string, number> = {}
    for (const { measure, record_id: record, amount } of facts)
      if (measure === of[0]) net[record] = (net[record] ?? 0) + amount
    counted[key] =
      whole === null
        ? net
        : Object.fromEntries(
            Object.entries(net).map(([record, n]) => [record, Math.min(n, counted[whole]?.[record] ?? 0)]),
          )
  }
  const stands = (returnId: string) =>
    then(raw.acts, 'filed-today')
      .filter(({ return_id }) => return_id === returnId)
      .sort((a, b) => a.position - b.position)
      .at(-1)?.status ?? 'open'
  const typed = then(raw.typed, 'position-of-typed-ignored').filter(
    ({ unit_id: unit, as_of: on, return_id: returnId }) =>
      isBelow(unit) &&
      on <= day &&
      (unit === own || wrong === 'drafts-counted' || ['submitted', 'accepted'].includes(stands(returnId))),
  )
  return Object.fromEntries(
    content.figures.map(({ key, text }) => {
      const derivedCell = counted[key]
      const derived =
        derivedCell !== undefined
          ? Object.values(derivedCell).reduce((sum, n) => sum + n, 0)
          : key.startsWith('g1.')
            ? 0
            : null
      const latest: Record<string, (typeof typed)[number]> = {}
      for (const one of typed) {
        const best = latest[one.unit_id]
        if (
          one.cell === key &&
          (best === undefined || one.as_of > best.as_of || (one.as_of === best.as_of && one.position > best.position))
        )
          latest[one.unit_id] = one
      }
      const isFlag = text === '是' || text === '否'
      const amounts = Object.values(latest).flatMap(({ unit_id: unit, amount }) =>
        isFlag && unit !== own ? [] : (amount ?? []),
      )
      const stated = amounts.length === 0 ? null : amounts.reduce((sum, n) => sum + n, 0)
      return [
        key,
        [
          derived,
          stated,
          isFlag ? stated : derived === null && stated === null ? null : (derived ?? 0) + (stated ?? 0),
        ],
      ]
    }),
  )
}

/** The same of what was filed. */
export const asFiled = ({ content }: Raw['filed'][number]) =>
  Object.fromEntries(content.figures.map(({ key, derived, typed, value }) => [key, [derived, typed, value]]))
