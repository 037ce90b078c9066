import type { PlanReport } from '@bihuan/domain'
import type { Issue } from '../lexicon/date.js'
import { readSchedules, type Schedule } from '../lexicon/due.js'
import type { Words } from '../normalise/canonical-text.js'
import { actorOf, type Clause } from '../outline/statement.js'
import { sendIn } from './report-clause.js'
import { isGathering } from './report-passing.js'
import { isRemark } from './report-remark.js'
import { scheduleOf, timeInBracket, timeOf, type ReportTime } from './report-time.js'
import { blank } from './report-wording.js'

/** 报送时间为每月25日前: a clause that is nothing but a day. */
export const DUE_SAID =
  /^(?:首次|第一次)?(?:的)?(?:报送|上报|报告|提交|填报)?(?:的)?(?:时间|时限|日期|截止时间)(?:为|是|：|定为|$)/
/** 首次报送时间为7月4日: when it begins, not when it is due. */
export const FIRST_TIME = /^首次|^第一次/

/** …按季度报送，时间为每季度末月28日前: the day may stand in a clause of its own. */
export function timeAt(
  clauses: readonly Clause[],
  at: number,
  plain: string,
  issue: Issue,
  cadence: PlanReport['cadence'],
): ReportTime | null {
  const own =
    timeOf(plain, issue) ??
    dayOfMonth(clauses, at, plain, issue, cadence) ??
    timeInBracket(clauses[at]?.words.text ?? '', issue)
  const next = blank(clauses[at + 1]?.words.text ?? '')
  if (own?.kind === 'days' || !DUE_SAID.test(next) || FIRST_TIME.test(next)) return own
  return timeOf(next, issue) ?? own
}

const BARE_DAY =
  /(?:[当本]月的?|(?<![月\d]))(?<d>[12]\d|3[01]|[1-9])[日号](?:之前|以前|前)|(?<!\d|[一二三四五六七八九十年每])月(?<last>底|末)(?:之前|以前|前)/

/** 每月汇总…，于28日前上报: a day without its month, of the month that the words before it speak of. */
function dayOfMonth(
  clauses: readonly Clause[],
  at: number,
  plain: string,
  issue: Issue,
  cadence: PlanReport['cadence'],
): ReportTime | null {
  const said = BARE_DAY.exec(plain)
  if (said === null) return null
  const before = timeBefore(clauses, at, issue)
  const rhythm = before === null ? cadence : scheduleOf(before).cadence
  if (rhythm !== 'monthly' && rhythm !== 'quarterly') return null
  const day = said.groups?.last === undefined ? Number(said.groups?.d) : ('last' as const)
  const due = { start: said.index, end: said.index + said[0].length, rhythm: null }
  return { kind: 'days', dues: [{ ...due, schedule: { cadence: rhythm, due: { day } } }] }
}

/** The nearest time before in the same member: 11月底前完成总结，并将总结报送… */
export function timeBefore(clauses: readonly Clause[], at: number, issue: Issue): ReportTime | null {
  for (let index = at - 1; index >= 0; index--) {
    const text = blank(clauses[index]?.words.text ?? '')
    const time = timeOf(text, issue) ?? timeInBracket(clauses[index]?.words.text ?? '', issue)
    if (time !== null) return time
    if (sendIn(text) !== null) return null
  }
  return null
}

/** A bare time in front (每月25日前，…) and what follows the clause in its sentence say more of the report. */
export function clausesAround(clauses: readonly Clause[], at: number, withTime: boolean): Words[] {
  const tellsOfAnother = (clause: Clause | undefined) => {
    const plain = blank(clause?.words.text ?? '')
    return (sendIn(plain) !== null && !isRemark(plain)) || (clause?.namesActor === true && isGathering(plain))
  }
  let from = at
  while (from > 0 && !tellsOfAnother(clauses[from - 1])) from--
  let to = at
  while (to + 1 < clauses.length && !tellsOfAnother(clauses[to + 1])) to++
  return clauses.slice(withTime ? from : Math.max(from, at - 3), to + 1).map(({ words }) => words)
}

/** 各企业每周四前、各乡镇每月25日前，将…: each with the rhythm of its own. */
export function respondentsIn(clauses: readonly Clause[], at: number): { from: string; schedule: Schedule }[] {
  const lead = clauses
    .slice(Math.max(0, at - 1), at + 1)
    .find(({ words }) => readSchedules(blank(words.text)).length > 1)
  if (lead === undefined) return []
  return lead.words.split(/[、]/).flatMap((piece) => {
    const [schedule] = readSchedules(piece.text)
    const who = actorOf(piece)?.actor
    return schedule === undefined || who === undefined ? [] : [{ from: who.own, schedule: schedule.meaning }]
  })
}
