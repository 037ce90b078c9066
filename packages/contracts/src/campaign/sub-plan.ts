import { z } from 'zod'
import { route } from '../shared/route.js'
import { uuid } from '../shared/scalars.js'
import { campaignPage } from './campaign.js'
import { plan } from './plan.js'

const tag = '行动'

export const draftSubPlan = route({
  name: 'draftSubPlan',
  method: 'GET',
  path: '/api/campaigns/:campaignId/sub-plans/:unitId/draft',
  summary: '起草本单位的实施方案（Word）：写明归本单位的阶段、任务、职责、报送和联系方式，其余留空',
  tag,
  gives: 'file',
  params: z.object({ campaignId: uuid, unitId: uuid }),
})

export const keepSubPlan = route({
  name: 'keepSubPlan',
  method: 'POST',
  path: '/api/campaigns/:campaignId/sub-plans',
  summary: '交本单位的实施方案；再交的代替前面的，前面的留存',
  tag,
  params: z.object({ campaignId: uuid }),
  body: z.object({ unitId: uuid, fileId: uuid }),
  answer: campaignPage,
})

export const downloadSubPlan = route({
  name: 'downloadSubPlan',
  method: 'GET',
  path: '/api/campaigns/:campaignId/sub-plans/:unitId/files/:fileId',
  summary: '下载单位交的实施方案',
  tag,
  gives: 'file',
  params: z.object({ campaignId: uuid, unitId: uuid, fileId: uuid }),
})

export const draftSubCampaign = route({
  name: 'draftSubCampaign',
  method: 'GET',
  path: '/api/campaigns/:campaignId/sub-campaign',
  summary: '在上级行动下建立本单位的行动：带入阶段、任务和职责的草稿，改好再建立',
  tag,
  params: z.object({ campaignId: uuid }),
  query: z.object({ unitId: uuid }),
  answer: z.object({ unitId: uuid, parentId: uuid, plan }),
})
