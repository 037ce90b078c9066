/**
 * What a schedule files that is words and not figures: a report on a named day, or a plan that is put on record (备案). It is complete with
 * what the plan asks for and nothing less: every form of it there, every point that it must state written about.
 */
import type { CivilDate } from '../shared/civil-date.js'
import { decided, refused, type Decision, type Refusal } from '../shared/decision.js'
import { bareHeading, type SectionReading } from './narrative-sections.js'

export const narrativeKindLabels = { report: '叙述性报告', 'plan-for-record': '方案备案' } as const
export type NarrativeKind = keyof typeof narrativeKindLabels

/** As plans ask for them: 可编辑文档版, 签字盖章的原件或扫描件, 电子版, 纸质版. */
export const deliverableFormLabels = {
  editable: '可编辑文档',
  'signed-scan': '签字盖章扫描件',
  electronic: '电子版',
  paper: '纸质件',
} as const
export type DeliverableForm = keyof typeof deliverableFormLabels
/** Paper is handed over: its receiver's taking the return is what confirms it. */
export type UploadedForm = Exclude<DeliverableForm, 'paper'>

export interface Deliverable {
  readonly form: DeliverableForm
  /** One of the receivers of the schedule; null: whoever receives it. */
  readonly receiverId: string | null
}

export interface Narrative {
  readonly kind: NarrativeKind
  /** What it is called in its own title: 阶段工作总结. */
  readonly name: string
  /** The points that it must state, in their order: headings of the draft. */
  readonly mustContain: readonly string[]
  readonly deliverables: readonly Deliverable[]
  /** Who signs on the screen, in order; empty where the signed and sealed scan is signature enough. */
  readonly signatures: readonly string[]
  /** Tables that are attached to the draft with the figures of its day. */
  readonly tableIds: readonly string[]
}

export interface DeliveredFile {
  readonly fileId: string
  readonly name: string
  readonly mediaType: string
  /** Bytes. */
  readonly size: number
  readonly sha256: string
  /** Of a scan; null where pages mean nothing. */
  readonly pages: number | null
}

/** From which draft a document was written: the draft says so itself, wherever it was edited. */
export interface DraftMark {
  readonly returnId: string
  /** The figures in the draft count up to here. */
  readonly position: number
  readonly countedTo: CivilDate
}

/** What stands delivered in one form. A later one takes its place; the earlier one is kept with the version that it was filed in. */
export interface Delivery {
  readonly id: string
  readonly form: UploadedForm
  readonly files: readonly DeliveredFile[]
  /** Of the editable document: what it says under the points that it must state. */
  readonly sections: SectionReading | null
  readonly draft: DraftMark | null
}

export const WORD = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document'
const SCANS: readonly string[] = ['application/pdf', 'image/jpeg', 'image/png']
/** A report photographed page by page. */
const MOST_FILES = 60

/** What cannot be asked for: said before a schedule is saved. */
export function checkNarrative(
  narrative: Narrative,
  known: { readonly receiverIds: readonly string[]; readonly tableIds: readonly string[] },
): Decision<Narrative> {
  const { name, mustContain, deliverables, signatures, tableIds } = narrative
  if (name.trim() === '') return refused('narrative.name-missing', '请填写报告的名称，例如“阶段工作总结”。', 'name')
  if (deliverables.length === 0)
    return refused('narrative.no-deliverable', '没有选定要交什么，请至少选一种，例如可编辑文档。', 'deliverables')
  const twice = deliverables.findIndex((one, at) =>
    deliverables.slice(0, at).some((other) => other.form === one.form && other.receiverId === one.receiverId),
  )
  const repeated = deliverables[twice]
  if (repeated !== undefined) {
    return refused(
      'narrative.deliverable-twice',
      `“${deliverableFormLabels[repeated.form]}”对同一个接收单位写了两次，请去掉一个。`,
      `deliverables.${twice}`,
    )
  }
  const stranger = deliverables.findIndex(
    ({ receiverId }) => receiverId !== null && !known.receiverIds.includes(receiverId),
  )
  if (stranger !== -1) {
    return refused(
      'narrative.receiver-unknown',
      '要交给的单位不在“报给”的单位里；请先在“报给”中选上它。',
      `deliverables.${stranger}.receiverId`,
    )
  }
  const headings = headingFault(narrative)
  if (headings !== null) return { ok: false, refusal: headings }
  if (deliverables.every(({ form }) => form === 'paper') && signatures.length === 0) {
    return refused(
      'narrative.paper-unsigned',
      '只交纸质件又不在系统里签名，就没有人说过它已经报出；请设一个签名，或加一种上传的文件。',
      'signatures',
    )
  }
  if (mustContain.length > 0 && !deliverables.some(({ form }) => form === 'editable')) {
    return refused(
      'narrative.headings-unread',
      '必写要点要在可编辑文档里核对；请把可编辑文档加进要交的文件，或去掉要点。',
      'mustContain',
    )
  }
  const table = tableIds.findIndex((id) => !known.tableIds.includes(id))
  if (table !== -1)
    return refused('narrative.table-unknown', '所附的调度表不是这个行动的，请重新选择。', `tableIds.${table}`)
  return decided(narrative)
}

function headingFault({ mustContain }: Narrative): Refusal | null {
  for (const [at, heading] of mustContain.entries()) {
    const bare = bareHeading(heading)
    if (bare === '')
      return { code: 'narrative.heading-empty', message: '有一条要点是空的，请填写或去掉。', path: `mustContain.${at}` }
    if (mustContain.slice(0, at).some((other) => bareHeading(other) === bare)) {
      return {
        code: 'narrative.heading-twice',
        message: `要点“${heading}”写了两次，请去掉一条。`,
        path: `mustContain.${at}`,
      }
    }
  }
  return null
}

/** Each form that is asked for once, in the order of the plan. */
export function askedForms({ deliverables }: Pick<Narrative, 'deliverables'>): readonly DeliverableForm[] {
  return [...new Set(deliverables.map(({ form }) => form))]
}

export const isUploaded = (form: DeliverableForm): form is UploadedForm => form !== 'paper'

/** Names a point at which a receiver remarks and a finding points. */
export const headingKey = (at: number): string => `h${at + 1}`

/** A file as it was looked at, before it is delivered in a form. */
export interface OfferedFile extends DeliveredFile {
  /** Of a Word document: whether its text could be read. */
  readonly opens: boolean
}

/** Whether these files can stand for that form. They take the place of all that was delivered in it before. */
export function checkDelivery(
  narrative: Pick<Narrative, 'deliverables'>,
  form: UploadedForm,
  files: readonly OfferedFile[],
): Decision<readonly DeliveredFile[]> {
  const called = deliverableFormLabels[form]
  if (!askedForms(narrative).includes(form))
    return refused('narrative.form-not-asked', `这份材料不要求交${called}，请核对要交的文件。`, 'form')
  if (files.length === 0) return refused('narrative.no-file', `没有收到${called}，请选择文件后再交。`, 'fileIds')
  if (files.length > MOST_FILES)
    return refused(
      'narrative.too-many-files',
      `${called}一次最多${MOST_FILES}个文件，请合并成一个PDF后再交。`,
      'fileIds',
    )
  const fault = form === 'editable' ? editableFault(files) : form === 'signed-scan' ? scanFault(files) : null
  if (fault !== null) return { ok: false, refusal: fault }
  return decided(
    files.map(({ fileId, name, mediaType, size, sha256, pages }) => ({ fileId, name, mediaType, size, sha256, pages })),
  )
}

function editableFault(files: readonly OfferedFile[]): Refusal | null {
  const [first] = files
  if (first === undefined || files.length > 1) {
    return { code: 'narrative.one-document', message: '可编辑文档只能是一个Word文件，请合并后再交。', path: 'fileIds' }
  }
  if (first.mediaType !== WORD) {
    return {
      code: 'narrative.not-word',
      message: `“${first.name}”不是Word文档；可编辑文档请另存为.docx后再交，扫描件请交到“签字盖章扫描件”。`,
      path: 'fileIds.0',
    }
  }
  return first.opens
    ? null
    : {
        code: 'narrative.does-not-open',
        message: `“${first.name}”打不开，读不出文字；请用Word或WPS打开后另存为.docx再交。`,
        path: 'fileIds.0',
      }
}

function scanFault(files: readonly OfferedFile[]): Refusal | null {
  const other = files.findIndex(({ mediaType }) => !SCANS.includes(mediaType))
  if (other !== -1) {
    return {
      code: 'narrative.not-a-scan',
      message: `“${files[other]?.name ?? ''}”不是扫描件；请交签字盖章后的PDF，或JPG、PNG照片。`,
      path: `fileIds.${other}`,
    }
  }
  const bare = files.findIndex(({ pages }) => (pages ?? 0) < 1)
  return bare === -1
    ? null
    : {
        code: 'narrative.scan-without-page',
        message: `“${files[bare]?.name ?? ''}”里一页也没有，请重新扫描后再交。`,
        path: `fileIds.${bare}`,
      }
}

export interface NarrativeFinding {
  readonly key: string
  readonly code: 'not-delivered' | 'heading-missing' | 'heading-empty' | 'blank-left' | 'other-draft'
  /** Stops a signature and a filing; otherwise it asks for a sentence. */
  readonly blocking: boolean
  readonly message: string
  /** A form, or the key of a heading. */
  readonly cells: readonly string[]
}

/** Every reason why it is not complete, in the order in which the plan asks; and what a hand must look at. */
export function narrativeFindings(
  narrative: Narrative,
  deliveries: readonly Delivery[],
  returnId: string,
): readonly NarrativeFinding[] {
  const there = new Map(deliveries.map((delivery) => [delivery.form, delivery]))
  const missing = askedForms(narrative)
    .filter(isUploaded)
    .filter((form) => !there.has(form))
    .map((form): NarrativeFinding => ({
      key: `not-delivered:${form}`,
      code: 'not-delivered',
      blocking: true,
      message: `还没有交${deliverableFormLabels[form]}。`,
      cells: [form],
    }))
  const editable = there.get('editable')
  if (editable === undefined) return missing
  return [...missing, ...documentFindings(narrative, editable, returnId)]
}

function documentFindings(
  { mustContain }: Narrative,
  { sections, draft }: Delivery,
  returnId: string,
): readonly NarrativeFinding[] {
  const at = (code: 'heading-missing' | 'heading-empty', heading: string, message: string): NarrativeFinding => {
    const key = headingKey(mustContain.indexOf(heading))
    return { key: `${code}:${key}`, code, blocking: true, message, cells: [key] }
  }
  const { missing = [], empty = [], blanks = 0 } = sections ?? {}
  const found = [
    ...missing.map((heading) =>
      at('heading-missing', heading, `可编辑文档里没有“${heading}”这一部分；请加上这个标题并写明。`),
    ),
    ...empty.map((heading) =>
      at('heading-empty', heading, `“${heading}”下面没有内容，请写明；没有相关情况的也要写明。`),
    ),
  ]
  if (blanks > 0) {
    found.push({
      key: 'blank-left:editable',
      code: 'blank-left',
      blocking: true,
      message: `可编辑文档里还有${blanks}处“【待填】”没有填，请填写或删去。`,
      cells: ['editable'],
    })
  }
  if (draft !== null && draft.returnId !== returnId) {
    found.push({
      key: 'other-draft:editable',
      code: 'other-draft',
      blocking: false,
      message: `可编辑文档是由另一期（或另一单位）的草稿改的，数字截至${draft.countedTo}；请核对是不是本期的。`,
      cells: ['editable'],
    })
  }
  return found
}
