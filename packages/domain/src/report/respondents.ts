/** Who files a table, what of it, and to whom: from rules about kinds of units, and the tree as it stands on the day of opening. */
import { isUnitKind, type UnitKind } from '../organization/index.js'
import { decided, refused, type Decision } from '../shared/decision.js'

/** Which enterprises file themselves: 规上, 高危, 重点监管. */
export type EnterpriseClass = 'above-designated' | 'high-risk' | 'key-supervised'

export const enterpriseClasses: Readonly<Record<EnterpriseClass, string>> = {
  'above-designated': '规上企业',
  'high-risk': '高危企业',
  'key-supervised': '重点监管企业',
}

export interface RespondentRule {
  /** Every unit of these kinds in the territory that the campaign binds. */
  readonly kinds: readonly UnitKind[]
  /** Of enterprises those of this class alone; without it all. */
  readonly enterprises?: EnterpriseClass | undefined
  /** And these, named one by one: some enterprises, a brigade. */
  readonly unitIds: readonly string[]
  /** Groups of the table that they fill, by name (镇街各项均报, 部门只报两项); null: all. */
  readonly groups: readonly string[] | null
}

export interface ReportingUnit {
  readonly id: string
  readonly kind: UnitKind
  /** The units that it stands under on the territory, nearest first. */
  readonly ancestorIds: readonly string[]
  /** Of an enterprise that works: the classes that it is of. */
  readonly classes?: readonly EnterpriseClass[]
}

export interface Respondent {
  readonly unitId: string
  readonly groups: readonly string[] | null
  readonly receiverIds: readonly string[]
}

/**
 * A unit that two rules name files once, by the first. Without receivers of its own a return goes to the nearest superior that files
 * the same table, so that each level rolls up the one below; at last to the campaign's own unit, which files to nobody here.
 */
export function respondentsOf(
  rules: readonly RespondentRule[],
  receiverIds: readonly string[],
  units: readonly ReportingUnit[],
  ownUnitId: string,
): readonly Respondent[] {
  const ruleOf = new Map<string, RespondentRule>()
  for (const rule of rules) {
    const kinds = new Set(rule.kinds)
    const named = new Set(rule.unitIds)
    for (const unit of units) {
      const isMeant = kinds.has(unit.kind) && (unit.kind !== 'enterprise' || isOfClass(unit, rule.enterprises))
      if (!ruleOf.has(unit.id) && (isMeant || named.has(unit.id))) ruleOf.set(unit.id, rule)
    }
  }
  const isOwnReceiver = (unitId: string) => receiverIds.length === 0 && unitId === ownUnitId
  return units.flatMap((unit) => {
    const rule = ruleOf.get(unit.id)
    if (rule === undefined || isOwnReceiver(unit.id)) return []
    const superior = unit.ancestorIds.find((id) => ruleOf.has(id)) ?? ownUnitId
    return [
      {
        unitId: unit.id,
        groups: rule.groups,
        receiverIds: receiverIds.length === 0 ? [superior] : receiverIds.filter((id) => id !== unit.id),
      },
    ]
  })
}

function isOfClass({ classes = [] }: ReportingUnit, asked: EnterpriseClass | undefined): boolean {
  return asked === undefined || classes.includes(asked)
}

export function checkRespondents(
  rules: readonly RespondentRule[],
  groupNames: readonly string[],
): Decision<readonly RespondentRule[]> {
  if (!rules.some(({ kinds, unitIds }) => kinds.length + unitIds.length > 0))
    return refused('schedule.no-respondent', '没有选定由谁填报，请选择单位类别或指定单位。', 'respondents')
  for (const [index, { kinds, groups, enterprises }] of rules.entries()) {
    const strange = (kinds as readonly string[]).find((kind) => !isUnitKind(kind))
    if (strange !== undefined)
      return refused('schedule.kind-unknown', `没有“${strange}”这类单位。`, `respondents.${index}.kinds`)
    if (enterprises !== undefined && !kinds.includes('enterprise'))
      return refused(
        'schedule.class-misplaced',
        `选了“${enterpriseClasses[enterprises]}”，而填报单位里没有企业；请加上企业，或去掉这个条件。`,
        `respondents.${index}.enterprises`,
      )
    const missing = groups?.find((name) => !groupNames.includes(name))
    if (missing !== undefined)
      return refused('schedule.group-unknown', `表中没有“${missing}”这一组。`, `respondents.${index}.groups`)
    if (groups?.length === 0)
      return refused('schedule.group-missing', '请至少选定一组由其填报。', `respondents.${index}.groups`)
  }
  return decided(rules)
}
