import { z } from 'zod'
import { pageOf, pageQuery } from '../shared/paging.js'
import { route } from '../shared/route.js'
import { uuid } from '../shared/scalars.js'
import { enterpriseFlag, enterpriseFlags, enterpriseSize, enterpriseStatus, enterpriseTag } from './enterprise.js'

const several = <T extends z.ZodType<string, string>>(item: T) =>
  z
    .string()
    .transform((text) => text.split(',').filter((part) => part !== ''))
    .pipe(z.array(item).max(30))

export const enterpriseFilters = z.object({
  /** `territory` (块), `line` (条) or `party` (what concerns my unit on neither axis). Default: by my unit's kind. */
  axis: z.enum(['territory', 'line', 'party']).optional(),
  /** Narrows to a unit's subtree. */
  unit: uuid.optional(),
  /** Its main sector or one of the others. */
  sector: several(z.string().max(60)).optional(),
  size: several(enterpriseSize).optional(),
  /** Every one of them. */
  flag: several(enterpriseFlag).optional(),
  status: several(enterpriseStatus).optional(),
  /** Lead or other regulator. */
  regulator: uuid.optional(),
  /** Any fragment of the name or of a code. */
  q: z.string().trim().max(60).optional(),
  /** `name` in the order of the characters' codes, `newest` first. */
  sort: z.enum(['name', 'newest']).default('name'),
})

export const enterpriseListQuery = enterpriseFilters.extend(pageQuery.shape).extend({
  total: z.enum(['yes', 'no']).default('yes'),
})

export const enterpriseRow = z.object({
  id: uuid,
  name: z.string(),
  creditCode: z.string().nullable(),
  alternativeNumber: z.string().nullable(),
  leadSector: z.string(),
  size: enterpriseSize,
  employees: z.number().int().nullable(),
  flags: enterpriseFlags,
  status: enterpriseStatus,
  territoryUnitId: uuid,
  territoryName: z.string().nullable(),
  leadRegulatorName: z.string().nullable(),
  principalName: z.string().nullable(),
  /** Masked. */
  principalPhone: z.string().nullable(),
  address: z.string(),
})
export type EnterpriseRow = z.output<typeof enterpriseRow>

export const listEnterprises = route({
  name: 'listEnterprises',
  method: 'GET',
  path: '/api/enterprises',
  summary: '企业名册：筛选、排序、按键翻页',
  tag: enterpriseTag,
  query: enterpriseListQuery,
  answer: pageOf(enterpriseRow),
})

export const enterpriseExportColumn = z.enum([
  'name',
  'code',
  'sector',
  'size',
  'employees',
  'flags',
  'status',
  'territory',
  'regulator',
  'principal',
  'phone',
  'address',
])

export const exportEnterprises = route({
  name: 'exportEnterprises',
  method: 'GET',
  path: '/api/enterprises/export',
  summary: '按当前所见导出名册（Excel），电话打码',
  tag: enterpriseTag,
  query: enterpriseFilters.extend({
    /** Which columns, in which order; all when left out. */
    columns: several(enterpriseExportColumn).optional(),
    campaign: uuid.optional(),
  }),
  gives: 'file',
})

export const chooseEnterprise = route({
  name: 'chooseEnterprise',
  method: 'GET',
  path: '/api/enterprises/choices',
  summary: '按名称或代码的一部分找企业，供选择',
  tag: enterpriseTag,
  query: z.object({
    search: z.string().trim().max(60).default(''),
    /** Only within this unit's subtree. */
    unit: uuid.optional(),
    /** `yes`: closed ones and those that moved away too. */
    gone: z.enum(['yes', 'no']).default('no'),
    limit: z.coerce.number().int().min(1).max(50).default(20),
  }),
  answer: z.object({
    items: z.array(
      z.object({
        id: uuid,
        name: z.string(),
        code: z.string().nullable(),
        leadSector: z.string(),
        status: enterpriseStatus,
        territoryUnitId: uuid,
        territoryName: z.string().nullable(),
        leadRegulatorId: uuid.nullable(),
      }),
    ),
  }),
})

export const listEnterpriseSectors = route({
  name: 'listEnterpriseSectors',
  method: 'GET',
  path: '/api/enterprises/sectors',
  summary: '名册里有哪些行业领域，各有多少家',
  tag: enterpriseTag,
  answer: z.object({ items: z.array(z.object({ sector: z.string(), count: z.number().int() })) }),
})
