/** A holiday moves: what is not opened yet follows, what is open is re-dated and told of, what was filed keeps its day. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import * as contracts from '@bihuan/contracts'
import type { CalendarChange } from '@bihuan/contracts'
import { returnsOn, type District } from '../../../test/build-returns.js'
import { ask, buildAccount, runJobs, startTestApp, type TestAccount, type TestApp } from '../../../test/builders.js'
import { verifyDatabase } from '../../platform/audit/verification.js'

let test: TestApp
beforeAll(async () => {
  test = await startTestApp()
})
afterAll(() => test.stop())
beforeEach(() => test.clock.set(new Date('2023-06-12T09:00:00+08:00')))

const { buildDistrict, file, mine, page, act, open } = returnsOn(() => test)

async function withAdministrator(schedule: Parameters<typeof buildDistrict>[1] = {}) {
  const district = await buildDistrict(['填报人'], schedule)
  return { ...district, administrator: await buildAccount(test, district.tenant, 'system-admin') }
}

const change = (account: TestAccount, changes: CalendarChange[], reason = '青政办〔2023〕12号') =>
  ask(test, account, contracts.changeCalendar, { body: { changes, reason } })
const friday: CalendarChange[] = [{ day: '2023-06-16', kind: 'day-off' }]

const noticesOf = ({ tenant }: Pick<District, 'tenant'>) =>
  test.db.asOwner<{ text: string }>(
    `select text from notice where tenant_id = $1 and kind = 'return-redated' order by text`,
    [tenant.id],
  )

describe('a day that was entered', () => {
  it('moves the due day of what is open, with both days on record, and tells each respondent once', async () => {
    const district = await withAdministrator()
    const [filer, clerk] = district.clerks as [TestAccount, TestAccount]
    await file(filer)
    const preview = await ask(test, district.administrator, contracts.previewCalendar, { body: { changes: friday } })
    const move = { periodTitle: '2023年6月', from: '2023-06-16', to: '2023-06-19', returns: 3 }
    expect(preview.body.moves).toMatchObject([move])
    expect(await mine(clerk)).toMatchObject({ dueOn: '2023-06-16' })

    const changed = await change(district.administrator, friday)
    expect(changed.body).toMatchObject({ changed: 1, moves: [move] })
    // Not in the request itself.
    expect(await mine(clerk)).toMatchObject({ dueOn: '2023-06-16' })
    await runJobs(test)
    await runJobs(test)
    const row = await mine(clerk)
    expect(row).toMatchObject({ dueOn: '2023-06-19', cutOff: '2023-06-19', timeliness: 'not-due' })
    const { events } = await page(clerk, row.id)
    expect(events.at(-1)).toMatchObject({ personName: '系统' })
    expect(events.at(-1)?.sentence).toBe('调整上报日期：节假日安排有变化，由2023-06-16改为2023-06-19')
    const told = await noticesOf(district)
    expect(told).toHaveLength(3)
    expect(told.map(({ text }) => text).join()).toContain('上报日期由 2023-06-16 改为 2023-06-19')
    // Filed is filed.
    expect(await mine(filer)).toMatchObject({ dueOn: '2023-06-16' })
  })

  it('is followed by schedules that are not opened yet, and by what they show', async () => {
    const district = await withAdministrator()
    const july: CalendarChange[] = [{ day: '2023-07-17', kind: 'day-off' }]
    const preview = await ask(test, district.administrator, contracts.previewCalendar, { body: { changes: july } })
    // The 16th is a Sunday.
    expect(preview.body.moves).toMatchObject([
      { periodTitle: '2023年7月', from: '2023-07-17', to: '2023-07-18', returns: 0 },
    ])
    await change(district.administrator, july)
    const shown = await ask(test, district.office, contracts.listSchedules, { query: {} })
    expect(shown.body.items[0]?.next.map(({ dueOn }) => dueOn)).toContain('2023-07-18')
    const [first] = shown.body.items
    const tried = await ask(test, district.office, contracts.previewSchedule, { body: { rule: first!.rule } })
    expect(tried.body.next.map(({ dueOn }) => dueOn)).toContain('2023-07-18')
    test.clock.set(new Date('2023-07-03T09:00:00+08:00'))
    await open(district)
    const rows = await test.db.asOwner<{ due: string }>(
      `select distinct due_on::text as due from report_return where tenant_id = $1 and period_key = '2023-07'`,
      [district.tenant.id],
    )
    expect(rows).toEqual([{ due: '2023-07-18' }])
  })

  it('is taken back by a later entry, and both stay on record with who and why', async () => {
    const district = await withAdministrator()
    const [clerk] = district.clerks as [TestAccount]
    await change(district.administrator, friday)
    await runJobs(test)
    await change(district.administrator, [{ day: '2023-06-16', kind: 'as-published' }], '通知作废')
    await runJobs(test)
    expect(await mine(clerk)).toMatchObject({ dueOn: '2023-06-16' })
    const shown = await ask(test, district.administrator, contracts.showCalendar, { params: { year: 2023 } })
    expect(shown.body.entries).toMatchObject([
      { day: '2023-06-16', kind: 'as-published', reason: '通知作废' },
      { day: '2023-06-16', kind: 'day-off', reason: '青政办〔2023〕12号' },
    ])
    expect(shown.body.days).toHaveLength(365)
    expect(shown.body.days[166]).toMatchObject({ day: '2023-06-16', kind: 'working-day', entry: null })
    expect(shown.body.days.find(({ day }) => day === '2023-06-25')).toMatchObject({
      kind: 'working-day',
      published: 'working-day',
      holiday: '端午',
    })
  })

  it('does not make anybody late for a day that is past', async () => {
    const district = await withAdministrator()
    const [clerk] = district.clerks as [TestAccount]
    await change(district.administrator, friday)
    await runJobs(test)
    test.clock.set(new Date('2023-06-17T09:00:00+08:00'))
    await change(district.administrator, [{ day: '2023-06-16', kind: 'as-published' }])
    await runJobs(test)
    expect(await mine(clerk)).toMatchObject({ dueOn: '2023-06-19', timeliness: 'not-due' })
  })

  it('keeps what was signed signed, and sent back after filing on its day', async () => {
    const district = await withAdministrator()
    const [clerk] = district.clerks as [TestAccount]
    const { id } = await file(clerk)
    const received = await page(district.streetClerk, id)
    await act(district.streetClerk, received, { kind: 'send-back', remarks: [{ cell: null, text: '请核对' }] })
    await change(district.administrator, friday)
    await runJobs(test)
    expect(await mine(clerk)).toMatchObject({ dueOn: '2023-06-16', status: 'sent-back' })
    await test.platform.sealer.sealNow(district.tenant.id)
    const [verdict] = await verifyDatabase(test.platform, test.modules.verifiers, {
      of: ({ id: tenantId }) => tenantId === district.tenant.id,
    })
    expect(verdict?.difference).toBeNull()
  })

  it('cannot be changed or taken away behind the trail', async () => {
    const district = await withAdministrator()
    await change(district.administrator, friday)
    const verdict = async () => {
      await test.platform.sealer.sealNow(district.tenant.id)
      const of = ({ id }: { id: string }) => id === district.tenant.id
      const [one] = await verifyDatabase(test.platform, test.modules.verifiers, { of })
      return one?.difference
    }
    expect(await verdict()).toBeNull()
    await test.db.asOwner(`update calendar_override set kind = 'working-day' where tenant_id = $1`, [
      district.tenant.id,
    ])
    expect(await verdict()).toMatchObject({
      subject: '节假日安排',
      message: expect.stringContaining('安排应为 day-off，现为 working-day') as string,
    })
    await test.db.asOwner('delete from calendar_override where tenant_id = $1', [district.tenant.id])
    expect(await verdict()).toMatchObject({ message: expect.stringContaining('不见了') as string })
  })

  it('leaves returns alone that were opened under another rule than the schedule has now', async () => {
    const district = await withAdministrator()
    const [clerk] = district.clerks as [TestAccount]
    const listed = await ask(test, district.office, contracts.listSchedules, { query: {} })
    const [schedule] = listed.body.items
    const { title, respondents, receiverIds, splitSectors, note, rule, version } = schedule!
    const changed = await ask(test, district.office, contracts.changeSchedule, {
      params: { scheduleId: schedule!.id },
      body: {
        ...{ title, respondents, receiverIds, splitSectors, note, version, active: true },
        rule: { ...rule, due: { kind: 'day-of-month', day: 28, after: 0 } },
      },
    })
    expect(changed.error).toBeUndefined()
    await change(district.administrator, [{ day: '2023-06-15', kind: 'day-off' }])
    await runJobs(test)
    expect(await mine(clerk)).toMatchObject({ dueOn: '2023-06-16' })
  })

  it('makes a year certain when it is entered as a whole', async () => {
    const district = await withAdministrator({
      rule: {
        cadence: 'named',
        due: { kind: 'on-date' },
        shift: 'next',
        cutOff: 'due-day',
        counts: 'cumulative',
        firstDay: '2023-06-01',
        lastDay: null,
        dates: ['2035-10-02'],
      },
    })
    const due = async () => {
      const shown = await ask(test, district.office, contracts.listSchedules, { query: {} })
      return shown.body.items[0]?.next[0]
    }
    expect(await due()).toMatchObject({ dueOn: '2035-10-02', provisional: true })
    const read = await ask(test, district.administrator, contracts.readHolidayNotice, {
      params: { year: 2035 },
      body: { text: '国庆节：10月1日（周一）至7日（周日）放假调休，共7天。9月29日（周六）上班。' },
    })
    expect(read.body.days.filter(({ isNew }) => isNew)).toHaveLength(8)
    const entered = await change(
      district.administrator,
      read.body.days.map(({ day, kind }) => ({ day, kind })),
    )
    expect(entered.body.changed).toBe(8)
    expect(await due()).toMatchObject({ dueOn: '2035-10-08', provisional: false })
  })
})

describe('entering a day', () => {
  it('is the affair of the district’s system administrator, and of nobody below', async () => {
    const district = await withAdministrator()
    const below = await buildAccount(test, district.street, 'system-admin')
    for (const account of [below, district.office, ...district.clerks]) {
      expect((await change(account, friday)).status).toBe(403)
    }
    const shown = await ask(test, district.streetClerk, contracts.showCalendar, { params: { year: 2023 } })
    expect(shown.body.abilities).toEqual({ manage: false })
  })

  it('refuses what is no date, what is written twice, and what stands so already', async () => {
    const { administrator } = await withAdministrator()
    const codeOf = async (changes: CalendarChange[]) => (await change(administrator, changes)).error?.code
    expect(await codeOf([{ day: '2023-02-30', kind: 'day-off' }])).toBe('calendar.day')
    expect(await codeOf([...friday, ...friday])).toBe('calendar.day')
    expect(await codeOf([{ day: '2023-06-16', kind: 'working-day' }])).toBe('calendar.nothing-new')
    expect(await codeOf([{ day: '2023-06-16', kind: 'as-published' }])).toBe('calendar.nothing-new')
    expect(await codeOf(friday)).toBeUndefined()
    expect(await codeOf(friday)).toBe('calendar.nothing-new')
  })

  it('refuses a closure that leaves no day to file on, at once or in two halves, and keeps nothing of it', async () => {
    const { administrator } = await withAdministrator()
    const shut = (from: string, count: number): CalendarChange[] =>
      Array.from({ length: count }, (_, at) => ({
        day: new Date(Date.parse(from) + at * 86_400_000).toISOString().slice(0, 10),
        kind: 'day-off',
      }))
    for (const route of [contracts.previewCalendar, contracts.changeCalendar]) {
      const body = { changes: shut('2023-06-12', 40), reason: '误填' }
      const refused = await ask(test, administrator, route, { body })
      expect(refused.error).toMatchObject({ code: 'calendar.closure', places: [{ path: 'changes' }] })
      expect(refused.error?.message).toContain('2023-06-10至2023-07-23连续44天没有一个工作日（最长31天）')
    }
    expect((await change(administrator, shut('2023-06-12', 20))).error).toBeUndefined()
    expect((await change(administrator, shut('2023-07-02', 15))).error?.code).toBe('calendar.closure')
    const shown = await ask(test, administrator, contracts.showCalendar, { params: { year: 2023 } })
    expect(shown.body.entries.every(({ day }) => day < '2023-07-02')).toBe(true)
  })

  it('in one district is nothing to another', async () => {
    const [one, other] = [await withAdministrator(), await withAdministrator()]
    await change(one.administrator, friday)
    await runJobs(test)
    expect(await mine(other.clerks[0]!)).toMatchObject({ dueOn: '2023-06-16' })
    const shown = await ask(test, other.administrator, contracts.showCalendar, { params: { year: 2023 } })
    expect(shown.body.entries).toEqual([])
  })
})
