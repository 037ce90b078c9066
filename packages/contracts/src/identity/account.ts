import { z } from 'zod'
import { pageOf, pageQuery } from '../shared/paging.js'
import { route } from '../shared/route.js'
import { abilities, instant, uuid, version } from '../shared/scalars.js'

const tag = '账户与授权'

const loginName = z
  .string()
  .trim()
  .regex(/^[\p{Script=Han}A-Za-z0-9._@-]{2,40}$/u, '登录名为 2 至 40 位汉字、字母、数字或 . _ @ -')
const personName = z.string().trim().min(1, '请填写姓名').max(40)
const post = z.string().trim().max(60).nullable()
const phone = z
  .string()
  .trim()
  .regex(/^[\d+()\s转-]{5,30}$/, '电话由数字、空格和 + - ( ) 组成')
  .nullable()

const unitName = z.object({ id: uuid, name: z.string() })

export const grantView = z.object({
  id: uuid,
  unit: unitName,
  role: z.string(),
  roleName: z.string(),
  grantedAt: instant,
  abilities,
})

export const accountRow = z.object({
  id: uuid,
  loginName: z.string(),
  personName: z.string(),
  post: z.string().nullable(),
  /** Masked; one is shown in full by `revealPersonPhone`, which is recorded. */
  phone: z.string().nullable(),
  unit: unitName,
  roles: z.array(z.object({ unitName: z.string(), roleName: z.string() })),
  status: z.enum(['active', 'disabled']),
  lockedUntil: instant.nullable(),
  mustChangePassword: z.boolean(),
  secondFactor: z.boolean(),
  createdAt: instant,
})
export type AccountRowView = z.output<typeof accountRow>

export const accountPage = accountRow.omit({ roles: true }).extend({
  version,
  grants: z.array(grantView),
  abilities,
})
export type AccountPage = z.output<typeof accountPage>

/** Shown once; the server keeps only its hash. */
const withPassword = z.object({ account: accountPage, firstPassword: z.string() })

export const accountFilters = z.object({
  /** Any fragment of the name, or the beginning of the log-in name. */
  q: z.string().trim().max(60).optional(),
  unit: uuid.optional(),
  role: z.string().max(40).optional(),
  status: z.enum(['active', 'disabled', 'locked']).optional(),
})

export const listAccounts = route({
  name: 'listAccounts',
  method: 'GET',
  path: '/api/accounts',
  summary: '管辖范围内的账户',
  tag,
  query: accountFilters.extend(pageQuery.shape),
  answer: pageOf(accountRow),
})

const params = z.object({ accountId: uuid })

export const showAccount = route({
  name: 'showAccount',
  method: 'GET',
  path: '/api/accounts/:accountId',
  summary: '一个账户：任职和角色',
  tag,
  params,
  answer: accountPage,
})

export const createAccount = route({
  name: 'createAccount',
  method: 'POST',
  path: '/api/accounts',
  summary: '建立账户；初始口令只在这次回答里出现',
  tag,
  // The answer holds a password and must not be kept to be given again.
  idempotent: false,
  body: z.object({ loginName, personName, post, phone, unitId: uuid }),
  answer: withPassword,
})

export const changeAccount = route({
  name: 'changeAccount',
  method: 'PATCH',
  path: '/api/accounts/:accountId',
  summary: '更改姓名、职务、电话、所在单位',
  tag,
  params,
  /** A phone that is left out stays as it is: the form shows it masked. */
  body: z.object({ personName, post, phone: phone.optional(), unitId: uuid, version }),
  answer: accountPage,
})

export const setAccountStatus = route({
  name: 'setAccountStatus',
  method: 'PUT',
  path: '/api/accounts/:accountId/status',
  summary: '停用或启用账户；停用即结束其全部会话',
  tag,
  params,
  body: z.object({ status: z.enum(['active', 'disabled']), version }),
  answer: accountPage,
})

export const resetPassword = route({
  name: 'resetPassword',
  method: 'POST',
  path: '/api/accounts/:accountId/password',
  summary: '重置口令：给出新的初始口令，结束全部会话，作废访问令牌',
  tag,
  idempotent: false,
  params,
  answer: withPassword,
})

export const unlockAccount = route({
  name: 'unlockAccount',
  method: 'DELETE',
  path: '/api/accounts/:accountId/lock',
  summary: '解除因多次输错口令的锁定',
  tag,
  params,
  answer: accountPage,
})

export const resetSecondFactor = route({
  name: 'resetSecondFactor',
  method: 'DELETE',
  path: '/api/accounts/:accountId/second-factor',
  summary: '取消一个账户的动态口令（丢了手机时）',
  tag,
  params,
  answer: accountPage,
})

export const grantRole = route({
  name: 'grantRole',
  method: 'POST',
  path: '/api/accounts/:accountId/grants',
  summary: '在一个单位授予角色',
  tag,
  params,
  body: z.object({ unitId: uuid, role: z.string().max(40) }),
  answer: accountPage,
})

export const revokeRole = route({
  name: 'revokeRole',
  method: 'DELETE',
  path: '/api/accounts/:accountId/grants/:grantId',
  summary: '收回角色，立即生效',
  tag,
  params: z.object({ accountId: uuid, grantId: uuid }),
  answer: accountPage,
})

export const listRoles = route({
  name: 'listRoles',
  method: 'GET',
  path: '/api/roles',
  summary: '角色和各自的权限',
  tag,
  answer: z.object({
    items: z.array(
      z.object({
        role: z.string(),
        name: z.string(),
        administrator: z.boolean(),
        station: z.enum(['government', 'enterprise']),
        permissions: z.array(z.object({ code: z.string(), name: z.string() })),
      }),
    ),
  }),
})

export const otherSession = z.object({
  id: uuid,
  unitName: z.string(),
  startedAt: instant,
  lastActiveAt: instant,
  address: z.string(),
  client: z.string(),
})

export const listSessionsOf = route({
  name: 'listSessionsOf',
  method: 'GET',
  path: '/api/accounts/:accountId/sessions',
  summary: '他人正在进行的会话',
  tag,
  params,
  answer: z.object({ items: z.array(otherSession) }),
})

export const endSessionOf = route({
  name: 'endSessionOf',
  method: 'DELETE',
  path: '/api/accounts/:accountId/sessions/:sessionId',
  summary: '结束他人的一个会话，立即生效',
  tag,
  params: z.object({ accountId: uuid, sessionId: uuid }),
})

export const endSessionsOf = route({
  name: 'endSessionsOf',
  method: 'DELETE',
  path: '/api/accounts/:accountId/sessions',
  summary: '结束他人的全部会话，立即生效',
  tag,
  params,
})

export const person = z.object({
  id: uuid,
  name: z.string(),
  post: z.string().nullable(),
  phone: z.string().nullable(),
  roles: z.array(z.string()),
  abilities,
})

export const listPeople = route({
  name: 'listPeople',
  method: 'GET',
  path: '/api/units/:unitId/people',
  summary: '一个单位的人员（管辖范围内）',
  tag,
  params: z.object({ unitId: uuid }),
  answer: z.object({ items: z.array(person) }),
})

export const revealPersonPhone = route({
  name: 'revealPersonPhone',
  method: 'POST',
  path: '/api/people/:accountId/phone',
  summary: '查看完整电话；每次查看都有记录',
  tag,
  params,
  idempotent: false,
  answer: z.object({ phone: z.string().nullable() }),
})
