import type { Issue } from '../lexicon/date.js'
import type { Words } from '../normalise/canonical-text.js'
import type { Clause } from '../outline/statement.js'
import { sendIn } from './report-clause.js'
import { isRemark } from './report-remark.js'
import { timeInBracket, timeOf, type ReportTime } from './report-time.js'
import { blank } from './report-wording.js'

/** 报送时间为每月25日前: a clause that is nothing but a day. */
export const DUE_SAID =
  /^(?:首次|第一次)?(?:的)?(?:报送|上报|报告|提交|填报)?(?:的)?(?:时间|时限|日期|截止时间)(?:为|是|：|定为|$)/
/** 首次报送时间为7月4日: when it begins, not when it is due. */
export const FIRST_TIME = /^首次|^第一次/

/** …按季度报送，时间为每季度末月28日前: the day may stand in a clause of its own. */
export function timeAt(clauses: readonly Clause[], at: number, plain: string, issue: Issue): ReportTime | null {
  const own = timeOf(plain, issue)
  const next = blank(clauses[at + 1]?.words.text ?? '')
  if (own?.kind === 'days' || !DUE_SAID.test(next) || FIRST_TIME.test(next)) return own
  return timeOf(next, issue) ?? own
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
    return sendIn(plain) !== null && !isRemark(plain)
  }
  let from = at
  while (from > 0 && !tellsOfAnother(clauses[from - 1])) from--
  let to = at
  while (to + 1 < clauses.length && !tellsOfAnother(clauses[to + 1])) to++
  return clauses.slice(withTime ? from : Math.max(from, at - 3), to + 1).map(({ words }) => words)
}
