/** Views of the ledger: those that stand for everybody, and a person's own, each with how many it holds now. */
import { v7 as uuidv7 } from 'uuid'
import {
  firstHazardView,
  readHazardQuestion,
  standingHazardViews,
  type HazardListView,
  type Total,
} from '@bihuan/contracts'
import type { Actor } from '../../platform/actor.js'
import { recordAct } from '../../platform/audit/record.js'
import type { Clock } from '../../platform/clock.js'
import type { Handle } from '../../platform/db/scope.js'
import { notAllowed, notFound, type HttpRefusal } from '../../platform/http/refusal.js'
import type { Answer } from '../../platform/http/serve.js'
import { countAsked, narrowed, type Reader } from './hazard-list.service.js'
import { mayRead } from './hazard.policy.js'
import * as repo from './saved-view.repo.js'

type Views = Answer<{ items: HazardListView[]; opensWith: string }>

const mostViews = 30

export async function listViews(
  actor: Actor,
  asked: { readonly campaign?: string | undefined; readonly counts: 'yes' | 'no' },
  read: Reader,
  clock: Clock,
): Promise<Views> {
  const views = await read((handle) => present(handle, actor))
  if (!views.ok || asked.counts === 'no') return views
  for (const view of views.value.items)
    view.count = await countOf(actor, view.question, asked.campaign ?? null, read, clock)
  return views
}

/** Null where the question is no longer one: a unit that is gone, a filter that the product gave up. */
async function countOf(
  actor: Actor,
  question: Readonly<Record<string, string>>,
  campaignId: string | null,
  read: Reader,
  clock: Clock,
): Promise<Total | null> {
  const filters = readHazardQuestion(question)
  // By party there is no range of an index to count in, and where nothing matches all rows in reach would be looked at.
  if (filters === null || filters.axis === 'party') return null
  const query = { ...filters, ...(campaignId === null ? {} : { campaign: campaignId }) }
  const counted = await read((handle) => narrowed(handle, actor, query, clock, (filter) => countAsked(handle, filter)))
  return counted.ok ? counted.value : null
}

function viewsOf(saved: readonly repo.SavedViewRow[]): HazardListView[] {
  return [
    ...standingHazardViews.map(({ key, name, address, question }) => ({
      key,
      name,
      own: false,
      address,
      question: { ...question },
      columns: [],
      count: null,
    })),
    ...saved.map(({ id, name, query, columns }) => ({
      key: id,
      name,
      own: true,
      address: query.address,
      question: { ...query.question },
      columns,
      count: null,
    })),
  ]
}

export interface ViewInput {
  readonly name: string
  readonly address: string
  readonly question: Readonly<Record<string, string>>
  readonly columns: readonly string[]
}

const noQuestion: HttpRefusal = {
  code: 'hazard.view-question',
  message: '这组筛选条件存不了。请刷新页面，重新设好条件后再存。',
  path: 'question',
}
const nameTaken: HttpRefusal = {
  code: 'hazard.view.already-exists',
  message: '您已有一个同名的视图，请换个名字。',
  path: 'name',
}
const noView = (id: string) => notFound('视图', { objectKind: 'saved-view', objectId: id })

export async function saveView(handle: Handle, actor: Actor, input: ViewInput, clock: Clock): Promise<Views> {
  if (!mayRead(actor)) return { ok: false, refusal: notAllowed('保存视图') }
  if (readHazardQuestion(input.question) === null) return { ok: false, refusal: noQuestion }
  const before = await repo.listSavedViews(handle, actor.accountId)
  if (before.length >= mostViews) {
    return {
      ok: false,
      refusal: { code: 'hazard.view-too-many', message: `每人最多存 ${mostViews} 个视图，请先删去不用的。` },
    }
  }
  const row: repo.SavedViewRow = {
    id: uuidv7(),
    name: input.name,
    query: { address: input.address, question: input.question },
    columns: [...input.columns],
    ordinal: (before.at(-1)?.ordinal ?? 0) + 1,
  }
  if (!(await repo.insertSavedView(handle, actor.accountId, row))) return { ok: false, refusal: nameTaken }
  await recordAct(
    handle,
    actor,
    { action: 'view.save', objectKind: 'saved-view', objectId: row.id, after: row },
    clock.now(),
  )
  return present(handle, actor)
}

export async function changeView(
  handle: Handle,
  actor: Actor,
  id: string,
  input: { readonly [Key in keyof ViewInput]?: ViewInput[Key] | undefined },
  clock: Clock,
): Promise<Views> {
  const saved = await repo.listSavedViews(handle, actor.accountId)
  const before = saved.find((view) => view.id === id)
  if (before === undefined) return { ok: false, refusal: noView(id) }
  const question = input.question ?? before.query.question
  if (readHazardQuestion(question) === null) return { ok: false, refusal: noQuestion }
  const after: repo.SavedViewRow = {
    ...before,
    name: input.name ?? before.name,
    query: { address: input.address ?? before.query.address, question },
    columns: [...(input.columns ?? before.columns)],
  }
  if (saved.some((view) => view.id !== id && view.name === after.name)) return { ok: false, refusal: nameTaken }
  await repo.saveSavedView(handle, after)
  await recordAct(
    handle,
    actor,
    { action: 'view.change', objectKind: 'saved-view', objectId: id, before, after },
    clock.now(),
  )
  return present(handle, actor)
}

export async function orderViews(handle: Handle, actor: Actor, ids: readonly string[], clock: Clock): Promise<Views> {
  const saved = await repo.listSavedViews(handle, actor.accountId)
  const unknown = ids.find((id) => !saved.some((view) => view.id === id))
  if (unknown !== undefined) return { ok: false, refusal: noView(unknown) }
  // Those that were not named (made in another window) keep their order behind the rest.
  const rest = saved.map(({ id }) => id).filter((id) => !ids.includes(id))
  const order = [...new Set([...ids, ...rest])]
  for (const view of saved) await repo.saveSavedView(handle, { ...view, ordinal: order.indexOf(view.id) + 1 })
  await recordAct(
    handle,
    actor,
    { action: 'view.order', objectKind: 'account', objectId: actor.accountId, after: { order } },
    clock.now(),
  )
  return present(handle, actor)
}

/** A standing view or one's own. The one that everybody begins with is no choice, and is not kept as one. */
export async function openWithView(handle: Handle, actor: Actor, key: string, clock: Clock): Promise<Views> {
  if (!mayRead(actor)) return { ok: false, refusal: notAllowed('设定打开台账时的视图') }
  const known = viewsOf(await repo.listSavedViews(handle, actor.accountId))
  // Not every key is an id, which the trail of what was looked for in vain would take it for.
  if (!known.some((view) => view.key === key)) return { ok: false, refusal: notFound('视图') }
  const before = await repo.findOpeningView(handle, actor.accountId)
  await repo.saveOpeningView(handle, actor.accountId, key === firstHazardView ? null : { id: uuidv7(), key })
  await recordAct(
    handle,
    actor,
    {
      action: 'view.open-with',
      objectKind: 'account',
      objectId: actor.accountId,
      before: { opensWith: before ?? firstHazardView },
      after: { opensWith: key },
    },
    clock.now(),
  )
  return present(handle, actor)
}

export async function removeView(handle: Handle, actor: Actor, id: string, clock: Clock): Promise<Views> {
  const before = (await repo.listSavedViews(handle, actor.accountId)).find((view) => view.id === id)
  if (before === undefined || !(await repo.deleteSavedView(handle, id))) return { ok: false, refusal: noView(id) }
  if ((await repo.findOpeningView(handle, actor.accountId)) === id)
    await repo.saveOpeningView(handle, actor.accountId, null)
  await recordAct(handle, actor, { action: 'view.remove', objectKind: 'saved-view', objectId: id, before }, clock.now())
  return present(handle, actor)
}

/** Without counts: they are asked for when the list is. */
async function present(handle: Handle, actor: Actor): Promise<Views> {
  const items = viewsOf(await repo.listSavedViews(handle, actor.accountId))
  const chosen = await repo.findOpeningView(handle, actor.accountId)
  const opensWith = items.find(({ key }) => key === chosen)?.key ?? firstHazardView
  return { ok: true, value: { items, opensWith } }
}
