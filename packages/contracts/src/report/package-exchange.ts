/** With whom packages are exchanged: whose are taken, to whom they are sent, and what became of each that was. */
import { z } from 'zod'
import { route } from '../shared/route.js'
import { abilities, instant, uuid, version } from '../shared/scalars.js'

const tag = '报表数据包'
const publicKey = z.string().trim().max(200)

export const packageSender = z.object({
  id: uuid,
  name: z.string(),
  unitId: uuid,
  unitName: z.string(),
  publicKey: z.string(),
  /** SHA-256 of the key, as people read it to each other. */
  fingerprint: z.string(),
  active: z.boolean(),
})
export type PackageSender = z.output<typeof packageSender>

export const listPackageSenders = route({
  name: 'listPackageSenders',
  method: 'GET',
  path: '/api/package-senders',
  summary: '收谁的数据包；本系统的公钥和指纹',
  tag,
  answer: z.object({
    ownPublicKey: z.string(),
    ownFingerprint: z.string(),
    items: z.array(packageSender),
    abilities,
  }),
})

export const addPackageSender = route({
  name: 'addPackageSender',
  method: 'POST',
  path: '/api/package-senders',
  summary: '登记一个发送方：它的公钥和另行核对的指纹，和它代表的单位',
  tag,
  body: z.object({
    name: z.string().trim().min(1, '请填写发送方名称').max(100),
    unitId: uuid,
    publicKey,
    /** As the sender's people read it out: by telephone, on paper, not beside the key. */
    fingerprint: z.string().trim().max(200),
  }),
  answer: packageSender,
})

export const changePackageSender = route({
  name: 'changePackageSender',
  method: 'PUT',
  path: '/api/package-senders/:senderId',
  summary: '停收或恢复收一个发送方的数据包；已收的不变',
  tag,
  params: z.object({ senderId: uuid }),
  body: z.object({ active: z.boolean() }),
  answer: packageSender,
})

export const packageReceiver = z.object({
  id: uuid,
  name: z.string(),
  url: z.string(),
  /** When the credential was given last; itself it is never shown. */
  tokenSetAt: instant,
  active: z.boolean(),
  version,
  abilities,
})
export type PackageReceiver = z.output<typeof packageReceiver>

const receiverInput = z.object({
  name: z.string().trim().min(1, '请填写接收方名称').max(100),
  url: z.string().trim().max(300),
})
const token = z.string().trim().max(300)

export const listPackageReceivers = route({
  name: 'listPackageReceivers',
  method: 'GET',
  path: '/api/package-receivers',
  summary: '系统外接收方',
  tag,
  answer: z.object({ items: z.array(packageReceiver), abilities }),
})

export const addPackageReceiver = route({
  name: 'addPackageReceiver',
  method: 'POST',
  path: '/api/package-receivers',
  summary: '登记一个系统外接收方：地址，和对方发的凭据',
  tag,
  // It holds a credential.
  idempotent: false,
  body: receiverInput.extend({ token }),
  answer: packageReceiver,
})

export const changePackageReceiver = route({
  name: 'changePackageReceiver',
  method: 'PUT',
  path: '/api/package-receivers/:receiverId',
  summary: '修改系统外接收方；换地址时须一并换凭据',
  tag,
  params: z.object({ receiverId: uuid }),
  body: receiverInput.extend({ version, active: z.boolean(), token: token.optional() }),
  answer: packageReceiver,
})

export const packagePush = z.object({
  id: uuid,
  returnId: uuid,
  title: z.string(),
  unitName: z.string(),
  periodTitle: z.string(),
  round: z.number().int(),
  receiverName: z.string(),
  state: z.enum(['queued', 'delivered', 'refused', 'given-up', 'superseded']),
  /** Their number of the return, once delivered. */
  receipt: z.object({ returnId: z.string(), packageHash: z.string(), already: z.boolean() }).nullable(),
  /** A code: of the network, of HTTP, or theirs. */
  reason: z.string().nullable(),
  /** Their sentence. */
  sentence: z.string().nullable(),
  tries: z.number().int(),
  queuedAt: instant,
  since: instant,
  abilities,
})
export type PackagePush = z.output<typeof packagePush>

export const listPackagePushes = route({
  name: 'listPackagePushes',
  method: 'GET',
  path: '/api/package-pushes',
  summary: '发给系统外接收方的数据包，最近的在前',
  tag,
  query: z.object({ return: uuid.optional(), show: z.enum(['open', 'all']).default('all') }),
  answer: z.object({ items: z.array(packagePush) }),
})

export const pushAgain = route({
  name: 'pushAgain',
  method: 'POST',
  path: '/api/package-pushes/:pushId/again',
  summary: '再发一次被拒收或没有送到的数据包',
  tag,
  params: z.object({ pushId: uuid }),
  answer: packagePush,
})
