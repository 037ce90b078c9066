import type { NoticeDocument, Plan } from '@bihuan/domain'
import type { Handle } from '../../platform/db/scope.js'

export interface NoticeReading {
  readonly file_id: string
  readonly name: string
  readonly form: NoticeDocument['form']
  readonly words: string
  readonly blocks: NoticeDocument['blocks']
  readonly plan: Plan
}

export async function insertReading(
  handle: Handle,
  of: { readonly fileId: string; readonly document: NoticeDocument; readonly plan: Plan; readonly now: Date },
): Promise<void> {
  await handle.query(
    `insert into imported_notice (tenant_id, file_id, territory_path, line_path, parties, form, words, blocks, plan, read_at)
     select tenant_id, id, territory_path, line_path, parties, $3, $4, $5, $6, $7 from file where tenant_id = $1 and id = $2`,
    [
      handle.tenantId,
      of.fileId,
      of.document.form,
      of.document.text,
      JSON.stringify(of.document.blocks),
      JSON.stringify(of.plan),
      of.now,
    ],
  )
}

export async function findReading(handle: Handle, fileId: string): Promise<NoticeReading | null> {
  const rows = await handle.query<NoticeReading & Record<string, unknown>>(
    `select n.file_id, f.name, n.form, n.words, n.blocks, n.plan from imported_notice n
     join file f on f.tenant_id = n.tenant_id and f.id = n.file_id where n.tenant_id = $1 and n.file_id = $2`,
    [handle.tenantId, fileId],
  )
  return rows[0] ?? null
}

export async function setNotice(handle: Handle, campaignId: string, fileId: string): Promise<void> {
  await handle.query('update campaign set notice_file_id = $3 where tenant_id = $1 and id = $2', [
    handle.tenantId,
    campaignId,
    fileId,
  ])
}

/** Null of a campaign that was made without one. */
export async function noticeOf(handle: Handle, campaignId: string): Promise<string | null> {
  const [row] = await handle.query<{ notice_file_id: string | null }>(
    'select notice_file_id from campaign where tenant_id = $1 and id = $2',
    [handle.tenantId, campaignId],
  )
  return row?.notice_file_id ?? null
}
