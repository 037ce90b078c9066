import type { PlanDuty } from '@bihuan/domain'
import { isNarrowing, levelOf, levelOfHeading } from '../lexicon/level.js'
import type { Words } from '../normalise/canonical-text.js'
import type { Clause, Statement } from '../outline/statement.js'
import type { DutyContext } from './duty-words.js'

/** Whose a duty is: the one who acts, the level, and whom it is narrowed to, by the actor itself (`isOwn`) or a condition before it. */
export function whoseDuty(
  { unit }: Clause,
  actor: Words | null,
  isOwn: boolean,
  condition: Words | null,
  statement: Statement,
  context: DutyContext,
): Pick<PlanDuty, 'actor' | 'level' | 'condition'> {
  const { paragraph, lead } = statement
  const text = actor?.text ?? ''
  const headings = [paragraph, ...[...paragraph.under].reverse()]
  const ofHeading = headings.map(({ title }) => levelOfHeading(title.text)).find((level) => level !== null)
  const near = [text, unit?.text ?? '', lead?.text ?? '']
  const ofUnit = isOfEnterprise(text, statement)
    ? 'enterprise'
    : near.map((one) => levelOf(one)).find((level) => level !== null)
  // The departments of an enterprise are the enterprise.
  const level = context.level === 'enterprise' ? 'enterprise' : (ofUnit ?? ofHeading ?? context.level)
  const titles = headings.map(({ title }) => title.text).filter((title) => !title.includes(text))
  const isOneOfAll = isOwn && isNarrowing(text, [...titles, ...context.names])
  return { actor: actor?.own ?? null, level, condition: (isOneOfAll ? actor?.own : condition?.own) ?? null }
}

const INNER_OFFICE =
  /^(?:各|本)?(?:安全|安环|生产|技术|设备|人事|人力|财务|后勤|保卫|质量|工程|运营|班组|车间|业务|职能|基层)[^，、]{0,6}(?:部门?|科室?|处|室)/

/** 企业主要负责人每月…，安全部门每周…: an office of the enterprise that the sentence speaks of. */
function isOfEnterprise(actor: string, { members }: Statement): boolean {
  const [first] = members.flatMap(({ clauses }) => clauses.filter(({ namesActor }) => namesActor))
  return INNER_OFFICE.test(actor) && levelOf(first?.actor?.text ?? '') === 'enterprise'
}

/** 企业每年1次，其中矿山企业每月1次: the second are some of the first. */
export const isKind = (actor: string): boolean =>
  /(?:企业|单位|场所|机构|项目|工程)$/.test(actor) && !/^(?:其他|其余|各|所有|每)/.test(actor)
