/** A circular as a Word document that an office edits: GB/T 9704, the figures as annexes, blanks where only a person knows. */
import { blankFor, draftCircular, type CircularTable } from '@bihuan/domain'
import { writeOfficialDocument, type AttachedForm } from '@bihuan/office'
import type { Actor } from '../../platform/actor.js'
import { recordAct } from '../../platform/audit/record.js'
import type { Clock } from '../../platform/clock.js'
import type { Handle } from '../../platform/db/scope.js'
import { notAllowed } from '../../platform/http/refusal.js'
import type { Answer } from '../../platform/http/serve.js'
import { mayIssue, mayReadCirculars } from './circular.policy.js'
import * as repo from './circular.repo.js'
import { noCircular } from './circular.service.js'
import type { WordFile } from './narrative-draft.service.js'

export async function writeWord(handle: Handle, actor: Actor, id: string, clock: Clock): Promise<Answer<WordFile>> {
  const row = mayReadCirculars(actor) ? await repo.findCircular(handle, id) : null
  const campaign = row === null ? null : await repo.findCircularCampaign(handle, row.campaign_id)
  if (row === null || campaign === null) return { ok: false, refusal: noCircular(id) }
  if (!mayIssue(actor, row)) return { ok: false, refusal: notAllowed('下载通报草稿') }
  const { content } = row
  const document = draftCircular({
    campaignName: campaign.name,
    period: content.periodTitle,
    to: row.to_day,
    overdueOn: content.overdueOn,
    whole: content.whole,
    units: content.units,
    leads: content.leads,
    lags: content.lags,
    overdue: content.overdue,
    overdueMore: content.overdueMore,
  })
  const bytes = await writeOfficialDocument({
    title: document.title,
    documentNumber: row.doc_no ?? blankFor('发文字号'),
    recipients: campaign.recipients.length > 0 ? campaign.recipients : [blankFor('主送单位')],
    body: document.body,
    annexes: document.annexes.map(({ title }) => title),
    attached: document.annexes.map(attachedOf),
    signature: campaign.issuer === '' ? blankFor('发文单位') : campaign.issuer,
    issuedOn: row.issued_on ?? clock.today(),
  })
  const { position } = row
  const after = { position, format: 'docx' }
  await recordAct(
    handle,
    actor,
    { action: 'circular.export', objectKind: 'circular', objectId: id, after },
    clock.now(),
  )
  return { ok: true, value: { name: `${document.title}（草稿）.docx`, bytes } }
}

function attachedOf({ title, note, columns, rows }: CircularTable): AttachedForm {
  const ledger = {
    ordinal: 1,
    title,
    kind: 'ledger' as const,
    head: [note],
    columns,
    notes: [],
    foot: [],
    signatures: [],
  }
  return { ledger: { ledger }, rows }
}
