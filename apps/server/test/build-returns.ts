/** A street with three communities under a district that files a table every month; and what tests of returns do with them. */
import { expect } from 'vitest'
import * as contracts from '@bihuan/contracts'
import type { BodyOf, ReturnPage, ReturnRow, ScheduleInput } from '@bihuan/contracts'
import { blankHazardDetails } from '@bihuan/domain'
import { listActiveSchedules, openSchedule } from '../src/modules/report/index.js'
import { buildHazard } from './build-hazards.js'
import {
  actorFor,
  ask,
  buildAccount,
  buildTenant,
  buildUnit,
  testPassword,
  type TestAccount,
  type TestApp,
  type TestTenant,
  type TestUnit,
} from './builders.js'
import { samplePlan } from './sample-plan.js'

export interface District {
  readonly tenant: TestTenant
  readonly office: TestAccount
  readonly street: TestUnit
  readonly communities: readonly TestUnit[]
  readonly clerks: readonly TestAccount[]
  readonly streetClerk: TestAccount
  readonly streetHead: TestAccount
  readonly campaignId: string
  readonly tableId: string
}

export const monthly: ScheduleInput = {
  title: '进展情况调度表',
  rule: {
    cadence: 'monthly',
    due: { kind: 'day-of-month', day: 16, after: 0 },
    shift: 'next',
    cutOff: 'due-day',
    counts: 'cumulative',
    firstDay: '2023-06-01',
    lastDay: null,
    dates: [],
  },
  respondents: [{ kinds: ['street', 'community'], unitIds: [], groups: null }],
  receiverIds: [],
  splitSectors: [],
  note: '',
}

export type Signing = Partial<BodyOf<typeof contracts.signReturn>>

export const cellsToType = ({ figures }: ReturnPage) => figures.filter(({ metric }) => metric === null)

/** What stands printed in a cell. */
export const text = ({ figures }: Pick<ReturnPage, 'figures'>, key: string) =>
  figures.find((one) => one.key === key)?.text

/** `app` is asked for each time: a test file has its app only once it runs. */
export function returnsOn(app: () => TestApp) {
  async function buildDistrict(signatures: readonly string[] = ['填报人'], schedule: Partial<ScheduleInput> = {}) {
    const tenant = await buildTenant(app())
    const safety = await buildUnit(app(), tenant, { kind: 'safety-committee-office', name: '青榆区安委办' })
    const street = await buildUnit(app(), tenant, { kind: 'street', name: '柳荫街道' })
    const communities: TestUnit[] = []
    for (const name of ['七桥社区', '八角社区', '九里社区']) {
      communities.push(await buildUnit(app(), tenant, { kind: 'community', name, parentId: street.id }))
    }
    const office = await buildAccount(app(), safety, 'safety-office')
    const plan = samplePlan({ warnings: [] })
    const annexes = plan.annexes.map((annex) => (annex.kind === 'metric-table' ? { ...annex, signatures } : annex))
    const created = await ask(app(), office, contracts.createCampaign, {
      body: {
        unitId: tenant.rootUnitId,
        plan: { ...plan, annexes } as unknown as BodyOf<typeof contracts.createCampaign>['plan'],
      },
    })
    expect(created.error).toBeUndefined()
    await ask(app(), office, contracts.startCampaign, {
      params: { campaignId: created.body.id },
      body: { version: created.body.version },
    })
    const tableId = created.body.tables[0]?.id ?? ''
    const added = await ask(app(), office, contracts.addSchedule, {
      params: { tableId },
      body: { ...monthly, ...schedule },
    })
    expect(added.error).toBeUndefined()
    const district: District = {
      tenant,
      office,
      street,
      communities,
      clerks: await Promise.all(
        communities.map((unit) => buildAccount(app(), unit, 'territory-officer', { personName: `${unit.name}填报人` })),
      ),
      streetClerk: await buildAccount(app(), street, 'territory-officer', { personName: '街道填报人' }),
      streetHead: await buildAccount(app(), street, 'leader', { personName: '街道主任' }),
      campaignId: created.body.id,
      tableId,
    }
    await open(district)
    return district
  }

  async function open({ tenant }: Pick<District, 'tenant'>): Promise<number> {
    const schedules = await app().database.withScope({ purpose: 'tenant', tenantId: tenant.id }, listActiveSchedules)
    let opened = 0
    for (const schedule of schedules) opened += await openSchedule(app(), tenant.id, schedule)
    return opened
  }

  async function list(account: TestAccount, side: 'mine' | 'received' = 'mine', show: 'todo' | 'all' = 'todo') {
    const answer = await ask(app(), account, contracts.listReturns, { query: { side, show } })
    expect(answer.error).toBeUndefined()
    return answer.body
  }

  async function mine(account: TestAccount): Promise<ReturnRow> {
    const { items } = await list(account, 'mine', 'all')
    const [first] = items
    if (first === undefined) throw new Error('no return')
    return first
  }

  async function page(account: TestAccount, id: string): Promise<ReturnPage> {
    const answer = await ask(app(), account, contracts.showReturn, { params: { returnId: id } })
    expect(answer.error).toBeUndefined()
    return answer.body
  }

  async function fillZeros(account: TestAccount, id: string, values: Readonly<Record<string, string>> = {}) {
    const before = await page(account, id)
    const zeros = Object.fromEntries(cellsToType(before).map(({ key, kind }) => [key, kind === 'flag' ? '否' : '0']))
    const typed = await ask(app(), account, contracts.typeIntoReturn, {
      params: { returnId: id },
      body: { version: before.version, values: { ...zeros, ...values } },
    })
    expect(typed.error).toBeUndefined()
    return typed.body
  }

  async function sign(account: TestAccount, { id, version, contentHash, wants }: ReturnPage, changes: Signing = {}) {
    return ask(app(), account, contracts.signReturn, {
      params: { returnId: id },
      body: {
        version,
        label: wants ?? '填报人',
        nil: false,
        contentHash,
        answers: {},
        password: testPassword,
        submit: true,
        ...changes,
      },
    })
  }

  async function file(account: TestAccount, values: Readonly<Record<string, string>> = {}, changes: Signing = {}) {
    const { id } = await mine(account)
    const signed = await sign(account, await fillZeros(account, id, values), changes)
    expect(signed.error).toBeUndefined()
    return signed.body
  }

  const act = (account: TestAccount, { id, version }: ReturnPage, what: BodyOf<typeof contracts.actOnReturn>['act']) =>
    ask(app(), account, contracts.actOnReturn, { params: { returnId: id }, body: { version, act: what } })

  async function hazardIn(district: District, unit: TestUnit, clerk: TestAccount, foundOn = '2023-06-05') {
    const actor = await actorFor(app(), clerk)
    return buildHazard(
      app(),
      actor,
      {
        ...blankHazardDetails,
        campaignId: district.campaignId,
        subject: { kind: 'place', id: null, name: '青榆市场' },
        territoryUnitId: unit.id,
        sector: '消防',
        source: 'inspection',
        finder: { personId: null, name: '网格员', unitId: unit.id, side: 'government' },
        foundOn,
        description: '疏散通道堆放杂物',
        grade: 'major',
        gradeReason: '符合判定标准',
        deadline: '2023-07-10',
        responsibleUnitId: unit.id,
        authorityUnitId: unit.id,
      },
      [],
    )
  }

  return { buildDistrict, open, list, mine, page, fillZeros, sign, file, act, hazardIn }
}
