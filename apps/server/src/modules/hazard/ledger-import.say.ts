/** What the preview says of a row: problems at their cells, doubts with what there is to choose, changes cell by cell. */
import {
  columnLetter,
  ledgerFieldLabels,
  renderLedgerRow,
  type CellProblem,
  type Hazard,
  type HazardCommand,
  type LedgerCellProblem,
  type LedgerField,
  type LedgerForm,
  type LedgerNames,
  type LedgerProblem,
  type LedgerRowDraft,
  type LedgerRowReading,
} from '@bihuan/domain'
import type { RowCandidate, RowChange, RowRead, RowVerdict } from '../../platform/imports/import-kind.js'
import type { SinceThen } from './ledger-import.repo.js'

/** What is kept of a row until it is brought in: the commands, and what it is known by. */
export interface LedgerReading {
  readonly on: { readonly id: string; readonly version: number } | null
  readonly commands: readonly HazardCommand[]
  /** Of a new one. `again`: a person said that it is another one though it reads the same. */
  readonly known: { readonly wording: string; readonly foundOn: string | null; readonly again: boolean } | null
}

export type LedgerImportRow = RowRead<LedgerField>

/** Where another row stands: all that is kept of it, since there are 50,000. */
export type RowAbove = Pick<LedgerImportRow, 'ordinal' | 'sheet' | 'row'>

export function placeOf({ ordinal, sheet, row }: LedgerImportRow): RowAbove {
  return { ordinal, sheet, row }
}
export type LedgerVerdict = RowVerdict<LedgerReading>

/** A doubtful row is judged again once it is decided: until then there is nothing to bring in. */
const undecided: LedgerReading = { on: null, commands: [], known: null }

export function refusedRow(row: LedgerImportRow, code: string, message: string): LedgerVerdict {
  return { verdict: 'refused', problems: [{ row: row.row, column: null, title: '', code, message }] }
}

export function refusedCells(row: LedgerImportRow, problems: readonly LedgerCellProblem[]): LedgerVerdict {
  return { verdict: 'refused', problems: atCells(row, problems) }
}

export function atCells(row: LedgerImportRow, problems: readonly LedgerCellProblem[]): CellProblem[] {
  return problems.map(({ field, code, message }) => {
    const index = row.match.indexOf.get(field)
    const column = index === undefined ? null : columnLetter(index)
    return { row: row.row, column, title: ledgerFieldLabels[field], code, message }
  })
}

/** The rules name sheet, row and column in their sentence; here the place stands beside it. */
export function readProblems(row: LedgerImportRow, problems: readonly LedgerProblem[]): CellProblem[] {
  return problems.flatMap(({ column, code, message }) => {
    const field = [...row.match.indexOf.keys()].find((each) => ledgerFieldLabels[each] === column) ?? 'description'
    return atCells(row, [{ field, code, message: message.slice(message.indexOf('列：') + 2) }])
  })
}

export function failedFormulas(row: LedgerImportRow): CellProblem[] {
  return [...row.match.indexOf].flatMap(([field, index]) => {
    const cell = row.cells[index]
    if (cell === undefined || cell === null || typeof cell !== 'object' || !('error' in cell)) return []
    return atCells(row, [
      { field, code: 'import.formula-error', message: `公式出错（${cell.error}），请改成具体的值。` },
    ])
  })
}

/** As long as the product's own forms let them be. */
const longest: readonly (readonly [LedgerField, (draft: LedgerRowDraft) => string, number])[] = [
  ['description', ({ description }) => description, 2000],
  ['subject', ({ subjectName }) => subjectName, 100],
  ['sector', ({ sector }) => sector, 60],
  ['place', ({ placeText }) => placeText, 200],
  ['level', ({ level }) => level, 40],
  ['remark', ({ remark }) => remark, 1000],
  ['measures', ({ measures }) => measures, 1000],
  ['contingency', ({ contingency }) => contingency, 1000],
  ['responsiblePerson', ({ responsiblePerson }) => responsiblePerson, 40],
  ['finder', ({ finderText }) => finderText, 40],
  ['listing', ({ listing }) => listing?.documentName ?? '', 200],
  ['listingNumber', ({ listing }) => listing?.documentNumber ?? '', 80],
  [
    'progress',
    ({ progress }) => progress.reduce((most, { text }) => (text.length > most.length ? text : most), ''),
    1000,
  ],
]

export function overlong({ draft }: LedgerRowReading): readonly LedgerCellProblem[] {
  return longest.flatMap(([field, textOf, most]) => {
    const { length } = textOf(draft)
    if (length <= most) return []
    return [{ field, code: 'hazard.ledger-too-long', message: `有${length}个字，最多${most}个字，请写得短一些。` }]
  })
}

export function changesOf(form: LedgerForm, before: Hazard, after: Hazard | null, names: LedgerNames): RowChange[] {
  if (after === null) return []
  const was = renderLedgerRow(before, form, names)
  const is = renderLedgerRow(after, form, names)
  return form.columns.flatMap(({ title, field }, at) =>
    field === null || was[at] === is[at] ? [] : [{ title, before: was[at] || null, after: is[at] || null }],
  )
}

export function doubt(
  row: LedgerImportRow,
  problem: LedgerCellProblem,
  candidates: readonly RowCandidate[] = [],
): LedgerVerdict {
  return { verdict: 'doubtful', reading: undecided, problems: atCells(row, [problem]), candidates }
}

export function doubtTwice(row: LedgerImportRow, above: RowAbove, what: string): LedgerVerdict {
  const where = above.sheet === row.sheet ? `第${above.row}行` : `工作表“${above.sheet}”第${above.row}行`
  const message = `与${where}${what}。是另一项隐患请选“新增”，否则略过。`
  return doubt(row, { field: 'description', code: 'hazard.ledger-twice', message })
}

/** Somebody acted after the export: what they did, and what this row would change now. A person decides. */
export function doubtStale(
  row: LedgerImportRow,
  hazard: Hazard,
  events: readonly SinceThen[],
  changes: readonly RowChange[],
): LedgerVerdict {
  const done = events
    .filter(({ hazard_id: id, ordinal }) => id === hazard.id && ordinal > (row.identity?.version ?? 0))
    .map(({ occurred_on: on, person_name: who, sentence }) => `${on} ${who}：${sentence}`)
  const shown = done.length > 3 ? [`……（另有${done.length - 3}步）`, ...done.slice(-3)] : done
  const message = `导出之后这条隐患又有了变化：${shown.join('；')}。仍要按表修改，请选这条隐患，否则略过。`
  const why = changes.map(({ title, before, after }) => `${title}：${short(before)}→${short(after)}`).join('；')
  return doubt(row, { field: 'description', code: 'hazard.ledger-stale', message }, [
    { id: hazard.id, name: hazard.code, why },
  ])
}

export function draftNote({ draft }: LedgerRowReading): LedgerCellProblem {
  const rest = draft.measures !== '' || draft.progress.length > 0 ? '；整改措施和进展等登记后再导入' : ''
  return {
    field: 'foundOn',
    code: 'hazard.ledger-draft',
    message: `没有检查日期，先存为草稿，补上后再导入即可登记${rest}。`,
  }
}

function short(text: string | null): string {
  if (text === null) return '（空）'
  return text.length > 30 ? `${text.slice(0, 30)}…` : text
}
