/** How hazards go: each a list of dated acts by people who may do them. The rules decide; a story that breaks one is a bug here. */
import {
  addDays,
  blankHazardDetails,
  type HazardCommand,
  type HazardDetails,
  type HazardGrade,
  type HazardSource,
} from '@bihuan/domain'
import { hazardsSeen, postponeReasons, progressNotes } from './hazards-seen.js'
import type { Random } from './random.js'

/** An enterprise of the example district, and who deals with it. */
export interface FirmInDistrict {
  readonly id: string
  readonly name: string
  readonly sector: string
  readonly territoryUnitId: string
  /** The unit that supervises it (监管) when nobody else found the hazard. */
  readonly authorityUnitId: string
  readonly campaignId: string
  readonly principal: string
  /** Who reports for it: its own people, or the officer of its place. */
  readonly keeper: string
  readonly keeperName: string
  readonly keeperUnitId: string
  readonly keeperSide: 'enterprise' | 'government'
  /** Officers of the authority: one registers or re-inspects, another may sign off. */
  readonly officer: string
  readonly officerName: string
  readonly officerUnitId: string
  /** The lead department, and the campaign that it works in: its own, or the district's. */
  readonly department: {
    readonly login: string
    readonly name: string
    readonly unitId: string
    readonly campaignId: string
  }
  readonly listingUnitId: string
}

export interface StoryStep {
  readonly on: string
  readonly by: string
  readonly act: HazardCommand
}

export interface Story {
  readonly begin: { readonly on: string; readonly by: string; readonly draft: boolean; readonly details: HazardDetails }
  readonly steps: readonly StoryStep[]
}

type Fate =
  | 'closed'
  | 'rectifying'
  | 'overdue'
  | 'registered'
  | 'waiting'
  | 'to-sign'
  | 'reopened'
  | 'sent-back'
  | 'cancelled'
  | 'draft'
  | 'transferring'
  | 'extended'

const fates: Readonly<Record<Fate, number>> = {
  closed: 60,
  rectifying: 7,
  overdue: 6,
  registered: 4,
  waiting: 4,
  'to-sign': 3,
  reopened: 3,
  'sent-back': 4,
  cancelled: 2,
  draft: 2,
  transferring: 1,
  extended: 4,
}

export function inventStory(
  random: Random,
  firm: FirmInDistrict,
  firstDay: string,
  lastDay: string,
  days: number,
): Story {
  const fate = random.weighted(fates)
  const source: HazardSource = random.weighted({
    'self-check': 45,
    inspection: 40,
    'third-party': 7,
    tip: 5,
    assigned: 3,
  })
  const grade: HazardGrade = random.weighted({ major: 14, key: 8, general: 78 })
  const lively = fate !== 'closed' && fate !== 'reopened' && fate !== 'cancelled' && fate !== 'sent-back'
  // What is still open was found lately; what is overdue, some time ago.
  const age = fate === 'overdue' ? random.whole(45, 110) : lively ? random.whole(2, 24) : random.whole(30, days - 2)
  const foundOn = later(firstDay, addDays(lastDay, -age))
  const seen = random.pick(hazardsSeen[firm.sector] ?? hazardsSeen['消防'] ?? [])
  const self = source === 'self-check'
  const byDepartment = source === 'inspection' && random.chance(55)
  const finder = self
    ? {
        login: firm.keeper,
        name: firm.keeperSide === 'enterprise' ? firm.keeperName : firm.principal,
        unitId: firm.id,
        side: 'enterprise' as const,
      }
    : byDepartment
      ? {
          login: firm.department.login,
          name: firm.department.name,
          unitId: firm.department.unitId,
          side: 'department' as const,
        }
      : { login: firm.officer, name: firm.officerName, unitId: firm.officerUnitId, side: 'government' as const }
  const registeredBy = self && firm.keeperSide === 'enterprise' ? firm.keeper : self ? firm.keeper : finder.login
  const deadline = fate === 'overdue' ? addDays(foundOn, 20) : addDays(foundOn, random.whole(30, 60))
  const details: HazardDetails = {
    ...blankHazardDetails,
    campaignId: byDepartment ? firm.department.campaignId : firm.campaignId,
    subject: { kind: 'enterprise', id: firm.id, name: firm.name },
    territoryUnitId: firm.territoryUnitId,
    sector: firm.sector,
    source,
    finder: { personId: null, name: finder.name, unitId: finder.unitId, side: finder.side },
    foundOn: fate === 'draft' ? null : foundOn,
    description: seen.description,
    placeText: seen.place,
    level: '县区',
    grade,
    gradeReason:
      grade === 'major'
        ? '对照本行业重大事故隐患判定标准'
        : grade === 'key'
          ? '列入本行业重点检查事项'
          : '危害较小，能够立即或短期整改',
    deadline,
    responsibleUnitId: firm.id,
    authorityUnitId: byDepartment ? firm.department.unitId : firm.authorityUnitId,
  }
  const begin = { on: foundOn, by: registeredBy, draft: fate === 'draft', details }
  if (fate === 'draft' || fate === 'registered') return { begin, steps: [] }
  if (fate === 'cancelled') {
    const act: HazardCommand = { kind: 'cancel', reason: '与前一条重复登记' }
    return { begin, steps: [{ on: addDays(foundOn, 1), by: supervisorOf(firm, byDepartment), act }] }
  }
  return {
    begin,
    steps: stepsOf(random, firm, fate, { ...begin, grade, byDepartment, deadline, measures: seen.measures }, lastDay),
  }
}

interface Begun {
  readonly on: string
  readonly grade: HazardGrade
  readonly byDepartment: boolean
  readonly deadline: string
  readonly measures: string
}

function supervisorOf(firm: FirmInDistrict, byDepartment: boolean): string {
  return byDepartment ? firm.department.login : firm.officer
}

function stepsOf(random: Random, firm: FirmInDistrict, fate: Fate, begun: Begun, lastDay: string): StoryStep[] {
  const steps: StoryStep[] = []
  const supervisor = supervisorOf(firm, begun.byDepartment)
  let day = begun.on
  const then = (after: number, by: string, act: (on: string) => HazardCommand) => {
    day = addDays(day, after)
    steps.push({ on: day, by, act: act(day) })
  }
  if (begun.grade === 'major' && random.chance(22)) {
    then(1, supervisor === firm.officer ? 'anban' : supervisor, (on) => ({
      kind: 'list-for-supervision',
      documentName: '关于对重大事故隐患实行挂牌督办的通知',
      documentNumber: `青安办〔${on.slice(0, 4)}〕${random.whole(20, 90)}号`,
      on,
      authorityUnitId: firm.listingUnitId,
    }))
  }
  if (fate === 'transferring') {
    then(1, supervisor, () => ({
      kind: 'transfer',
      of: 'supervision',
      toUnitId: begun.byDepartment ? firm.authorityUnitId : firm.department.unitId,
      reason: '属于对方职责范围，移送处理',
    }))
    return steps
  }
  then(1, firm.keeper, () => ({
    kind: 'plan-rectification',
    rectification:
      begun.grade === 'general' && random.chance(50)
        ? { mode: 'immediate', measures: begun.measures }
        : {
            mode: 'planned',
            responsible: { personId: null, name: firm.principal },
            measures: begun.measures,
            funds: random.whole(0, 80) / 4,
            deadline: begun.deadline,
            contingency: '整改期间停用相关设备，专人值守，备足应急器材',
          },
  }))
  const progress = (after: number) =>
    then(after, firm.keeper, (on) => ({
      kind: 'report-progress',
      on,
      text: random.pick(progressNotes),
      evidenceFileIds: [],
    }))
  if (random.chance(60)) progress(random.whole(1, 6))
  if (fate === 'rectifying' || fate === 'overdue') {
    if (random.chance(50)) progress(random.whole(1, 5))
    return steps.filter((step) => step.on <= lastDay)
  }
  if (fate === 'extended') {
    then(1, firm.keeper, () => ({
      kind: 'request-extension',
      deadline: addDays(begun.deadline, 20),
      reason: random.pick(postponeReasons),
    }))
    if (random.chance(60))
      then(2, firm.department.login === supervisor || begun.byDepartment ? 'anban' : firm.officer, () => ({
        kind: 'approve-extension',
      }))
    return steps.filter((step) => step.on <= lastDay)
  }
  const finish = () =>
    then(random.whole(2, 9), firm.keeper, (on) => ({
      kind: 'report-rectified',
      rectifiedOn: on,
      rectifiedBy: { personId: null, name: firm.principal },
      text: '整改完成，申请复查。',
      evidenceFileIds: [],
    }))
  const reinspect = (passed: boolean) =>
    then(random.whole(1, 4), supervisor, (on) =>
      passed
        ? { kind: 'reinspect-passed', on, text: '现场核查，措施已落实。', evidenceFileIds: [] }
        : { kind: 'reinspect-failed', on, text: '部分措施未落实到位。', evidenceFileIds: [], deadline: null },
    )
  finish()
  if (fate === 'waiting') return steps.filter((step) => step.on <= lastDay)
  if (fate === 'sent-back') {
    reinspect(false)
    finish()
  }
  reinspect(true)
  if (fate === 'to-sign') return steps.filter((step) => step.on <= lastDay)
  then(random.whole(0, 2), supervisor, () => ({ kind: 'sign-off', text: '同意销号' }))
  if (fate === 'reopened') {
    then(random.whole(6, 12), supervisor, () => ({
      kind: 'reopen',
      reason: 'superficial',
      text: '回访发现措施又被拆除',
      deadline: addDays(day, 45),
    }))
    if (random.chance(60)) {
      finish()
      reinspect(true)
      then(1, supervisor, () => ({ kind: 'sign-off', text: '再次核查合格' }))
    }
  }
  return steps.filter((step) => step.on <= lastDay)
}

function later(a: string, b: string): string {
  return a > b ? a : b
}
