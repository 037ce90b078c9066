/** Builders for the tests of this module: a valid thing, and what the test wants otherwise. */
import type { HazardAuthorities, HazardCommand, HazardContext, HazardOutcome } from './command.js'
import { decideHazard } from './decide.js'
import type { PutFact } from './facts.js'
import { blankHazardDetails, type Hazard, type HazardDetails } from './hazard.js'

export const nobody: HazardAuthorities = {
  actorIsOfResponsibleUnit: false,
  actorIsOfAuthority: false,
  actorIsOfListingAuthority: false,
  actorIsOfFinderUnit: false,
  actorIsOfReceivingUnit: false,
  actorInsideEnterprise: false,
}

export const people = {
  /** Found it for the department. */
  inspector: { personId: 'p-inspector', name: '检查员甲', unitId: 'u-department', side: 'department' },
  officer: { personId: 'p-officer', name: '科长乙', unitId: 'u-department', side: 'department' },
  /** Answers for safety in the enterprise. */
  manager: { personId: 'p-manager', name: '安全员丙', unitId: 'u-enterprise', side: 'enterprise' },
  worker: { personId: 'p-worker', name: '班长丁', unitId: 'u-enterprise', side: 'enterprise' },
  other: { personId: 'p-other', name: '干部戊', unitId: 'u-other', side: 'department' },
  government: { personId: 'p-government', name: '主任己', unitId: 'u-government', side: 'government' },
} as const

const authoritiesOf: Record<keyof typeof people, HazardAuthorities> = {
  inspector: { ...nobody, actorIsOfAuthority: true, actorIsOfFinderUnit: true },
  officer: { ...nobody, actorIsOfAuthority: true, actorIsOfFinderUnit: true },
  manager: { ...nobody, actorIsOfResponsibleUnit: true, actorInsideEnterprise: true },
  worker: { ...nobody, actorIsOfResponsibleUnit: true, actorInsideEnterprise: true },
  other: { ...nobody, actorIsOfReceivingUnit: true },
  government: { ...nobody, actorIsOfListingAuthority: true },
}

export function buildContext(
  who: keyof typeof people = 'inspector',
  overrides: Partial<HazardContext> = {},
  authorities: Partial<HazardAuthorities> = {},
): HazardContext {
  return {
    today: '2023-06-20',
    actor: people[who],
    authorities: { ...authoritiesOf[who], ...authorities },
    campaign: { id: 'c-2023', startsOn: '2023-05-01', endsOn: '2023-12-31', closed: false },
    putFacts: [],
    identity: { id: 'h-1', code: 'YH-0001' },
    ...overrides,
  }
}

export function buildDetails(overrides: Partial<HazardDetails> = {}): HazardDetails {
  return {
    ...blankHazardDetails,
    campaignId: 'c-2023',
    subject: { kind: 'enterprise', id: 'u-enterprise', name: '某某机械厂' },
    territoryUnitId: 'u-town',
    sector: '工贸',
    source: 'inspection',
    finder: { personId: 'p-inspector', name: '检查员甲', unitId: 'u-department', side: 'department' },
    foundOn: '2023-06-16',
    description: '煤气管道排水器未设水封',
    grade: 'major',
    gradeReason: '符合判定标准第六条',
    responsibleUnitId: 'u-enterprise',
    authorityUnitId: 'u-department',
    ...overrides,
  }
}

export const selfFound: Partial<HazardDetails> = {
  source: 'self-check',
  finder: { personId: 'p-worker', name: '班长丁', unitId: 'u-enterprise', side: 'enterprise' },
}

export const planned = {
  mode: 'planned',
  responsible: { personId: 'p-manager', name: '安全员丙' },
  measures: '更换排水器',
  funds: 3.5,
  deadline: '2023-07-15',
  contingency: '停气、撤人，现场专人监护',
} as const

/** A hazard and the ledger of its facts, driven by commands that must succeed. */
export class HazardStory {
  hazard: Hazard | null = null
  facts: (PutFact & { readonly amount: 1 | -1; readonly of?: string })[] = []
  last: HazardOutcome | null = null

  static registered(overrides: Partial<HazardDetails> = {}): HazardStory {
    return new HazardStory().does('inspector', { kind: 'register', details: buildDetails(overrides) })
  }

  static rectifying(overrides: Partial<HazardDetails> = {}): HazardStory {
    return HazardStory.registered(overrides).does('manager', { kind: 'plan-rectification', rectification: planned })
  }

  static awaitingReinspection(overrides: Partial<HazardDetails> = {}): HazardStory {
    return HazardStory.rectifying(overrides).does('manager', rectified())
  }

  static awaitingSignOff(overrides: Partial<HazardDetails> = {}): HazardStory {
    return HazardStory.awaitingReinspection(overrides).does('officer', passed())
  }

  static closed(overrides: Partial<HazardDetails> = {}): HazardStory {
    return HazardStory.awaitingSignOff(overrides).does('officer', { kind: 'sign-off' })
  }

  get state(): Hazard {
    if (this.hazard === null) throw new Error('nothing registered')
    return this.hazard
  }

  asks(
    who: keyof typeof people,
    command: HazardCommand,
    overrides: Partial<HazardContext> = {},
    authorities: Partial<HazardAuthorities> = {},
  ) {
    return decideHazard(this.hazard, command, buildContext(who, { putFacts: this.putFacts, ...overrides }, authorities))
  }

  /** The code of the refusal, or `ok`. */
  answer(...question: Parameters<HazardStory['asks']>): string {
    const decision = this.asks(...question)
    return decision.ok ? 'ok' : decision.refusal.code
  }

  does(...question: Parameters<HazardStory['asks']>): this {
    const decision = this.asks(...question)
    if (!decision.ok) throw new Error(`${question[1].kind}: ${decision.refusal.code} ${decision.refusal.message}`)
    this.hazard = decision.value.next
    this.last = decision.value
    for (const { factId, occurredOn } of decision.value.reversals) {
      const reversed = this.facts.find(({ id }) => id === factId)
      if (reversed === undefined || reversed.reversedBy !== null) throw new Error(`no live fact ${factId}`)
      const id = `f-${this.facts.length}`
      this.facts = this.facts.map((fact) => (fact.id === factId ? { ...fact, reversedBy: id } : fact))
      this.facts.push({ id, measure: reversed.measure, occurredOn, reversedBy: null, amount: -1, of: factId })
    }
    for (const { measure, occurredOn } of decision.value.facts) {
      this.facts.push({ id: `f-${this.facts.length}`, measure, occurredOn, reversedBy: null, amount: 1 })
    }
    return this
  }

  get putFacts(): readonly PutFact[] {
    return this.facts.filter(({ amount }) => amount === 1)
  }

  /** What the ledger counts up to a day, by measure; measures that come to nothing are left out. */
  counts(cutoff = '9999-12-31'): Record<string, number> {
    const sums: Record<string, number> = {}
    for (const { measure, occurredOn, amount } of this.facts) {
      if (occurredOn <= cutoff) sums[measure] = (sums[measure] ?? 0) + amount
    }
    return Object.fromEntries(Object.entries(sums).filter(([, sum]) => sum !== 0))
  }
}

export function rectified(rectifiedOn = '2023-06-19'): HazardCommand {
  return { kind: 'report-rectified', rectifiedOn, rectifiedBy: null, text: '排水器已更换', evidenceFileIds: [] }
}

export function passed(on = '2023-06-20'): HazardCommand {
  return { kind: 'reinspect-passed', on, text: '现场核查，已整改到位', evidenceFileIds: [] }
}

export function failed(on = '2023-06-20', deadline: string | null = null): HazardCommand {
  return { kind: 'reinspect-failed', on, text: '水封高度不足', evidenceFileIds: [], deadline }
}

export function listed(on = '2023-06-18'): HazardCommand {
  return {
    kind: 'list-for-supervision',
    documentName: '《关于挂牌督办重大事故隐患的通知》',
    documentNumber: '某安委〔2023〕5号',
    on,
    authorityUnitId: 'u-government',
  }
}
