import type { PlanAnnex, PlanMetricGroup, PlanTarget } from '@bihuan/domain'
import type { Issue } from '../lexicon/date.js'
import type { CanonicalText, Words } from '../normalise/canonical-text.js'
import type { AnnexRegion, DeclaredAnnex } from '../outline/annex-region.js'
import { IMPRINT } from '../outline/notice-parts.js'
import type { Line, TableItem } from '../outline/line.js'
import { formLines, type FormLines } from '../table/form-lines.js'
import { joinedOverPages } from '../table/grid.js'
import { metricGroupsOf } from '../table/metric-table.js'
import { placesOf } from '../table/place-list.js'
import { recordsOf, type Records } from '../table/records.js'
import { tasksOf } from '../table/task-list.js'

/** An annex with what other readers need of it: its notes as words, the places it lists. */
export interface ReadAnnex {
  readonly annex: PlanAnnex
  readonly notes: readonly Words[]
  readonly places: readonly PlanTarget[]
  readonly records: readonly Records[]
  readonly words: Words | null
}

interface AnnexContext {
  readonly issue: Issue
  readonly canonical: CanonicalText
}

export function readAnnexes(
  regions: readonly AnnexRegion[],
  declared: readonly DeclaredAnnex[],
  { issue, canonical }: AnnexContext,
): ReadAnnex[] {
  const attached = regions.map((region, at) =>
    readAnnex(region, ordinalOf(region, at, regions), declared, { issue, canonical }),
  )
  const missing = declared
    .filter(({ ordinal }) => !attached.some(({ annex }) => annex.ordinal === ordinal))
    .map(({ ordinal, title }): ReadAnnex => {
      const annex: PlanAnnex = { ordinal, title: title.own, kind: 'other', attached: false, source: title.source }
      return { annex, notes: [], places: [], records: [], words: title }
    })
  return [...attached, ...missing].sort((one, other) => one.annex.ordinal - other.annex.ordinal)
}

function ordinalOf(region: AnnexRegion, at: number, regions: readonly AnnexRegion[]): number {
  if (region.ordinal !== null) return region.ordinal
  return at === 0 ? 1 : ordinalOf(regions[at - 1] as AnnexRegion, at - 1, regions) + 1
}

function readAnnex(
  region: AnnexRegion,
  ordinal: number,
  declared: readonly DeclaredAnnex[],
  { issue, canonical }: AnnexContext,
): ReadAnnex {
  const items = withoutImprint(region)
  const named = declared.find((one) => one.ordinal === ordinal)?.title ?? null
  const written =
    region.titleLines.length === 0 ? null : (region.titleLines[0] as Words).upTo(region.titleLines.at(-1) as Words)
  const words = written ?? named
  const title = words?.own ?? ''
  const base = { ordinal, title, ...(words === null ? {} : { source: words.source }) }
  const drawn = items.filter((item): item is TableItem => item.kind === 'table').map(({ grid }) => grid)
  const tables = joinedOverPages(drawn, canonical)
  const first = items.findIndex(({ kind }) => kind === 'table')
  const last = items.findLastIndex(({ kind }) => kind === 'table')
  const lines = (from: number, to: number) =>
    items
      .slice(from, to)
      .filter((item): item is Line => item.kind === 'line')
      .map((line) => line.words)
  const records = tables.map(recordsOf)
  const around = (groups: readonly PlanMetricGroup[] = []): FormLines =>
    formLines(
      [
        ...lines(0, Math.max(0, first)),
        // The row above the first metrics names their group.
        ...records
          .slice(0, 1)
          .flatMap(({ above }) => above.filter(({ own }) => groups.every(({ name }) => name !== own))),
      ],
      [...records.flatMap(({ below }) => below), ...lines(last + 1, items.length)],
    )

  const groups = tables.flatMap((grid) => metricGroupsOf(grid) ?? [])
  if (groups.length > 0) {
    const { head, notes, foot, signatures } = around(groups)
    const annex: PlanAnnex = {
      ...base,
      kind: 'metric-table',
      head,
      groups,
      notes: notes.map(({ own }) => own),
      foot,
      signatures,
    }
    return { annex, notes, places: [], records, words }
  }
  const tasks = records.flatMap((one) => tasksOf(one, issue) ?? [])
  if (tasks.length > 0) {
    const { notes } = around()
    return { annex: { ...base, kind: 'task-list', tasks }, notes, places: [], records, words }
  }
  const blank = records.find(isBlankForm)
  if (blank !== undefined) {
    const { head, notes, foot, signatures } = around()
    const columns = blank.headings.flatMap((heading) => (heading === null ? [] : [heading.own]))
    const annex: PlanAnnex = {
      ...base,
      kind: 'ledger',
      head,
      columns,
      notes: notes.map(({ own }) => own),
      foot,
      signatures,
    }
    return { annex, notes, places: [], records, words }
  }
  const places = records.flatMap((one) => placesOf(one) ?? [])
  return { annex: { ...base, kind: 'other' }, notes: [], places, records, words }
}

/** A form to be filled in: headings, and below them nothing but numbers. */
function isBlankForm({ headings, rows }: Records): boolean {
  if (headings.filter((heading) => heading !== null).length < 3) return false
  const filled = rows.map(
    (row) =>
      row.filter((cell) => cell !== null && cell.length > 0 && !/^(?:\d{1,3}|…+|\.{2,}|示例|例)$/.test(cell.text))
        .length,
  )
  return filled.filter((count) => count > 1).length <= Math.max(1, rows.length * 0.2)
}

function withoutImprint({ items }: AnnexRegion) {
  const end = items.findIndex((item) => item.kind === 'line' && IMPRINT.test(item.words.text))
  return end < 0 ? [...items] : items.slice(0, end)
}
