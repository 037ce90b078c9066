/**
 * The cell 整改进展: many entries, each dated, one under the other.
 *
 *     2023-06-16：已制定整改方案
 *     2023-06-20：完成管道更换
 *     　　尚待验收
 *
 * A line break inside an entry is printed with two full-width blanks after it, so that the cell reads back exactly.
 */
import { readLooseDate, type CivilDate, type LooseDateContext } from '../shared/civil-date.js'
import { decided, refused, type Decision } from '../shared/decision.js'

export interface LedgerProgress {
  readonly on: CivilDate
  readonly text: string
}

const indent = '　　'

export function printProgress(entries: readonly LedgerProgress[]): string {
  return entries.map(({ on, text }) => `${on}：${text.split('\n').join(`\n${indent}`)}`).join('\n')
}

/** The dates of 整改进展时间, one a line, in step with the entries. */
export function printProgressDates(entries: readonly LedgerProgress[]): string {
  return entries.map(({ on }) => on).join('\n')
}

/**
 * Reads what `printProgress` printed, and what people type: dates in any spelling, numbered lines, a line without a date as the
 * continuation of the one above. Entries without any date take theirs from the column 整改进展时间 (`dates`), line by line.
 */
export function readProgress(
  cell: string,
  dates: readonly CivilDate[] = [],
  context: LooseDateContext = {},
): Decision<readonly LedgerProgress[]> {
  if (cell.trim() === '') return decided([])
  const entries: LedgerProgress[] = []
  const undated: string[] = []
  for (const line of cell.replace(/\r\n?/g, '\n').split('\n')) {
    const last = entries.at(-1)
    const printed = /^(\d{4}-\d{2}-\d{2})：(.*)$/s.exec(line)
    if (printed === null && last !== undefined && line.startsWith(indent)) {
      entries[entries.length - 1] = { ...last, text: `${last.text}\n${line.slice(indent.length)}` }
      continue
    }
    if (line.trim() === '') continue
    const dated = datedLine(line, printed, context)
    if (dated !== null && !dated.ok) return dated
    if (dated !== null) entries.push(dated.value)
    else if (last !== undefined) entries[entries.length - 1] = { ...last, text: `${last.text}\n${line.trim()}` }
    else undated.push(withoutNumber(line))
  }
  if (undated.length === 0) return decided(entries)
  if (entries.length === 0 && dates.length === 1) return pair([undated.join('\n')], dates)
  if (entries.length === 0 && dates.length === undated.length) return pair(undated, dates)
  return refused(
    'hazard.progress-undated',
    `“${undated[0]?.slice(0, 20) ?? ''}”没有写日期，请写成“2023-06-16：…”的样子，一条一行。`,
  )
}

function pair(texts: readonly string[], dates: readonly CivilDate[]): Decision<readonly LedgerProgress[]> {
  return decided(
    texts.flatMap((text, index) => {
      const on = dates[index]
      return on === undefined ? [] : [{ on, text }]
    }),
  )
}

/** A date as people begin a line with it; the longer spellings first. */
const leadingDate =
  /^\s*((?:[\d０-９]{4}\s*[-/.．年－／]\s*)?[\d０-９]{1,2}\s*[-/.．月－／]\s*[\d０-９]{1,2}\s*[日号]?|[\d０-９]{8})(?![\d０-９])\s*[：:，,、;；]?\s*(.*)$/s

function datedLine(
  line: string,
  printed: RegExpExecArray | null,
  context: LooseDateContext,
): Decision<LedgerProgress> | null {
  const match = printed ?? leadingDate.exec(withoutNumber(line))
  const [written, text] = [match?.[1], match?.[2]]
  if (written === undefined || text === undefined) return null
  // 3.5吨 or 1/2 at the start of a line is a quantity unless it says 月 or 日, has a year, or is set off by a colon.
  const isCertain =
    printed !== null || /[年月日号]/.test(written) || written.length >= 8 || /^[：:]/.test(afterDate(line, written))
  if (!isCertain) return null
  const on = readLooseDate(written, context)
  return on.ok ? decided({ on: on.value, text: printed === null ? text.trim() : text }) : on
}

function afterDate(line: string, written: string): string {
  return line.slice(line.indexOf(written) + written.length).trim()
}

/** Takes off 1. 2、（3） ①, but not the day and month of 6.16. */
function withoutNumber(line: string): string {
  return line
    .replace(
      /^\s*(?:[（(]\d{1,2}[)）]|\d{1,2}[、．.](?![\d０-９])|\d{1,2}[、．.](?=[\d０-９]{4}|[\d０-９]{1,2}月)|[①-⑳])\s*/,
      '',
    )
    .trim()
}
