/** Checks that whoever designs a table lays down for it, beside those that hold for every table: this cell at most that one, this one the sum of those. */
import { decided, refused, type Decision } from '../shared/decision.js'
import { figureText } from './figure-text.js'
import type { TableFinding } from './table-check.js'

export const tableRuleLabels = { 'at-most': '不大于', sum: '等于各项之和' } as const
export type TableRuleKind = keyof typeof tableRuleLabels

export interface TableRule {
  readonly kind: TableRuleKind
  /** Keys of cells of the form: `g1.m3`, `g1.m3.p2`. */
  readonly cell: string
  /** One of `at-most`, two or more of `sum`. */
  readonly of: readonly string[]
  /** Stops a signature; otherwise it asks for a sentence. */
  readonly blocking: boolean
}

export interface RuledCell {
  readonly key: string
  readonly label: string
  readonly unit: string | null
  readonly kind: 'count' | 'money' | 'flag'
  readonly scale: number
}

/** Rules that can be held against figures: of cells that are there, that are numbers, and that count the same thing. */
export function checkTableRules(
  rules: readonly TableRule[],
  cells: readonly RuledCell[],
): Decision<readonly TableRule[]> {
  const byKey = new Map(cells.map((cell) => [cell.key, cell]))
  for (const [index, { kind, cell: key, of }] of rules.entries()) {
    const refuse = (message: string) => refused('table.rule', `第${index + 1}条核对规则：${message}`, `checks.${index}`)
    const keys = [key, ...of]
    const own = byKey.get(key)
    const missing = keys.find((one) => !byKey.has(one))
    if (own === undefined || missing !== undefined)
      return refuse(`表里没有 ${missing ?? key} 这一格，请重新选择；不再需要的，请删去这条规则。`)
    if (kind === 'at-most' ? of.length !== 1 : of.length < 2)
      return refuse(kind === 'at-most' ? '请选一格来比较。' : '请至少选两格来相加。')
    if (new Set(keys).size < keys.length) return refuse(`“${own.label}”和自己比，或有一格选了两次，请改选。`)
    const flag = keys.map((one) => byKey.get(one)).find((one) => one?.kind === 'flag')
    if (flag !== undefined) return refuse(`“${flag.label}”填的是“是”或“否”，不能比大小、不能相加；请改选。`)
    // 家 are not compared with 次, nor 万元 with 个.
    const other = of.map((one) => byKey.get(one)).find((one) => one?.unit !== own.unit || one.scale !== own.scale)
    if (other !== undefined)
      return refuse(
        `“${own.label}”的单位是${own.unit ?? '（无）'}，“${other.label}”的是${other.unit ?? '（无）'}，不能相比；请选单位相同的。`,
      )
  }
  return decided(rules)
}

/** A rule with a blank among its cells, or one that the respondent does not fill, waits: a blank is told of by itself. Findings name keys of cells. */
export function findAgainstRules(
  rules: readonly TableRule[],
  cells: readonly (RuledCell & { readonly value: number | null })[],
): readonly TableFinding[] {
  const byKey = new Map(cells.map((cell) => [cell.key, cell]))
  return rules.flatMap(({ kind, cell: key, of, blocking }): TableFinding[] => {
    const own = byKey.get(key)
    const others = of.flatMap((one) => byKey.get(one) ?? [])
    const values = others.flatMap(({ value }) => value ?? [])
    if (own === undefined || own.value === null || values.length < of.length) return []
    const sum = values.reduce((all, value) => all + value, 0)
    if (kind === 'at-most' ? own.value <= sum : own.value === sum) return []
    const [is, should] = [own.value, sum].map((value) => figureText(value, own.scale)) as [string, string]
    const names = others.map(({ label }) => `“${label}”`).join('')
    const what =
      kind === 'at-most'
        ? `“${own.label}”（${is}）大于${names}（${should}），本表规定不能大于`
        : `“${own.label}”（${is}）不等于${names}之和（${should}），本表规定应相等`
    return [
      {
        code: kind === 'at-most' ? 'rule-at-most' : 'rule-sum',
        blocking,
        message: `${what}；请核对这几个数${blocking ? '，改正后再签' : '，属实的请写明原因'}。`,
        cells: [key, ...of],
      },
    ]
  })
}

/** Under the keys of a form that took the place of theirs; a rule of a cell that is gone goes with it. */
export function rulesSince(rules: readonly TableRule[], keys: ReadonlyMap<string, string>): TableRule[] {
  return rules.flatMap((rule) => {
    const [cell, ...of] = [rule.cell, ...rule.of].map((key) => keys.get(key))
    const others = of.flatMap((key) => key ?? [])
    return cell === undefined || others.length < of.length ? [] : { ...rule, cell, of: others }
  })
}
