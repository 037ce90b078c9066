import type { Words } from '../normalise/canonical-text.js'
import type { Clause } from '../outline/statement.js'
import { antecedentIn } from './report-antecedent.js'
import type { Send } from './report-clause.js'
import { endOfObject, receivers, subjectBefore } from './report-wording.js'

/** What a clause sends, and to whom. */
export interface Sent {
  readonly what: Words
  readonly to: readonly string[]
}

/** The object of 将, what follows the verb, or what stands before its time. Null where the clause names no thing. */
export function sentIn({ words, rest }: Clause, plain: string, send: Send, named: Words | null): Sent | null {
  const isInFront =
    named !== null && named.start >= words.start && plain.slice(0, named.start - words.start).length <= 3
  // 清单由企业填报: what is sent stands before the one who sends it.
  const isBehind = named !== null && plain.charAt(named.start - words.start - 1) === '由'
  const offset = isBehind ? 0 : (isInFront ? named.end : Math.max(rest.start, words.start)) - words.start
  const taken = /(?:将|把)(?!来|要|会|对|于)/.exec(plain.slice(Math.max(0, offset - 1), send.index))
  if (taken !== null) {
    const start = Math.max(0, offset - 1) + taken.index + 1
    const what = words.slice(start, start + endOfObject(plain.slice(start, send.index)))
    return what.length < 2 ? null : { what, to: receivers(words, plain, send, true).to }
  }
  const subject = subjectBefore(plain.slice(offset, send.index))
  const after = receivers(words, plain, send, subject !== null)
  if (after.what !== null && !CHANNEL_ALONE.test(after.what.text) && !TIMES_ALONE.test(after.what.text))
    return { what: after.what, to: after.to }
  if (subject === null) return null
  return { what: words.slice(offset + subject.start, offset + subject.end), to: after.to }
}

/** 写好总结报县安委办: what is made ready in the same clause. */
export function madeIn({ words }: Clause, plain: string, send: Send): Sent | null {
  const what = antecedentIn(words.slice(0, send.index))
  return what === null || /汇总|审核|统计|整理/.test(words.text)
    ? null
    : { what, to: receivers(words, plain, send, true).to }
}

/** 上传系统, 发至邮箱: where it goes, not what. */
const CHANNEL_ALONE =
  /^(?:至|到|给)?[^，、]{0,12}(?:系统|平台|邮箱|信箱|工作群|微信群|钉钉群|QQ群)[：\w@.*-]*(?:备案|备查)?$/
/** 每两周报送一次: how often, not what. */
const TIMES_ALONE = /^(?:各)?[一两\d]{1,2}(?:次|份|篇|期|回)$/
