/** What waits for a person or a unit besides what a list can tell: reminders of deadlines, results of long work. */
import type { NoticeKind } from '@bihuan/domain'
import type { Handle } from '../db/scope.js'

export interface NewNotice {
  readonly id: string
  readonly territoryPath: string
  readonly linePath: string | null
  /** The units that it is for. */
  readonly unitIds: readonly string[]
  /** One person of theirs, where it is nobody else's business. */
  readonly accountId?: string
  readonly kind: NoticeKind
  readonly text: string
  readonly link: string
  /** The same reminder is not given twice, whoever asks for it how often. */
  readonly dedupeKey: string
  readonly now: Date
}

/** False when it was given before. */
export async function insertNotice(handle: Handle, notice: NewNotice): Promise<boolean> {
  const made = await handle.query(
    `insert into notice (tenant_id, id, territory_path, line_path, parties, kind, text, link, account_id, created_at, dedupe_key)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) on conflict do nothing returning id`,
    [
      handle.tenantId,
      notice.id,
      notice.territoryPath,
      notice.linePath,
      [...new Set(notice.unitIds)],
      notice.kind,
      notice.text,
      notice.link,
      notice.accountId ?? null,
      notice.now,
      notice.dedupeKey,
    ],
  )
  return made.length > 0
}

export interface NoticeRow {
  readonly id: string
  readonly kind: string
  readonly text: string
  readonly link: string
  readonly created_at: Date
  readonly read: boolean
}

export interface NoticeReader {
  readonly accountId: string
  /** The units that the person acts for: what lies below them is their subordinates' affair. */
  readonly unitIds: readonly string[]
  /** Whether what is for the whole unit is for this reader too, or only what is for them in person. */
  readonly readsForUnit: boolean
}

const mine = `n.tenant_id = $1 and n.parties && $2::uuid[] and (n.account_id = $3 or ($4 and n.account_id is null))`
const reading = `left join notice_reading r on r.tenant_id = n.tenant_id and r.notice_id = n.id and r.account_id = $3`

/** Newest first. */
export async function listNoticeRows(
  handle: Handle,
  reader: NoticeReader,
  question: {
    readonly unreadOnly: boolean
    readonly after: { readonly at: Date; readonly id: string } | null
    readonly limit: number
  },
): Promise<NoticeRow[]> {
  return handle.query<NoticeRow & Record<string, unknown>>(
    `select n.id, n.kind, n.text, n.link, n.created_at, r.read_at is not null as read from notice n ${reading}
     where ${mine} and (not $5 or r.read_at is null)
       and ($6::timestamptz is null or (n.created_at, n.id) < ($6::timestamptz, $7::uuid))
     order by n.created_at desc, n.id desc limit $8`,
    [
      handle.tenantId,
      reader.unitIds,
      reader.accountId,
      reader.readsForUnit,
      question.unreadOnly,
      question.after?.at ?? null,
      question.after?.id ?? null,
      question.limit,
    ],
  )
}

export async function countUnread(handle: Handle, reader: NoticeReader, cap: number): Promise<number> {
  const [row] = await handle.query<{ count: number }>(
    `select count(*)::int as count from (select 1 from notice n ${reading} where ${mine} and r.read_at is null limit ${cap + 1}) capped`,
    [handle.tenantId, reader.unitIds, reader.accountId, reader.readsForUnit],
  )
  return row?.count ?? 0
}

/** Of those named, or of all, the ones that are the reader's and not read yet; tells which. */
export async function markRead(
  handle: Handle,
  reader: NoticeReader,
  ids: readonly string[] | null,
  now: Date,
): Promise<string[]> {
  const marked = await handle.query<{ notice_id: string }>(
    `insert into notice_reading (tenant_id, notice_id, account_id, read_at)
     select n.tenant_id, n.id, $3, $6 from notice n where ${mine} and ($5::uuid[] is null or n.id = any($5::uuid[]))
     on conflict do nothing returning notice_id`,
    [handle.tenantId, reader.unitIds, reader.accountId, reader.readsForUnit, ids, now],
  )
  return marked.map((row) => row.notice_id)
}
