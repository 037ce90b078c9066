/** A district in which a hazard can live its whole life: two departments, a street with a community, another town, a firm, and their people. */
import type { AnswerOf, BodyOf } from '@bihuan/contracts'
import { actOnHazard, registerHazard } from '@bihuan/contracts'
import { blankHazardDetails, type HazardDetails } from '@bihuan/domain'
import { buildEnterprise } from './build-enterprise.js'
import { buildCampaign } from './build-hazards.js'
import {
  actorFor,
  ask,
  buildAccount,
  buildTenant,
  buildUnit,
  type TestAccount,
  type TestAnswer,
  type TestApp,
  type TestTenant,
  type TestUnit,
} from './builders.js'

export interface HazardWorld {
  readonly tenant: TestTenant
  readonly campaignId: string
  readonly department: TestUnit
  readonly otherDepartment: TestUnit
  readonly street: TestUnit
  readonly community: TestUnit
  readonly otherTown: TestUnit
  readonly firm: TestUnit
  /** Of the district's 安委办: campaigns, listing. */
  readonly safetyOffice: TestAccount
  readonly communityOfficer: TestAccount
  readonly streetOfficer: TestAccount
  /** Two of the department that supervises the firm. */
  readonly inspector: TestAccount
  readonly chief: TestAccount
  readonly otherInspector: TestAccount
  readonly otherTownOfficer: TestAccount
  readonly manager: TestAccount
  readonly principal: TestAccount
  readonly leader: TestAccount
}

export async function buildHazardWorld(test: TestApp): Promise<HazardWorld> {
  const tenant = await buildTenant(test)
  const department = await buildUnit(test, tenant, { kind: 'department', name: '应急局' })
  const otherDepartment = await buildUnit(test, tenant, { kind: 'department', name: '住建局' })
  const street = await buildUnit(test, tenant, { kind: 'street', name: '柳河街道' })
  const community = await buildUnit(test, tenant, { kind: 'community', parentId: street.id, name: '七桥社区' })
  const otherTown = await buildUnit(test, tenant, { kind: 'town', name: '温泉镇' })
  const made = await buildEnterprise(test, community, { name: '青榆家具厂', leadRegulatorId: department.id })
  const firm: TestUnit = { tenantId: tenant.id, id: made.enterprise.id, kind: 'enterprise', name: '青榆家具厂' }
  const safetyOffice = await buildAccount(test, tenant, 'safety-office', { personName: '安委办甲' })
  return {
    tenant,
    campaignId: await buildCampaign(test, await actorFor(test, safetyOffice), tenant.rootUnitId),
    department,
    otherDepartment,
    street,
    community,
    otherTown,
    firm,
    safetyOffice,
    communityOfficer: await buildAccount(test, community, 'territory-officer', { personName: '网格员乙' }),
    streetOfficer: await buildAccount(test, street, 'territory-officer', { personName: '街道丙' }),
    inspector: await buildAccount(test, department, 'department-officer', { personName: '检查员丁' }),
    chief: await buildAccount(test, department, 'department-officer', { personName: '科长戊' }),
    otherInspector: await buildAccount(test, otherDepartment, 'department-officer', { personName: '住建己' }),
    otherTownOfficer: await buildAccount(test, otherTown, 'territory-officer', { personName: '温泉庚' }),
    manager: await buildAccount(test, firm, 'enterprise-safety', { personName: '安全员辛' }),
    principal: await buildAccount(test, firm, 'enterprise-principal', { personName: '厂长壬' }),
    leader: await buildAccount(test, tenant, 'leader', { personName: '区长癸' }),
  }
}

/** What the community's officer found in the firm; the department supervises. */
export function foundInFirm(world: HazardWorld, overrides: Partial<HazardDetails> = {}): HazardDetails {
  return {
    ...blankHazardDetails,
    campaignId: world.campaignId,
    subject: { kind: 'enterprise', id: world.firm.id, name: world.firm.name },
    territoryUnitId: world.community.id,
    sector: '工贸',
    source: 'inspection',
    finder: { personId: world.communityOfficer.id, name: '网格员乙', unitId: world.community.id, side: 'government' },
    foundOn: '2023-06-12',
    description: '除尘系统未设置泄爆装置',
    grade: 'major',
    gradeReason: '符合判定标准第十一条',
    deadline: '2023-07-12',
    responsibleUnitId: world.firm.id,
    authorityUnitId: world.department.id,
    ...overrides,
  }
}

export function foundByFirm(world: HazardWorld, overrides: Partial<HazardDetails> = {}): HazardDetails {
  return foundInFirm(world, {
    source: 'self-check',
    finder: { personId: world.manager.id, name: '安全员辛', unitId: world.firm.id, side: 'enterprise' },
    grade: 'general',
    gradeReason: '不构成重大隐患',
    description: '配电箱门未关闭',
    ...overrides,
  })
}

export type Page = AnswerOf<typeof registerHazard>
export type Act = BodyOf<typeof actOnHazard>['act']

export async function register(test: TestApp, by: TestAccount, details: HazardDetails, draft = false): Promise<Page> {
  const answer = await ask(test, by, registerHazard, { body: { details, draft } as BodyOf<typeof registerHazard> })
  if (answer.error)
    throw new Error(`${answer.error.code}: ${answer.error.message} ${JSON.stringify(answer.error.places)}`)
  return answer.body
}

export function tryAct(test: TestApp, by: TestAccount, page: Page, act: Act): Promise<TestAnswer<typeof actOnHazard>> {
  return ask(test, by, actOnHazard, {
    params: { hazardId: page.hazard.id },
    body: { version: page.hazard.version, act },
  })
}

export async function act(test: TestApp, by: TestAccount, page: Page, given: Act): Promise<Page> {
  const answer = await tryAct(test, by, page, given)
  if (answer.error) throw new Error(`${given.kind}: ${answer.error.code}: ${answer.error.message}`)
  return answer.body
}

/** The net of each measure that the hazard put, zeros left out: `{ 'hazard/found/major/department': 1 }`. */
export async function factsOf(test: TestApp, hazardId: string): Promise<Record<string, number>> {
  const rows = await test.db.asOwner<{ measure: string; net: number }>(
    'select measure, sum(amount)::int as net from fact where record_id = $1 group by measure having sum(amount) <> 0 order by measure',
    [hazardId],
  )
  return Object.fromEntries(rows.map(({ measure, net }) => [measure, net]))
}

export const planned = {
  kind: 'plan-rectification',
  rectification: {
    mode: 'planned',
    responsible: { personId: null, name: '周青' },
    measures: '加装泄爆片',
    funds: 3.5,
    deadline: '2023-07-01',
    contingency: '停用除尘系统，设专人看护',
  },
} as const satisfies Act
