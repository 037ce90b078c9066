/** A notice as it came: read in a thread of its own, kept with what was read of it, and shown beside the campaign that it orders. */
import type { ImportedNotice } from '@bihuan/contracts'
import type { NoticeDocument, Plan } from '@bihuan/domain'
import { readPlan } from '@bihuan/plan-reader'
import type { Actor } from '../../platform/actor.js'
import type { Clock } from '../../platform/clock.js'
import type { Database, Handle } from '../../platform/db/scope.js'
import { readNoticeInThread } from '../../platform/documents/notice-thread.js'
import { keepFile } from '../../platform/files/keep-file.js'
import type { FileStore, StoredFile } from '../../platform/files/store.js'
import { notAllowed, notFound } from '../../platform/http/refusal.js'
import type { Answer } from '../../platform/http/serve.js'
import type { UploadedFile } from '../../platform/http/upload.js'
import { fileToGive, type FoundFile } from '../document/index.js'
import { mayReadCampaigns } from './campaign.policy.js'
import { findCampaign } from './campaign.repo.js'
import * as repo from './notice.repo.js'

export interface ReadNotice {
  readonly name: string
  readonly mediaType: string
  readonly stored: StoredFile
  readonly document: NoticeDocument
  readonly plan: Plan
}

const mediaTypes: Readonly<Record<NoticeDocument['form'], string>> = {
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  doc: 'application/msword',
  pdf: 'application/pdf',
  html: 'text/html',
  text: 'text/plain',
}

/** Before the transaction: a file that cannot be read leaves nothing behind. */
export async function takeNotice(
  files: FileStore,
  actor: Actor,
  uploads: readonly UploadedFile[],
): Promise<Answer<ReadNotice>> {
  if (!actor.permissions.has('campaign.manage') || actor.reach.path === null)
    return { ok: false, refusal: notAllowed('导入通知') }
  const [upload, other] = uploads
  if (upload === undefined || other !== undefined) {
    return { ok: false, refusal: { code: 'upload.invalid', message: '请一次上传一份通知（Word、PDF、网页或文本）。' } }
  }
  const document = await readNoticeInThread({ bytes: upload.bytes, name: upload.name })
  const plan = readPlan(document)
  return {
    ok: true,
    value: {
      name: upload.name,
      mediaType: mediaTypes[document.form],
      stored: await files.put(upload.bytes),
      document,
      plan,
    },
  }
}

export async function keepNotice(
  handle: Handle,
  actor: Actor,
  { name, mediaType, stored, document, plan }: ReadNotice,
  clock: Clock,
): Promise<Answer<ImportedNotice>> {
  const { id } = await keepFile(handle, actor, { stored, name, mediaType }, clock.now())
  await repo.insertReading(handle, { fileId: id, document, plan, now: clock.now() })
  return { ok: true, value: viewOf({ fileId: id, name, document, plan }) }
}

export async function showNotice(handle: Handle, actor: Actor, fileId: string): Promise<Answer<ImportedNotice>> {
  const found = actor.permissions.has('campaign.manage') ? await repo.findReading(handle, fileId) : null
  return found === null ? { ok: false, refusal: noNotice(fileId) } : { ok: true, value: readingView(found) }
}

/** Whoever the campaign binds may read what orders it, though the file is its issuer's. */
export async function campaignNotice(
  database: Database,
  actor: Actor,
  campaignId: string,
): Promise<Answer<ImportedNotice>> {
  return asIssuer(database, actor, campaignId, async (handle, fileId) => {
    const found = await repo.findReading(handle, fileId)
    return found === null ? { ok: false, refusal: noNotice(fileId) } : { ok: true, value: readingView(found) }
  })
}

export async function campaignNoticeFile(
  database: Database,
  actor: Actor,
  campaignId: string,
): Promise<Answer<FoundFile>> {
  return asIssuer(database, actor, campaignId, fileToGive)
}

async function asIssuer<T>(
  database: Database,
  actor: Actor,
  campaignId: string,
  read: (handle: Handle, fileId: string) => Promise<Answer<T>>,
): Promise<Answer<T>> {
  const fileId = await database.withScope(actor.reach, async (handle) => {
    const campaign = mayReadCampaigns(actor) ? await findCampaign(handle, campaignId) : null
    return campaign === null ? undefined : repo.noticeOf(handle, campaignId)
  })
  if (fileId === undefined)
    return { ok: false, refusal: notFound('行动', { objectKind: 'campaign', objectId: campaignId }) }
  if (fileId === null)
    return { ok: false, refusal: { ...notFound('通知'), message: '这个行动不是由通知导入的，没有原文可看。' } }
  return database.withScope({ purpose: 'tenant', tenantId: actor.tenantId }, (handle) => read(handle, fileId))
}

const noNotice = (id: string) => notFound('通知', { objectKind: 'file', objectId: id })

function readingView({ file_id, name, form, words, blocks, plan }: repo.NoticeReading): ImportedNotice {
  return viewOf({ fileId: file_id, name, document: { form, text: words, blocks }, plan })
}

/** Rows and lists that the rules hold as read-only go out as what they are. */
function viewOf(view: {
  readonly fileId: string
  readonly name: string
  readonly document: NoticeDocument
  readonly plan: Plan
}): ImportedNotice {
  return structuredClone(view) as unknown as ImportedNotice
}
