import { z } from 'zod'
import { abilities, instant, uuid } from '../shared/scalars.js'
import { route } from '../shared/route.js'

const tag = '登录与账户'

export const roleGrantView = z.object({
  unitId: uuid,
  unitName: z.string(),
  role: z.string(),
  roleName: z.string(),
})

export const me = z.object({
  accountId: uuid,
  loginName: z.string(),
  personName: z.string(),
  post: z.string().nullable(),
  tenantId: uuid,
  tenantName: z.string(),
  /** The unit I work in now; another of my grants can be chosen with `switchUnit`. */
  unit: z.object({ id: uuid, name: z.string(), kind: z.string() }),
  grants: z.array(roleGrantView),
  mustChangePassword: z.boolean(),
  secondFactor: z.boolean(),
  /** Minutes without an act after which the session ends. */
  idleMinutes: z.number().int(),
  abilities,
  today: z.string(),
})
export type Me = z.output<typeof me>

export const logIn = route({
  name: 'logIn',
  method: 'POST',
  path: '/api/session',
  summary: '登录',
  tag,
  access: 'public',
  idempotent: false,
  body: z.object({
    loginName: z.string().trim().min(1).max(60),
    password: z.string().min(1).max(200),
    oneTimeCode: z.string().trim().max(10).optional(),
    tenant: z.string().trim().max(40).optional(),
  }),
  answer: me,
})

export const logOut = route({
  name: 'logOut',
  method: 'DELETE',
  path: '/api/session',
  summary: '退出登录',
  tag,
  access: 'first-login',
})

export const whoAmI = route({
  name: 'whoAmI',
  method: 'GET',
  path: '/api/me',
  summary: '我是谁，在哪个单位，能做什么',
  tag,
  access: 'first-login',
  answer: me,
})

export const switchUnit = route({
  name: 'switchUnit',
  method: 'PUT',
  path: '/api/session/unit',
  summary: '换到我任职的另一个单位',
  tag,
  body: z.object({ unitId: uuid }),
  answer: me,
})

export const changePassword = route({
  name: 'changePassword',
  method: 'PUT',
  path: '/api/me/password',
  summary: '修改口令',
  tag,
  access: 'first-login',
  body: z.object({ current: z.string().max(200), next: z.string().max(200) }),
  answer: me,
})

export const sessionView = z.object({
  id: uuid,
  startedAt: instant,
  lastActiveAt: instant,
  address: z.string(),
  client: z.string(),
  current: z.boolean(),
})

export const listSessions = route({
  name: 'listSessions',
  method: 'GET',
  path: '/api/me/sessions',
  summary: '我的登录会话',
  tag,
  answer: z.object({ items: z.array(sessionView) }),
})

export const endSession = route({
  name: 'endSession',
  method: 'DELETE',
  path: '/api/me/sessions/:sessionId',
  summary: '结束一个会话',
  tag,
  params: z.object({ sessionId: uuid }),
})
