/** What stands in a return: its figures, checked. Computed from the facts each time, and the same at the same position for ever. */
import { createHash } from 'node:crypto'
import type { TableDesign } from '@bihuan/contracts'
import {
  checkLedger,
  checkTable,
  findAgainstRules,
  narrativeFindings,
  type CivilDate,
  type LedgerBeside,
  type Spread,
} from '@bihuan/domain'
import { canonical } from '../../platform/audit/chain.js'
import type { Handle } from '../../platform/db/scope.js'
import { findUnit } from '../organization/index.js'
import type * as repo from './return.repo.js'
import { filedDeliveries, standingDeliveries } from './narrative-content.js'
import { besideOf } from './return-beside.js'
import { ledgerRowsOf } from './return-ledger.js'
import type { TableCell } from './table-cells.js'
import { fillTable } from './table-fill.js'
import type { ComputedContent, FiledContent, FiledFigure } from './return-filed.js'
import { questionOf, type Asked, type CountedSpan } from './table-question.js'
import { historyOf } from './return-earlier.js'
import { readPeers } from './return-peers.js'
import { findTableAt } from './table.repo.js'

export interface Finding {
  readonly key: string
  readonly code: string
  readonly blocking: boolean
  readonly message: string
  /** Keys of cells of the form; of a narrative report, of its points and deliverables. */
  readonly cells: readonly string[]
}

/** Up to which day and position it counts. */
export interface Counted {
  readonly to: CivilDate
  readonly position: number | null
  /** As it was when the position was fixed; without it, that of the campaign as it is. */
  readonly span?: CountedSpan | null | undefined
}

/** What the figures are compared with, to ask about those that stand out. */
export interface Comparison {
  /** The unit's earlier filed returns of the schedule, oldest first. */
  readonly history: readonly (readonly Pick<FiledFigure, 'key' | 'value'>[])[]
  /** Of each cell, how the peers' last filed figures spread. */
  readonly peers: ReadonlyMap<string, Spread>
  /** The ledger beside a table, or the table beside a ledger, where it was filed. */
  readonly beside: LedgerBeside | null
}

export async function comparisonOf(
  handle: Handle,
  of: repo.ReturnRecord,
  content: Pick<ComputedContent, 'asked' | 'cells' | 'figures' | 'rows'>,
): Promise<Comparison> {
  const asTheyAre = content.cells
    .filter(({ metric }) => !isCumulative(of) || metric.kind === 'stock')
    .map(({ key }) => key)
  return {
    history: await historyOf(handle, of),
    peers: await readPeers(handle, of, asTheyAre),
    beside: await besideOf(handle, of, content),
  }
}

/** 累计数 counts from the campaign's first day, 本期数 from a day of its own. */
function isCumulative({ counts_from: countsFrom }: Pick<repo.ReturnRecord, 'counts_from'>): boolean {
  return countsFrom === null
}

/** The question that a return puts to the ledger. In the reach of the whole tenant: a figure must not depend on who asks. */
export async function askedOf(handle: Handle, of: repo.ReturnRecord, counted: Counted): Promise<Asked> {
  const table = await findTableAt(handle, of.table_id, of.table_version)
  const unit = await findUnit(handle, of.unit_id)
  if (table === null || unit === null) throw new Error('a return has a table and a unit')
  const { startsOn, sectors } = counted.span ?? spanNow(of, table.campaign_sectors)
  return questionOf(
    handle,
    table,
    unit,
    {
      startsOn,
      cutOff: counted.to,
      knownAt: counted.position,
      sectors,
    },
    { sector: of.sector === '' ? null : of.sector, onlyFiled: true },
  )
}

function spanNow(of: repo.ReturnRecord, campaignSectors: readonly string[] | null): CountedSpan {
  const campaignStart = of.campaign_starts_on ?? of.period_from
  return {
    startsOn: of.counts_from !== null && of.counts_from > campaignStart ? of.counts_from : campaignStart,
    sectors: of.sector === '' ? campaignSectors : [of.sector],
  }
}

export async function computeContent(
  handle: Handle,
  of: repo.ReturnRecord,
  counted: Counted,
): Promise<ComputedContent> {
  const asked = await askedOf(handle, of, counted)
  const { table } = asked
  const filled = await fillTable(handle, asked)
  const places = asked.cells
    .map((cell, index) => ({ cell, figure: filled.figures[index], view: filled.views[index] }))
    .filter(({ cell }) => isFilled(table.form, cell, of.groups))
  const cells = places.map(({ cell }) => cell)
  const figures = places.map(({ cell, figure, view }) => ({
    key: cell.key,
    derived: figure?.derived ?? null,
    typed: figure?.typed ?? null,
    value: figure?.value ?? null,
    text: view?.text ?? '',
  }))
  const rows = of.ledger_id === null ? null : await ledgerRowsOf(handle, asked)
  const deliveries = of.narrative === null ? null : await standingDeliveries(handle, of.id, counted.position)
  return {
    asked,
    span: { startsOn: asked.question.startsOn, sectors: asked.question.sectors },
    design: { form: table.form, layout: table.layout, bindings: table.bindings, checks: table.checks },
    cells,
    views: places.flatMap(({ view }) => view ?? []),
    figures,
    rows,
    deliveries,
    hash: hashOf(of, counted.to, {
      figures,
      ...(rows === null ? {} : { rows }),
      ...(deliveries === null ? {} : { deliveries: filedDeliveries(deliveries) }),
    }),
    // A report that says that there is nothing to report is a report all the same.
    isNil: deliveries === null && figures.every(({ value }) => (value ?? 0) === 0) && (rows ?? []).length === 0,
  }
}

/** `g2.m3` stands in the second group. */
export function isFilled(form: TableDesign['form'], { key }: TableCell, groups: readonly string[] | null): boolean {
  if (groups === null) return true
  const group = form.groups[Number(/^g(\d+)\./.exec(key)?.[1] ?? 0) - 1]
  return group !== undefined && groups.includes(group.name)
}

/** What a signature binds: whose return of which period, up to which day, and every figure with its parts, every row, every file. */
export function hashOf(
  of: Pick<
    repo.ReturnRecord,
    'schedule_id' | 'unit_id' | 'period_key' | 'sector' | 'table_id' | 'table_version' | 'narrative_version'
  >,
  countedTo: CivilDate,
  { figures, rows, deliveries }: Pick<FiledContent, 'figures' | 'rows' | 'deliveries'>,
): string {
  const content = {
    schedule: of.schedule_id,
    unit: of.unit_id,
    period: of.period_key,
    sector: of.sector,
    table: [of.table_id, of.table_version],
    countedTo,
    figures: figures.map(({ key, derived, typed, value }) => [key, derived, typed, value]),
    ...(rows === undefined ? {} : { rows: rows.map(({ recordId }) => recordId).sort() }),
    ...(deliveries === undefined
      ? {}
      : {
          narrative: of.narrative_version,
          deliveries: deliveries.map(({ form, files, draft }) => [
            form,
            files.map(({ name, sha256 }) => [name, sha256]),
            draft === null ? null : [draft.returnId, draft.position, draft.countedTo],
          ]),
        }),
  }
  return createHash('sha256').update(canonical(content)).digest('hex')
}

/** Each finding's key names the rule and the cells: it stays the same while the figures move, and an answer is kept under it. */
export function findingsOf(
  of: Pick<repo.ReturnRecord, 'id' | 'counts_from' | 'narrative'>,
  { cells, figures, deliveries, design }: Pick<ComputedContent, 'cells' | 'figures' | 'deliveries' | 'design'>,
  { history, peers, beside }: Comparison,
): Finding[] {
  if (of.narrative !== null) return [...narrativeFindings(of.narrative, deliveries ?? [], of.id)]
  const earlier = history.map((filed) => new Map(filed.map(({ key, value }) => [key, value])))
  const keyOf = new Map(cells.map(({ metric, key }) => [metric.id, key]))
  const checked = cells.map(({ metric, key }, index) => ({
    metric,
    value: figures[index]?.value ?? null,
    previous: earlier.at(-1)?.get(key) ?? null,
    // Asked for at the signature.
    reason: null,
    history: earlier.flatMap((filed) => filed.get(key) ?? []),
    peers: peers.get(key) ?? null,
  }))
  const held = beside === null ? [] : checkLedger(beside)
  const ruled = cells.map((cell, index) => ({ ...cell, value: figures[index]?.value ?? null }))
  const found = [...checkTable(checked, { cumulative: isCumulative(of) }), ...findAgainstRules(design.checks, ruled)]
  return [...found, ...held].map((finding) => {
    const keys = finding.cells.map((id) => keyOf.get(id) ?? id)
    // A ledger has no cells to lead to.
    return { ...finding, key: `${finding.code}:${keys.join('+')}`, cells: cells.length === 0 ? [] : keys }
  })
}
