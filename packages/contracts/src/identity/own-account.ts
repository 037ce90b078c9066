import { z } from 'zod'
import { route } from '../shared/route.js'
import { civilDate, instant, uuid } from '../shared/scalars.js'
import { me } from './session.js'

const tag = '我的账户'

export const changeMyself = route({
  name: 'changeMyself',
  method: 'PATCH',
  path: '/api/me',
  summary: '更改本人的职务和电话',
  tag,
  body: z.object({
    post: z.string().trim().max(60).nullable(),
    /** Left out: as it is. */
    phone: z
      .string()
      .trim()
      .regex(/^[\d+()\s转-]{5,30}$/, '电话由数字、空格和 + - ( ) 组成')
      .nullable()
      .optional(),
  }),
  answer: me,
})

export const beginSecondFactor = route({
  name: 'beginSecondFactor',
  method: 'POST',
  path: '/api/me/second-factor',
  summary: '开始启用动态口令：得到验证器要扫的二维码内容，十分钟内确认',
  tag,
  idempotent: false,
  answer: z.object({
    /** To be handed back with the first code; of no use to anybody else. */
    ticket: z.string(),
    /** otpauth://... */
    uri: z.string(),
    /** To be typed where nothing can be scanned. */
    secret: z.string(),
  }),
})

export const confirmSecondFactor = route({
  name: 'confirmSecondFactor',
  method: 'PUT',
  path: '/api/me/second-factor',
  summary: '输入口令和验证器上的第一个动态口令，启用动态口令',
  tag,
  body: z.object({ ticket: z.string().max(400), code: z.string().trim().max(10), password: z.string().max(200) }),
})

export const removeSecondFactor = route({
  name: 'removeSecondFactor',
  method: 'POST',
  path: '/api/me/second-factor/removal',
  summary: '停用动态口令',
  tag,
  idempotent: false,
  body: z.object({ code: z.string().trim().max(10), password: z.string().max(200) }),
})

export const accessTokenView = z.object({
  id: uuid,
  name: z.string(),
  unitName: z.string(),
  permissions: z.array(z.object({ code: z.string(), name: z.string() })),
  createdAt: instant,
  expiresAt: instant,
  lastUsedAt: instant.nullable(),
})

export const listTokens = route({
  name: 'listTokens',
  method: 'GET',
  path: '/api/me/tokens',
  summary: '我的访问令牌，和可以给令牌的权限',
  tag,
  answer: z.object({
    items: z.array(accessTokenView),
    grantable: z.array(z.object({ code: z.string(), name: z.string() })),
  }),
})

export const createToken = route({
  name: 'createToken',
  method: 'POST',
  path: '/api/me/tokens',
  summary: '建立访问令牌；令牌只在这次回答里出现',
  tag,
  idempotent: false,
  body: z.object({
    name: z.string().max(60),
    permissions: z.array(z.string().max(60)).max(100),
    /** The last day on which it may be used. */
    expiresOn: civilDate,
  }),
  answer: z.object({ token: z.string(), item: accessTokenView }),
})

export const revokeToken = route({
  name: 'revokeToken',
  method: 'DELETE',
  path: '/api/me/tokens/:tokenId',
  summary: '作废访问令牌，立即生效',
  tag,
  params: z.object({ tokenId: uuid }),
})
