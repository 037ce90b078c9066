/** Files of a narrative report: looked at by their content, delivered in a form, and given out again to whoever sees the return. */
import { v7 as uuidv7 } from 'uuid'
import {
  checkDelivery,
  decideReturn,
  deliverableFormLabels,
  readSections,
  WORD,
  type DraftMark,
  type OfferedFile,
  type SectionReading,
  type UploadedForm,
} from '@bihuan/domain'
import { countPdfPages, OfficeRefusal, readWordProperty, readWordTables, type WordTables } from '@bihuan/office'
import type { Actor } from '../../platform/actor.js'
import { openRecords } from '../../platform/db/opened.js'
import type { Handle } from '../../platform/db/scope.js'
import type { FileRow } from '../../platform/files/keep-file.js'
import { bytesOf } from '../../platform/files/stored-bytes.js'
import type { FileStore } from '../../platform/files/store.js'
import { notAllowed, notFound } from '../../platform/http/refusal.js'
import type { Answer } from '../../platform/http/serve.js'
import { fileToGive, findFiles } from '../document/index.js'
import { insertDelivery, listDeliveries } from './narrative.repo.js'
import { draftProperty, readDraftMark } from './narrative-draft.service.js'
import { mayDeliver } from './return.policy.js'
import * as repo from './return.repo.js'
import { noReturn, type ReturnContextOf } from './return-page.service.js'
import { contextOf, loadFor, saveStep } from './return.service.js'
import { mayReadTables } from './table.policy.js'

export interface DeliverCommand {
  readonly id: string
  readonly version: number
  readonly form: UploadedForm
  readonly fileIds: readonly string[]
}

export interface LookedAt {
  readonly files: readonly OfferedFile[]
  readonly sections: SectionReading | null
  readonly draft: DraftMark | null
}

/** The files are read before the transaction: a Word document of a hundred pages holds no lock. */
export async function deliverFiles(
  { database, clock, files }: ReturnContextOf & { readonly files: FileStore },
  actor: Actor,
  command: DeliverCommand,
): Promise<Answer<undefined>> {
  const found = await database.withScope(actor.reach, async (handle) => ({
    record: mayReadTables(actor) ? await repo.findReturn(handle, command.id) : null,
    rows: await findFiles(handle, command.fileIds),
  }))
  const { record, rows } = found
  if (record === null) return { ok: false, refusal: noReturn(command.id) }
  const { narrative } = record
  if (narrative === null || !mayDeliver(actor, record)) return { ok: false, refusal: notAllowed('为这张报表交文件') }
  const stranger = command.fileIds.find((id) => !rows.some((row) => row.id === id))
  if (stranger !== undefined) {
    const refusal = { ...notFound('文件', { objectKind: 'file', objectId: stranger }), path: 'fileIds' }
    return { ok: false, refusal }
  }
  const inOrder = command.fileIds.flatMap((id) => rows.filter((row) => row.id === id))
  const looked = await lookAt(files, inOrder, command.form, narrative.mustContain)
  const checked = checkDelivery(narrative, command.form, looked.files)
  if (!checked.ok) return checked
  return database.withScope(actor.reach, async (handle) => {
    const loaded = await loadFor(handle, actor, command.id, command.version)
    if (!loaded.ok) return loaded
    const names = checked.value.map(({ name }) => name)
    const what = `${deliverableFormLabels[command.form]}“${names[0] ?? ''}”${names.length > 1 ? `等${names.length}个文件` : ''}`
    const decision = decideReturn(loaded.value.detail, { kind: 'deliver', what }, contextOf(actor, loaded.value, clock))
    if (!decision.ok) return decision
    const { sections, draft } = looked
    const delivery = { id: uuidv7(), form: command.form, files: checked.value, sections, draft }
    const entryId = await saveStep(
      handle,
      actor,
      loaded.value,
      decision.value,
      { counted: { position: null, countedTo: null }, filed: null, hash: null, detail: { delivery } },
      clock,
    )
    const by = { entryId, accountId: actor.accountId, personName: actor.personName, now: clock.now() }
    await insertDelivery(handle, loaded.value, { ...delivery, ...by })
    return { ok: true, value: undefined }
  })
}

/** By its content; what a sender says of it counts for nothing. */
export async function lookAt(
  files: FileStore,
  rows: readonly Omit<FileRow, 'uploaded_at'>[],
  form: UploadedForm,
  headings: readonly string[],
): Promise<LookedAt> {
  const offered: OfferedFile[] = []
  let sections: SectionReading | null = null
  let draft: DraftMark | null = null
  for (const row of rows) {
    const isWord = row.media_type === WORD
    const isPdf = row.media_type === 'application/pdf'
    const bytes = isPdf || (isWord && form === 'editable') ? await bytesOf(files, row.sha256) : null
    const read = isWord && bytes !== null ? readDocument(bytes) : null
    if (read !== null) {
      sections = readSections(linesOf(read.document), headings)
      draft = readDraftMark(read.property)
    }
    offered.push({
      fileId: row.id,
      name: row.name,
      mediaType: row.media_type,
      size: row.size,
      sha256: row.sha256,
      pages: isPdf ? (bytes === null ? 0 : await countPdfPages(bytes)) : row.media_type.startsWith('image/') ? 1 : null,
      opens: read !== null,
    })
  }
  return { files: offered, sections, draft }
}

function readDocument(bytes: Uint8Array): { readonly document: WordTables; readonly property: string | null } | null {
  try {
    return { document: readWordTables(bytes), property: readWordProperty(bytes, draftProperty) }
  } catch (thrown) {
    if (thrown instanceof OfficeRefusal) return null
    throw thrown
  }
}

/** A line break divides a heading from what follows it as a paragraph does; a table is one line of what stands in it. */
function linesOf({ body }: WordTables): string[] {
  return body.flatMap((item) =>
    'paragraph' in item
      ? item.paragraph.text.split('\n')
      : [item.table.rows.flatMap(({ cells }) => cells.map(({ text }) => text)).join(' ')],
  )
}

/** A file that was delivered for the return, whether it stands or was replaced. */
export async function returnFile(
  handle: Handle,
  actor: Actor,
  returnId: string,
  fileId: string,
): Promise<ReturnType<typeof fileToGive>> {
  const record = mayReadTables(actor) ? await repo.findReturn(handle, returnId) : null
  if (record === null) return { ok: false, refusal: noReturn(returnId) }
  const delivered = await listDeliveries(handle, returnId, null)
  if (!delivered.some(({ files }) => files.some((file) => file.fileId === fileId)))
    return { ok: false, refusal: notFound('文件', { objectKind: 'file', objectId: fileId }) }
  await openRecords(handle, [fileId])
  return fileToGive(handle, fileId)
}
