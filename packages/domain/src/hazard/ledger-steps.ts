/**
 * What a ledger's row asks of a hazard that stands: the commands that bring it from what it is to what the row says. A ledger
 * states results (整改阶段: 已销号); only commands lead there, each under its own guards, so what no command can do is said at
 * its cell instead.
 */
import { formatChinese, type CivilDate } from '../shared/civil-date.js'
import type { CorrectableDetails, HazardCommand, RectificationInput } from './command.js'
import { tidyProgressText } from './decide-rectification.js'
import type { Hazard, HazardFinder, HazardSubject } from './hazard.js'
import type { LedgerField } from './ledger-form.js'
import type { LedgerProgress } from './ledger-progress.js'
import type { LedgerRowDraft, LedgerStage } from './ledger-row.js'

export interface LedgerStep {
  /** The cell that asks for it. */
  readonly field: LedgerField
  readonly command: HazardCommand
}

export interface LedgerCellProblem {
  readonly field: LedgerField
  readonly code: string
  readonly message: string
}

export interface LedgerWishes {
  readonly steps: readonly LedgerStep[]
  readonly problems: readonly LedgerCellProblem[]
}

/** What the names in a row stand for; null where the row names nobody or nobody was found. */
export interface LedgerParties {
  readonly subject: HazardSubject | null
  readonly territoryUnitId: string | null
  readonly responsibleUnitId: string | null
  readonly authorityUnitId: string | null
  readonly finder: HazardFinder | null
}

export interface LedgerAsking {
  readonly draft: LedgerRowDraft
  readonly parties: LedgerParties
  /** The fields to look at. Of a row that was exported: those whose cell was changed. Otherwise: those that say something. */
  readonly fields: ReadonlySet<LedgerField>
  /**
   * Whether the row was exported by us, and so every difference is somebody's edit. Of a row typed by hand a blank says nothing,
   * and a stage that the hazard has left behind is merely old.
   */
  readonly isOurs: boolean
  readonly gradeReason: string
  /** A ledger does not say when a hazard was listed for supervision, nor by whom. */
  readonly listedOn: CivilDate
  readonly listingUnitId: string | null
  readonly reason: string
}

export function ledgerSteps(hazard: Hazard, asking: LedgerAsking): LedgerWishes {
  const wishes = new Wishes()
  correct(hazard, asking, wishes)
  judge(hazard, asking, wishes)
  keepUnits(hazard, asking, wishes)
  list(hazard, asking, wishes)
  plan(hazard, asking, wishes)
  advance(hazard, asking, wishes)
  return wishes
}

class Wishes implements LedgerWishes {
  readonly steps: LedgerStep[] = []
  readonly problems: LedgerCellProblem[] = []

  ask(field: LedgerField, command: HazardCommand): void {
    this.steps.push({ field, command })
  }

  say(field: LedgerField, code: string, message: string): void {
    this.problems.push({ field, code, message })
  }

  asksFor(kind: HazardCommand['kind']): boolean {
    return this.steps.some(({ command }) => command.kind === kind)
  }
}

function correct(hazard: Hazard, { draft, parties, fields, reason }: LedgerAsking, wishes: Wishes): void {
  const changes: { -readonly [Key in keyof CorrectableDetails]?: CorrectableDetails[Key] } = {}
  let first: LedgerField | null = null
  const take = <Key extends keyof CorrectableDetails>(field: LedgerField, key: Key, value: CorrectableDetails[Key]) => {
    if (!fields.has(field)) return
    changes[key] = value
    first ??= field
  }
  if (parties.subject !== null && parties.subject.name !== hazard.subject?.name) {
    take('subject', 'subject', parties.subject)
    if (changes.subject !== undefined && parties.territoryUnitId !== null) {
      changes.territoryUnitId = parties.territoryUnitId
    }
  }
  if (draft.sector !== (hazard.sector ?? '')) take('sector', 'sector', draft.sector)
  if (draft.description !== hazard.description) take('description', 'description', draft.description)
  if (draft.placeText !== hazard.placeText) take('place', 'placeText', draft.placeText)
  if (draft.level !== hazard.level) take('level', 'level', draft.level)
  if (draft.remark !== hazard.remark) take('remark', 'remark', draft.remark)
  if (draft.source !== hazard.source) take('source', 'source', draft.source)
  if (draft.foundOn !== hazard.foundOn) take('foundOn', 'foundOn', draft.foundOn)
  if (hazard.finder !== null && draft.finderText !== hazard.finder.name) {
    take('finder', 'finder', { ...hazard.finder, personId: null, name: draft.finderText })
  }
  const rectifying = hazard.named.rectifying?.name ?? ''
  if (hazard.rectification?.mode !== 'planned' && draft.responsiblePerson !== rectifying && !makesPlan(hazard, draft)) {
    const person = draft.responsiblePerson === '' ? null : { personId: null, name: draft.responsiblePerson }
    take('responsiblePerson', 'named', { ...hazard.named, rectifying: person })
  }
  if (first !== null) wishes.ask(first, { kind: 'correct', changes, reason })
}

function judge(hazard: Hazard, { draft, fields, isOurs, gradeReason }: LedgerAsking, wishes: Wishes): void {
  if (!fields.has('grade') || draft.grade === hazard.grade) return
  if (draft.grade !== null) {
    wishes.ask('grade', { kind: 'judge', grade: draft.grade, reason: gradeReason, criteriaItem: hazard.criteriaItem })
  } else if (isOurs) {
    wishes.say('grade', 'hazard.field-missing', '隐患等级不能清空，请写重大、重点或一般。')
  }
}

/** Who answers for a hazard, and who supervises it, is handed over from one to the other with a receipt. */
function keepUnits(hazard: Hazard, { draft, parties, fields, isOurs }: LedgerAsking, wishes: Wishes): void {
  const keep = (field: LedgerField, what: string, text: string, found: string | null, is: string | null) => {
    if (!fields.has(field) || found === is) return
    if (found === null) {
      if (isOurs) wishes.say(field, 'hazard.ledger-unit-unknown', `没有找到单位“${text}”，请填写单位的全称。`)
    } else {
      wishes.say(field, 'hazard.ledger-by-transfer', `${what}不能在清单里改，请改回原来的单位，再到隐患页面办理移送。`)
    }
  }
  keep('responsible', '责任单位', draft.responsibleText, parties.responsibleUnitId, hazard.responsibleUnitId)
  keep('authority', '监管单位', draft.authorityText, parties.authorityUnitId, hazard.authorityUnitId)
  if (!fields.has('authority')) {
    keep('unit', '监管单位', draft.unitText, parties.authorityUnitId, hazard.authorityUnitId)
  }
}

const noListing = /^(否|未|不|没有)/

function list(hazard: Hazard, asking: LedgerAsking, wishes: Wishes): void {
  const { draft, fields, isOurs } = asking
  const field = (['listing', 'listingName', 'listingNumber'] as const).find((one) => fields.has(one))
  if (field === undefined) return
  const wanted = draft.listing === null || noListing.test(draft.listing.documentName) ? null : draft.listing
  if (hazard.listing === null) {
    if (wanted === null) return
    const { listedOn: on, listingUnitId: authorityUnitId } = asking
    wishes.ask(field, { kind: 'list-for-supervision', ...wanted, on, authorityUnitId })
    return
  }
  const isSame =
    wanted?.documentName === hazard.listing.documentName && wanted.documentNumber === hazard.listing.documentNumber
  if (isSame || (wanted === null && !isOurs)) return
  wishes.say(field, 'hazard.already-listed', `隐患已由《${hazard.listing.documentName}》挂牌督办，不能在清单里改。`)
}

interface Elements {
  readonly responsible: string
  readonly measures: string
  readonly funds: number | null
  readonly deadline: CivilDate | null
  readonly contingency: string
}

function isWhole({ responsible, measures, funds, deadline, contingency }: Elements): boolean {
  return responsible !== '' && measures !== '' && funds !== null && deadline !== null && contingency !== ''
}

function makesPlan(
  hazard: Hazard,
  { responsiblePerson, measures, funds, contingency, deadline }: LedgerRowDraft,
): boolean {
  return isWhole({
    responsible: responsiblePerson,
    measures,
    funds,
    contingency,
    deadline: deadline ?? hazard.deadline,
  })
}

/** With all five elements a plan; with measures alone what is being done on the spot, which promises nothing that nobody wrote. */
function plan(hazard: Hazard, { draft, fields }: LedgerAsking, wishes: Wishes): void {
  const planned = hazard.rectification?.mode === 'planned' ? hazard.rectification : null
  const said: Elements = {
    responsible: fields.has('responsiblePerson')
      ? draft.responsiblePerson
      : (planned?.responsible.name ?? hazard.named.rectifying?.name ?? ''),
    measures: fields.has('measures') ? draft.measures : (hazard.rectification?.measures ?? ''),
    funds: fields.has('funds') ? draft.funds : (planned?.funds ?? null),
    deadline: fields.has('deadline') ? draft.deadline : (planned?.deadline ?? hazard.deadline),
    contingency: fields.has('contingency') ? draft.contingency : (planned?.contingency ?? ''),
  }
  const movesDeadline = fields.has('deadline') && draft.deadline !== hazard.deadline
  const isOther =
    said.measures !== (hazard.rectification?.measures ?? '') ||
    said.funds !== (planned?.funds ?? null) ||
    said.contingency !== (planned?.contingency ?? '') ||
    (planned !== null && said.responsible !== planned.responsible.name) ||
    (movesDeadline && (planned !== null || isWhole(said)))
  const field: LedgerField =
    (['measures', 'funds', 'contingency', 'responsiblePerson', 'deadline'] as const).find((one) => fields.has(one)) ??
    'measures'
  if (isOther && (isWhole(said) || planned !== null)) {
    const { responsible: name } = said
    const responsible = planned?.responsible.name === name ? planned.responsible : { personId: null, name }
    const rectification: RectificationInput = {
      ...said,
      mode: 'planned',
      responsible: name === '' ? null : responsible,
    }
    wishes.ask(movesDeadline ? 'deadline' : field, { kind: 'plan-rectification', rectification })
    return
  }
  if (movesDeadline) {
    const isLater = hazard.deadline !== null && draft.deadline !== null && draft.deadline > hazard.deadline
    wishes.say(
      'deadline',
      'hazard.ledger-deadline',
      isLater
        ? `整改时限不能在清单里由${formatChinese(hazard.deadline)}延后，请在隐患页面申请延期。`
        : '整改时限不能只在清单里改，请在隐患页面制定整改方案（责任人、措施、资金、时限、预案）。',
    )
  }
  if (!isOther) return
  if (said.measures !== '') {
    wishes.ask(field, { kind: 'plan-rectification', rectification: { mode: 'immediate', measures: said.measures } })
  } else if (fields.has('measures')) {
    wishes.say('measures', 'hazard.ledger-measures-emptied', '整改措施不能清空，请改回或写上新的措施。')
  }
}

const wantedRank: Readonly<Record<LedgerStage, number>> = { 'not-started': 0, rectifying: 1, rectified: 2, closed: 3 }

function reached({ status, transfer }: Hazard): number {
  const at = status === 'transferring' ? (transfer?.cameFrom ?? status) : status
  if (at === 'closed') return 3
  if (at === 'awaiting-reinspection' || at === 'awaiting-sign-off') return 2
  return at === 'rectifying' ? 1 : 0
}

function advance(hazard: Hazard, asking: LedgerAsking, wishes: Wishes): void {
  const { draft, fields, isOurs } = asking
  const saysStage = fields.has('stage') || fields.has('rectifiedOn')
  const stage = saysStage ? (draft.stage ?? (draft.rectifiedOn === null ? null : 'rectified')) : null
  const field: LedgerField = fields.has('stage') ? 'stage' : 'rectifiedOn'
  const wanted = stage === null ? 0 : wantedRank[stage]
  const isNowRectified = wanted >= 2 && reached(hazard) < 2
  const fresh = fields.has('progress') || fields.has('progressOn') ? freshProgress(hazard, asking, wishes) : []

  const rectifiedOn = draft.rectifiedOn ?? draft.progress.at(-1)?.on ?? null
  // The entry of the day on which the work was done is what the report of completion says; told twice it would stand twice.
  const report = isNowRectified ? fresh.findLast(({ on }) => on === rectifiedOn) : undefined
  const told = fresh.filter((entry) => entry !== report)

  const isStill = hazard.status === 'registered' && !wishes.asksFor('plan-rectification')
  if (isStill && (told.length > 0 || wanted >= 1)) {
    wishes.ask(wanted >= 1 ? field : 'progress', {
      kind: 'plan-rectification',
      rectification: { mode: 'immediate', measures: '' },
    })
  }
  for (const { on, text } of told) wishes.ask('progress', { kind: 'report-progress', on, text, evidenceFileIds: [] })

  if (!isOurs && stage === null) return
  if (saysStage && isOurs && wanted < reached(hazard)) {
    wishes.say(field, 'hazard.ledger-stage-back', '整改阶段不能在清单里退回，请在隐患页面办理退回或重新打开。')
  } else if (isOurs && !isNowRectified && fields.has('rectifiedOn') && draft.rectifiedOn !== hazard.rectifiedOn) {
    wishes.say('rectifiedOn', 'hazard.ledger-rectified-on', '实际整改完成时间由“申请复查”写明，不能只在清单里改。')
  }
  if (isNowRectified) {
    if (rectifiedOn === null) {
      wishes.say(field, 'hazard.field-missing', '写了已完成整改，却没有实际整改完成时间，请补填。')
    } else {
      wishes.ask(field, {
        kind: 'report-rectified',
        rectifiedOn,
        rectifiedBy: draft.responsiblePerson === '' ? null : { personId: null, name: draft.responsiblePerson },
        text: report?.text ?? '已完成整改',
        evidenceFileIds: [],
      })
    }
  }
  if (stage !== 'closed' || reached(hazard) === 3) return
  if (hazard.status === 'awaiting-sign-off') wishes.ask(field, { kind: 'sign-off' })
  else {
    const message = '写了已销号，但还没有在系统中复查通过。请由没有参与整改的人复查，通过后再销号。'
    wishes.say(field, 'hazard.ledger-not-reinspected', message)
  }
}

/** What the row tells and the hazard does not know. Of our own rows an entry that is gone or altered is a wish that cannot be met. */
function freshProgress(hazard: Hazard, { draft, isOurs }: LedgerAsking, wishes: Wishes): readonly LedgerProgress[] {
  const known = hazard.progress.map(keyOf)
  const fresh: LedgerProgress[] = []
  for (const entry of draft.progress) {
    const at = known.indexOf(keyOf(entry))
    if (at < 0) fresh.push(entry)
    else known.splice(at, 1)
  }
  if (isOurs && known.length > 0) {
    const message = '已经填报的整改进展不能改动或删去，请改回；有新的情况请另起一条。'
    wishes.say('progress', 'hazard.ledger-progress-kept', message)
    return []
  }
  return fresh
}

function keyOf({ on, text }: LedgerProgress): string {
  return `${on} ${tidyProgressText(text)}`
}
