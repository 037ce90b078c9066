/** Plans under a campaign: what a receiver's draft says, how it is kept or put on record, and a town's campaign under the district's. */
import { readWordTables } from '@bihuan/office'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import * as contracts from '@bihuan/contracts'
import { WORD } from '@bihuan/domain'
import { buildNoticeDistrict, type NoticeDistrict } from '../../../test/build-notice-campaign.js'
import { pdf, plainNarrative, onNamedDay, report } from '../../../test/build-narratives.js'
import { ask, buildAccount, startTestApp, upload, type TestAccount, type TestApp } from '../../../test/builders.js'
import { png } from '../../../test/pictures.js'
import { verifyDatabase } from '../../platform/audit/verification.js'
import { listActiveSchedules, openSchedule } from '../report/index.js'
import { subPlanVerifier } from './sub-plan.verify.js'

let test: TestApp
beforeAll(async () => {
  test = await startTestApp({ now: '2023-06-05T09:00:00+08:00', environment: { BIHUAN_LOG: 'error' } })
})
afterAll(() => test.stop())

const params = ({ campaign }: NoticeDistrict) => ({ campaignId: campaign.id })

/** Sent to towns and enterprises; the town has a task. */
async function buildSent(): Promise<NoticeDistrict> {
  const district = await buildNoticeDistrict(test)
  const rule = { kinds: ['town' as const, 'enterprise' as const], unitIds: [] }
  const sent = await ask(test, district.officer, contracts.sendOutCampaign, {
    params: params(district),
    body: { rule },
  })
  expect(sent.body).toMatchObject({ added: 3 })
  const task = {
    ...{ area: '组织领导', task: '动员部署', requirement: '召开动员会', responsible: ['柳河镇'], quota: null },
    ...{ responsibleUnitIds: [district.town.id], frequency: null, dueText: '6月15日前' },
    due: { kind: 'date' as const, date: '2023-06-15' },
  }
  const added = await ask(test, district.officer, contracts.addTask, { params: params(district), body: task })
  expect(added.error).toBeUndefined()
  return district
}

async function draft(district: NoticeDistrict, by: TestAccount, unitId: string) {
  const answer = await ask(test, by, contracts.draftSubPlan, { params: { ...params(district), unitId } })
  if (answer.status !== 200) return { status: answer.status, said: '' }
  const { paragraphs } = readWordTables(answer.bytes)
  return { status: 200, said: paragraphs.map(({ text }) => text).join('\n') }
}

async function keep(district: NoticeDistrict, by: TestAccount, unitId: string, name: string, bytes: Uint8Array) {
  const sent = await upload(test, by, contracts.uploadFiles, { file: { name, bytes } })
  const fileId = sent.body.items[0]?.id ?? ''
  const answer = await ask(test, by, contracts.keepSubPlan, { params: params(district), body: { unitId, fileId } })
  return { fileId, answer }
}

describe('a receiver’s own plan', () => {
  it('is drafted from what is theirs: phases, their tasks and duties, their returns with the days', async () => {
    const district = await buildSent()
    const { town, clerk, firm, manager } = district
    const { said } = await draft(district, clerk, town.id)
    for (const words of [
      '柳河镇重大事故隐患排查整治行动实施方案',
      '（青安办〔2023〕9号）',
      '动员部署阶段（2023年5月22日至2023年5月31日）',
      '召开动员会。时限：2023年6月15日前。',
      '各镇排查，每月1次。',
      '进展情况调度表》，报青榆区安委办，接下来的期限为2023年6月28日、2023年7月28日、2023年8月28日。',
      '本单位联系人：【待填：姓名】',
    ])
      expect(said).toContain(words)
    expect(said).not.toContain('企业主要负责人')

    const firms = (await draft(district, manager, firm.id)).said
    expect(firms).toContain('企业主要负责人带队')
    for (const words of ['各镇', '召开动员会', '调度表']) expect(firms).not.toContain(words)
    // Nobody drafts for another.
    expect((await draft(district, clerk, firm.id)).status).toBe(404)
  })

  it('is kept with the campaign, the last in place of those before; its sender sees it on the board and reads it', async () => {
    const district = await buildSent()
    const { town, clerk, officer, manager } = district
    await keep(district, clerk, town.id, '实施方案（初稿）.docx', await report())
    const { fileId, answer } = await keep(district, clerk, town.id, '实施方案.pdf', pdf())
    expect(answer.body.receipts).toMatchObject([
      { plan: { kept: { fileId, name: '实施方案.pdf', personName: '林槐' }, filing: null } },
    ])
    const board = await ask(test, officer, contracts.listReceivers, { params: params(district), query: { limit: 10 } })
    expect(board.body.items.filter(({ plan }) => plan.kept !== null)).toMatchObject([
      { unitName: '柳河镇', plan: { kept: { name: '实施方案.pdf' } } },
    ])
    const file = { ...params(district), unitId: town.id, fileId }
    const read = await ask(test, officer, contracts.downloadSubPlan, { params: file })
    expect(read.status).toBe(200)
    expect(Buffer.from(read.bytes).subarray(0, 4).toString()).toBe('%PDF')
    expect((await ask(test, manager, contracts.downloadSubPlan, { params: file })).status).toBe(404)
  })

  it('is covered by the chain: verify finds another file in its place', async () => {
    const district = await buildSent()
    const { town, clerk, tenant } = district
    await keep(district, clerk, town.id, '实施方案.pdf', pdf())
    await test.platform.sealer.sealNow(tenant.id)
    const verify = () => verifyDatabase(test.platform, [subPlanVerifier], { of: ({ id }) => id === tenant.id })
    expect((await verify())[0]).toMatchObject({ difference: null, checked: [{}, { subject: '实施方案', count: 1 }] })
    await test.db.asOwner(`update campaign_sub_plan set file_name = '别的.pdf' where tenant_id = $1`, [tenant.id])
    expect((await verify())[0]?.difference?.message).toMatch(
      /实施方案 \S+ 与第 \d+ 号记录不符：文件名应为 实施方案.pdf，现为 别的.pdf/,
    )
  })

  it('is refused of another unit, of a picture, and of a unit that was not sent the campaign', async () => {
    const district = await buildSent()
    const { town, otherTown, clerk, office } = district
    expect((await keep(district, clerk, otherTown.id, 'a.pdf', pdf())).answer.status).toBe(404)
    expect((await keep(district, clerk, town.id, 'a.png', png())).answer.error?.code).toBe('sub-plan.not-a-document')
    const others = await buildAccount(test, office, 'safety-office')
    expect((await keep(district, others, office.id, 'a.pdf', pdf())).answer.status).toBe(404)
  })

  it('goes the way of 备案 where the campaign asks for that, drafted with the points that it must state', async () => {
    const district = await buildSent()
    const { town, clerk, officer, tenant } = district
    const narrative = {
      ...plainNarrative,
      kind: 'plan-for-record' as const,
      name: '实施方案',
      mustContain: ['工作步骤', '主要任务'],
    }
    const scheduled = await ask(test, officer, contracts.addNarrativeSchedule, {
      params: params(district),
      body: {
        ...onNamedDay,
        title: '实施方案备案',
        respondents: [{ kinds: ['town'], unitIds: [], groups: null }],
        narrative,
      },
    })
    expect(scheduled.error).toBeUndefined()
    const active = await test.database.withScope({ purpose: 'tenant', tenantId: tenant.id }, listActiveSchedules)
    for (const schedule of active)
      await openSchedule({ database: test.database, clock: test.clock }, tenant.id, schedule)

    const refused = (await keep(district, clerk, town.id, 'a.pdf', pdf())).answer
    expect(refused.error).toMatchObject({ code: 'sub-plan.filed-by-return' })
    const shown = await ask(test, clerk, contracts.showCampaign, { params: params(district), query: {} })
    const filing = shown.body.receipts[0]?.plan.filing
    expect(filing).toMatchObject({ title: '实施方案备案', dueOn: '2023-06-20', statusLabel: '待报' })
    const made = await ask(test, clerk, contracts.draftNarrative, { params: { returnId: filing?.returnId ?? '' } })
    expect(made.headers['content-type']).toBe(WORD)
    const lines = readWordTables(made.bytes).paragraphs.map(({ text }) => text)
    const at = (words: string) => lines.findIndex((line) => line.includes(words))
    expect(at('工作步骤')).toBeGreaterThan(0)
    expect(at('动员部署阶段')).toBeGreaterThan(at('工作步骤'))
    expect(at('主要任务')).toBeGreaterThan(at('动员部署阶段'))
    expect(at('召开动员会')).toBeGreaterThan(at('主要任务'))
  })
})

describe('a town’s campaign under the district’s', () => {
  it('begins as a draft with the phases and the town’s tasks, and stands under it when it is made', async () => {
    const district = await buildSent()
    const { town, clerk, officer, campaign } = district
    const townOffice = await buildAccount(test, town, 'safety-office')
    const under = (await ask(test, townOffice, contracts.showCampaign, { params: params(district), query: {} })).body
    expect(under.mayStandUnder).toEqual({ id: town.id, name: '柳河镇' })
    const asked = { params: params(district), query: { unitId: town.id } }
    const drafted = await ask(test, townOffice, contracts.draftSubCampaign, asked)
    expect(drafted.body).toMatchObject({
      unitId: town.id,
      parentId: campaign.id,
      plan: {
        campaign: { name: '柳河镇重大事故隐患排查整治行动', startsOn: '2023-05-22', endsOn: '2023-12-31' },
        parentPlan: campaign.title,
        annexes: [{ tasks: [{ requirement: '召开动员会', responsible: ['柳河镇'] }] }],
      },
    })
    expect(drafted.body.plan.phases).toHaveLength(3)
    const made = await ask(test, townOffice, contracts.createCampaign, {
      body: { ...drafted.body, noticeFileId: null },
    })
    expect(made.body).toMatchObject({ unitId: town.id, parent: { id: campaign.id }, state: 'preparing' })
    expect(made.body.tasks).toMatchObject([{ responsibleUnits: [{ name: '柳河镇' }] }])
    // The tables are the superior's, once.
    expect(made.body.tables.map(({ from }) => from)).toEqual([campaign.name])
    const above = (await ask(test, officer, contracts.showCampaign, { params: params(district), query: {} })).body
    expect(above.below).toMatchObject([{ id: made.body.id, unitName: '柳河镇' }])
    expect(above.mayStandUnder).toBeNull()
    // One of its own is enough.
    const again = (await ask(test, townOffice, contracts.showCampaign, { params: params(district), query: {} })).body
    expect(again.mayStandUnder).toBeNull()

    // The district's own does not go under the town's.
    const turned = { ...drafted.body, unitId: district.tenant.rootUnitId, parentId: made.body.id, noticeFileId: null }
    const refused = await ask(test, officer, contracts.createCampaign, { body: turned })
    expect(refused.status).toBe(422)
    expect(refused.error).toMatchObject({ code: 'campaign.parent-elsewhere', places: [{ path: 'parentId' }] })
    const seen = await ask(test, officer, contracts.showCampaign, { params: { campaignId: made.body.id }, query: {} })
    expect(seen.body.mayStandUnder).toBeNull()

    expect((await ask(test, clerk, contracts.draftSubCampaign, asked)).status).toBe(403)
    const own = { params: params(district), query: { unitId: district.tenant.rootUnitId } }
    expect((await ask(test, officer, contracts.draftSubCampaign, own)).status).toBe(403)
  })
})
