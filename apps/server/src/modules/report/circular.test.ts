/** Circulars over HTTP: drafted from figures at a position, the same for ever, written as Word, issued once, then seen by all whom it names. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import * as contracts from '@bihuan/contracts'
import { readWordTables } from '@bihuan/office'
import { pdf } from '../../../test/build-narratives.js'
import {
  buildReportingDistrict,
  found,
  rectifiedAndSignedOff,
  selfFound,
  type ReportingDistrict,
} from '../../../test/build-reporting.js'
import {
  actorFor,
  ask,
  buildAccount,
  inTenant,
  startTestApp,
  upload,
  type TestAccount,
  type TestApp,
} from '../../../test/builders.js'
import { verifyDatabase } from '../../platform/audit/verification.js'
import { actOnCampaign } from '../campaign/index.js'

let test: TestApp
let district: ReportingDistrict
beforeAll(async () => {
  test = await startTestApp({ environment: { BIHUAN_LOG: 'error' } })
  test.clock.set(new Date('2023-06-16T09:00:00+08:00'))
  district = await buildReportingDistrict(test)
  await found(district, {}, rectifiedAndSignedOff)
  test.clock.set(new Date('2023-07-20T09:00:00+08:00'))
  await found(district, { ...selfFound(district), foundOn: '2023-07-02', deadline: '2023-07-12' })
  await found(district, {
    foundOn: '2023-06-11',
    deadline: '2023-07-10',
    territoryUnitId: district.otherTown.id,
    subject: { kind: 'place', id: null, name: '槐山市场' },
    responsibleUnitId: district.otherTown.id,
  })
})
afterAll(() => test.stop())

const draft = (who: TestAccount, from = '2023-04-01', to = '2023-06-30') =>
  ask(test, who, contracts.draftCircular, { params: { campaignId: district.campaignId }, body: { from, to } })

const show = (who: TestAccount, circularId: string) =>
  ask(test, who, contracts.showCircular, { params: { circularId } })

const verdict = async () =>
  (
    await verifyDatabase(test.platform, test.modules.verifiers, {
      of: ({ id }) => id === district.tenant.id,
    })
  )[0]

async function changeCampaign(act: Parameters<typeof actOnCampaign>[4]) {
  const actor = await actorFor(test, district.safetyOffice)
  const done = await inTenant(test, district.tenant.id, async (handle) => {
    const [row] = await handle.query<{ version: number }>('select version from campaign where id = $1', [
      district.campaignId,
    ])
    return actOnCampaign(handle, actor, district.campaignId, row?.version ?? 0, act, test.clock)
  })
  expect(done.ok).toBe(true)
}

describe('a circular', () => {
  it('counts each unit for its days and from the first day on, and says who leads, lags and is overdue', async () => {
    const { body, error } = await draft(district.safetyOffice)
    expect(error).toBeUndefined()
    expect(body).toMatchObject({
      title: '关于青榆区重大事故隐患专项排查整治行动2023年第二季度进展情况的通报',
      from: '2023-05-20',
      to: '2023-06-30',
      state: 'draft',
      abilities: { write: true, issue: true },
    })
    const { whole, units, leads, lags, overdue } = body.content
    expect(whole).toMatchObject({ period: { found: 2, rectified: 1 }, total: { found: 2, rectified: 1 }, overdue: 2 })
    const named = new Map(units.map((unit) => [unit.unitName, unit]))
    expect(named.get(district.town.name)).toMatchObject({
      side: 'territory',
      total: { found: 1, rectified: 1 },
      overdue: 1,
    })
    expect(named.get(district.otherTown.name)).toMatchObject({ total: { found: 1, rectified: 0 }, overdue: 1 })
    expect(named.get(district.department.name)).toMatchObject({ side: 'department', total: { found: 2, rectified: 1 } })
    expect(leads.map(({ unitName }) => unitName)).toEqual([district.town.name])
    expect(lags.map(({ unitName }) => unitName)).toEqual([district.otherTown.name])
    expect(overdue.map(({ unitName, days }) => [unitName, days])).toEqual([
      [district.otherTown.name, 10],
      [district.town.name, 8],
    ])
    expect(units.flatMap(({ known }) => known)).toEqual([])
  })

  it('opens each figure to its records, as it was known then', async () => {
    const { body } = await draft(district.safetyOffice)
    await found(district, { foundOn: '2023-06-12', description: '迟登记的隐患' })
    const records = (unitId: string, figure: 'found' | 'rectified', who = district.safetyOffice) =>
      ask(test, who, contracts.circularRecords, {
        params: { circularId: body.id, unitId },
        query: { figure, span: 'total' },
      })
    expect((await records(district.town.id, 'found')).body.items).toMatchObject([
      { description: '煤气管道排水器未设水封' },
    ])
    expect((await records(district.town.id, 'rectified')).body.items).toHaveLength(1)
    expect((await records(district.otherTown.id, 'rectified')).body.items).toEqual([])
    expect((await records(district.department.id, 'found')).body.items).toHaveLength(2)
    // Drafted again it tells of what was entered since; the first stays as it was.
    const later = await draft(district.safetyOffice)
    expect(later.body.content.whole.total.found).toBe(3)
    expect((await show(district.safetyOffice, body.id)).body.content.whole.total.found).toBe(2)
    expect((await verdict())?.difference).toBeNull()
  })

  it('is a Word document with both annexes and blanks for what nobody knows', async () => {
    const { body } = await draft(district.safetyOffice)
    const file = await ask(test, district.safetyOffice, contracts.writeCircular, { params: { circularId: body.id } })
    const { paragraphs, tables } = readWordTables(file.bytes)
    const lines = paragraphs.map(({ text }) => text.replace(/\n/g, ''))
    expect(lines).toContain(body.title)
    expect(lines).toContain('各镇人民政府，区有关部门：')
    expect(lines.join('')).toContain('【待填：发文字号】')
    expect(lines.at(-1)).not.toBe('')
    expect(tables).toHaveLength(2)
    expect(tables[0]?.rows[0]?.cells.map(({ text }) => text)).toContain('整改率')
    expect(lines).toContain('青榆区安全生产委员会办公室')
  })

  it('is refused for days that are not past, and for whoever does not manage the campaign', async () => {
    expect((await draft(district.safetyOffice, '2023-07-01', '2023-09-30')).error?.code).toBe('circular.not-past')
    expect((await draft(district.townOfficer)).status).toBe(403)
    expect((await draft(district.worker)).status).toBe(404)
    const listed = await ask(test, district.townOfficer, contracts.listCirculars, { query: {} })
    expect(listed.body).toEqual({ items: [], campaigns: [] })
  })

  it('is issued once with its number and paper, and is then seen by the units', async () => {
    const { body } = await draft(district.safetyOffice)
    expect((await show(district.townOfficer, body.id)).status).toBe(404)
    const sent = await upload(test, district.safetyOffice, contracts.uploadFiles, {
      file: { name: '通报.pdf', bytes: pdf() },
    })
    const fileId = sent.body.items[0]?.id ?? ''
    const params = { circularId: body.id }
    const issue = { version: body.version, docNo: '青安办〔2023〕9号', issuedOn: '2023-07-20', fileId }
    const issued = await ask(test, district.safetyOffice, contracts.issueCircular, { params, body: issue })
    expect(issued.body).toMatchObject({
      state: 'issued',
      number: 1,
      docNo: '青安办〔2023〕9号',
      file: { name: '通报.pdf' },
    })
    const again = await ask(test, district.safetyOffice, contracts.issueCircular, {
      params,
      body: { ...issue, version: issued.body.version },
    })
    expect(again.error?.code).toBe('circular.wrong-state')
    const seen = await show(district.townOfficer, body.id)
    expect(seen.body).toMatchObject({ state: 'issued', abilities: { issue: false, write: false } })
    const file = await ask(test, district.townOfficer, contracts.downloadCircularFile, { params })
    expect(Buffer.from(file.bytes).equals(Buffer.from(pdf()))).toBe(true)
    expect((await ask(test, district.townOfficer, contracts.writeCircular, { params })).status).toBe(403)
    // Of another town's records a town is told how many they are.
    const hidden = await ask(test, district.townOfficer, contracts.circularRecords, {
      params: { ...params, unitId: district.otherTown.id },
      query: { figure: 'found', span: 'total' },
    })
    expect(hidden.body).toEqual({ items: [], hidden: 1 })
    const [notice] = await test.db.asOwner<{ text: string }>(
      `select text from notice where tenant_id = $1 and kind = 'circular-issued'`,
      [district.tenant.id],
    )
    expect(notice?.text).toContain('已印发')
    const enterprise = await show(district.worker, body.id)
    expect(enterprise.status).toBe(404)
    await test.platform.sealer.sealNow(district.tenant.id)
    expect((await verdict())?.difference).toBeNull()
  })

  it('goes on counting what it counted, whatever the campaign counts since', async () => {
    const { body } = await draft(district.safetyOffice)
    expect(body.content.whole.total).toMatchObject({ found: 3 })
    await changeCampaign({ kind: 'set-dates', startsOn: '2023-06-11', endsOn: null, reason: '更正' })
    await changeCampaign({ kind: 'set-sectors', sectors: ['消防'], reason: '更正' })
    await test.platform.sealer.sealNow(district.tenant.id)
    expect((await verdict())?.difference).toBeNull()
    const behind = await ask(test, district.safetyOffice, contracts.circularRecords, {
      params: { circularId: body.id, unitId: district.town.id },
      query: { figure: 'found', span: 'total' },
    })
    expect(behind.body.items).toHaveLength(2)
    await test.db.asOwner(
      `update circular set counted_span = jsonb_set(counted_span, '{startsOn}', '"2023-06-11"') where id = $1`,
      [body.id],
    )
    expect((await verdict())?.difference?.message).toContain('计数范围')
    await test.db.asOwner(
      `update circular set counted_span = jsonb_set(counted_span, '{startsOn}', '"2023-05-20"') where id = $1`,
      [body.id],
    )
    await changeCampaign({ kind: 'set-sectors', sectors: null, reason: '更正' })
    await changeCampaign({ kind: 'set-dates', startsOn: '2023-05-20', endsOn: null, reason: '更正' })
    expect((await verdict())?.difference).toBeNull()
  })

  it('may be put aside as a draft by whoever drafts, and is then found by nobody but the trail', async () => {
    const { body } = await draft(district.safetyOffice)
    const params = { circularId: body.id }
    expect(body.abilities['discard']).toBe(true)
    const leader = await buildAccount(test, district.tenant, 'leader')
    expect((await show(leader, body.id)).body.abilities['discard']).toBe(false)
    expect((await ask(test, leader, contracts.discardCircular, { params })).status).toBe(403)
    expect((await ask(test, district.safetyOffice, contracts.discardCircular, { params })).error).toBeUndefined()
    expect((await show(district.safetyOffice, body.id)).status).toBe(404)
    const listed = await ask(test, district.safetyOffice, contracts.listCirculars, { query: {} })
    expect(listed.body.items.map(({ id }) => id)).not.toContain(body.id)
    const issued = listed.body.items.find(({ state }) => state === 'issued')
    const kept = await ask(test, district.safetyOffice, contracts.discardCircular, {
      params: { circularId: issued?.id ?? '' },
    })
    expect(kept.error?.code).toBe('circular.wrong-state')
    await test.platform.sealer.sealNow(district.tenant.id)
    expect((await verdict())?.difference).toBeNull()
  })

  it('is found out when somebody alters it behind its back', async () => {
    const { body } = await draft(district.safetyOffice)
    const reader = await buildAccount(test, district.tenant, 'leader')
    expect((await show(reader, body.id)).body.state).toBe('draft')
    await test.platform.sealer.sealNow(district.tenant.id)
    await test.db.asOwner(
      `update circular set content = jsonb_set(content, '{whole,total,rectified}', '9') where id = $1`,
      [body.id],
    )
    expect((await verdict())?.difference?.subject).toBe('通报')
  })
})
