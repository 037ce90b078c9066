import type { PlanDuty } from '@bihuan/domain'
import { isNarrowing, isOfTown, levelOf, levelOfHeading } from '../lexicon/level.js'
import { CanonicalText, type Words } from '../normalise/canonical-text.js'
import type { Clause, Statement } from '../outline/statement.js'
import type { DutyContext } from './duty-words.js'

/** Whose a duty is: the one who acts, the level, and whom it is narrowed to, by the actor itself (`isOwn`) or a condition before it. */
export function whoseDuty(
  { unit }: Clause,
  actor: Words | null,
  isSome: boolean,
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
  const isTowns = context.isTown && ofUnit === 'department' && isOfTown(text)
  // The departments of an enterprise are the enterprise, the offices of a town the town.
  const level =
    context.level === 'enterprise' ? 'enterprise' : isTowns ? 'government' : (ofUnit ?? ofHeading ?? context.level)
  // 凡有粉尘的企业，要…: the one who acts narrows nothing of which nothing was said before.
  const narrowed = condition?.text === text ? null : condition
  const titles = headings.map(({ title }) => title.text).filter((title) => !title.includes(text))
  const isHigherRisk = HIGHER_RISK.test(text) && isNarrowing(text, [...titles, ...context.names])
  return { actor: actor?.own ?? null, level, condition: (isSome || isHigherRisk ? actor?.own : narrowed?.own) ?? null }
}

/** 高危行业企业: less than all, whether or not all were named. */
const HIGHER_RISK = /^(?!各|每|所有).*(?:高危|重大危险源)/

/** What all are called of whom some are then named. */
const ALL =
  /^(?:(?:各类?|所有|全体|辖区内?|辖区|入园|园区|本|每[个家]|全[省市县区镇])*(?:企业|单位|生产经营单位|经营单位|使用单位|机构|场所|项目))(?:$|、|和|的|主要|负责|分管|安全|法定)/

/**
 * 企业每年1次，其中矿山企业每月1次: whether one who acts is some of those whom the same was asked of before, or, told before the others
 * (其他企业…), the ones excepted. A kind of firm of which nothing was said before narrows nothing.
 */
export function isSomeOfThem(actor: string, action: string, told: readonly PlanDuty[]): boolean {
  if (!isKind(actor) && !isNarrowing(actor, []) && !TRADES.test(actor)) return false
  return told.some((one) => {
    if (one.actor === null || one.action.slice(-2) !== action.slice(-2)) return false
    const all = canonical(one.actor)
    return all !== actor && (ALL.test(all) || all.split('、').includes(actor))
  })
}

/** 劳动密集型企业每季度1次，其他企业每半年1次: whether those told before the others are the ones excepted. */
export const areExcepted = ({ actor }: PlanDuty, others: string): boolean =>
  actor !== null && /^(?:其他|其余|一般)/.test(others) && isNarrowing(canonical(actor), [])

const canonical = (own: string) => CanonicalText.of(own).text

/** 采石场、加油站: kinds of firms by what they are called. */
const TRADES = /^(?!各|其他|其余|所有|每)[^，的]{2,30}(?:场|站|厂|园|院|店|矿|馆|库|学校|公司|企业|项目)$/

const INNER_OFFICE =
  /^(?:各|本)?(?:安全|安环|生产|技术|设备|人事|人力|财务|后勤|保卫|质量|工程|运营|班组|车间|业务|职能|基层|总务|护理|医务|检验|病理|药剂|教务|学工|科室|病区|微型消防站)(?:$|（|负责|护士长|主任|[^，、]{0,6}(?:部门?|科室?|处|室|单元))/

/** 企业主要负责人每月…，安全部门每周…: an office of the enterprise that the sentence speaks of. */
function isOfEnterprise(actor: string, { members }: Statement): boolean {
  const [first] = members.flatMap(({ clauses }) => clauses.filter(({ namesActor }) => namesActor))
  return INNER_OFFICE.test(actor) && levelOf(first?.actor?.text ?? '') === 'enterprise'
}

/** 企业每年1次，其中矿山企业每月1次: the second are some of the first. */
export const isKind = (actor: string): boolean =>
  /(?:企业|单位|场所|机构|项目|工程)$/.test(actor) && !/^(?:其他|其余|各|所有|每|一般)/.test(actor)
