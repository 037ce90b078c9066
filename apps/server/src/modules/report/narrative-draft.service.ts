/**
 * The draft of a narrative report as a Word document: headings, figures of the period and from the first day on, the tables as annexes.
 * It bears a mark of the position that it counts to, which every edit keeps: so a document that comes back tells which figures it was
 * written from.
 */
import {
  addDays,
  daysBetween,
  draftNarrative,
  formatChinese,
  hazardMetrics,
  type DraftFigure,
  type DraftMark,
  type Metric,
  type OwnPart,
} from '@bihuan/domain'
import { writeOfficialDocument, type AttachedForm } from '@bihuan/office'
import type { Actor } from '../../platform/actor.js'
import { readHead } from '../../platform/audit/verify.js'
import { recordAct } from '../../platform/audit/record.js'
import type { Handle } from '../../platform/db/scope.js'
import { notAllowed } from '../../platform/http/refusal.js'
import type { Answer } from '../../platform/http/serve.js'
import { findUnits } from '../organization/index.js'
import { listOverdue, type OverdueRow } from './overdue.repo.js'
import { ownPartOf } from './own-part.js'
import { askedOf } from './return-content.js'
import { isRespondent } from './return.policy.js'
import * as repo from './return.repo.js'
import { countedNow, noReturn, type ReturnContextOf } from './return-page.service.js'
import { askFigures } from './roll-up-question.js'
import { officialFormOf } from './table-export.service.js'
import { fillTable, type Filled } from './table-fill.js'
import { mayReadTables } from './table.policy.js'
import { questionOf, type Asked } from './table-question.js'
import { findTable } from './table.repo.js'

export const draftProperty = 'bihuan-draft'

const MOST_OVERDUE = 500

export interface WordFile {
  readonly name: string
  readonly bytes: Uint8Array
}

/** What was recorded is sealed by now: the figures count up to the head. */
export async function writeDraft(context: ReturnContextOf, actor: Actor, id: string): Promise<Answer<WordFile>> {
  const { database, clock } = context
  const record = mayReadTables(actor)
    ? await database.withScope(actor.reach, (handle) => repo.findReturn(handle, id))
    : null
  if (record === null) return { ok: false, refusal: noReturn(id) }
  if (record.narrative === null || !isRespondent(actor, record))
    return { ok: false, refusal: notAllowed('起草这份报告') }
  const { narrative } = record
  const made = await database.withScope({ purpose: 'tenant', tenantId: actor.tenantId }, async (handle) => {
    const { to } = countedNow({ ...record, position: null }, clock)
    const { position } = await readHead(handle)
    const asked = await askedOf(handle, record, { to, position })
    const start = record.campaign_starts_on ?? asked.question.startsOn
    const from = await tellsFrom(handle, record, start, to)
    const tables = await attachedTables(handle, record, asked, { from: start, to, position })
    const overdue = await listOverdue(handle, {
      unitIds: asked.question.unitIds,
      byDoing: asked.byDoing,
      sectors: asked.question.sectors,
      today: clock.today(),
      limit: MOST_OVERDUE,
    })
    const receivers = await findUnits(handle, record.receiver_ids)
    const part = narrative.kind === 'report' ? null : await partOf(handle, actor, record, clock.today())
    const overdueTitle = `${record.unit_name}超期未整改隐患清单`
    const draft = draftNarrative({
      narrative,
      unitName: record.unit_name,
      campaignName: record.campaign_name,
      receiverNames: record.receiver_ids.flatMap((unitId) => receivers.find((unit) => unit.id === unitId)?.name ?? []),
      span: { from, to },
      figures: [
        ...(await countedFigures(handle, asked, start, from)),
        ...tables.flatMap(({ filled }) => typedIn(filled)),
      ],
      overdue: { count: overdue.length, annex: overdueTitle },
      tables: tables.map(({ title }) => title),
      own: part,
    })
    const attached: AttachedForm[] = [
      ...tables.map(({ form }) => ({ metricTable: form })),
      ...(draft.annexes.includes(overdueTitle) ? [overdueForm(overdueTitle, overdue, clock.today())] : []),
    ]
    return { draft, attached, mark: { returnId: id, position, countedTo: to } }
  })
  const { draft, attached, mark } = made
  const bytes = await writeOfficialDocument({
    ...draft,
    attached,
    signature: record.unit_name,
    issuedOn: clock.today(),
    properties: { [draftProperty]: JSON.stringify(mark) },
  })
  await database.withScope(actor.reach, (handle) =>
    recordAct(
      handle,
      actor,
      { action: 'return.draft', objectKind: 'return', objectId: id, after: { ...mark } },
      clock.now(),
    ),
  )
  return { ok: true, value: { name: `${draft.title}（草稿）.docx`, bytes } }
}

/** A plan that is put on record is drafted from what of the campaign falls to the unit. */
async function partOf(handle: Handle, actor: Actor, record: repo.ReturnRecord, today: string): Promise<OwnPart | null> {
  const [unit] = await findUnits(handle, [record.unit_id])
  if (unit === undefined) return null
  const asks = { today, reveals: actor.permissions.has('personal-data.reveal') }
  return (await ownPartOf(handle, record.campaign_id, unit, asks))?.own ?? null
}

/** What a document says of the draft that it was written from; anything else that stands there says nothing. */
export function readDraftMark(property: string | null): DraftMark | null {
  if (property === null) return null
  try {
    const { returnId, position, countedTo } = JSON.parse(property) as Partial<DraftMark>
    const isSound =
      typeof returnId === 'string' &&
      /^[0-9a-f-]{36}$/.test(returnId) &&
      Number.isSafeInteger(position) &&
      typeof countedTo === 'string' &&
      /^\d{4}-\d{2}-\d{2}$/.test(countedTo)
    return isSound ? { returnId, position: position as number, countedTo } : null
  } catch {
    return null
  }
}

/** A report tells of its period; one on a named day, of what happened since the one before. */
async function tellsFrom(handle: Handle, record: repo.ReturnRecord, start: string, to: string): Promise<string> {
  const isNamed = record.period_key === record.period_from
  const before = isNamed ? await repo.findToldUntil(handle, record) : null
  const from = isNamed ? (before === null ? start : addDays(before, 1)) : record.period_from
  return from < start || from > to ? start : from
}

const major = hazardMetrics.filter(({ id }) => id.startsWith('hazard.major.'))
const key = hazardMetrics.filter(({ id }) => id.startsWith('hazard.key.'))

/** What records give: 重大 always, a zero included; 重点 where there are any. */
async function countedFigures(
  handle: Handle,
  { question, byDoing }: Asked,
  start: string,
  from: string,
): Promise<DraftFigure[]> {
  const metrics = hazardMetrics.map((metric): Metric => (byDoing ? { ...metric, attributedTo: 'doer' } : metric))
  const total = await askFigures(handle, metrics, { ...question, startsOn: start })
  const period = from === start ? total : await askFigures(handle, metrics, { ...question, startsOn: from })
  const valueOf = (rows: typeof total, id: string) => rows.find(({ metricId }) => metricId === id)?.value ?? 0
  const shown = [...major, ...key.filter(({ id }) => valueOf(total, id) > 0)]
  return shown.map(({ id, label, unit }) => ({
    label,
    unit,
    period: String(valueOf(period, id)),
    // Of the first report both are the same, and it is said once.
    total: from === start ? null : String(valueOf(total, id)),
  }))
}

interface AttachedTable {
  readonly title: string
  readonly filled: Filled
  readonly form: Extract<AttachedForm, { metricTable: unknown }>['metricTable']
}

async function attachedTables(
  handle: Handle,
  record: repo.ReturnRecord,
  { unit }: Asked,
  span: { readonly from: string; readonly to: string; readonly position: number },
): Promise<AttachedTable[]> {
  const attached: AttachedTable[] = []
  for (const id of record.narrative?.tableIds ?? []) {
    const table = await findTable(handle, id)
    if (table === null) continue
    const asked = await questionOf(
      handle,
      table,
      unit,
      { startsOn: span.from, cutOff: span.to, knownAt: span.position, sectors: table.campaign_sectors },
      { sector: null, onlyFiled: true },
    )
    const filled = await fillTable(handle, asked)
    const { form, layout, bindings, checks } = table
    const page = {
      design: { form, layout, bindings, checks },
      figures: filled.views,
      unitName: unit.name,
      cutOff: span.to,
    }
    attached.push({ title: table.title, filled, form: officialFormOf(page, { period: record.period_title }) })
  }
  return attached
}

/** A person's figures in the attached table: kept from the first day on, and blank where nobody has typed. */
function typedIn({ views }: Filled): DraftFigure[] {
  return views
    .filter(({ metric, kind }) => metric === null && kind !== 'flag')
    .map(({ label, unit, text }) => ({ label, unit, period: null, total: text === '' ? null : text }))
}

export function overdueForm(title: string, rows: readonly OverdueRow[], today: string): AttachedForm {
  const ledger = {
    ordinal: 1,
    title,
    kind: 'ledger' as const,
    head: [`统计日期：${formatChinese(today)}`],
    columns: ['序号', '隐患编号', '企业（场所）', '隐患描述', '整改期限', '超期天数'],
    notes: [],
    foot: [],
    signatures: [],
  }
  return {
    ledger: { ledger },
    rows: rows.map((row) => [
      '',
      row.code,
      row.subject_name,
      row.description,
      row.deadline,
      String(daysBetween(row.deadline, today)),
    ]),
  }
}
