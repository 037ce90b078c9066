import { z } from 'zod'
import { pageOf, pageQuery } from '../shared/paging.js'
import { route } from '../shared/route.js'
import { abilities, civilDate, instant, uuid } from '../shared/scalars.js'

const tag = '审计'

export const auditFilters = z.object({
  /** An account; or any fragment of the person's name in `q`. */
  account: uuid.optional(),
  q: z.string().trim().max(60).optional(),
  /** `hazard.sign-off`, or `hazard.` for all of them. */
  action: z.string().trim().max(60).optional(),
  objectKind: z.string().trim().max(40).optional(),
  object: uuid.optional(),
  via: z.enum(['web', 'api', 'cli', 'job', 'maintenance']).optional(),
  from: civilDate.optional(),
  to: civilDate.optional(),
})

export const auditRow = z.object({
  id: uuid,
  at: instant,
  /** Null until it is sealed. */
  position: z.number().int().nullable(),
  personName: z.string(),
  accountId: uuid.nullable(),
  unitName: z.string().nullable(),
  via: z.string(),
  address: z.string(),
  action: z.string(),
  /** In Chinese, where it has a name. */
  actionName: z.string(),
  objectKind: z.string(),
  objectKindName: z.string(),
  objectId: uuid.nullable(),
})
export type AuditRow = z.output<typeof auditRow>

export const listAudit = route({
  name: 'listAudit',
  method: 'GET',
  path: '/api/audit',
  summary: '审计记录，新的在前',
  tag,
  query: auditFilters.extend(pageQuery.shape),
  answer: pageOf(auditRow).extend({ abilities }),
})

export const showAuditEntry = route({
  name: 'showAuditEntry',
  method: 'GET',
  path: '/api/audit/:entryId',
  summary: '一条审计记录：之前、之后、随附内容和封存',
  tag,
  params: z.object({ entryId: uuid }),
  answer: auditRow.extend({
    before: z.unknown(),
    after: z.unknown(),
    detail: z.unknown(),
    entryHash: z.string().nullable(),
    chainHash: z.string().nullable(),
    sealedAt: instant.nullable(),
  }),
})

export const auditHead = route({
  name: 'auditHead',
  method: 'GET',
  path: '/api/audit-head',
  summary: '审计链的链头：记下它，以后就能证明链没有被改过',
  tag,
  answer: z.object({ position: z.number().int(), chainHash: z.string(), waiting: z.number().int() }),
})

export const verifyAudit = route({
  name: 'verifyAudit',
  method: 'POST',
  path: '/api/audit-verifications',
  summary: '校验审计链；给出回执上的链头时，也校验到那时为止没有重写',
  tag,
  // A verification of yesterday is no answer for today.
  idempotent: false,
  body: z.object({
    head: z
      .object({
        position: z.number().int().min(0),
        chainHash: z.string().regex(/^[0-9a-f]{64}$/, '链头是 64 位小写十六进制'),
      })
      .nullable(),
  }),
  answer: z.object({
    ok: z.boolean(),
    /** How far it went: the last position, or the first that is wrong. */
    position: z.number().int(),
    chainHash: z.string().nullable(),
    waiting: z.number().int(),
    message: z.string(),
    entryId: uuid.nullable(),
  }),
})

export const exportAudit = route({
  name: 'exportAudit',
  method: 'GET',
  path: '/api/audit.xlsx',
  summary: '导出审计记录（Excel）',
  tag,
  query: auditFilters,
  gives: 'file',
})
