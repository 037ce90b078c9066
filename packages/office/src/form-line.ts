import type { CivilDate } from '@bihuan/domain'

/** What the blanks of a form's head and foot lines are filled with. What is not given stays blank. */
export interface FormFill {
  readonly unit?: string
  /** The day the form is filled in. Its year replaces the year printed in the form. */
  readonly date?: CivilDate
  /** By the label as the form prints it: 填报人, 审核人, 联系人. */
  readonly persons?: Readonly<Record<string, string>>
  /** Of these persons, by the same labels; the first one's stands where a line asks for a number and names nobody. */
  readonly phones?: Readonly<Record<string, string>>
  /** What the form covers, for 统计时段 and its like: `2026年5月`. */
  readonly period?: string
}

/**
 * A head or foot line with its blanks filled as officers write them. Fields that stand apart in the form are joined by a tab,
 * which the forms set at its place; a field that nothing is known for stays as printed.
 */
export function fillFormLine(line: string, fill: FormFill): string {
  const fields = splitFields(line)
  return fields.map((field, at) => fillField(field, fill, fields.slice(0, at).map(labelOf))).join('\t')
}

/**
 * The fields of a line: 单位名称：____ and 时间：2023年 月 日. Spaces part them, but not those inside a date, or inside a label that is
 * spaced out (单 位：).
 */
export function splitFields(line: string): readonly string[] {
  const fields: string[] = []
  for (const token of line.trim().split(/[\s\u3000]+/)) {
    const last = fields.at(-1)
    if (token === '') continue
    if (last === undefined) fields.push(token)
    else if (/^[_＿]*[年月日][_＿月日]*$/.test(token)) fields[fields.length - 1] = `${last} ${token}`
    else if (!isField(last) || (/[：:]$/.test(last) && /^[0-9０-９_＿（(]/.test(token)))
      fields[fields.length - 1] = last + token
    else fields.push(token)
  }
  return fields
}

function isField(text: string): boolean {
  return /[：:_＿]|年/.test(text)
}

const DATE_BLANK = /([0-9０-９]{4}|[_＿]+)?\s*年\s*[_＿]*\s*月(\s*[_＿]*\s*日)?/

const LABEL_AND_REST = /^([^：:_＿]*[：:]?)(.*)$/

function labelOf(field: string): string {
  return LABEL_AND_REST.exec(field)?.[1] ?? ''
}

/** `before`: the labels of the fields to its left. */
function fillField(field: string, fill: FormFill, before: readonly string[]): string {
  if (DATE_BLANK.test(field)) {
    return field.replace(DATE_BLANK, (blank: string, year: string | undefined, day: string | undefined) =>
      dateInto(blank, year, day !== undefined, fill.date),
    )
  }
  const [, label = '', rest = ''] = LABEL_AND_REST.exec(field) ?? []
  const value = valueFor(label, fill, before)
  if (value === undefined) return field
  // Something is written there already, other than a blank or a remark like （盖章）.
  const [, remark] = /^[_＿\s]*((?:（[^）]*）)?)[_＿\s]*$/.exec(rest) ?? []
  return remark === undefined ? field : `${label}${value}${remark}`
}

function dateInto(blank: string, year: string | undefined, hasDay: boolean, date: CivilDate | undefined): string {
  const [, y = '', m = '', d = ''] = /^(\d{4})-(\d{2})-(\d{2})$/.exec(date ?? '') ?? []
  // Months already written in the form (2023年6月) are not blanks, and the pattern does not match them.
  if (y === '')
    return blank.includes('_') || blank.includes('＿') ? blank : `${year ?? '    '}年   月${hasDay ? '   日' : ''}`
  return `${y}年${Number(m)}月${hasDay ? `${Number(d)}日` : ''}`
}

function valueFor(printed: string, fill: FormFill, before: readonly string[]): string | undefined {
  const label = bareLabel(printed)
  const person = byLabel(fill.persons, label)
  if (person !== undefined) return person
  if (/电话|手机|联系方式/.test(label)) return phoneAfter(before.map(bareLabel), fill)
  if (/时段|期间|报告期|周期|所属期/.test(label)) return fill.period
  if (/时间|日期/.test(label)) return chineseDate(fill.date)
  if (/^(?:填报|报送|上报|填表|报告|编报|所在)?(?:单位|部门)(?:名称|盖章|全称)?$/.test(label)) return fill.unit
  return undefined
}

/** The number of whoever is named before it; another's beside that name would send a caller to the wrong person. */
function phoneAfter(before: readonly string[], { phones = {} }: FormFill): string | undefined {
  const whose = before.findLast((label) => /[人员者]$|领导|主任/.test(label))
  return whose === undefined ? Object.values(phones)[0] : byLabel(phones, whose)
}

function byLabel(values: Readonly<Record<string, string>> | undefined, label: string): string | undefined {
  return Object.entries(values ?? {}).find(([name]) => bareLabel(name) === label)?.[1]
}

/** 单 位（盖章）： as 单位盖章. */
function bareLabel(label: string): string {
  return label.replace(/[\s\u3000（）()：:]/g, '')
}

/** `2026-06-09` as 2026年6月9日. */
export function chineseDate(date: CivilDate | undefined): string | undefined {
  const [, y, m, d] = /^(\d{4})-(\d{2})-(\d{2})$/.exec(date ?? '') ?? []
  return y === undefined ? undefined : `${y}年${Number(m)}月${Number(d)}日`
}
