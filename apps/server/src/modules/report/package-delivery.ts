/** The files of a report in words that came in a package: looked at as if a person here had delivered them, and kept with the return. */
import { v7 as uuidv7 } from 'uuid'
import {
  askedForms,
  checkDelivery,
  narrativeFindings,
  type Delivery,
  type OfferedFile,
  type UploadedForm,
} from '@bihuan/domain'
import type { Actor } from '../../platform/actor.js'
import { recordAct } from '../../platform/audit/record.js'
import type { Handle } from '../../platform/db/scope.js'
import { keepFile } from '../../platform/files/keep-file.js'
import type { FileStore, StoredFile } from '../../platform/files/store.js'
import type { Answer } from '../../platform/http/serve.js'
import { bareName } from '../../platform/http/upload.js'
import { storeUploads, type StoredUpload } from '../document/index.js'
import { lookAt, type LookedAt } from './delivery.service.js'
import { insertDelivery } from './narrative.repo.js'
import type { PackageFile, ReadContent } from './package-reading.js'
import type { ReturnRecord } from './return.repo.js'

export interface StoredDelivery {
  readonly form: UploadedForm
  readonly sections: LookedAt['sections']
  readonly files: readonly { readonly stored: StoredFile; readonly offered: OfferedFile }[]
}

type Words = Extract<ReadContent, { readonly version: 2 }>

/**
 * Complete by what is asked here, whatever the sender's own schedule says: what a person may not file a package does not file either.
 * Forms that are asked there alone stay with the package. A draft's mark names a return of the other server: here it would say nothing.
 */
export async function storeDeliveries(
  store: FileStore,
  record: Pick<ReturnRecord, 'id' | 'narrative'> | null,
  { narrative: given }: Words,
  files: readonly PackageFile[],
): Promise<Answer<readonly StoredDelivery[]>> {
  // That it is no narrative here is said when it is written.
  const narrative = record?.narrative ?? null
  if (record === null || narrative === null) return { ok: true, value: [] }
  const wanted = askedForms(narrative)
  const stored: StoredDelivery[] = []
  for (const { form, files: named } of given.deliveries.filter((one) => wanted.includes(one.form))) {
    const uploads = named.flatMap(({ name, sha256 }) => {
      const file = files.find((one) => one.sha256 === sha256)
      return file === undefined ? [] : [{ name: bareName(name), bytes: Buffer.from(file.bytes) }]
    })
    const kept = await storeUploads(store, uploads)
    if (!kept.ok) return kept
    const changed = kept.value.findIndex((one, at) => one.stored.sha256 !== named[at]?.sha256)
    if (changed !== -1) {
      const message = `数据包里的“${named[changed]?.name ?? ''}”带有拍摄信息，收下要先去掉，就和签名的不是同一个文件了。请发送方另存后重新交、重新上报。`
      return { ok: false, refusal: { code: 'package.file-changed', message } }
    }
    const { sections, files: offered } = await lookAt(store, kept.value.map(rowOf), form, narrative.mustContain)
    const checked = checkDelivery(narrative, form, offered)
    if (!checked.ok) return checked
    const pairs = kept.value.map((one, at) => ({ stored: one.stored, offered: offered[at] as OfferedFile }))
    stored.push({ form, sections, files: pairs })
  }
  const standing = stored.map(({ form, sections }): Delivery => ({ id: form, form, files: [], sections, draft: null }))
  const faults = narrativeFindings(narrative, standing, record.id).filter(({ blocking }) => blocking)
  if (faults.length > 0) {
    const message = `数据包里的报告按本系统的要求还不完整，没有收下：${faults.map((fault) => fault.message).join('')}请发送方补齐后重新上报。`
    return { ok: false, refusal: { code: 'package.incomplete', message } }
  }
  return { ok: true, value: stored }
}

function rowOf({ name, mediaType, stored }: StoredUpload) {
  return { id: '', sha256: stored.sha256, name, media_type: mediaType, size: stored.size }
}

/** With the return, form by form, as deliveries of whoever takes the package. */
export async function keepDeliveries(
  handle: Handle,
  actor: Actor,
  record: ReturnRecord,
  deliveries: readonly StoredDelivery[],
  now: Date,
): Promise<void> {
  for (const { form, sections, files } of deliveries) {
    const kept = []
    for (const { stored, offered } of files) {
      const { name, mediaType, size, sha256, pages } = offered
      const { id: fileId } = await keepFile(handle, actor, { stored, name, mediaType }, now)
      kept.push({ fileId, name, mediaType, size, sha256, pages })
    }
    const delivery = { id: uuidv7(), form, files: kept, sections, draft: null }
    const entryId = await recordAct(
      handle,
      actor,
      { action: 'return.receive-files', objectKind: 'return', objectId: record.id, detail: { delivery } },
      now,
    )
    const by = { entryId, accountId: actor.accountId, personName: actor.personName, now }
    await insertDelivery(handle, record, { ...delivery, ...by })
  }
}
