/**
 * Why a file is not accepted. The code is stable; the message is a Chinese sentence that says what is wrong and what to do.
 */
export type OfficeRefusalCode =
  | 'empty'
  | 'too-large'
  | 'unknown-type'
  | 'type-mismatch'
  | 'truncated'
  | 'encrypted'
  | 'has-macros'
  | 'unsupported-format'
  | 'broken-archive'
  | 'unsafe-entry-name'
  | 'too-many-entries'
  | 'inflates-too-much'
  | 'nested-archive'
  | 'broken-xml'
  | 'xml-declares-entities'
  | 'broken-workbook'
  | 'broken-document'
  | 'too-many-sheets'
  | 'too-many-rows'
  | 'too-many-columns'
  | 'too-many-merges'
  | 'text-too-long'
  | 'no-text'
  | 'too-many-pages'
  | 'too-slow'

/** Where in a workbook: sheet by name, row and column counted from 1. */
export interface SheetPlace {
  readonly sheet?: string
  readonly row?: number
  readonly column?: number
}

/** Thrown while a file is read piece by piece, where a value cannot be returned; `refusalOf` turns it back into one. */
export class OfficeRefusal extends Error {
  override readonly name = 'OfficeRefusal'

  constructor(
    readonly code: OfficeRefusalCode,
    message: string,
    readonly place: SheetPlace = {},
  ) {
    super(describePlace(place) + message)
  }
}

export interface RefusalValue {
  readonly ok: false
  readonly code: OfficeRefusalCode
  readonly message: string
}

/** The refusal as a value; anything else that was thrown is a bug and goes on. */
export function refusalOf(thrown: unknown): RefusalValue {
  if (thrown instanceof OfficeRefusal) return { ok: false, code: thrown.code, message: thrown.message }
  throw thrown
}

/** Column letters as a spreadsheet shows them: 1 is A, 27 is AA. */
export function columnName(column: number): string {
  let name = ''
  for (let rest = column; rest > 0; rest = Math.floor((rest - 1) / 26)) {
    name = String.fromCharCode(65 + ((rest - 1) % 26)) + name
  }
  return name
}

function describePlace({ sheet, row, column }: SheetPlace): string {
  const parts = [
    sheet === undefined ? '' : `工作表“${sheet}”`,
    row === undefined ? '' : `第 ${row} 行`,
    column === undefined ? '' : `${columnName(column)} 列`,
  ].join('')
  return parts === '' ? '' : `${parts}：`
}
