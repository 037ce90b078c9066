/** Evidence and photos: looked at by content, cleaned of what a camera tells, kept by their hash. */
import type { FileView } from '@bihuan/contracts'
import { identifyUpload } from '@bihuan/office'
import type { Actor } from '../../platform/actor.js'
import type { Clock } from '../../platform/clock.js'
import type { Handle } from '../../platform/db/scope.js'
import { findFile, keepFile, type FileRow } from '../../platform/files/keep-file.js'
import type { FileStore, StoredFile } from '../../platform/files/store.js'
import { notFound, type HttpRefusal, type Place } from '../../platform/http/refusal.js'
import type { Answer } from '../../platform/http/serve.js'
import type { UploadedFile } from '../../platform/http/upload.js'
import { withoutMetadata } from './photo-metadata.js'

/** HEIC is not among them: hardly a browser shows it, and where it was taken cannot be cut out of it without decoding it. */
const acceptedKinds: ReadonlySet<string> = new Set(['jpeg', 'png', 'webp', 'pdf', 'docx', 'xlsx'])
const shownInPlace: ReadonlySet<string> = new Set(['image/jpeg', 'image/png', 'image/webp', 'application/pdf'])

const onlyThese = '证明材料只收图片（JPG、PNG、WebP）、PDF、Word（.docx）和 Excel（.xlsx）。请转换后再传。'

export interface StoredUpload {
  readonly name: string
  readonly mediaType: string
  readonly stored: StoredFile
}

/** Before the transaction: all of them are good, or none is kept. */
export async function storeUploads(
  files: FileStore,
  uploads: readonly UploadedFile[],
): Promise<Answer<StoredUpload[]>> {
  if (uploads.length === 0) {
    return { ok: false, refusal: { code: 'upload.invalid', message: '没有收到文件。请选择文件后再上传。' } }
  }
  const looked = uploads.map((upload) => lookAt(upload))
  const refusals = looked.flatMap((one, index) =>
    one.ok
      ? []
      : [{ ...one, place: { path: `files.${index}`, message: `“${uploads[index]?.name ?? ''}”：${one.message}` } }],
  )
  const [first] = refusals
  if (first !== undefined)
    return {
      ok: false,
      refusal: refusalOf(
        first.code,
        refusals.map(({ place }) => place),
        uploads.length,
      ),
    }
  const kept: StoredUpload[] = []
  for (const one of looked) {
    if (one.ok) kept.push({ name: one.name, mediaType: one.mediaType, stored: await files.put(one.bytes) })
  }
  return { ok: true, value: kept }
}

function refusalOf(code: string, places: readonly Place[], sent: number): HttpRefusal {
  const said = places.map(({ message }) => message).join('')
  return {
    code,
    message: sent === places.length ? said : `${said}这次上传的文件都没有保存，请去掉有问题的再传。`,
    places,
  }
}

type Looked =
  | { readonly ok: true; readonly name: string; readonly mediaType: string; readonly bytes: Uint8Array }
  | { readonly ok: false; readonly code: string; readonly message: string }

function lookAt({ name, bytes }: UploadedFile): Looked {
  const verdict = identifyUpload(bytes, name)
  if (!verdict.ok) {
    // Its own sentence names kinds that are read elsewhere and are no evidence.
    return {
      ok: false,
      code: `upload.${verdict.code}`,
      message: verdict.code === 'unknown-type' ? onlyThese : verdict.message,
    }
  }
  if (verdict.kind === 'heic') {
    return {
      ok: false,
      code: 'upload.kind-not-allowed',
      message: 'HEIC 照片多数电脑打不开。请在手机相机设置里改为“兼容性最佳”，或另存为 JPG 后再传。',
    }
  }
  if (!acceptedKinds.has(verdict.kind)) {
    return { ok: false, code: 'upload.kind-not-allowed', message: onlyThese }
  }
  const clean = withoutMetadata(verdict.mediaType, bytes)
  if (clean === null)
    return { ok: false, code: 'upload.broken', message: '图片已损坏，打不开。请重新拍照或另存后再传。' }
  return { ok: true, name: nameOf(name, verdict.extension), mediaType: verdict.mediaType, bytes: clean }
}

/** A name without an ending gets the one of its content, or nobody's computer would know what to open it with. */
function nameOf(name: string, extension: string): string {
  return /\.[A-Za-z0-9]{1,5}$/.test(name) ? name : `${name}.${extension}`
}

export async function keepUploads(
  handle: Handle,
  actor: Actor,
  uploads: readonly StoredUpload[],
  clock: Clock,
): Promise<Answer<{ items: FileView[] }>> {
  const items: FileView[] = []
  for (const { name, mediaType, stored } of uploads) {
    const { id } = await keepFile(handle, actor, { stored, name, mediaType }, clock.now())
    items.push({ id, name, mediaType, size: stored.size })
  }
  return { ok: true, value: { items } }
}

export interface FoundFile {
  readonly name: string
  readonly mediaType: string
  readonly inline: boolean
  readonly sha256: string
}

/** A file within the asker's reach, or opened with the record that mentions it. */
export async function fileToGive(handle: Handle, fileId: string): Promise<Answer<FoundFile>> {
  const row = await findFile(handle, fileId)
  if (row === null) return { ok: false, refusal: notFound('文件', { objectKind: 'file', objectId: fileId }) }
  return {
    ok: true,
    value: { name: row.name, mediaType: row.media_type, inline: shownInPlace.has(row.media_type), sha256: row.sha256 },
  }
}

export function fileViewOf(row: FileRow): FileView {
  return { id: row.id, name: row.name, mediaType: row.media_type, size: row.size }
}
