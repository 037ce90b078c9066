import { z } from 'zod'
import { route } from '../shared/route.js'
import { abilities, civilDate, instant, uuid } from '../shared/scalars.js'
import { uploadedForm } from './narrative.js'

const tag = '报表数据包'
const text = (most: number) => z.string().max(most)
const amount = z.number().int().nullable()

const sha256 = z.string().regex(/^[0-9a-f]{64}$/)

const common = {
  schema: z.literal('bihuan.return-package'),
  issuedAt: instant,
  sender: z.object({ tenant: text(200), unit: text(200), publicKey: text(200) }),
  return: z.object({
    table: text(500),
    title: text(200),
    periodKey: text(20),
    periodTitle: text(100),
    sector: text(40),
    cutOff: civilDate,
    countedTo: civilDate,
    dueOn: civilDate,
    round: z.number().int().min(1),
    nil: z.boolean(),
    submittedAt: instant,
    contentHash: text(100),
    signatures: z.array(z.object({ label: text(40), name: text(60), on: civilDate })).max(10),
    /** Amounts in each figure's smallest unit; `text` as the form prints it. */
    figures: z
      .array(
        z.object({
          key: text(40),
          label: text(500),
          unit: text(40).nullable(),
          derived: amount,
          typed: amount,
          value: amount,
          text: text(60),
        }),
      )
      .max(2000),
  }),
  signature: z.object({ algorithm: z.literal('ed25519'), value: text(200) }),
}

/** A table with the ledger behind it. */
export const tablePackage = z.object({
  ...common,
  version: z.literal(1),
  ledger: z
    .array(
      z.object({
        code: text(60),
        subjectName: text(200),
        description: text(4000),
        state: text(40),
        foundOn: civilDate.nullable(),
      }),
    )
    .max(50_000),
})
export type TablePackage = z.output<typeof tablePackage>

/** A report in words. Signed are the hashes of its files; the files themselves stand beside, each content once. */
export const narrativePackage = z.object({
  ...common,
  version: z.literal(2),
  narrative: z.object({
    name: text(200),
    deliveries: z
      .array(
        z.object({
          form: uploadedForm,
          personName: text(60),
          deliveredAt: instant,
          files: z
            .array(z.object({ name: text(200), mediaType: text(200), size: z.number().int().min(0), sha256 }))
            .min(1)
            .max(60),
        }),
      )
      .max(3),
  }),
  files: z.array(z.object({ sha256, base64: z.string() })).max(180),
})
export type NarrativePackage = z.output<typeof narrativePackage>

/** What one server files with another, by names and codes and never by ids of a database. */
export const returnPackage = z.discriminatedUnion('version', [tablePackage, narrativePackage])
export type ReturnPackage = z.output<typeof returnPackage>

export const exportPackage = route({
  name: 'exportPackage',
  method: 'GET',
  path: '/api/returns/:returnId/package',
  summary: '报表数据包：上报的原样和它的清单，签名后交给上级的系统',
  tag,
  params: z.object({ returnId: uuid }),
  answer: returnPackage,
})

export const receivePackage = route({
  name: 'receivePackage',
  method: 'POST',
  path: '/api/packages',
  summary: '收下一个报表数据包；同一个收两次不变',
  tag,
  idempotent: false,
  body: returnPackage,
  answer: z.object({ returnId: uuid, packageHash: z.string(), already: z.boolean() }),
})

export const receivedPackage = z.object({
  id: uuid,
  senderName: z.string(),
  unitName: z.string(),
  returnId: uuid,
  table: z.string(),
  periodTitle: z.string(),
  packageHash: z.string(),
  personName: z.string(),
  receivedAt: instant,
})

export const listReceivedPackages = route({
  name: 'listReceivedPackages',
  method: 'GET',
  path: '/api/packages',
  summary: '收下的报表数据包',
  tag,
  answer: z.object({ items: z.array(receivedPackage), abilities }),
})
