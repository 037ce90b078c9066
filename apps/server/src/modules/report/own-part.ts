/** What of a campaign falls to one unit: its phases, the unit's tasks and returns, whom to ask. Drafts of plans are made from it. */
import {
  nextDuePeriods,
  tasksOf,
  type CivilDate,
  type OwnPart,
  type OwnReturn,
  type PlanTask,
  type UnitKind,
} from '@bihuan/domain'
import type { Handle } from '../../platform/db/scope.js'
import { workingDaysOf } from '../../platform/working-days.js'
import { listEnterpriseClasses } from '../enterprise/index.js'
import { findUnits, unitsDownTo } from '../organization/index.js'
import * as repo from './own-part.repo.js'
import { respondentsAmong } from './return-opening.js'
import { listSchedules } from './schedule.repo.js'

/** Due days that a plan names: the rhythm is seen from three. */
const DUE_DAYS = 3

export interface PartOwner {
  readonly id: string
  readonly name: string
  readonly kind: UnitKind
  readonly territory_path: string
}

export interface OwnPartFound {
  readonly own: OwnPart
  readonly campaign: repo.CampaignInWords
  /** Whole, as a campaign under this one takes them over. */
  readonly tasks: readonly PlanTask[]
}

/** `reveals`: whoever drafts may see the telephones of the plan's contacts. Null where the campaign is out of sight. */
export async function ownPartOf(
  handle: Handle,
  campaignId: string,
  unit: PartOwner,
  { today, reveals }: { readonly today: CivilDate; readonly reveals: boolean },
): Promise<OwnPartFound | null> {
  const campaign = await repo.findCampaignInWords(handle, campaignId)
  if (campaign === null) return null
  const { plan } = campaign
  const given = tasksOf(unit, await repo.listTasksInWords(handle, campaignId), unit.id)
  const tasks = given.map(({ unitIds: _, ...task }): PlanTask => task)
  return {
    campaign,
    tasks,
    own: {
      unit: { name: unit.name, kind: unit.kind },
      campaign: {
        name: campaign.name,
        title: campaign.title,
        issuer: campaign.issuer,
        docNo: campaign.doc_no,
        unitName: campaign.unit_name,
      },
      phases: await repo.listPhasesInWords(handle, campaignId),
      duties: plan.duties,
      tasks,
      returns: await ownReturns(handle, campaignId, unit, today),
      contacts: plan.contacts.map((contact) => ({ ...contact, phone: reveals ? contact.phone : null })),
    },
  }
}

/** By the schedules as they are set up now: a return that is not opened yet is as binding as one that is. */
async function ownReturns(
  handle: Handle,
  campaignId: string,
  unit: PartOwner,
  today: CivilDate,
): Promise<readonly OwnReturn[]> {
  const schedules = (await listSchedules(handle, campaignId)).filter(({ active }) => active)
  const chain = await unitsDownTo(handle, unit.territory_path)
  const classes = unit.kind === 'enterprise' ? await listEnterpriseClasses(handle, unit.territory_path) : []
  const enterprises = new Map(classes.map((one) => [one.id, one]))
  const calendar = await workingDaysOf(handle)
  const asked = schedules.flatMap((schedule) => {
    const respondents = respondentsAmong(schedule, chain, today, enterprises)
    const own = respondents.find(({ unitId }) => unitId === unit.id)
    return own === undefined ? [] : [{ schedule, receiverIds: own.receiverIds }]
  })
  const receivers = await findUnits(handle, [...new Set(asked.flatMap(({ receiverIds }) => receiverIds))])
  return asked.map(({ schedule, receiverIds }) => ({
    title: schedule.title,
    dueOn: nextDuePeriods(schedule.rule, calendar, today, DUE_DAYS).map(({ dueOn }) => dueOn),
    receiverNames: receivers.filter(({ id }) => receiverIds.includes(id)).map(({ name }) => name),
  }))
}
