/** Rows of stored files against the entries that recorded their upload: the hash in a row is what its bytes are looked up by. */
import { entryName } from '../audit/covered-rows.js'
import type { Verifier } from '../audit/verification.js'

export const fileVerifier: Verifier = {
  subject: '上传文件',
  async verify(handle) {
    const [wrong] = await handle.query<{ id: string; entry_id: string }>(
      `select f.id, f.entry_id from file f left join audit_entry e on e.tenant_id = f.tenant_id and e.id = f.entry_id
       where f.tenant_id = $1 and not coalesce(e.object_kind = 'file' and e.object_id = f.id
         and e.after ->> 'sha256' = f.sha256 and (e.after ->> 'size')::bigint = f.size, false) order by f.id limit 1`,
      [handle.tenantId],
    )
    if (wrong !== undefined) {
      return {
        ok: false,
        message: `文件 ${wrong.id} 与${await entryName(handle, wrong.entry_id)}不符：内容的摘要或大小被改过。`,
      }
    }
    const [lost] = await handle.query<{ object_id: string; id: string }>(
      `select e.object_id, e.id from audit_entry e
       where e.tenant_id = $1 and e.object_kind = 'file' and e.action = 'file.upload'
         and not exists (select 1 from file f where f.tenant_id = e.tenant_id and f.id = e.object_id) order by e.id limit 1`,
      [handle.tenantId],
    )
    if (lost !== undefined) {
      return { ok: false, message: `文件 ${lost.object_id} 不见了：${await entryName(handle, lost.id)}里记着它。` }
    }
    const [row] = await handle.query<{ count: number }>('select count(*) as count from file where tenant_id = $1', [
      handle.tenantId,
    ])
    return { ok: true, count: row?.count ?? 0 }
  },
}
