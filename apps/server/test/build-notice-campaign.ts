/** A district whose campaign was made from a notice that it uploaded: what links to sentences, sending out and sub-plans are tried on. */
import { expect } from 'vitest'
import * as contracts from '@bihuan/contracts'
import type { CampaignPage } from '@bihuan/contracts'
import {
  ask,
  buildAccount,
  buildTenant,
  buildUnit,
  upload,
  type TestAccount,
  type TestApp,
  type TestTenant,
  type TestUnit,
} from './builders.js'

export const noticeText = [
  '青安办〔2023〕9号',
  '青榆区安全生产委员会办公室',
  '关于印发《青榆区重大事故隐患排查整治行动方案》的通知',
  '各镇人民政府，区应急管理局：',
  '现将《青榆区重大事故隐患排查整治行动方案》印发给你们，请认真组织实施。',
  '青榆区安全生产委员会办公室',
  '2023年5月22日',
  '青榆区重大事故隐患排查整治行动方案',
  '为切实消除重大事故隐患，区安委办决定自2023年5月22日至2023年12月31日在全区开展重大事故隐患排查整治行动，特制定本方案。',
  '一、工作安排',
  '（一）动员部署阶段（2023年5月22日至5月31日）。各镇召开动员会。',
  '（二）排查整治阶段（2023年6月1日至11月30日）。企业主要负责人每季度至少带队开展1次检查。各镇每月至少开展1次排查。',
  '（三）总结提升阶段（2023年12月1日至12月31日）。总结经验。',
  '二、工作要求',
  '（一）加强信息报送。各镇自6月份开始，每月28日前将《青榆区重大事故隐患排查整治进展情况调度表》（附件1）报送至区安委办，没有相关情况的也要零报送。',
  '（二）加强宣传引导。各镇要开设专栏。',
  '附件：1.青榆区重大事故隐患排查整治进展情况调度表',
  '附件1',
  '青榆区重大事故隐患排查整治进展情况调度表',
  '单位名称：            时间：2023年  月  日',
  '总体情况\t1\t企业自查发现的重大事故隐患（个）\t',
  '\t2\t企业自查发现重大事故隐患中已完成整改的（个）\t',
  '注：本表自6月份开始上报。',
  '填报人：            联系电话：',
].join('\n')

export interface NoticeDistrict {
  readonly tenant: TestTenant
  readonly office: TestUnit
  readonly officer: TestAccount
  readonly town: TestUnit
  readonly clerk: TestAccount
  readonly otherTown: TestUnit
  readonly firm: TestUnit
  readonly manager: TestAccount
  readonly campaign: CampaignPage
}

/** Running, its schedules set up. `text` in place of the notice above. */
export async function buildNoticeDistrict(test: TestApp, text = noticeText): Promise<NoticeDistrict> {
  const tenant = await buildTenant(test, { name: '青榆区' })
  const office = await buildUnit(test, tenant, { kind: 'safety-committee-office', name: '青榆区安委办' })
  const town = await buildUnit(test, tenant, { kind: 'town', name: '柳河镇' })
  const otherTown = await buildUnit(test, tenant, { kind: 'town', name: '槐山镇' })
  const firm = await buildUnit(test, tenant, { kind: 'enterprise', parentId: town.id, name: '柳河铸造厂' })
  const officer = await buildAccount(test, office, 'safety-office', { personName: '叶安' })
  const taken = await takeNotice(test, officer, text)
  const created = await ask(test, officer, contracts.createCampaign, {
    body: { unitId: tenant.rootUnitId, plan: { ...taken.plan, warnings: [] }, noticeFileId: taken.fileId },
  })
  expect(created.error).toBeUndefined()
  const params = { campaignId: created.body.id }
  const started = await ask(test, officer, contracts.startCampaign, { params, body: { version: created.body.version } })
  expect(started.error).toBeUndefined()
  await ask(test, officer, contracts.setUpSchedules, { params, body: {} })
  return {
    ...{ tenant, office, officer, town, otherTown, firm },
    clerk: await buildAccount(test, town, 'territory-officer', { personName: '林槐' }),
    manager: await buildAccount(test, firm, 'enterprise-safety', { personName: '周柳' }),
    campaign: started.body,
  }
}

export async function takeNotice(test: TestApp, by: TestAccount, text: string) {
  const file = { name: '通知.txt', bytes: new TextEncoder().encode(text) }
  const taken = await upload(test, by, contracts.importNotice, { file })
  expect(taken.error).toBeUndefined()
  return taken.body
}
