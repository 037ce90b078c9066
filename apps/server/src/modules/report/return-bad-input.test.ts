/** What cannot be, and what goes wrong between people: each is told in a sentence that says what, where and what to do, and leaves nothing half-written. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import * as contracts from '@bihuan/contracts'
import type { BodyOf, ScheduleInput } from '@bihuan/contracts'
import { cellsToType, monthly, returnsOn, text, type District } from '../../../test/build-returns.js'
import {
  ask,
  buildAccount,
  buildUnit,
  inTenant,
  startTestApp,
  type TestAccount,
  type TestApp,
  type TestUnit,
} from '../../../test/builders.js'
import { samplePlan } from '../../../test/sample-plan.js'
import { verifyDatabase } from '../../platform/audit/verification.js'
import { dissolveUnit, moveUnit } from '../organization/index.js'
import { listActiveSchedules, openSchedule } from './index.js'
import { readdressReturns } from './return-addressing.js'
import { listToRemind } from './return.repo.js'

let test: TestApp
beforeAll(async () => {
  test = await startTestApp({ environment: { BIHUAN_LOG: 'error' } })
})
afterAll(() => test.stop())
beforeEach(() => test.clock.set(new Date('2023-06-12T09:00:00+08:00')))

const { act, buildDistrict, file, fillZeros, hazardIn, list, mine, open, page, sign } = returnsOn(() => test)
const by = ({ tenant }: District) =>
  ({ tenantId: tenant.id, via: 'maintenance', personName: '测试', address: 'local' }) as const

async function board(district: District) {
  const [schedule] = (await ask(test, district.office, contracts.listSchedules, { query: {} })).body.items
  const { body } = await ask(test, district.office, contracts.returnBoard, {
    params: { scheduleId: schedule?.id ?? '' },
    query: {},
  })
  const marks = body.rows.map(({ unitName, cells }) => [unitName, [cells.at(-1)?.timeliness, cells.at(-1)?.daysLate]])
  return { summary: body.summary, marks: Object.fromEntries(marks) as Record<string, unknown> }
}

async function scores(district: District): Promise<Record<string, number | null>> {
  const [schedule] = (await ask(test, district.office, contracts.listSchedules, { query: {} })).body.items
  const { body } = await ask(test, district.office, contracts.showScores, {
    params: { scheduleId: schedule?.id ?? '' },
    query: {},
  })
  return Object.fromEntries(body.rows.map(({ unitName, score }) => [unitName, score]))
}

describe('a template', () => {
  const strayPart = (label: string) => ({
    ordinal: 1,
    cell: label,
    label,
    unit: '个',
    parts: [
      { label: '排查隐患', unit: '个', partOf: null },
      { label: '已整改隐患', unit: '个', partOf: '发现隐患' },
    ],
  })

  it('whose part has no whole is refused by the names of both, and none is made', async () => {
    const district = await buildDistrict()
    const [form] = samplePlan().annexes
    const design = {
      form: { ...form, groups: [{ name: '排查情况', metrics: [strayPart('排查整治')] }] },
      layout: { pairsPerRow: 1 },
      bindings: {},
    } as unknown as BodyOf<typeof contracts.designTable>
    const made = await ask(test, district.office, contracts.designTable, {
      params: { campaignId: district.campaignId },
      body: design,
    })
    expect(made.error).toMatchObject({
      code: 'table.part-without-whole',
      message: '“已整改隐患”写明是“发现隐患”的一部分，但这一格里没有后者。请补上，或去掉所属。',
    })
    const tables = await ask(test, district.office, contracts.listTables, { query: {} })
    expect(tables.body.items).toHaveLength(1)
  })
})

describe('a schedule', () => {
  it('that never falls due is refused with what to change, and none is kept', async () => {
    const district = await buildDistrict()
    const named: ScheduleInput = {
      ...monthly,
      rule: { ...monthly.rule, cadence: 'named', due: { kind: 'on-date' }, dates: ['2023-05-20'] },
    }
    const added = await ask(test, district.office, contracts.addSchedule, {
      params: { tableId: district.tableId },
      body: named,
    })
    expect(added.error).toMatchObject({
      code: 'schedule.never-due',
      message: '在起止日期之内没有一期到期；请改开始或停止报送的日期。',
      places: [{ path: 'rule.lastDay' }],
    })
    expect((await ask(test, district.office, contracts.listSchedules, { query: {} })).body.items).toHaveLength(1)
  })
})

describe('a respondent', () => {
  it('dissolved in the middle of a period is asked for nothing more, and nobody waits for it', async () => {
    const district = await buildDistrict()
    const gone = district.communities[2] as TestUnit
    await inTenant(test, district.tenant.id, (handle) =>
      dissolveUnit(handle, by(district), { unitId: gone.id, on: '2023-06-14', version: 1 }, test.clock),
    )
    test.clock.set(new Date('2023-06-16T09:00:00+08:00'))
    const asked = await inTenant(test, district.tenant.id, (handle) => listToRemind(handle, '2023-06-19', '2023-06-16'))
    expect(asked.map(({ unit_name: name }) => name).sort()).toEqual(['七桥社区', '八角社区', '柳荫街道'])
    const above = await page(district.streetClerk, (await mine(district.streetClerk)).id)
    expect(above.missing.map(({ unitName, dissolvedOn }) => [unitName, dissolvedOn])).toEqual([
      ['七桥社区', null],
      ['九里社区', '2023-06-14'],
      ['八角社区', null],
    ])
    test.clock.set(new Date('2023-06-20T09:00:00+08:00'))
    const told = await board(district)
    expect(told.marks).toMatchObject({ 九里社区: ['dissolved', 0], 七桥社区: ['overdue', 4] })
    expect(told.summary).toMatchObject({ respondents: 3, overdue: 3, dissolved: 1, waiting: 3 })
    expect((await scores(district))['九里社区']).toBeNull()
    // Whoever still works there says what it did until then; the next period is not opened for it.
    const last = await file(district.clerks[2] as TestAccount)
    expect(last).toMatchObject({ status: 'submitted', unitDissolvedOn: '2023-06-14' })
    test.clock.set(new Date('2023-07-03T09:00:00+08:00'))
    expect(await open(district)).toBe(3)
  })

  it('dissolved after its day stays late for the days until then, counts as such, and is reminded of no more', async () => {
    const district = await buildDistrict()
    const gone = district.communities[2] as TestUnit
    test.clock.set(new Date('2023-06-20T09:00:00+08:00'))
    await inTenant(test, district.tenant.id, (handle) =>
      dissolveUnit(handle, by(district), { unitId: gone.id, on: '2023-06-19', version: 1 }, test.clock),
    )
    const told = await board(district)
    expect(told.marks).toMatchObject({ 九里社区: ['dissolved', 2] })
    expect(told.summary).toMatchObject({ respondents: 3, overdue: 3, dissolved: 1 })
    expect(await scores(district)).toMatchObject({ 九里社区: 0, 七桥社区: 0 })
    const asked = await inTenant(test, district.tenant.id, (handle) => listToRemind(handle, '2023-06-23', '2023-06-20'))
    expect(asked.map(({ unit_name: name }) => name)).not.toContain('九里社区')
  })

  it('moved in the middle of a period files to its new superior, whom all are told of; what was filed stays where it was', async () => {
    const district = await buildDistrict()
    const other = await buildUnit(test, district.tenant, { kind: 'street', name: '槐安街道' })
    const otherClerk = await buildAccount(test, other, 'territory-officer')
    const [schedule] = await inTenant(test, district.tenant.id, listActiveSchedules)
    if (schedule === undefined) throw new Error('no schedule')
    await openSchedule(test, district.tenant.id, schedule)
    await file(district.clerks[1] as TestAccount)
    for (const unit of district.communities.slice(0, 2)) {
      const moved = await inTenant(test, district.tenant.id, (handle) =>
        moveUnit(
          handle,
          by(district),
          { unitId: unit.id, axis: 'territory', parentId: other.id, validFrom: '2023-06-12', corrects: null },
          test.clock,
        ),
      )
      expect(moved.ok).toBe(true)
    }
    expect(await readdressReturns(test, district.tenant.id, schedule)).toBe(1)
    expect(await readdressReturns(test, district.tenant.id, schedule)).toBe(0)
    const moved = await page(district.clerks[0] as TestAccount, (await mine(district.clerks[0] as TestAccount)).id)
    expect(moved.receivers.map(({ name }) => name)).toEqual(['槐安街道'])
    expect(moved.events.at(-1)?.sentence).toBe('改变接收单位：单位隶属有变化，改报槐安街道')
    const above = await page(otherClerk, (await mine(otherClerk)).id)
    expect(above.missing.map(({ unitName }) => unitName)).toEqual(['七桥社区'])
    const before = await page(district.streetClerk, (await mine(district.streetClerk)).id)
    expect(before.missing.map(({ unitName }) => unitName)).toEqual(['九里社区'])
    expect((await list(district.streetClerk, 'received')).items.map(({ unitName }) => unitName)).toEqual(['八角社区'])
    const notices = await test.db.asOwner<{ text: string }>(
      `select text from notice where tenant_id = $1 and kind = 'return-readdressed'`,
      [district.tenant.id],
    )
    expect(notices.map(({ text: said }) => said)).toEqual([expect.stringContaining('改报槐安街道')])
    expect((await file(district.clerks[0] as TestAccount)).status).toBe('submitted')
    expect((await list(otherClerk, 'received')).items.map(({ unitName }) => unitName)).toEqual(['七桥社区'])
    await test.platform.sealer.sealNow(district.tenant.id)
    const [verdict] = await verifyDatabase(test.platform, test.modules.verifiers, {
      of: ({ id }) => id === district.tenant.id,
    })
    expect(verdict?.difference).toBeNull()
  })

  it('moved twice on one day is refused; moved back-dated after its street filed, it changes nothing that was filed', async () => {
    const district = await buildDistrict()
    const [moved, clerk] = [district.communities[0] as TestUnit, district.clerks[0] as TestAccount]
    const other = await buildUnit(test, district.tenant, { kind: 'street', name: '槐安街道' })
    const recordId = await hazardIn(district, moved, clerk)
    await file(clerk)
    const filed = await file(district.streetClerk)
    expect(text(filed, 'g1.m3')).toBe('1')
    const move = (parentId: string) =>
      inTenant(test, district.tenant.id, (handle) =>
        moveUnit(
          handle,
          by(district),
          { unitId: moved.id, axis: 'territory', parentId, validFrom: '2023-06-01', corrects: null },
          test.clock,
        ),
      )
    expect((await move(other.id)).ok).toBe(true)
    const again = await move(district.street.id)
    expect(again.ok ? null : again.refusal).toMatchObject({
      code: 'organization.moved-twice-a-day',
      message: expect.stringContaining('请对它点“更正”') as unknown,
    })
    const then = await ask(test, district.streetClerk, contracts.showFiledReturn, {
      params: { returnId: filed.id, round: 1 },
    })
    expect(text(then.body, 'g1.m3')).toBe('1')
    expect(then.body.now['g1.m3']).toBe('0')
    expect(then.body.differences).toMatchObject([{ cell: 'g1.m3', recordId, change: 'removed' }])
    await test.platform.sealer.sealNow(district.tenant.id)
    const [verdict] = await verifyDatabase(test.platform, test.modules.verifiers, {
      of: ({ id }) => id === district.tenant.id,
    })
    expect(verdict?.difference).toBeNull()
  })
})

describe('a campaign whose first day and sectors are changed', () => {
  it('counts anew in what is not filed yet, and what was filed stays and verifies', async () => {
    const district = await buildDistrict()
    const [clerk] = district.clerks as [TestAccount]
    await hazardIn(district, district.communities[0] as TestUnit, clerk)
    const filed = await file(clerk)
    expect(text(filed, 'g1.m3')).toBe('1')
    const campaign = await ask(test, district.office, contracts.showCampaign, {
      params: { campaignId: district.campaignId },
    })
    const changed = await ask(test, district.office, contracts.setCampaignDates, {
      params: { campaignId: district.campaignId },
      body: { version: campaign.body.version, startsOn: '2023-06-08', endsOn: '2023-12-31', reason: '上级调整' },
    })
    expect(changed.error).toBeUndefined()
    expect(text(await page(clerk, filed.id), 'g1.m3')).toBe('1')
    expect(text(await page(district.streetClerk, (await mine(district.streetClerk)).id), 'g1.m3')).toBe('0')
    const then = await ask(test, clerk, contracts.showFiledReturn, { params: { returnId: filed.id, round: 1 } })
    expect([text(then.body, 'g1.m3'), then.body.now['g1.m3']]).toEqual(['1', '0'])
    await test.platform.sealer.sealNow(district.tenant.id)
    const [verdict] = await verifyDatabase(test.platform, test.modules.verifiers, {
      of: ({ id }) => id === district.tenant.id,
    })
    expect(verdict?.difference).toBeNull()
  })
})

describe('a reviewer', () => {
  it('who leaves takes nothing any more; the return says that nobody can, until somebody may', async () => {
    const district = await buildDistrict()
    const [clerk] = district.clerks as [TestAccount]
    const filed = await file(clerk)
    expect(filed.receivers).toMatchObject([{ name: '柳荫街道', takenOn: null, reviewers: 1 }])
    await test.db.asOwner('update role_grant set revoked_at = now() where account_id = $1', [district.streetClerk.id])
    expect((await act(district.streetClerk, filed, { kind: 'accept' })).status).toBe(404)
    const waiting = await page(clerk, filed.id)
    expect(waiting).toMatchObject({ status: 'submitted', receivers: [{ reviewers: 0 }] })
    const successor = await buildAccount(test, district.street, 'territory-officer', { personName: '秦某' })
    expect((await page(clerk, filed.id)).receivers).toMatchObject([{ reviewers: 1 }])
    const taken = await act(successor, waiting, { kind: 'accept' })
    expect(taken.body).toMatchObject({
      status: 'accepted',
      round: 1,
      receivers: [{ name: '柳荫街道', takenOn: '2023-06-12', takenBy: '秦某' }],
    })
    await test.db.asOwner(`update account set status = 'disabled' where id = $1`, [successor.id])
    expect((await page(clerk, filed.id)).receivers).toMatchObject([{ takenBy: '秦某', reviewers: 0 }])
  })

  it('and another at once: one act is kept, the other is told to look again', async () => {
    const district = await buildDistrict()
    const [clerk] = district.clerks as [TestAccount]
    const filed = await file(clerk)
    const second = await buildAccount(test, district.street, 'territory-officer')
    // Logged in before, so that both begin together.
    await Promise.all([page(district.streetClerk, filed.id), page(second, filed.id)])
    const both = await Promise.all([
      act(district.streetClerk, filed, { kind: 'accept' }),
      act(second, filed, { kind: 'send-back', remarks: [{ cell: null, text: '不符' }] }),
    ])
    expect(both.map(({ status }) => status).sort()).toEqual([200, 409])
    expect(both.find(({ error }) => error)?.error).toMatchObject({
      code: 'return.changed-meanwhile',
      message: '这张报表刚被别人办理过，您的操作没有保存。请刷新后再办理。',
    })
    const after = await page(clerk, filed.id)
    expect(after.events.filter(({ sentence }) => /^(接收|退回)/.test(sentence))).toHaveLength(1)
    expect(after.remarks).toHaveLength(after.status === 'sent-back' ? 1 : 0)
  })
})

describe('a return', () => {
  const onDates = async (district: District, due: ScheduleInput['rule']['due'], title: string) => {
    const added = await ask(test, district.office, contracts.addSchedule, {
      params: { tableId: district.tableId },
      body: { ...monthly, title, rule: { ...monthly.rule, cadence: 'named', due, dates: ['2023-06-20'] } },
    })
    expect(added.error).toBeUndefined()
    await open(district)
    const [clerk] = district.clerks as [TestAccount]
    const row = (await list(clerk)).items.find((one) => one.title === title)
    return { clerk, draft: await fillZeros(clerk, row?.id ?? '') }
  }

  it('for a period that has not begun is not signed; one that is due on a named day is filed before it', async () => {
    const district = await buildDistrict()
    const after = await onDates(district, { kind: 'working-days', days: 3 }, '会后报送')
    expect((await sign(after.clerk, after.draft)).error).toMatchObject({
      code: 'return.not-begun',
      message: '这一期还没有开始，不能签名上报；请在报送期开始之后核对、签名。',
    })
    expect(await page(after.clerk, after.draft.id)).toMatchObject({ status: 'open', signatures: [] })
    const by20 = await onDates(district, { kind: 'on-date' }, '节点报送')
    expect((await sign(by20.clerk, by20.draft)).body).toMatchObject({ status: 'submitted', timeliness: 'on-time' })
  })

  it('takes no negative and no fractional number of things, says in which cell, and keeps none of what came with it', async () => {
    const district = await buildDistrict()
    const [clerk] = district.clerks as [TestAccount]
    const draft = await page(clerk, (await mine(clerk)).id)
    const [visits, penalties] = cellsToType(draft).filter(({ kind }) => kind === 'count')
    for (const [typed, said] of [
      ['-1', '“帮扶指导重点企业”：“-1”不是数字；请填写不小于0的数字，没有的填0。'],
      ['1.5', '“帮扶指导重点企业”：“1.5”应为整数；请改正。'],
    ] as const) {
      const answer = await ask(test, clerk, contracts.typeIntoReturn, {
        params: { returnId: draft.id },
        body: { version: draft.version, values: { [penalties?.key ?? '']: '2', [visits?.key ?? '']: typed } },
      })
      expect(answer.error).toMatchObject({ message: said, places: [{ path: `values.${visits?.key ?? ''}` }] })
    }
    const after = await page(clerk, draft.id)
    expect([after.version, text(after, penalties?.key ?? '')]).toEqual([draft.version, ''])
  })

  it('asks when 元 stand where 万元 belong, and goes on with a sentence', async () => {
    const district = await buildDistrict()
    const [clerk] = district.clerks as [TestAccount]
    const draft = await page(clerk, (await mine(clerk)).id)
    const money = cellsToType(draft).find(({ kind }) => kind === 'money')?.key ?? ''
    const penalties = cellsToType(draft).find(({ label, kind }) => label === '行政处罚' && kind === 'count')?.key ?? ''
    const typed = await fillZeros(clerk, draft.id, { [money]: '350000', [penalties]: '2' })
    expect(typed.findings).toMatchObject([{ key: `money-unit:${money}`, blocking: false, cells: [money] }])
    expect(typed.findings[0]?.message).toContain('可能把元填成了万元；请核对单位')
    expect((await sign(clerk, typed)).error).toMatchObject({ code: 'return.remark-wanted' })
    const signed = await sign(clerk, typed, { answers: { [`money-unit:${money}`]: '一案罚没巨大，属实' } })
    expect(signed.body).toMatchObject({ status: 'submitted' })
  })
})
