/** A district at work: two towns, a department, a firm on both lines, a running campaign with one table; and what tests do with them. */
import { expect } from 'vitest'
import * as contracts from '@bihuan/contracts'
import type { BodyOf, TablePage } from '@bihuan/contracts'
import { blankHazardDetails, type HazardCommand, type HazardDetails } from '@bihuan/domain'
import {
  actorFor,
  ask,
  buildAccount,
  buildTenant,
  buildUnit,
  type TestAccount,
  type TestApp,
  type TestTenant,
  type TestUnit,
} from './builders.js'
import { buildHazard } from './build-hazards.js'
import { samplePlan } from './sample-plan.js'

export interface ReportingDistrict {
  readonly test: TestApp
  readonly tenant: TestTenant
  readonly safetyOffice: TestAccount
  readonly town: TestUnit
  readonly otherTown: TestUnit
  readonly townOfficer: TestAccount
  readonly otherOfficer: TestAccount
  readonly department: TestUnit
  readonly inspector: TestAccount
  readonly firm: TestUnit
  readonly worker: TestAccount
  readonly campaignId: string
  readonly tableId: string
}

export async function buildReportingDistrict(test: TestApp): Promise<ReportingDistrict> {
  const tenant = await buildTenant(test)
  const office = await buildUnit(test, tenant, { kind: 'safety-committee-office', name: '青榆区安委办' })
  const department = await buildUnit(test, tenant, { kind: 'department', name: '青榆区应急局' })
  const town = await buildUnit(test, tenant, { kind: 'town', name: '柳河镇' })
  const otherTown = await buildUnit(test, tenant, { kind: 'town', name: '槐山镇' })
  const firm = await buildUnit(test, tenant, {
    kind: 'enterprise',
    parentId: town.id,
    lineParentId: department.id,
    name: '柳河铸造厂',
  })
  const safetyOffice = await buildAccount(test, office, 'safety-office')
  const created = await ask(test, safetyOffice, contracts.createCampaign, {
    body: {
      unitId: tenant.rootUnitId,
      plan: samplePlan({ warnings: [] }) as BodyOf<typeof contracts.createCampaign>['plan'],
    },
  })
  expect(created.error).toBeUndefined()
  const started = await ask(test, safetyOffice, contracts.startCampaign, {
    params: { campaignId: created.body.id },
    body: { version: created.body.version },
  })
  expect(started.error).toBeUndefined()
  return {
    test,
    tenant,
    safetyOffice,
    town,
    otherTown,
    department,
    firm,
    townOfficer: await buildAccount(test, town, 'territory-officer', { personName: '林槐' }),
    otherOfficer: await buildAccount(test, otherTown, 'territory-officer'),
    inspector: await buildAccount(test, department, 'department-officer', { personName: '秦榆' }),
    worker: await buildAccount(test, firm, 'enterprise-principal', { personName: '周柳' }),
    campaignId: created.body.id,
    tableId: created.body.tables[0]?.id ?? '',
  }
}

/** Found by the department in the firm; what is then done is done by the firm and by the department. */
export async function found(
  district: ReportingDistrict,
  overrides: Partial<HazardDetails> = {},
  acts: readonly (readonly ['firm' | 'department', HazardCommand])[] = [],
) {
  const inspector = await actorFor(district.test, district.inspector)
  const worker = await actorFor(district.test, district.worker)
  const details: HazardDetails = {
    ...blankHazardDetails,
    campaignId: district.campaignId,
    subject: { kind: 'enterprise', id: district.firm.id, name: district.firm.name },
    territoryUnitId: district.town.id,
    sector: '工贸',
    source: 'inspection',
    finder: { personId: district.inspector.id, name: '秦榆', unitId: district.department.id, side: 'department' },
    foundOn: '2023-06-10',
    description: '煤气管道排水器未设水封',
    grade: 'major',
    gradeReason: '符合判定标准第六条',
    deadline: '2023-07-10',
    responsibleUnitId: district.firm.id,
    authorityUnitId: district.department.id,
    ...overrides,
  }
  const by = overrides.source === 'self-check' ? worker : inspector
  return buildHazard(
    district.test,
    by,
    details,
    acts.map(([who, act]) => [who === 'firm' ? worker : inspector, act] as const),
  )
}

export const selfFound = (district: ReportingDistrict): Partial<HazardDetails> => ({
  source: 'self-check',
  finder: { personId: district.worker.id, name: '周柳', unitId: district.firm.id, side: 'enterprise' },
})

const plan = {
  mode: 'planned',
  responsible: { personId: null, name: '周柳' },
  measures: '加装水封',
  funds: 3.5,
  deadline: '2023-07-01',
  contingency: '停气、撤人',
} as const

export const rectifiedAndSignedOff: readonly (readonly ['firm' | 'department', HazardCommand])[] = [
  ['firm', { kind: 'plan-rectification', rectification: plan }],
  [
    'firm',
    { kind: 'report-rectified', rectifiedOn: '2023-06-14', rectifiedBy: null, text: '已加装', evidenceFileIds: [] },
  ],
  ['department', { kind: 'reinspect-passed', on: '2023-06-15', text: '水封有效', evidenceFileIds: [] }],
  ['department', { kind: 'sign-off' }],
]

export async function act(district: ReportingDistrict, hazardId: string, command: HazardCommand) {
  const seen = await ask(district.test, district.inspector, contracts.showHazard, { params: { hazardId } })
  const done = await ask(district.test, district.inspector, contracts.actOnHazard, {
    params: { hazardId },
    body: { version: seen.body.hazard.version, act: command as contracts.HazardAct },
  })
  expect(done.error).toBeUndefined()
}

export async function show(
  district: ReportingDistrict,
  who: TestAccount,
  query: { unit?: string; cutOff?: string; knownAt?: number } = {},
) {
  return ask(district.test, who, contracts.showTable, { params: { tableId: district.tableId }, query })
}

/** The figures that the form prints, blanks left out. */
export function printed(page: TablePage): Record<string, string> {
  return Object.fromEntries(page.figures.flatMap(({ key, text }) => (text === '' ? [] : [[key, text]])))
}

export async function figures(
  district: ReportingDistrict,
  query: { unit?: string; cutOff?: string; knownAt?: number } = {},
  who = district.safetyOffice,
) {
  const answer = await show(district, who, query)
  expect(answer.error).toBeUndefined()
  return printed(answer.body)
}

export async function type(
  district: ReportingDistrict,
  who: TestAccount,
  unit: TestUnit | TestTenant,
  values: Record<string, string>,
  asOf = '2023-06-16',
) {
  const unitId = 'rootUnitId' in unit ? unit.rootUnitId : unit.id
  return ask(district.test, who, contracts.typeFigures, {
    params: { tableId: district.tableId },
    body: { unitId, asOf, values },
  })
}

/** What the records of a district without hazards give. */
export const derivedZeros = { 'g1.m1': '0', 'g1.m2': '0', 'g1.m3': '0', 'g1.m4': '0', 'g1.m5': '0', 'g1.m6': '0' }
