/** What a plan gave to its campaign besides phases and tasks, put right afterwards: who leads, whom it names, what its ledgers ask. */
import { v7 as uuidv7 } from 'uuid'
import type { CampaignPage } from '@bihuan/contracts'
import type { PlanLedger } from '@bihuan/domain'
import type { Actor } from '../../platform/actor.js'
import { recordAct } from '../../platform/audit/record.js'
import type { Clock } from '../../platform/clock.js'
import type { Handle } from '../../platform/db/scope.js'
import { notFound } from '../../platform/http/refusal.js'
import type { Answer } from '../../platform/http/serve.js'
import * as parts from './campaign-parts.repo.js'
import { mayManage } from './campaign.policy.js'
import * as repo from './campaign.repo.js'
import { loadFor, pageOf } from './campaign.service.js'

export interface ReviseLeadership {
  readonly id: string
  readonly version: number
  readonly leadership: readonly { readonly role: string; readonly name: string | null; readonly post: string | null }[]
}

export async function reviseLeadership(
  handle: Handle,
  actor: Actor,
  command: ReviseLeadership,
  clock: Clock,
): Promise<Answer<CampaignPage>> {
  const loaded = await loadOpen(handle, actor, command, '组织领导')
  if (!loaded.ok) return loaded
  const nobody = command.leadership.findIndex(({ name, post }) => name === null && post === null)
  if (nobody !== -1)
    return refuse('campaign.leader-missing', '请填写姓名或者职务，至少一项。', `leadership.${nobody}.name`)
  await parts.saveLeadership(handle, command.id, command.leadership)
  return finish(handle, actor, loaded.value, 'leadership', [loaded.value.plan.leadership, command.leadership], clock)
}

export interface ReviseTargets {
  readonly id: string
  readonly version: number
  readonly targets: readonly { readonly id: string | null; readonly name: string; readonly type: string | null }[]
}

export async function reviseTargets(
  handle: Handle,
  actor: Actor,
  command: ReviseTargets,
  clock: Clock,
): Promise<Answer<CampaignPage>> {
  const loaded = await loadOpen(handle, actor, command, '重点对象')
  if (!loaded.ok) return loaded
  const before = await repo.listTargets(handle, command.id)
  const strange = command.targets.findIndex(({ id }) => id !== null && !before.some((one) => one.id === id))
  if (strange !== -1) return { ok: false, refusal: { ...notFound('重点对象'), path: `targets.${strange}` } }
  const twice = command.targets.findIndex(({ name }, at) => command.targets.findIndex((one) => one.name === name) < at)
  if (twice !== -1) return refuse('campaign.target-twice', '这个名称已经列过了。', `targets.${twice}.name`)
  const kept = new Set(command.targets.map(({ id }) => id))
  await parts.deleteTargets(
    handle,
    before.map(({ id }) => id).filter((id) => !kept.has(id)),
  )
  const known = await repo.enterprisesNamed(
    handle,
    command.targets.map(({ name }) => name),
  )
  for (const [index, { id, name, type }] of command.targets.entries()) {
    const row = { ordinal: index + 1, name, type, enterpriseId: known.get(name) ?? null }
    if (id === null) {
      await repo.insertTarget(handle, {
        ...row,
        ...repo.pathsOf(loaded.value),
        id: uuidv7(),
        campaignId: command.id,
      })
    } else await parts.saveTarget(handle, { ...row, id })
  }
  return finish(handle, actor, loaded.value, 'targets', [before, await repo.listTargets(handle, command.id)], clock)
}

export interface ReviseLedgers {
  readonly id: string
  readonly version: number
  readonly ledgers: readonly {
    readonly id: string | null
    readonly title: string
    readonly columns: readonly string[]
  }[]
}

/** Hazards do not stand in a ledger: it is a way to write them out, so its columns may change at any time. */
export async function reviseLedgers(
  handle: Handle,
  actor: Actor,
  command: ReviseLedgers,
  clock: Clock,
): Promise<Answer<CampaignPage>> {
  const loaded = await loadOpen(handle, actor, command, '隐患清单')
  if (!loaded.ok) return loaded
  const before = await repo.listLedgerForms(handle, command.id)
  const strange = command.ledgers.findIndex(({ id }) => id !== null && !before.some((one) => one.id === id))
  if (strange !== -1) return { ok: false, refusal: { ...notFound('清单'), path: `ledgers.${strange}` } }
  if (before.some(({ id }) => !command.ledgers.some((one) => one.id === id)))
    return refuse('campaign.ledger-left-out', '清单不能删去，只能改名、改栏目。请刷新后再改。', 'ledgers')
  for (const [at, { columns }] of command.ledgers.entries()) {
    const twice = columns.findIndex((column, index) => columns.indexOf(column) < index)
    if (twice !== -1)
      return refuse('campaign.column-twice', `“${columns[twice]}”列了两次。`, `ledgers.${at}.columns.${twice}`)
  }
  for (const [index, { id, title, columns }] of command.ledgers.entries()) {
    const form = before.find((one) => one.id === id)?.form ?? blankLedger
    const revised: PlanLedger = { ...form, ordinal: index + 1, title, columns }
    if (id === null) {
      await repo.insertLedgerForm(handle, {
        ...repo.pathsOf(loaded.value),
        id: uuidv7(),
        campaignId: command.id,
        ordinal: index + 1,
        form: revised,
      })
    } else await parts.saveLedgerForm(handle, { id, ordinal: index + 1, form: revised })
  }
  return finish(handle, actor, loaded.value, 'ledgers', [before, await repo.listLedgerForms(handle, command.id)], clock)
}

const blankLedger: PlanLedger = {
  ordinal: 1,
  title: '',
  kind: 'ledger',
  columns: [],
  head: [],
  notes: [],
  foot: [],
  signatures: [],
}

async function loadOpen(
  handle: Handle,
  actor: Actor,
  { id, version }: { readonly id: string; readonly version: number },
  what: string,
): Promise<Answer<repo.CampaignRecord>> {
  const loaded = await loadFor(handle, actor, id, version, mayManage)
  if (!loaded.ok || loaded.value.state !== 'closed') return loaded
  return refuse('campaign.closed', `行动已经结束，${what}不能再改。`)
}

async function finish(
  handle: Handle,
  actor: Actor,
  campaign: repo.CampaignRecord,
  part: 'leadership' | 'targets' | 'ledgers',
  [before, after]: readonly [unknown, unknown],
  clock: Clock,
): Promise<Answer<CampaignPage>> {
  await repo.saveCampaign(handle, { ...campaign.detail, version: campaign.version + 1 })
  await recordAct(
    handle,
    actor,
    {
      action: `campaign.revise-${part}`,
      objectKind: 'campaign',
      objectId: campaign.id,
      before: { [part]: before },
      after: { [part]: after },
    },
    clock.now(),
  )
  return pageOf(handle, actor, campaign.id, clock)
}

function refuse(code: string, message: string, path?: string): Answer<never> {
  return { ok: false, refusal: path === undefined ? { code, message } : { code, message, path } }
}
