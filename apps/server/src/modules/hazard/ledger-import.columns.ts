/** Which column of a workbook is which, by the meaning of its title: notices differ in order and wording. */
import {
  cellText,
  columnLetter,
  ledgerFieldLabels,
  readLedgerForm,
  type HeaderMatch,
  type HeaderProblem,
  type ImportColumn,
  type LedgerCell,
  type LedgerField,
  type LedgerForm,
  type SheetCell,
} from '@bihuan/domain'
import { civilDateOf } from '@bihuan/office'

const choices: Partial<Record<LedgerField, readonly string[]>> = {
  grade: ['重大', '重点', '一般'],
  source: ['企业自查', '部门检查', '第三方', '举报', '上级交办'],
  stage: ['未整改', '整改中', '已完成整改', '已销号'],
}

/** The words that a cell may hold, where they are few. */
export function choicesOf(field: LedgerField | null): readonly string[] {
  return field === null ? [] : (choices[field] ?? [])
}

export const ledgerFields = Object.keys(ledgerFieldLabels) as readonly LedgerField[]

export const ledgerImportColumns: readonly ImportColumn<LedgerField>[] = ledgerFields.map((field) => ({
  key: field,
  title: ledgerFieldLabels[field],
  required: field === 'description',
  alsoCalled: [],
  note: '',
  allowed: choicesOf(field),
}))

/** A sentence is no heading, though it may hold the words of one. */
const longestHeading = 40

export function matchLedgerHeader(header: readonly SheetCell[], expected: readonly string[]): HeaderMatch<LedgerField> {
  const titles = header.map((cell) => (typeof cell === 'string' ? (cellText(cell) ?? '') : ''))
  const form = readLedgerForm(titles.map((title) => (title.length > longestHeading ? '' : title)))
  const places = new Map<LedgerField, number[]>()
  const problems: HeaderProblem[] = []
  form.columns.forEach(({ field }, index) => {
    if (field !== null) places.set(field, [...(places.get(field) ?? []), index])
    else if (titles[index]) {
      const column = columnLetter(index)
      const message = `${column}列“${titles[index]}”不是清单要读的内容，不会读取。`
      problems.push({ code: 'unknown', blocking: false, column, title: titles[index], message })
    }
  })
  const indexOf = new Map<LedgerField, number>()
  for (const [field, [first, second]] of places) {
    if (first === undefined) continue
    if (second === undefined) {
      indexOf.set(field, first)
      continue
    }
    const column = columnLetter(second)
    const [one, other] = [titles[first] ?? '', titles[second] ?? '']
    const message = `${columnLetter(first)}列“${one}”和${column}列“${other}”都是${ledgerFieldLabels[field]}，无法判断以哪一列为准；请只保留一列。`
    problems.push({ code: 'doubled', blocking: true, column, title: ledgerFieldLabels[field], message })
  }
  if (!places.has('description')) {
    const message = '没有找到隐患描述这一列；请核对表头，或从系统导出清单样式后填写。'
    problems.push({ code: 'missing', blocking: true, column: null, title: ledgerFieldLabels.description, message })
  }
  problems.push(...compareWithForm(indexOf, expected))
  return { indexOf, problems, usable: problems.every(({ blocking }) => !blocking) }
}

/** What the campaign's own form has and the workbook has not, or elsewhere. Read by meaning all the same. */
function compareWithForm(
  indexOf: ReadonlyMap<LedgerField, number>,
  expected: readonly string[],
): readonly HeaderProblem[] {
  const problems: HeaderProblem[] = []
  const wanted = readLedgerForm(expected).columns.flatMap(({ title, field }) =>
    field === null ? [] : [{ title, field }],
  )
  for (const { title, field } of wanted) {
    if (field === 'ordinal' || field === 'description' || indexOf.has(field)) continue
    const message = `没有“${title}”列；已登记的隐患这一项不变，新登记的按导入选项。`
    problems.push({ code: 'missing-optional', blocking: false, column: null, title, message })
  }
  const present = wanted.filter(({ field }) => indexOf.has(field))
  const inSheet = present.toSorted((a, b) => (indexOf.get(a.field) ?? 0) - (indexOf.get(b.field) ?? 0))
  present.forEach(({ title, field }, at) => {
    if (inSheet[at]?.field === field) return
    const column = columnLetter(indexOf.get(field) ?? 0)
    const message = `“${title}”列不在清单样式中的位置，现在${column}列；已按列名读取，请确认无误。`
    problems.push({ code: 'moved', blocking: false, column, title, message })
  })
  return problems
}

const forms = new WeakMap<object, LedgerForm>()

/** The columns that were found, as the form of this workbook. */
export function formOf(match: HeaderMatch<LedgerField>): LedgerForm {
  const known = forms.get(match.indexOf)
  if (known !== undefined) return known
  const fieldAt = new Map([...match.indexOf].map(([field, index]) => [index, field]))
  const width = Math.max(-1, ...match.indexOf.values()) + 1
  const columns = Array.from({ length: width }, (_, index) => {
    const field = fieldAt.get(index) ?? null
    return { title: field === null ? '' : ledgerFieldLabels[field], field }
  })
  const form: LedgerForm = { columns, asks: [], problems: [] }
  forms.set(match.indexOf, form)
  return form
}

/** Cells as the rules read them; a formula that failed has no value, and is named by the caller. */
export function ledgerCells(cells: readonly SheetCell[]): LedgerCell[] {
  return cells.map((cell) => {
    if (cell === null || typeof cell === 'string' || typeof cell === 'number') return cell
    if (typeof cell === 'boolean') return cell ? '是' : '否'
    return 'error' in cell ? null : (civilDateOf(cell) ?? cell.serial)
  })
}
