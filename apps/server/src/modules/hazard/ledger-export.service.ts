/** A campaign's ledger in its own form, and the ledger page as it is seen: streamed, recorded before the first byte leaves. */
import type { z } from 'zod'
import type { exportHazards, exportLedger, HazardExportColumn, HazardRow } from '@bihuan/contracts'
import {
  hazardGradeLabels,
  hazardSourceLabels,
  hazardStatusLabels,
  readLedgerForm,
  renderLedgerRow,
  type LedgerField,
  type LedgerForm,
} from '@bihuan/domain'
import {
  collectBytes,
  writeLedgerExcel,
  writeLedgerWord,
  writeWorkbook,
  type FormFill,
  type LedgerSheetOptions,
  type WorkbookRow,
} from '@bihuan/office'
import type { Actor } from '../../platform/actor.js'
import { recordAct } from '../../platform/audit/record.js'
import type { Clock } from '../../platform/clock.js'
import { workbookType } from '../../platform/http/file-answer.js'
import { notAllowed, notFound } from '../../platform/http/refusal.js'
import type { Answer } from '../../platform/http/serve.js'
import { findLedgerForm } from '../campaign/index.js'
import { findUnit } from '../organization/index.js'
import { findHazards } from './hazard-batch.repo.js'
import { askable, listHazards, type Reader } from './hazard-list.service.js'
import { hazardMentions } from './hazard.mentions.js'
import { mayRead } from './hazard.policy.js'
import { unitStandings } from './hazard.repo.js'
import { choicesOf } from './ledger-import.columns.js'
import { listLedgerIds } from './ledger-export.repo.js'

export interface LedgerFile {
  readonly name: string
  readonly mediaType: string
  readonly content: Uint8Array | AsyncIterable<Uint8Array>
}

type LedgerQuery = z.output<(typeof exportLedger)['query']>
type SeenQuery = z.output<(typeof exportHazards)['query']>

const wordType = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document'
const rowsAPage = 500
/** A document is laid out as a whole; nobody reads a longer table in Word. */
const mostWordRows = 3000
const dates: readonly LedgerField[] = ['foundOn', 'deadline', 'rectifiedOn']

export async function ledgerFile(
  actor: Actor,
  asked: { readonly campaignId: string; readonly ledgerId: string; readonly query: LedgerQuery },
  read: Reader,
  clock: Clock,
): Promise<Answer<LedgerFile>> {
  const { campaignId, ledgerId, query } = asked
  const { format, blank, ...filters } = query
  if (!mayExport(actor)) return { ok: false, refusal: notAllowed('导出隐患清单') }
  const ledger = await read((handle) => findLedgerForm(handle, ledgerId))
  if (ledger?.campaign_id !== campaignId) {
    return { ok: false, refusal: notFound('清单', { objectKind: 'ledger_form', objectId: ledgerId }) }
  }
  const question = await askable(
    actor,
    { ...filters, campaign: campaignId },
    (unitId) => read((handle) => findUnit(handle, unitId)),
    clock,
  )
  if (!question.ok) return question
  const { filter, narrowing } = question.value
  const asksNothing =
    blank === 'yes' || ('paths' in filter.within ? filter.within.paths : filter.within.parties).length === 0
  const ids = asksNothing ? [] : await read((handle) => listLedgerIds(handle, filter), narrowing)
  if (format === 'docx' && ids.length > mostWordRows) {
    const message = `共${ids.length}条，超过 Word 清单的${mostWordRows}条。请缩小范围，或改用 Excel 导出。`
    return { ok: false, refusal: { code: 'hazard.ledger-too-long', message, path: 'format' } }
  }
  const unit = query.unit === undefined ? null : await read((handle) => findUnit(handle, query.unit ?? ''))
  await read((handle) =>
    recordAct(
      handle,
      actor,
      {
        action: 'hazard.export',
        objectKind: 'ledger_form',
        objectId: ledgerId,
        detail: { format, blank, filters, rows: ids.length },
      },
      clock.now(),
    ),
  )
  const fill: FormFill = { unit: unit?.name ?? actor.unitName, date: clock.today() }
  const form = readLedgerForm(ledger.form.columns)
  const name = `${ledger.title}（${fill.unit}）${blank === 'yes' ? '空表' : clock.today()}.${format}`
  const rows = ledgerRows(ids, form, read)
  if (format === 'docx') {
    const cells: (readonly string[])[] = []
    for await (const row of rows) cells.push(row.cells.map((cell) => String(cell ?? '')))
    const layout = blank === 'yes' ? { minimumRows: 10 } : {}
    return {
      ok: true,
      value: {
        name,
        mediaType: wordType,
        content: await writeLedgerWord({ ledger: ledger.form, fill, layout }, cells),
      },
    }
  }
  const content = writeLedgerExcel({ ledger: ledger.form, fill }, rows, {
    columns: columnKinds(form),
    carriesIdentity: true,
    isFilterable: true,
    blankRows: blank === 'yes' ? 50 : 0,
  })
  return { ok: true, value: { name, mediaType: workbookType, content } }
}

function mayExport(actor: Actor): boolean {
  return mayRead(actor) && actor.permissions.has('hazard.export')
}

async function* ledgerRows(ids: readonly string[], form: LedgerForm, read: Reader): AsyncGenerator<WorkbookRow> {
  const names = new Map<string, string>()
  let ordinal = 0
  for (let at = 0; at < ids.length; at += rowsAPage) {
    const page = ids.slice(at, at + rowsAPage)
    const stored = await read(async (handle) => {
      const found = await findHazards(handle, page)
      const unitIds = [...found.values()].flatMap(({ hazard }) => hazardMentions(hazard).unitIds)
      const unknown = [...new Set(unitIds)].filter((id) => !names.has(id))
      for (const { id, name } of (await unitStandings(handle, unknown)).values()) names.set(id, name)
      return found
    })
    for (const id of page) {
      const hazard = stored.get(id)?.hazard
      // Handed over to another line between the two reads: no longer ours to print.
      if (hazard === undefined) continue
      const cells = renderLedgerRow(hazard, form, { ordinal: ++ordinal, unitName: (unitId) => names.get(unitId) ?? '' })
      yield { cells, identity: { id: hazard.id, version: hazard.version } }
    }
  }
}

type ColumnKinds = NonNullable<LedgerSheetOptions['columns']>

function columnKinds(form: LedgerForm): ColumnKinds {
  return Object.fromEntries(
    form.columns.map(({ title, field }): [string, ColumnKinds[string]] => {
      if (field !== null && dates.includes(field)) return [title, { kind: 'date' }]
      const choices = choicesOf(field)
      return [title, choices.length === 0 ? {} : { choices }]
    }),
  )
}

interface SeenColumn {
  readonly header: string
  readonly width: number
  readonly kind?: 'date'
  readonly of: (row: HazardRow) => string | null
}

const seenColumns: Readonly<Record<HazardExportColumn, SeenColumn>> = {
  code: { header: '编号', width: 14, of: ({ code }) => code },
  what: { header: '隐患', width: 44, of: ({ description }) => description },
  subject: { header: '企业或场所', width: 32, of: ({ subjectName }) => subjectName },
  sector: { header: '行业', width: 14, of: ({ sector }) => sector },
  grade: { header: '等级', width: 8, of: ({ grade }) => (grade === null ? null : hazardGradeLabels[grade]) },
  source: { header: '来源', width: 12, of: ({ source }) => (source === null ? null : hazardSourceLabels[source]) },
  state: { header: '状态', width: 10, of: ({ state }) => hazardStatusLabels[state] },
  found: { header: '检查日期', width: 12, kind: 'date', of: ({ foundOn }) => foundOn },
  deadline: { header: '整改时限', width: 12, kind: 'date', of: ({ deadline }) => deadline },
  closed: { header: '销号日期', width: 12, kind: 'date', of: ({ closedOn }) => closedOn },
  listed: { header: '挂牌督办', width: 10, of: ({ listed }) => (listed ? '是' : '') },
  territory: { header: '属地', width: 18, of: ({ territoryName }) => territoryName },
  authority: { header: '监管单位', width: 20, of: ({ authorityName }) => authorityName },
}

/** The list that is seen: the same question, in the same order, with the columns that were chosen. */
export async function seenFile(
  actor: Actor,
  query: SeenQuery,
  read: Reader,
  clock: Clock,
): Promise<Answer<LedgerFile>> {
  if (!mayExport(actor)) return { ok: false, refusal: notAllowed('导出隐患清单') }
  const { columns, ...question } = query
  const pageAfter = (after: string | null) =>
    listHazards(
      actor,
      { ...question, limit: rowsAPage, total: 'no', ...(after === null ? {} : { after }) },
      read,
      clock,
    )
  const first = await pageAfter(null)
  if (!first.ok) return first
  await read((handle) =>
    recordAct(
      handle,
      actor,
      { action: 'hazard.export', objectKind: 'hazard', objectId: null, detail: { filters: question } },
      clock.now(),
    ),
  )
  const keys =
    columns === undefined || columns.length === 0 ? (Object.keys(seenColumns) as HazardExportColumn[]) : columns
  const shown = [...new Set(keys)].map((key) => seenColumns[key])
  async function* rows(): AsyncGenerator<WorkbookRow> {
    let ordinal = 0
    for (let page = first; page.ok; page = await pageAfter(page.value.next)) {
      for (const row of page.value.items) yield { cells: [++ordinal, ...shown.map(({ of }) => of(row))] }
      if (page.value.next === null) return
    }
  }
  const content = writeWorkbook(
    {
      sheetName: '隐患台账',
      title: '隐患台账',
      head: [`${actor.unitName}　　导出日期：${clock.today()}`],
      columns: [
        { header: '序号', width: 6, kind: 'centred' },
        ...shown.map(({ header, width, kind }) => ({ header, width, ...(kind === undefined ? {} : { kind }) })),
      ],
      isFilterable: true,
    },
    rows(),
  )
  return { ok: true, value: { name: `隐患台账_${clock.today()}.xlsx`, mediaType: workbookType, content } }
}

/** All bytes at once, for the command line. */
export async function bytesOf({ content }: LedgerFile): Promise<Uint8Array> {
  return content instanceof Uint8Array ? content : collectBytes(content)
}
