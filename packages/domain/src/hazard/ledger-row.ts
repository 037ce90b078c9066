/** A hazard as a row of a ledger's form, and a row of cells as the draft of a hazard. */
import { formatChinese, readLooseDate, yearOf, type CivilDate } from '../shared/civil-date.js'
import {
  bareTitle,
  hazardGradeLabels,
  hazardSourceLabels,
  type Hazard,
  type HazardGrade,
  type HazardSource,
} from './hazard.js'
import { ledgerFieldLabels, type LedgerField, type LedgerForm } from './ledger-form.js'
import { printProgress, printProgressDates, readProgress, type LedgerProgress } from './ledger-progress.js'
import type { HazardStatus } from './lifecycle.js'

/** The words of 整改阶段. */
const stageWords: Readonly<Record<HazardStatus, string>> = {
  draft: '未登记',
  registered: '未整改',
  rectifying: '整改中',
  'awaiting-reinspection': '已完成整改，待复查',
  'awaiting-sign-off': '已完成整改，待销号',
  transferring: '移送中',
  closed: '已销号',
  cancelled: '已作废',
}

export interface LedgerNames {
  readonly ordinal: number
  readonly unitName: (unitId: string) => string
}

/** The cells of one row, in the order of the form. */
export function renderLedgerRow(hazard: Hazard, form: LedgerForm, names: LedgerNames): readonly string[] {
  return form.columns.map(({ field }) => (field === null ? '' : renderCell(hazard, field, names)))
}

function renderCell(hazard: Hazard, field: LedgerField, { ordinal, unitName }: LedgerNames): string {
  const { rectification, listing } = hazard
  const planned = rectification?.mode === 'planned' ? rectification : null
  const unit = (id: string | null) => (id === null ? '' : unitName(id))
  switch (field) {
    case 'ordinal':
      return String(ordinal)
    case 'code':
      return hazard.code
    case 'unit':
    case 'authority':
      return unit(hazard.authorityUnitId)
    case 'subject':
      return hazard.subject?.name ?? ''
    case 'sector':
      return hazard.sector ?? ''
    case 'description':
      return hazard.description
    case 'place':
      return hazard.placeText
    case 'grade':
      return hazard.grade === null ? '' : hazardGradeLabels[hazard.grade]
    case 'source':
      return hazard.source === null ? '' : hazardSourceLabels[hazard.source]
    case 'level':
      return hazard.level
    case 'foundOn':
      return hazard.foundOn ?? ''
    case 'finder':
      return hazard.finder?.name ?? ''
    case 'measures':
      return rectification?.measures ?? ''
    case 'funds':
      return planned === null ? '' : String(planned.funds)
    case 'contingency':
      return planned?.contingency ?? ''
    case 'listing':
      return listing === null ? '' : `《${listing.documentName}》（${listing.documentNumber}）`
    case 'listingName':
      return listing === null ? '' : `《${listing.documentName}》`
    case 'listingNumber':
      return listing?.documentNumber ?? ''
    case 'deadline':
      return hazard.deadline ?? ''
    case 'responsible':
      return unit(hazard.responsibleUnitId)
    case 'responsiblePerson':
      return planned?.responsible.name ?? hazard.named.rectifying?.name ?? ''
    case 'stage':
      return stageWords[hazard.status]
    case 'rectifiedOn':
      return hazard.rectifiedOn ?? ''
    case 'progress':
      return printProgress(hazard.progress)
    case 'progressOn':
      return printProgressDates(hazard.progress)
    case 'remark':
      return hazard.remark
  }
}

/** A cell as the workbook holds it: a number may be a date's serial. */
export type LedgerCell = string | number | null

export interface LedgerRowContext {
  readonly sheet: string
  /** As the workbook numbers it, from 1. */
  readonly row: number
  readonly today: CivilDate
  /** The year of dates written without one; the year of 检查日期 otherwise. */
  readonly year?: number
  readonly epoch?: 1900 | 1904
}

export type LedgerStage = 'not-started' | 'rectifying' | 'rectified' | 'closed'

/** What a row says, in its own words; names of units and enterprises are for the importer to find. */
export interface LedgerRowDraft {
  readonly code: string
  readonly unitText: string
  readonly subjectName: string
  readonly sector: string
  readonly description: string
  readonly placeText: string
  readonly grade: HazardGrade | null
  readonly source: HazardSource | null
  readonly level: string
  readonly foundOn: CivilDate | null
  readonly finderText: string
  readonly measures: string
  readonly funds: number | null
  readonly contingency: string
  readonly listing: { readonly documentName: string; readonly documentNumber: string } | null
  readonly deadline: CivilDate | null
  readonly responsibleText: string
  readonly responsiblePerson: string
  readonly authorityText: string
  readonly stage: LedgerStage | null
  readonly rectifiedOn: CivilDate | null
  readonly progress: readonly LedgerProgress[]
  readonly remark: string
}

export interface LedgerProblem {
  readonly sheet: string
  readonly row: number
  readonly column: string
  readonly code: string
  /** Where, what is wrong and what to do, in one Chinese sentence. */
  readonly message: string
}

export interface LedgerRowReading {
  readonly draft: LedgerRowDraft
  readonly problems: readonly LedgerProblem[]
  /** `blank`: nothing but a number; `draft`: no 检查日期 though the form has that column; `ready`: may be registered. */
  readonly disposition: 'blank' | 'draft' | 'ready'
}

export function readLedgerRow(
  cells: readonly LedgerCell[],
  form: LedgerForm,
  context: LedgerRowContext,
): LedgerRowReading {
  const { sheet, row, today } = context
  const problems: LedgerProblem[] = []
  const columnOf = (field: LedgerField) => form.columns.findIndex((column) => column.field === field)
  const cellOf = (field: LedgerField): LedgerCell => cells[columnOf(field)] ?? null
  const textOf = (field: LedgerField) => String(cellOf(field) ?? '').trim()
  const complain = (field: LedgerField, code: string, what: string) => {
    const column = form.columns[columnOf(field)]?.title ?? ledgerFieldLabels[field]
    const message = `工作表“${sheet}”第${row}行“${column}”列：${what}`
    problems.push({ sheet, row, column, code, message })
  }
  const epoch = context.epoch === undefined ? {} : { epoch: context.epoch }
  const dateIn = (field: LedgerField, year: number | undefined): CivilDate | null => {
    const cell = cellOf(field)
    if (cell === null || isNothing(String(cell))) return null
    const date = readLooseDate(cell, { ...epoch, ...(year === undefined ? {} : { year }) })
    if (date.ok) return date.value
    complain(field, date.refusal.code, date.refusal.message)
    return null
  }

  const foundOn = dateIn('foundOn', context.year)
  const year = context.year ?? (foundOn === null ? undefined : yearOf(foundOn))
  const deadline = dateIn('deadline', year)
  const rectifiedOn = dateIn('rectifiedOn', year)
  const progress = progressIn(cellOf('progress'), cellOf('progressOn'))

  function progressIn(cell: LedgerCell, dateCell: LedgerCell): readonly LedgerProgress[] {
    const loose = { ...epoch, ...(year === undefined ? {} : { year }) }
    const dates: CivilDate[] = []
    for (const written of typeof dateCell === 'number' ? [dateCell] : (dateCell ?? '').split(/[\r\n]+/)) {
      if (typeof written === 'string' && isNothing(written)) continue
      const date = readLooseDate(written, loose)
      if (date.ok) dates.push(date.value)
      else complain('progressOn', date.refusal.code, date.refusal.message)
    }
    const entries = readProgress(isNothing(String(cell ?? '')) ? '' : String(cell), dates, loose)
    if (entries.ok) return entries.value
    complain('progress', entries.refusal.code, entries.refusal.message)
    return []
  }

  const notBeforeFound: [LedgerField, CivilDate | null][] = [
    ['deadline', deadline],
    ['rectifiedOn', rectifiedOn],
    ...progress.map(({ on }): [LedgerField, CivilDate] => ['progress', on]),
  ]
  for (const [field, date] of notBeforeFound) {
    if (date !== null && foundOn !== null && date < foundOn) {
      complain(field, 'hazard.date-too-early', `${formatChinese(date)}早于检查日期${formatChinese(foundOn)}，请核对。`)
    }
  }
  const done: [LedgerField, CivilDate | null][] = [['foundOn', foundOn], ...notBeforeFound.slice(1)]
  for (const [field, date] of done) {
    if (date !== null && date > today) {
      complain(field, 'hazard.date-in-future', `${formatChinese(date)}还没有到，请填写实际日期。`)
    }
  }

  const description = textOf('description')
  const stage = read('stage', stageIn, '看不出整改到了哪一步，请写未整改、整改中、已完成整改或已销号。')
  const grade = read('grade', gradeIn, '看不出隐患等级，请写重大、重点或一般。')
  const source = read('source', sourceIn, '看不出隐患来源，请写企业自查、部门检查、第三方、举报或上级交办。')
  const funds = read('funds', fundsIn, '应是不小于 0 的数（万元），请核对。')

  function read<Value>(field: LedgerField, meaning: (text: string) => Value | null, what: string): Value | null {
    const text = textOf(field)
    if (isNothing(text)) return null
    const value = meaning(text)
    if (value === null) complain(field, 'hazard.ledger-cell-unreadable', `“${text.slice(0, 20)}”${what}`)
    return value
  }

  const isBlank = form.columns.every(({ field }, index) => field === 'ordinal' || isEmpty(cells[index] ?? null))
  if (!isBlank && isNothing(description)) complain('description', 'hazard.field-missing', '没有填写隐患描述，请填写。')
  if (rectifiedOn === null && (stage === 'rectified' || stage === 'closed') && columnOf('rectifiedOn') >= 0) {
    complain('rectifiedOn', 'hazard.field-missing', '整改阶段写已完成，却没有实际整改完成时间，请补填。')
  }

  const draft: LedgerRowDraft = {
    code: textOf('code'),
    unitText: textOf('unit'),
    subjectName: textOf('subject'),
    sector: textOf('sector'),
    description,
    placeText: textOf('place'),
    grade,
    source,
    level: textOf('level'),
    foundOn,
    finderText: textOf('finder'),
    measures: textOf('measures'),
    funds,
    contingency: textOf('contingency'),
    listing: listingIn(textOf('listing'), textOf('listingName'), textOf('listingNumber')),
    deadline,
    responsibleText: textOf('responsible'),
    responsiblePerson: textOf('responsiblePerson'),
    authorityText: textOf('authority'),
    stage,
    rectifiedOn,
    progress,
    remark: textOf('remark'),
  }
  if (isBlank) return { draft, problems: [], disposition: 'blank' }
  return { draft, problems, disposition: columnOf('foundOn') >= 0 && foundOn === null ? 'draft' : 'ready' }
}

function isEmpty(cell: LedgerCell): boolean {
  return cell === null || String(cell).trim() === ''
}

/** What clerks put into a cell that has nothing to say. */
function isNothing(text: string): boolean {
  return /^[\s\u3000]*(无|[/／\\—－-]+|暂无|未挂牌)?[\s\u3000]*$/.test(text)
}

function stageIn(text: string): LedgerStage | null {
  if (/未完成|整改中|正在|推进|治理中|实施|移送中|^否$/.test(text)) return 'rectifying'
  if (/未整改|未开始|尚未|待整改|未登记|方案/.test(text)) return 'not-started'
  if (/待(复查|验收|销号)|已?完成|已整改|整改到位|^是$/.test(text)) return 'rectified'
  if (/销号|闭环|办结/.test(text)) return 'closed'
  return null
}

function gradeIn(text: string): HazardGrade | null {
  if (text.includes('重大')) return 'major'
  if (text.includes('重点')) return 'key'
  return text.includes('一般') ? 'general' : null
}

function sourceIn(text: string): HazardSource | null {
  if (/自查|企业/.test(text)) return 'self-check'
  if (/举报|投诉/.test(text)) return 'tip'
  if (/交办|转办|督办|上级/.test(text)) return 'assigned'
  if (/第三方|专家|中介|服务机构/.test(text)) return 'third-party'
  return /检查|执法|部门|督查|抽查/.test(text) ? 'inspection' : null
}

function fundsIn(text: string): number | null {
  const digits = text.replace(/万元?$/, '').trim()
  return /^\d+(\.\d+)?$/.test(digits) ? Number(digits) : null
}

/** 《名称》（安委办〔2023〕5号) and its like: the number is what ends in 号 after a year in brackets; the rest is the name. */
function listingIn(both: string, name: string, number: string): LedgerRowDraft['listing'] {
  if (!isNothing(name) || !isNothing(number)) return { documentName: bareTitle(name), documentNumber: number }
  if (isNothing(both)) return null
  const tail =
    /[（(，,、\s]*([^（(）)《》，,、\s]*[〔[［（(【]\s*\d{4}\s*[〕\]］）)】]\s*第?\s*\d+\s*号)[）)]?\s*$/.exec(both)
  if (tail === null) return { documentName: bareTitle(both), documentNumber: '' }
  return { documentName: bareTitle(both.slice(0, tail.index)), documentNumber: (tail[1] ?? '').replace(/\s/g, '') }
}
