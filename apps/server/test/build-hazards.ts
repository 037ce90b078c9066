/** Hazards with a history, made by the services themselves: what verification, backup and restore are tried on. */
import { blankHazardDetails, type HazardCommand, type HazardDetails } from '@bihuan/domain'
import { createCampaign } from '../src/modules/campaign/index.js'
import { beginHazard, continueHazard } from '../src/modules/hazard/index.js'
import type { Actor } from '../src/platform/actor.js'
import type { Clock } from '../src/platform/clock.js'
import type { Database } from '../src/platform/db/scope.js'
import { samplePlan } from './sample-plan.js'

export interface Ground {
  readonly database: Database
  readonly clock: Clock
}

/** The actor holds `campaign.manage` over the unit. */
export async function buildCampaign({ database, clock }: Ground, actor: Actor, unitId: string): Promise<string> {
  const plan = samplePlan({ warnings: [] })
  const answer = await database.withScope(actor.reach, (handle) =>
    createCampaign(handle, actor, { unitId, parentId: null, plan }, clock),
  )
  if (!answer.ok) throw new Error(`${answer.refusal.code}: ${answer.refusal.message}`)
  return answer.value.id
}

export interface AtPlace {
  readonly campaignId: string
  /** The territory in which the place lies; it rectifies and supervises. */
  readonly unitId: string
  readonly finder: { readonly personId: string; readonly name: string }
}

export function detailsOf(
  { campaignId, unitId, finder }: AtPlace,
  overrides: Partial<HazardDetails> = {},
): HazardDetails {
  return {
    ...blankHazardDetails,
    campaignId,
    subject: { kind: 'place', id: null, name: '青榆市场' },
    territoryUnitId: unitId,
    sector: '消防',
    source: 'inspection',
    finder: { ...finder, unitId, side: 'government' },
    foundOn: '2023-06-10',
    description: '疏散通道堆放杂物',
    grade: 'major',
    gradeReason: '符合判定标准第三条',
    deadline: '2023-07-10',
    responsibleUnitId: unitId,
    authorityUnitId: unitId,
    ...overrides,
  }
}

/** Registers a hazard and takes it through the given acts, each by its actor. Gives its id. */
export async function buildHazard(
  { database, clock }: Ground,
  actor: Actor,
  details: HazardDetails,
  acts: readonly (readonly [by: Actor, act: HazardCommand])[] = [],
): Promise<string> {
  const begun = await database.withScope(actor.reach, (handle) =>
    beginHazard(handle, actor, { details, draft: false }, clock),
  )
  if (!begun.ok) throw new Error(`${begun.refusal.code}: ${begun.refusal.message}`)
  let { hazard } = begun.value
  for (const [by, act] of acts) {
    const done = await database.withScope(by.reach, (handle) =>
      continueHazard(handle, by, hazard.id, hazard.version, act, clock),
    )
    if (!done.ok) throw new Error(`${act.kind}: ${done.refusal.code}: ${done.refusal.message}`)
    hazard = done.value.hazard
  }
  return hazard.id
}

/** Rectified, re-inspected by another person, signed off, and opened again: found, rectified, and the reversal of that. */
export function reopenedLife(worker: Actor, inspector: Actor): (readonly [Actor, HazardCommand])[] {
  return [
    [
      worker,
      {
        kind: 'plan-rectification',
        rectification: {
          mode: 'planned',
          responsible: { personId: worker.accountId, name: worker.personName },
          measures: '清理并划线',
          funds: 0.5,
          deadline: '2023-07-10',
          contingency: '增派人员值守',
        },
      },
    ],
    [
      worker,
      { kind: 'report-rectified', rectifiedOn: '2023-06-12', rectifiedBy: null, text: '已清理', evidenceFileIds: [] },
    ],
    [inspector, { kind: 'reinspect-passed', on: '2023-06-13', text: '通道畅通', evidenceFileIds: [] }],
    [inspector, { kind: 'sign-off' }],
    [inspector, { kind: 'reopen', reason: 'recurred', text: '又堆上了', deadline: '2023-07-20' }],
  ]
}
