/**
 * A ledger's row against the rules: which commands it comes to, what would become of the hazard, and what stands in the way. The
 * preview shows it, and the same commands are decided again when the row is brought in.
 */
import type { CivilDate } from '../shared/civil-date.js'
import type { Decision } from '../shared/decision.js'
import type { HazardCommand, HazardContext, HazardOutcome } from './command.js'
import { decideHazard } from './decide.js'
import { blankHazardDetails, type Hazard, type HazardDetails, type HazardGrade, type HazardSource } from './hazard.js'
import type { LedgerField, LedgerForm } from './ledger-form.js'
import { readLedgerRow, type LedgerCell, type LedgerRowContext, type LedgerRowDraft } from './ledger-row.js'
import { ledgerSteps, type LedgerAsking, type LedgerCellProblem, type LedgerParties } from './ledger-steps.js'
import { hazardCommandLabels, type HazardCommandKind } from './lifecycle.js'

/** What whoever imports has said for all rows, because the form does not ask it. */
export interface LedgerDefaults {
  readonly campaignId: string
  readonly sector: string | null
  readonly source: HazardSource | null
  readonly grade: HazardGrade | null
  readonly gradeReason: string
  readonly foundOn: CivilDate | null
}

/** The fields of which the row says something. */
export function spokenFields(draft: LedgerRowDraft): ReadonlySet<LedgerField> {
  const said: readonly (readonly [LedgerField, boolean])[] = [
    ['unit', draft.unitText !== ''],
    ['subject', draft.subjectName !== ''],
    ['sector', draft.sector !== ''],
    ['description', draft.description !== ''],
    ['place', draft.placeText !== ''],
    ['grade', draft.grade !== null],
    ['source', draft.source !== null],
    ['level', draft.level !== ''],
    ['foundOn', draft.foundOn !== null],
    ['finder', draft.finderText !== ''],
    ['measures', draft.measures !== ''],
    ['funds', draft.funds !== null],
    ['contingency', draft.contingency !== ''],
    ['listing', draft.listing !== null],
    ['deadline', draft.deadline !== null],
    ['responsible', draft.responsibleText !== ''],
    ['responsiblePerson', draft.responsiblePerson !== ''],
    ['authority', draft.authorityText !== ''],
    ['stage', draft.stage !== null],
    ['rectifiedOn', draft.rectifiedOn !== null],
    ['progress', draft.progress.length > 0],
    ['remark', draft.remark !== ''],
  ]
  return new Set(said.filter(([, speaks]) => speaks).map(([field]) => field))
}

/**
 * The fields that somebody changed in a row that was printed as `printed`. Cells are compared first, as text; of those that differ,
 * the meaning (2023/6/16 for 2023-06-16 is no change). A cell that cannot be read any more counts as changed.
 */
export function changedFields(
  cells: readonly LedgerCell[],
  printed: readonly string[],
  form: LedgerForm,
  context: LedgerRowContext,
): ReadonlySet<LedgerField> {
  const touched = new Set<LedgerField>()
  form.columns.forEach(({ field }, at) => {
    if (field === null || field === 'ordinal' || field === 'code') return
    if (plain(cells[at]) !== plain(printed[at])) touched.add(field)
  })
  if (touched.size === 0) return touched
  const was = readLedgerRow(printed, form, context).draft
  const { draft: is, problems } = readLedgerRow(cells, form, context)
  const unreadable = new Set(problems.map(({ column }) => column))
  for (const field of touched) {
    const title = form.columns.find((column) => column.field === field)?.title ?? ''
    if (!unreadable.has(title) && JSON.stringify(meaningOf(was, field)) === JSON.stringify(meaningOf(is, field))) {
      touched.delete(field)
    }
  }
  return touched
}

function plain(cell: LedgerCell | undefined): string {
  return String(cell ?? '')
    .replace(/\r\n?/g, '\n')
    .trim()
}

function meaningOf(draft: LedgerRowDraft, field: LedgerField): unknown {
  const of: Readonly<Record<LedgerField, unknown>> = {
    ordinal: null,
    code: null,
    unit: draft.unitText,
    subject: draft.subjectName,
    sector: draft.sector,
    description: draft.description,
    place: draft.placeText,
    grade: draft.grade,
    source: draft.source,
    level: draft.level,
    foundOn: draft.foundOn,
    finder: draft.finderText,
    measures: draft.measures,
    funds: draft.funds,
    contingency: draft.contingency,
    listing: draft.listing,
    listingName: draft.listing?.documentName,
    listingNumber: draft.listing?.documentNumber,
    deadline: draft.deadline,
    responsible: draft.responsibleText,
    responsiblePerson: draft.responsiblePerson,
    authority: draft.authorityText,
    stage: draft.stage,
    rectifiedOn: draft.rectifiedOn,
    progress: draft.progress,
    progressOn: draft.progress.map(({ on }) => on),
    remark: draft.remark,
  }
  return of[field]
}

/** The details of a new hazard, or of a draft that the row fills up. What the row leaves open comes from the defaults. */
export function ledgerDetails(
  before: HazardDetails | null,
  draft: LedgerRowDraft,
  parties: LedgerParties,
  defaults: LedgerDefaults,
): HazardDetails {
  const was = before ?? blankHazardDetails
  const or = (text: string, otherwise: string) => (text === '' ? otherwise : text)
  const rectifying =
    draft.responsiblePerson === '' ? was.named.rectifying : { personId: null, name: draft.responsiblePerson }
  return {
    ...was,
    campaignId: defaults.campaignId,
    subject: parties.subject ?? was.subject,
    territoryUnitId: parties.territoryUnitId ?? was.territoryUnitId,
    sector: or(draft.sector, was.sector ?? defaults.sector ?? '') || null,
    source: draft.source ?? was.source ?? defaults.source,
    finder: parties.finder ?? was.finder,
    foundOn: draft.foundOn ?? was.foundOn ?? defaults.foundOn,
    description: or(draft.description, was.description),
    placeText: or(draft.placeText, was.placeText),
    level: or(draft.level, was.level),
    remark: or(draft.remark, was.remark),
    grade: draft.grade ?? was.grade ?? defaults.grade,
    gradeReason: or(was.gradeReason, defaults.gradeReason),
    named: { ...was.named, rectifying },
    deadline: draft.deadline ?? was.deadline,
    responsibleUnitId: parties.responsibleUnitId ?? was.responsibleUnitId,
    authorityUnitId: parties.authorityUnitId ?? was.authorityUnitId,
  }
}

/** What registration asks for and neither the row nor the defaults give: all of it at once, not one after the other. */
export function missingDetails(details: HazardDetails): readonly LedgerCellProblem[] {
  const asked: readonly (readonly [LedgerField, unknown, string])[] = [
    ['subject', details.subject, '企业或场所'],
    ['unit', details.territoryUnitId, '属地'],
    ['sector', details.sector, '行业领域'],
    ['source', details.source, '隐患来源'],
    ['finder', details.finder, '发现人'],
    ['grade', details.grade, '隐患等级'],
    // Where nobody is named it is the territory, which is asked for already.
    ['responsible', details.responsibleUnitId ?? (details.territoryUnitId === null ? '' : null), '整改责任单位'],
    ['authority', details.authorityUnitId, '监管单位'],
  ]
  return asked
    .filter(([, value]) => value === null)
    .map(([field, , name]) => ({
      field,
      code: 'hazard.field-missing',
      message: `${name}没有填写，请补填，或在导入选项里为全表选定。`,
    }))
}

export interface LedgerWorld {
  contextOf(hazard: Hazard | null, command: HazardCommand): HazardContext
  mayAct(kind: HazardCommandKind): boolean
}

export interface LedgerTrial {
  readonly commands: readonly HazardCommand[]
  /** What the hazard would be. */
  readonly next: Hazard | null
  /** What keeps the row out. */
  readonly problems: readonly LedgerCellProblem[]
  /** What of a row typed by hand cannot be done, while the rest can. */
  readonly notes: readonly LedgerCellProblem[]
}

/** `first` begins a hazard or fills up a draft; what else the row says follows from what stands then. */
export function tryLedgerRow(
  before: Hazard | null,
  first: HazardCommand | null,
  asking: LedgerAsking,
  world: LedgerWorld,
): LedgerTrial {
  const commands: HazardCommand[] = []
  let next = before
  if (first !== null) {
    const begun = decideAllowed(next, first, world)
    if (!begun.ok) {
      const { code, message, path } = begun.refusal
      return { commands, next, problems: [{ field: fieldOfPath(path), code, message }], notes: [] }
    }
    commands.push(first)
    next = begun.value.next
  }
  if (next === null || next.status === 'draft') return { commands, next, problems: [], notes: [] }

  const { steps, problems } = ledgerSteps(next, asking)
  if (asking.isOurs && problems.length > 0) return { commands: [], next: before, problems, notes: [] }
  const notes = [...problems]
  for (const { field, command } of steps) {
    const done = decideAllowed(next, command, world)
    if (done.ok) {
      commands.push(command)
      next = done.value.next
      continue
    }
    const { code, message, path } = done.refusal
    // A correction takes several cells at once; the refusal knows which of them is wrong.
    const problem = {
      field: command.kind === 'correct' && path !== undefined ? fieldOfPath(path) : field,
      code,
      message,
    }
    if (asking.isOurs) return { commands: [], next: before, problems: [problem], notes: [] }
    if (!notes.some((note) => note.field === problem.field && note.message === message)) notes.push(problem)
  }
  return { commands, next, problems: [], notes }
}

function decideAllowed(hazard: Hazard | null, command: HazardCommand, world: LedgerWorld): Decision<HazardOutcome> {
  if (!world.mayAct(command.kind)) {
    const message = `您的角色不能办理“${hazardCommandLabels[command.kind]}”，请由有权限的人在隐患页面办理。`
    return { ok: false, refusal: { code: 'request.not-allowed', message } }
  }
  return decideHazard(hazard, command, world.contextOf(hazard, command))
}

const fieldsByPath: Readonly<Record<string, LedgerField>> = {
  subject: 'subject',
  territoryUnitId: 'unit',
  sector: 'sector',
  source: 'source',
  finder: 'finder',
  foundOn: 'foundOn',
  grade: 'grade',
  deadline: 'deadline',
  responsibleUnitId: 'responsible',
  authorityUnitId: 'authority',
}

/** The cell of a refusal; the description stands for the row as a whole. */
export function fieldOfPath(path: string | undefined): LedgerField {
  return fieldsByPath[path?.replace(/^details\./, '') ?? ''] ?? 'description'
}
