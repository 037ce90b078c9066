/**
 * A campaign under the superior's: a town carries out what the district ordered. What is the town's is carried in as a draft to correct:
 * the phases, its tasks, the duties of those below it. Tables and schedules stay the superior's, which asks the town for them already.
 */
import type { UnitKind } from '../organization/index.js'
import { dutiesOf, nameUnder, type OwnPart } from '../report/sub-plan.js'
import type { CivilDate } from '../shared/civil-date.js'
import { decided, refused, type Decision } from '../shared/decision.js'
import type { CampaignStatus } from './campaign.js'
import type { Plan, PlanTask } from './plan.js'

export interface Superior extends Pick<OwnPart, 'campaign' | 'phases' | 'tasks'> {
  readonly status: CampaignStatus
  readonly unitId: string
  readonly startsOn: CivilDate | null
  readonly endsOn: CivilDate | null
  readonly plan: Plan
  /** For which the unit is responsible, as they stand now. */
  readonly tasks: readonly PlanTask[]
}

/** Places in the superior's notice are no places in this one's: there is none yet. */
export function planUnder(
  superior: Superior,
  unit: { readonly id: string; readonly name: string; readonly kind: UnitKind },
): Decision<Plan> {
  const { campaign, plan } = superior
  if (unit.id === superior.unitId)
    return refused('sub-campaign.own-campaign', '这就是本单位自己的行动，不用在它下面再建一个。')
  if (unit.kind === 'enterprise')
    return refused('sub-campaign.enterprise', '企业不建下级行动；请起草本企业的实施方案。')
  if (superior.status === 'closed') return refused('campaign.closed', '上级行动已经结束，不能再在它下面建立行动。')
  const name = nameUnder(unit.name, campaign)
  const below = plan.duties.filter(({ level }) => level === 'enterprise')
  const own = dutiesOf(unit, plan.duties)
  return decided({
    title: `${name}实施方案`,
    issuer: unit.name,
    docNo: null,
    issuedOn: null,
    campaign: { name, startsOn: superior.startsOn, endsOn: superior.endsOn },
    basis: [`${campaign.title}${campaign.docNo === null ? '' : `（${campaign.docNo}）`}`],
    parentPlan: campaign.title,
    recipients: [],
    leadership: [],
    sectors: plan.sectors,
    responsibilities: [],
    criteria: plan.criteria,
    phases: superior.phases.map(({ name: phase, startsOn, endsOn }, at) => ({
      ordinal: at + 1,
      name: phase,
      startsOn,
      endsOn,
    })),
    duties: [...own, ...below].map(({ source: _, confidence: __, ...duty }) => duty),
    reports: [],
    targets: [],
    contacts: [],
    annexes:
      superior.tasks.length === 0
        ? []
        : [
            {
              ordinal: 1,
              title: '工作任务清单',
              kind: 'task-list',
              tasks: superior.tasks.map(({ source: _, confidence: __, ...task }) => ({
                ...task,
                responsible: [unit.name],
              })),
            },
          ],
    warnings: [],
  })
}
