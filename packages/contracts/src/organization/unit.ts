import { z } from 'zod'
import { pageOf, pageQuery } from '../shared/paging.js'
import { route } from '../shared/route.js'
import { abilities, civilDate, instant, uuid, version } from '../shared/scalars.js'

const tag = '单位'

export const treeAxis = z.enum(['territory', 'line'])
export const unitKind = z.enum([
  'district',
  'functional-area',
  'area-committee',
  'town',
  'township',
  'street',
  'village',
  'community',
  'department',
  'office',
  'safety-committee-office',
  'enterprise',
])
const unitName = z.string().trim().min(2, '名称应为 2 至 60 个字').max(60, '名称应为 2 至 60 个字')
const unitCode = z.string().trim().max(40).nullable()

export const unitBrief = z.object({
  id: uuid,
  name: z.string(),
  kind: unitKind,
  kindName: z.string(),
  code: z.string().nullable(),
  dissolvedOn: civilDate.nullable(),
})
export type UnitBrief = z.output<typeof unitBrief>

export const unitChoice = unitBrief.extend({
  /** The superior on the territory, to tell two of the same name apart. */
  parentName: z.string().nullable(),
})
export type UnitChoice = z.output<typeof unitChoice>

export const listUnits = route({
  name: 'listUnits',
  method: 'GET',
  path: '/api/units',
  summary: '按名称片段或代码查找单位（供选择）',
  tag,
  query: pageQuery.extend({
    search: z.string().trim().max(60).optional(),
    /** Separated by commas; without it all but enterprises. */
    kinds: z
      .string()
      .transform((text) => text.split(',').filter((part) => part !== ''))
      .pipe(z.array(unitKind))
      .optional(),
    /** Only what stands at or under this unit on its territory. */
    within: uuid.optional(),
    /** Those who were dissolved as well. */
    dissolved: z.enum(['yes', 'no']).default('no'),
  }),
  answer: pageOf(unitChoice),
})

export const treeUnit = unitBrief.extend({
  parentId: uuid.nullable(),
  /** Hangs loose because two moves crossed: to be corrected. */
  severed: z.boolean(),
})

export const showUnitTree = route({
  name: 'showUnitTree',
  method: 'GET',
  path: '/api/unit-tree',
  summary: '单位树：某一天的隶属关系，按当时（某一账本位置）所知',
  tag,
  query: z.object({
    axis: treeAxis.default('territory'),
    /** Default: today. */
    on: civilDate.optional(),
    /** Position in the ledger; default: all that is known now. */
    knownAt: z.coerce.number().int().min(0).optional(),
  }),
  answer: z.object({
    axis: treeAxis,
    on: civilDate,
    knownAt: z.number().int().nullable(),
    /** The last position that was given. */
    head: z.number().int(),
    units: z.array(treeUnit),
    abilities,
  }),
})

export const placementView = z.object({
  id: uuid,
  axis: treeAxis,
  parent: unitBrief.nullable(),
  validFrom: civilDate,
  /** The day before the next one begins; null while it goes on. Of a cancelled one null too. */
  validUntil: civilDate.nullable(),
  recordedAt: instant,
  recordedBy: z.string(),
  /** Null until it is sealed. */
  position: z.number().int().nullable(),
  state: z.enum(['past', 'present', 'future', 'cancelled']),
  cancelled: z.object({ at: instant, by: z.string(), position: z.number().int().nullable() }).nullable(),
})
export type PlacementView = z.output<typeof placementView>

export const responsibilityView = z.object({
  id: uuid,
  unit: unitBrief,
  sector: z.string(),
  role: z.enum(['lead', 'support']),
  validFrom: civilDate,
  validUntil: civilDate.nullable(),
  version,
  abilities,
})
export type ResponsibilityView = z.output<typeof responsibilityView>

export const unitPage = unitBrief.extend({
  existsFrom: civilDate,
  version,
  parent: unitBrief.nullable(),
  lineParent: unitBrief.nullable(),
  /** From the root down, on the territory. */
  above: z.array(unitBrief),
  below: z.array(unitBrief),
  placements: z.array(placementView),
  responsibilities: z.array(responsibilityView),
  /** Kinds that may stand above it, to offer in a form. */
  parentKinds: z.object({ territory: z.array(unitKind), line: z.array(unitKind) }),
  abilities,
})
export type UnitPage = z.output<typeof unitPage>

const params = z.object({ unitId: uuid })

export const showUnit = route({
  name: 'showUnit',
  method: 'GET',
  path: '/api/units/:unitId',
  summary: '单位一页：隶属关系的历史（块、条两个方向）、下级单位、责任分工',
  tag,
  params,
  answer: unitPage,
})

export const addUnit = route({
  name: 'addUnit',
  method: 'POST',
  path: '/api/units',
  summary: '登记单位',
  tag,
  body: z.object({
    kind: unitKind,
    name: unitName,
    code: unitCode,
    parentId: uuid,
    lineParentId: uuid.nullable(),
    existsFrom: civilDate,
  }),
  answer: unitPage,
})

export const changeUnit = route({
  name: 'changeUnit',
  method: 'PATCH',
  path: '/api/units/:unitId',
  summary: '更改名称、代码',
  tag,
  params,
  body: z.object({ name: unitName, code: unitCode, version }),
  answer: unitPage,
})

export const moveUnit = route({
  name: 'moveUnit',
  method: 'POST',
  path: '/api/units/:unitId/placements',
  summary: '调整隶属关系：从某天起归某单位；或更正一条记错的',
  tag,
  params,
  body: z.object({
    axis: treeAxis,
    /** Null on the line: answers to nobody. */
    parentId: uuid.nullable(),
    validFrom: civilDate,
    /** The placement that was wrong, and that this one replaces. */
    corrects: uuid.nullable(),
    version,
  }),
  answer: unitPage,
})

export const dissolveUnit = route({
  name: 'dissolveUnit',
  method: 'POST',
  path: '/api/units/:unitId/dissolution',
  summary: '撤销单位',
  tag,
  params,
  body: z.object({ on: civilDate, version }),
  answer: unitPage,
})

export const listResponsibilities = route({
  name: 'listResponsibilities',
  method: 'GET',
  path: '/api/responsibilities',
  summary: '责任分工：哪个单位牵头、配合哪个行业领域',
  tag,
  query: z.object({
    unit: uuid.optional(),
    sector: z.string().trim().max(60).optional(),
    /** Valid on this day; without it all there ever were. */
    on: civilDate.optional(),
  }),
  answer: z.object({ items: z.array(responsibilityView) }),
})

export const addResponsibility = route({
  name: 'addResponsibility',
  method: 'POST',
  path: '/api/responsibilities',
  summary: '登记责任分工',
  tag,
  body: z.object({
    unitId: uuid,
    sector: z.string().trim().min(1).max(60),
    role: z.enum(['lead', 'support']),
    validFrom: civilDate,
    validUntil: civilDate.nullable(),
  }),
  answer: responsibilityView,
})

export const endResponsibility = route({
  name: 'endResponsibility',
  method: 'POST',
  path: '/api/responsibilities/:responsibilityId/end',
  summary: '终止一项责任分工',
  tag,
  params: z.object({ responsibilityId: uuid }),
  body: z.object({ validUntil: civilDate, version }),
  answer: responsibilityView,
})

export const exportUnits = route({
  name: 'exportUnits',
  method: 'GET',
  path: '/api/units.xlsx',
  summary: '导出单位（Excel，可改后再导入）',
  tag,
  gives: 'file',
})
