/** The day's work of one person, gathered through the doors of the modules that know of it. */
import { countCap, type NoticeView, type Total, type Workbench } from '@bihuan/contracts'
import type { Actor } from '../../platform/actor.js'
import { recordAct } from '../../platform/audit/record.js'
import type { Clock } from '../../platform/clock.js'
import type { Handle, Narrowing } from '../../platform/db/scope.js'
import type { Answer } from '../../platform/http/serve.js'
import * as notices from '../../platform/notices/notice.repo.js'
import { taskWork } from '../campaign/index.js'
import { hazardOverview, hazardWork } from '../hazard/index.js'

type Reader = <T>(work: (handle: Handle) => Promise<T>, narrowing?: Narrowing) => Promise<T>

const shownNotices = 5
const noticePage = 50

export async function showWorkbench(actor: Actor, read: Reader, clock: Clock): Promise<Answer<Workbench>> {
  const own = await read(async (handle) => ({
    groups: await hazardWork(handle, actor, clock),
    campaigns: await taskWork(handle, actor, clock),
    unread: await unreadOf(handle, actor),
    rows: await notices.listNoticeRows(handle, readerOf(actor), { unreadOnly: true, after: null, limit: shownNotices }),
  }))
  return {
    ok: true,
    value: {
      today: clock.today(),
      groups: own.groups,
      overview: await hazardOverview(actor, read, clock),
      campaigns: own.campaigns,
      notices: {
        unread: own.unread,
        items: own.rows.map(({ id, kind, text, link, created_at }) => ({
          id,
          kind,
          text,
          link,
          at: created_at.toISOString(),
        })),
      },
    },
  }
}

export async function listNotices(
  handle: Handle,
  actor: Actor,
  query: { readonly unread?: 'yes' | 'no' | undefined; readonly after?: string | undefined },
): Promise<Answer<{ items: NoticeView[]; next: string | null }>> {
  const after = query.after === undefined ? null : readCursor(query.after)
  if (query.after !== undefined && after === null) {
    return {
      ok: false,
      refusal: { code: 'request.invalid', message: '翻页位置不对。请回到第一页重新查询。', path: 'after' },
    }
  }
  const rows = await notices.listNoticeRows(handle, readerOf(actor), {
    unreadOnly: query.unread === 'yes',
    after,
    limit: noticePage + 1,
  })
  const page = rows.slice(0, noticePage)
  const last = page.at(-1)
  return {
    ok: true,
    value: {
      items: page.map(({ created_at, ...row }) => ({ ...row, at: created_at.toISOString() })),
      next: rows.length > noticePage && last ? `${last.created_at.toISOString()}_${last.id}` : null,
    },
  }
}

export async function readNotices(
  handle: Handle,
  actor: Actor,
  ids: readonly string[] | null,
  clock: Clock,
): Promise<Answer<{ unread: Total }>> {
  const marked = await notices.markRead(handle, readerOf(actor), ids, clock.now())
  await recordAct(
    handle,
    actor,
    {
      action: 'notice.read',
      objectKind: 'account',
      objectId: actor.accountId,
      after: { notices: ids === null ? 'all' : marked },
    },
    clock.now(),
  )
  return { ok: true, value: { unread: await unreadOf(handle, actor) } }
}

function readerOf(actor: Actor): notices.NoticeReader {
  const { accountId, permissions, reach } = actor
  return {
    accountId,
    unitIds: permissions.has('hazard.read') || permissions.has('own.read') ? reach.parties : [],
    // They tell of hazards, and are for those who may look at them: not for an administrator of the same unit, nor for a token of another scope.
    readsForUnit: permissions.has('hazard.read'),
  }
}

async function unreadOf(handle: Handle, actor: Actor): Promise<Total> {
  const count = await notices.countUnread(handle, readerOf(actor), countCap)
  return { count: Math.min(count, countCap), capped: count > countCap }
}

function readCursor(text: string): { at: Date; id: string } | null {
  const match = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z)_([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/.exec(text)
  const [, at, id] = match ?? []
  if (at === undefined || id === undefined || Number.isNaN(Date.parse(at))) return null
  return { at: new Date(at), id }
}
