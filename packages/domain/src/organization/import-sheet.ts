/**
 * Reading rows of a workbook by what their columns mean: the header is matched by name, not by place, and every problem says in
 * which cell it is. Shared by the imports of units and of enterprises.
 */

/** A cell as the workbook reader gives it: a date is a serial number with its calendar, a failed formula an error. */
export type SheetCell =
  | string
  | number
  | boolean
  | { readonly serial: number; readonly system: '1900' | '1904' }
  | { readonly error: string }
  | null

export interface ImportColumn<Key extends string = string> {
  readonly key: Key
  readonly title: string
  readonly required: boolean
  /** Other headings that mean the same. */
  readonly alsoCalled: readonly string[]
  /** What to fill in, for the template. */
  readonly note: string
  /** The values of a drop-down list; empty when anything may stand there. */
  readonly allowed: readonly string[]
}

export interface HeaderProblem {
  readonly code: 'missing' | 'missing-optional' | 'doubled' | 'moved' | 'unknown'
  /** Whether the sheet cannot be read because of it. */
  readonly blocking: boolean
  /** The letter of the column, where there is one. */
  readonly column: string | null
  readonly title: string
  readonly message: string
}

export interface HeaderMatch<Key extends string = string> {
  /** Where each column stands, counted from 0. */
  readonly indexOf: ReadonlyMap<Key, number>
  readonly problems: readonly HeaderProblem[]
  readonly usable: boolean
}

/** A: 0, Z: 25, AA: 26. */
export function columnLetter(index: number): string {
  let letters = ''
  for (let rest = index; rest >= 0; rest = Math.floor(rest / 26) - 1) {
    letters = String.fromCharCode(65 + (rest % 26)) + letters
  }
  return letters
}

/** Finds the columns of a template in the header of a sheet, wherever they stand, and says what is missing, doubled or moved. */
export function matchHeader<Key extends string>(
  columns: readonly ImportColumn<Key>[],
  header: readonly SheetCell[],
): HeaderMatch<Key> {
  const keyOf = new Map<string, Key>()
  for (const { key, title, alsoCalled } of columns) {
    for (const name of [title, ...alsoCalled]) keyOf.set(headingKey(name), key)
  }
  const found = new Map<Key, number[]>()
  const problems: HeaderProblem[] = []
  header.forEach((cell, index) => {
    const title = cellText(cell) ?? ''
    if (title === '') return
    const column = columnLetter(index)
    const key = keyOf.get(headingKey(title))
    if (key === undefined) {
      const message = `${column}列“${title}”不在模板中，不会读取；如需读取，请把列名改成模板中的列名。`
      problems.push({ code: 'unknown', blocking: false, column, title, message })
    } else {
      found.set(key, [...(found.get(key) ?? []), index])
    }
  })

  const indexOf = new Map<Key, number>()
  for (const { key, title, required } of columns) {
    const places = found.get(key) ?? []
    const [first] = places
    if (first === undefined) {
      problems.push({
        code: required ? 'missing' : 'missing-optional',
        blocking: required,
        column: null,
        title,
        message: required
          ? `缺少“${title}”列；请从模板复制该列的列名，填好后重新上传。`
          : `没有“${title}”列；该列可以不填，已有企业或单位的原值不会改变。`,
      })
    } else if (places.length > 1) {
      const letters = places.map(columnLetter).join('、')
      problems.push({
        code: 'doubled',
        blocking: true,
        column: columnLetter(places[1] ?? first),
        title,
        message: `“${title}”列出现了${places.length}次（${letters}列），无法判断以哪一列为准；请只保留一列。`,
      })
    } else {
      indexOf.set(key, first)
    }
  }
  problems.push(...movedColumns(columns, indexOf))
  return { indexOf, problems, usable: problems.every(({ blocking }) => !blocking) }
}

/** A column that left out, or put in, shifts the rest without moving it: only the order among those found counts. */
function movedColumns<Key extends string>(
  columns: readonly ImportColumn<Key>[],
  indexOf: ReadonlyMap<Key, number>,
): readonly HeaderProblem[] {
  const present = columns.filter(({ key }) => indexOf.has(key))
  const inSheet = present.toSorted((a, b) => (indexOf.get(a.key) ?? 0) - (indexOf.get(b.key) ?? 0))
  return present.flatMap(({ key, title }, place) => {
    if (inSheet[place]?.key === key) return []
    const column = columnLetter(indexOf.get(key) ?? 0)
    const message = `“${title}”列不在模板中的位置，现在${column}列；已按列名读取，请确认无误。`
    return [{ code: 'moved' as const, blocking: false, column, title, message }]
  })
}

/** Compared without white space, stars, remarks in brackets, and brackets; half and full width alike. */
function headingKey(heading: string): string {
  return heading
    .normalize('NFKC')
    .replace(/\s/g, '')
    .replace(/\((?:必填|选填|可空|可不填|人|是\/否|[^()]*(?:填写|格式|选择|分隔|说明)[^()]*)\)/g, '')
    .replace(/[*()[\]【】:、]/g, '')
    .toLowerCase()
}

/** What stands in a cell, half width, without outer white space; null when nothing does. A date serial has no text here. */
export function cellText(cell: SheetCell | undefined): string | null {
  if (cell === undefined || cell === null) return null
  if (typeof cell === 'boolean') return cell ? '是' : '否'
  if (typeof cell === 'object') return 'error' in cell ? cell.error : String(cell.serial)
  if (typeof cell === 'number') return Number.isInteger(cell) ? cell.toFixed(0) : String(cell)
  const text = cell
    .normalize('NFKC')
    .replace(/[\u200b\ufeff]/g, '')
    .trim()
  return text === '' ? null : text
}

const YES = new Set(['是', '有', '对', '√', '✓', '✔', 'y', 'yes', 'true', '1'])
const NO = new Set(['否', '无', '不是', '没有', '×', '✗', '✘', 'x', 'n', 'no', 'false', '0', '-', '/'])

/** 是 and 否 in the spellings that people use; null for anything else. */
export function readYesNo(text: string): boolean | null {
  const word = text.normalize('NFKC').trim().toLowerCase()
  return YES.has(word) ? true : NO.has(word) ? false : null
}

/** 3,000 or 3000人 as 3000; null for what is no whole number. */
export function readWholeNumber(text: string): number | null {
  const bare = text
    .normalize('NFKC')
    .replace(/[\s,]/g, '')
    .replace(/[人名个]$/, '')
  return /^\d{1,9}$/.test(bare) ? Number(bare) : null
}

/** The entries of a cell that holds several, separated by 、，；or a line break. */
export function readList(text: string): readonly string[] {
  const entries = text.normalize('NFKC').split(/[、,;\n|]+/)
  return [...new Set(entries.map((entry) => entry.trim()).filter((entry) => entry !== ''))]
}

export interface CellProblem {
  /** Counted from 1, as the user sees it. */
  readonly row: number
  /** The letter of the column; null when the sheet has no such column. */
  readonly column: string | null
  readonly title: string
  readonly code: string
  readonly message: string
}

export type RowReading<Value> =
  { readonly ok: true; readonly value: Value } | { readonly ok: false; readonly problems: readonly CellProblem[] }

/** One row being read: gives the text of a column, and collects what is wrong with it. */
export interface RowReader<Key extends string> {
  /** Whether the sheet has the column at all: a column left out changes nothing, an empty cell empties. */
  readonly hasColumn: (key: Key) => boolean
  readonly cell: (key: Key) => SheetCell
  /** Null when the cell is empty. An empty required cell and a failed formula are reported. */
  readonly text: (key: Key) => string | null
  readonly report: (key: Key, code: string, message: string) => void
  readonly problems: readonly CellProblem[]
}

export function readingRow<Key extends string>(
  columns: readonly ImportColumn<Key>[],
  match: HeaderMatch<Key>,
  cells: readonly SheetCell[],
  row: number,
): RowReader<Key> {
  const problems: CellProblem[] = []
  const columnOf = new Map(columns.map((column) => [column.key, column]))
  const cell = (key: Key): SheetCell => {
    const index = match.indexOf.get(key)
    return index === undefined ? null : (cells[index] ?? null)
  }
  const report = (key: Key, code: string, message: string) => {
    const index = match.indexOf.get(key)
    const title = columnOf.get(key)?.title ?? key
    problems.push({ row, column: index === undefined ? null : columnLetter(index), title, code, message })
  }
  const text = (key: Key): string | null => {
    const found = cell(key)
    const title = columnOf.get(key)?.title ?? key
    if (found !== null && typeof found === 'object' && 'error' in found) {
      report(key, 'import.formula-error', `“${title}”的公式出错（${found.error}）；请改成具体的值。`)
      return null
    }
    const read = cellText(found)
    if (read === null && columnOf.get(key)?.required === true) {
      report(key, 'import.required', `“${title}”必须填写。`)
    }
    return read
  }
  return { hasColumn: (key) => match.indexOf.has(key), cell, text, report, problems }
}

/** Whether nothing stands in any of the template's columns: such a row is passed over. */
export function isBlankRow(match: HeaderMatch, cells: readonly SheetCell[]): boolean {
  return [...match.indexOf.values()].every((index) => cellText(cells[index]) === null)
}
