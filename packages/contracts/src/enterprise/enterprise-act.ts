import { z } from 'zod'
import { route } from '../shared/route.js'
import { civilDate, uuid, version } from '../shared/scalars.js'
import { enterpriseInput, enterprisePage, enterpriseTag } from './enterprise.js'

const params = z.object({ enterpriseId: uuid })

export const showEnterprise = route({
  name: 'showEnterprise',
  method: 'GET',
  path: '/api/enterprises/:enterpriseId',
  summary: '企业一页：是谁、归谁管、有哪些隐患未消',
  tag: enterpriseTag,
  params,
  answer: enterprisePage,
})

export const registerEnterprise = route({
  name: 'registerEnterprise',
  method: 'POST',
  path: '/api/enterprises',
  summary: '登记企业',
  tag: enterpriseTag,
  body: z.object({
    enterprise: enterpriseInput,
    /** From when it stands in its territory; null: as long as that unit itself, for who is registered late was there before. */
    since: civilDate.nullable().default(null),
  }),
  answer: enterprisePage,
})

export const changeEnterprise = route({
  name: 'changeEnterprise',
  method: 'POST',
  path: '/api/enterprises/:enterpriseId/changes',
  summary: '修改企业信息；换属地、主管部门、经营状态也在这里',
  tag: enterpriseTag,
  params,
  body: z.object({
    /** The version that the person was looking at; another one means that somebody was faster. */
    version,
    changes: enterpriseInput.partial(),
    /** Asked for where identity or existence changes. */
    reason: z.string().trim().max(400).nullable().default(null),
    /** From when another territory or lead regulator holds; null: from today. */
    from: civilDate.nullable().default(null),
  }),
  answer: enterprisePage,
})

export const revealEnterprisePhone = route({
  name: 'revealEnterprisePhone',
  method: 'POST',
  path: '/api/enterprises/:enterpriseId/phones',
  summary: '查看完整电话；谁看的会记录在案',
  tag: enterpriseTag,
  // Looking twice is two looks; and the answer is not to be kept under a key.
  idempotent: false,
  params,
  body: z.object({ of: z.enum(['principal', 'safetyManager']) }),
  answer: z.object({ phone: z.string().nullable() }),
})
