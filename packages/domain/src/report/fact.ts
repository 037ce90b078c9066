/**
 * A fact: one row of the ledger. Facts are only ever added; what was wrong, or is no longer so, is reversed by a second fact.
 */
import type { CivilDate } from '../shared/civil-date.js'
import { decided, refused, type Decision } from '../shared/decision.js'
import type { LedgerPosition } from '../organization/index.js'

export interface Fact {
  readonly id: string
  /** The place in the tenant's ledger; null while it is not sealed. */
  readonly position: LedgerPosition | null
  /** What is counted, as a path: `hazard/found/major/enterprise`. */
  readonly measure: string
  /** On whose territory: the enterprise or place itself, or the unit that acted. */
  readonly unitId: string
  /**
   * Who did it, the one who answers for it first. A count or a sum belongs to the first doer alone, or the figures of two units
   * would not add up to that of their superior; a joint act that each must show as his own puts a fact for each.
   */
  readonly doerUnitIds: readonly string[]
  /** What `distinct` counts once: as a rule the enterprise. */
  readonly subjectId: string | null
  /** The record behind it. */
  readonly recordId: string
  readonly sector: string | null
  /**
   * A whole number, in the smallest unit of the measure: things, times and people in ones, money in 分 (never in 万元, where a fine
   * of 12,345.67 元 has no exact place). The metric says how many of them make one of the unit it shows (`Metric.scale`).
   */
  readonly amount: number
  readonly occurredOn: CivilDate
  /** The fact that this one reverses: the same in everything but its sign and its own day. */
  readonly reverses: string | null
}

/** What a fact must be before it is written. An original is never below zero: only a reversal takes away. */
export function decideFact(fact: Fact): Decision<Fact> {
  if (!Number.isSafeInteger(fact.amount)) {
    return refused('report.amount-not-whole', '数量必须是整数，金额必须精确到分；请核对。', 'amount')
  }
  if (fact.reverses === null && fact.amount < 0) {
    return refused('report.amount-negative', '数量、金额不能为负；如需冲减，请对原记录做更正。', 'amount')
  }
  if (!/^[a-z0-9-]+(?:\/[a-z0-9-]+)+$/.test(fact.measure)) {
    return refused(
      'report.measure',
      `指标代码“${fact.measure}”不合规则，应形如hazard/found/major/enterprise。`,
      'measure',
    )
  }
  return decided(fact)
}

/**
 * Reverses a fact. `occurredOn` is the original's own day where the entry was an error, and the day of the event where the thing
 * came undone later (a hazard was reopened).
 */
export function decideReversal(
  facts: readonly Fact[],
  reversal: { readonly id: string; readonly reverses: string; readonly occurredOn: CivilDate },
): Decision<Fact> {
  const original = facts.find(({ id }) => id === reversal.reverses)
  if (original === undefined || original.reverses !== null) {
    return refused('report.no-such-fact', '找不到要冲减的原始记录；请刷新后重试。', 'reverses')
  }
  if (facts.some(({ reverses }) => reverses === original.id)) {
    return refused('report.reversed-already', '这条记录已经冲减过，不能再次冲减。', 'reverses')
  }
  if (reversal.occurredOn < original.occurredOn) {
    return refused(
      'report.reversal-before-original',
      `冲减日期${reversal.occurredOn}早于原记录日期${original.occurredOn}；请改为原记录当日或以后。`,
      'occurredOn',
    )
  }
  return decided({
    ...original,
    id: reversal.id,
    position: null,
    amount: original.amount === 0 ? 0 : -original.amount,
    occurredOn: reversal.occurredOn,
    reverses: original.id,
  })
}
