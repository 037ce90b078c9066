/** Scores of timeliness and quality, of a schedule or of a whole campaign, for whoever reads the board: each with what it came about by. */
import type { Scores, UnitScore } from '@bihuan/contracts'
import { meanScore, scoredMonth, scoreOf, type CivilDate } from '@bihuan/domain'
import { writeWorkbook, type WorkbookRow } from '@bihuan/office'
import type { Actor } from '../../platform/actor.js'
import { recordAct } from '../../platform/audit/record.js'
import type { Clock } from '../../platform/clock.js'
import type { Handle } from '../../platform/db/scope.js'
import { notAllowed, notFound } from '../../platform/http/refusal.js'
import type { Answer } from '../../platform/http/serve.js'
import { findSchedule } from './schedule.repo.js'
import * as repo from './score.repo.js'
import { mayExport, mayReadTables } from './table.policy.js'

/** What is scored. */
export type ScoredPart = { readonly scheduleId: string } | { readonly campaignId: string }

export interface ScoresAsked {
  readonly of: ScoredPart
  readonly from?: string | undefined
  readonly to?: string | undefined
}

const PAGE = 200
/** A cell of a workbook holds 32,767 characters. */
const LONGEST_NOTE = 30_000

/** What it is called, where the actor may know of it and the days are in order. */
async function questionFor(
  handle: Handle,
  actor: Actor,
  { of, from = undefined, to = undefined }: ScoresAsked,
): Promise<Answer<{ title: string; question: repo.ScoreQuestion }>> {
  const found = mayReadTables(actor) ? await findScored(handle, of) : null
  if (found === null) {
    const { objectKind, objectId } = objectOf(of)
    const what = objectKind === 'campaign' ? '行动' : '报送安排'
    return { ok: false, refusal: notFound(what, { objectKind, objectId }) }
  }
  if (from !== undefined && to !== undefined && to < from) {
    return {
      ok: false,
      refusal: { code: 'score.dates-reversed', message: '截止日期早于开始日期，请核对。', path: 'to' },
    }
  }
  const { title, scheduleIds } = found
  return { ok: true, value: { title, question: { scheduleIds, from: from ?? null, to: to ?? null } } }
}

async function findScored(
  handle: Handle,
  of: ScoredPart,
): Promise<{ title: string; scheduleIds: readonly string[] } | null> {
  if ('scheduleId' in of) {
    const schedule = await findSchedule(handle, of.scheduleId)
    return schedule === null ? null : { title: schedule.title, scheduleIds: [schedule.id] }
  }
  const campaign = await repo.findScoredCampaign(handle, of.campaignId)
  return campaign === null ? null : { title: campaign.name, scheduleIds: campaign.schedule_ids }
}

function objectOf(of: ScoredPart) {
  return 'scheduleId' in of
    ? { objectKind: 'schedule', objectId: of.scheduleId }
    : { objectKind: 'campaign', objectId: of.campaignId }
}

export async function showScores(
  handle: Handle,
  actor: Actor,
  query: ScoresAsked & { readonly after?: string | undefined; readonly limit: number },
  clock: Clock,
): Promise<Answer<Scores>> {
  const asked = await questionFor(handle, actor, query)
  if (!asked.ok) return asked
  const { title, question } = asked.value
  const page = await pageOf(handle, question, query.after ?? '', query.limit, clock.today())
  return {
    ok: true,
    value: { title, months: await repo.listScoredMonths(handle, question), rows: page.rows, next: page.next },
  }
}

async function pageOf(
  handle: Handle,
  question: repo.ScoreQuestion,
  after: string,
  limit: number,
  today: CivilDate,
): Promise<{ rows: UnitScore[]; next: string | null }> {
  const found = await repo.listScoredRows(handle, question, after, limit + 1)
  const places = [...new Set(found.map(({ place }) => place))]
  const rows = places.slice(0, limit).map((place) =>
    scoreUnit(
      found.filter((row) => row.place === place),
      today,
    ),
  )
  return { rows, next: places.length > limit ? (places[limit - 1] ?? null) : null }
}

function scoreUnit(rows: readonly repo.ScoredRow[], today: CivilDate): UnitScore {
  const returns = rows.flatMap((row) => {
    const scored = scoreOf({ ...row.detail, timesReopened: row.reopened, dissolvedOn: row.dissolved_on }, today)
    if (scored === null) return []
    return [
      {
        returnId: row.return_id,
        title: row.title,
        periodTitle: row.period_title,
        sector: row.sector,
        dueOn: row.detail.dueOn,
        score: scored.score,
        lines: scored.lines.map((line) => ({ ...line })),
      },
    ]
  })
  const months = [...new Set(returns.map(({ dueOn }) => scoredMonth(dueOn)))]
  const mean = (of: typeof returns) => meanScore(of.map(({ score }) => score))
  return {
    unitId: rows[0]?.unit_id ?? '',
    unitName: rows[0]?.unit_name ?? '',
    score: mean(returns),
    months: months.map((month) => {
      const within = returns.filter(({ dueOn }) => scoredMonth(dueOn) === month)
      return { month, score: mean(within) ?? 0, returns: within }
    }),
  }
}

/** Page by page, each in a transaction of its own; that it was asked for is on record before the first byte leaves. */
export async function exportScores(
  read: <T>(work: (handle: Handle) => Promise<T>) => Promise<T>,
  actor: Actor,
  asked: ScoresAsked,
  clock: Clock,
): Promise<Answer<{ name: string; chunks: AsyncIterable<Uint8Array> }>> {
  if (!mayExport(actor)) return { ok: false, refusal: notAllowed('导出报送得分') }
  const found = await read((handle) => questionFor(handle, actor, asked))
  if (!found.ok) return found
  const { title, question } = found.value
  const { from, to } = question
  const today = clock.today()
  const months = await read(async (handle) => {
    const after = { from, to }
    await recordAct(handle, actor, { action: 'score.export', ...objectOf(asked.of), after }, clock.now())
    return repo.listScoredMonths(handle, question)
  })
  async function* rows(): AsyncGenerator<WorkbookRow> {
    for (let after: string | null = ''; after !== null;) {
      const at: string = after
      const page = await read((handle) => pageOf(handle, question, at, PAGE, today))
      for (const row of page.rows) yield { cells: cellsOf(row, months, 'campaignId' in asked.of) }
      after = page.next
    }
  }
  const chunks = writeWorkbook(
    {
      sheetName: '报送得分',
      title: `${title}报送得分`,
      head: [`上报期限：${from ?? '行动开始'}至${to ?? '今'}　截至${today}　导出人：${actor.personName}`],
      columns: [
        { header: '单位', width: 24 },
        { header: '总分', width: 8, kind: 'centred' },
        ...months.map((month) => ({ header: month, width: 9, kind: 'centred' as const })),
        { header: '扣分说明', width: 60 },
      ],
      notes: [
        '每张报表从100分起，按迟报、被退回、提示未作说明、上报后更正扣分；逾期未报的按0分计；各月和总分为各张报表的平均分。',
      ],
      isFilterable: true,
      isLandscape: true,
    },
    rows(),
  )
  return { ok: true, value: { name: `${title}报送得分-${today}.xlsx`, chunks } }
}

/** `named`: of several schedules, each return says of which. */
function cellsOf(row: UnitScore, months: readonly string[], named: boolean): WorkbookRow['cells'] {
  const byMonth = new Map(row.months.map(({ month, score }) => [month, score]))
  const note = row.months
    .flatMap(({ returns }) => returns)
    .filter(({ lines }) => lines.length > 0)
    .map(({ title, periodTitle, sector, lines }) => {
      const period = named ? `${title}${periodTitle}` : periodTitle
      const what = sector === '' ? period : `${period}（${sector}）`
      return `${what}：${lines.map(({ text }) => text).join('，')}`
    })
    .join('；')
  return [row.unitName, row.score, ...months.map((month) => byMonth.get(month) ?? null), note.slice(0, LONGEST_NOTE)]
}
