/** Who is who in a row: the enterprise or place, the territory, who rectifies, who supervises, who found it. */
import type { LedgerImportOptions } from '@bihuan/contracts'
import type {
  HazardFinder,
  HazardSource,
  HazardSubject,
  LedgerCellProblem,
  LedgerField,
  LedgerParties,
  LedgerRowDraft,
} from '@bihuan/domain'
import type { Actor } from '../../platform/actor.js'
import type { RowCandidate, RowDecision } from '../../platform/imports/import-kind.js'
import type { UnitRow } from '../organization/index.js'
import { sideOf } from './hazard.policy.js'
import type { LedgerLookup } from './ledger-import.lookup.js'

export interface PartiesFound {
  readonly parties: LedgerParties
  /** What keeps the row out. */
  readonly problems: readonly LedgerCellProblem[]
  /** What was taken in place of what could not be found. */
  readonly notes: readonly LedgerCellProblem[]
  /** A name that only a person can place. */
  readonly doubt: { readonly problem: LedgerCellProblem; readonly candidates: readonly RowCandidate[] } | null
}

/** Of these nobody can say on whose ground a place lies: a department has the whole district. */
const groundless: ReadonlySet<string> = new Set(['department', 'enterprise'])
const withinUnit: ReadonlySet<string> = new Set(['office', 'safety-committee-office'])
const looksLikeFirm = /公司|厂|店|社|站|院|校|园|中心|集团|企业|商行|超市|酒店|宾馆|馆$|部$|户$/

export class PartiesResolver {
  constructor(
    private readonly actor: Actor,
    private readonly options: LedgerImportOptions,
    private readonly lookup: LedgerLookup,
  ) {}

  resolve(draft: LedgerRowDraft, has: (field: LedgerField) => boolean, decision: RowDecision | null): PartiesFound {
    const problems: LedgerCellProblem[] = []
    const notes: LedgerCellProblem[] = []
    const text = this.subjectText(draft, has)
    const { subject, doubt } = this.subjectOf(text, decision)
    const enterprise = this.lookup.enterprise(subject?.id ?? null)

    const unit = this.unitIn('unit', draft.unitText, null, problems, notes)
    const territoryUnitId = enterprise?.territoryUnitId ?? this.territory(unit)
    const supervising = this.unitIn('authority', draft.authorityText, this.options.authorityUnitId, problems, notes)
    const authorityUnitId =
      supervising?.id ??
      unit?.id ??
      this.options.authorityUnitId ??
      enterprise?.leadRegulatorId ??
      (this.actor.unitKind === 'enterprise' ? territoryUnitId : this.actor.unitId)
    const responsibleUnitId = this.responsible(draft.responsibleText, subject, territoryUnitId, notes)
    const source = draft.source ?? this.options.source
    const finder = this.finderOf(draft.finderText, source, subject)
    return { parties: { subject, territoryUnitId, authorityUnitId, responsibleUnitId, finder }, problems, notes, doubt }
  }

  /** The form of thirteen columns names no enterprise; there 责任单位 is the next best. */
  private subjectText({ subjectName, responsibleText }: LedgerRowDraft, has: (field: LedgerField) => boolean): string {
    if (has('subject')) return subjectName === '' ? this.options.subjectName : subjectName
    if (this.lookup.enterprisesNamed(responsibleText).length === 1) return responsibleText
    return this.options.subjectName === '' ? bareName(responsibleText) : this.options.subjectName
  }

  private subjectOf(
    text: string,
    decision: RowDecision | null,
  ): { readonly subject: HazardSubject | null; readonly doubt: PartiesFound['doubt'] } {
    if (text === '') return { subject: null, doubt: null }
    const chosen = decision?.is === 'same' ? this.lookup.enterprise(decision.as) : undefined
    const named = this.lookup.enterprisesNamed(text)
    const [only] = chosen === undefined ? named : [chosen]
    if (only !== undefined && (chosen !== undefined || named.length === 1)) {
      return { subject: { kind: 'enterprise', id: only.id, name: only.name }, doubt: null }
    }
    const subject: HazardSubject = { kind: this.kindOf(text), id: null, name: text }
    if (decision?.is === 'new') return { subject, doubt: null }
    const doubt = (message: string, candidates: readonly RowCandidate[]) => ({
      subject,
      doubt: { problem: { field: 'subject' as const, code: 'hazard.ledger-subject-doubtful', message }, candidates },
    })
    if (named.length > 1) {
      const same = named.map(({ id, name, creditCode }) => ({ id, name, why: creditCode ?? '名称相同' }))
      return doubt(`有${named.length}家企业叫“${text}”，请选择是哪一家。`, same)
    }
    const candidates = this.lookup.candidatesFor(text)
    const [likest] = candidates
    if (likest !== undefined)
      return doubt(`名册里没有“${text}”，很像“${likest.name}”。是这一家，还是另一家？`, candidates)
    if (this.options.unknownSubject !== 'ask' || this.lookup.unitsNamed(text).length > 0)
      return { subject, doubt: null }
    return doubt(`名册里没有“${text}”。按未登记的企业或场所登记，还是略过这一行？`, [])
  }

  private kindOf(text: string): HazardSubject['kind'] {
    if (this.options.unknownSubject !== 'ask') return this.options.unknownSubject
    return looksLikeFirm.test(text) ? 'enterprise' : 'place'
  }

  private unitIn(
    field: LedgerField,
    text: string,
    otherwise: string | null,
    problems: LedgerCellProblem[],
    notes: LedgerCellProblem[],
  ): UnitRow | undefined {
    if (text === '') return undefined
    const [unit, another] = this.lookup.unitsNamed(text)
    if (unit !== undefined && another === undefined) return unit
    const instead = this.lookup.unit(otherwise)
    const what = another === undefined ? `没有找到单位“${text}”` : `有几个单位都叫“${text}”`
    if (instead !== undefined) {
      notes.push({ field, code: 'hazard.ledger-unit-instead', message: `${what}，按导入选项登记为“${instead.name}”。` })
      return instead
    }
    const message = `${what}，请填写单位的全称或代码${field === 'authority' ? '，或在导入选项里选定监管单位' : ''}。`
    problems.push({ field, code: 'hazard.ledger-unit-unknown', message })
    return undefined
  }

  private territory(unit: UnitRow | undefined): string | null {
    return this.groundOf(unit) ?? this.options.territoryUnitId ?? this.groundOf(this.lookup.unit(this.actor.unitId))
  }

  /** The unit itself, or for an office the town or street that it belongs to. */
  private groundOf(unit: UnitRow | undefined): string | null {
    let at = unit
    while (at !== undefined && withinUnit.has(at.kind)) at = this.lookup.unit(at.parent_id)
    return at === undefined || groundless.has(at.kind) ? null : at.id
  }

  private responsible(
    written: string,
    subject: HazardSubject | null,
    territoryUnitId: string | null,
    notes: LedgerCellProblem[],
  ): string | null {
    const otherwise = this.options.responsibleUnitId ?? subject?.id ?? territoryUnitId
    for (const text of written === '' ? [] : [written, bareName(written)]) {
      const [unit, another] = this.lookup.unitsNamed(text)
      if (unit !== undefined && another === undefined) return unit.id
      const [enterprise, other] = this.lookup.enterprisesNamed(text)
      if (enterprise !== undefined && other === undefined) return enterprise.id
      if (text === subject?.name) return otherwise
    }
    if (written !== '' && otherwise !== null) {
      const message = `没有找到责任单位“${written}”，按“${this.lookup.nameOf(otherwise)}”登记。`
      notes.push({ field: 'responsible', code: 'hazard.ledger-unit-instead', message })
    }
    return otherwise
  }

  private finderOf(text: string, source: HazardSource | null, subject: HazardSubject | null): HazardFinder | null {
    if (source === null) return null
    const written = text === '' ? this.options.finderName : text
    if (source === 'self-check') {
      const name = written === '' ? (subject?.name ?? '') : written
      const unitId = this.actor.unitKind === 'enterprise' ? this.actor.unitId : (subject?.id ?? null)
      return name === '' ? null : { personId: null, name, unitId, side: 'enterprise' }
    }
    const unit = this.lookup.unit(this.options.finderUnitId)
    const name = written === '' ? (unit === undefined ? this.actor.personName : unit.name) : written
    const side = unit === undefined ? sideOf(this.actor) : unit.kind === 'department' ? 'department' : 'government'
    return { personId: null, name, unitId: unit?.id ?? this.actor.unitId, side }
  }
}

/** 责任单位及责任人: the first word of 某某公司 张三, or the first line. */
function bareName(text: string): string {
  return text.split(/[\s\u3000、，,；;：:/／]+/)[0] ?? ''
}
