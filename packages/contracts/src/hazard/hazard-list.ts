import { z } from 'zod'
import { pageOf, pageQuery, total } from '../shared/paging.js'
import { route } from '../shared/route.js'
import { civilDate, instant, uuid } from '../shared/scalars.js'
import { hazardGrade, hazardPage, hazardSource, hazardState, hazardTag } from './hazard.js'

export const several = <T extends z.ZodType<string, string>>(item: T) =>
  z
    .string()
    .transform((text) => text.split(',').filter((part) => part !== ''))
    .pipe(z.array(item))

const flag = z.enum(['yes', 'no'])
/** A day that exists: it is compared in the database, which knows no 30th of February and no year 0. */
const day = z.iso.date('日期应写作 2023-06-16，并且确有这一天').refine((text) => text >= '0001', '年份不对')

export const hazardFilters = z.object({
  /** `territory` (块), `line` (条), or `party`: what names my unit (found, answers for it, supervises, handed over), wherever it lies. Default: by my unit's kind. */
  axis: z.enum(['territory', 'line', 'party']).optional(),
  /** Narrows to a unit's subtree: of a department what is in its line, of all others what lies on their territory. */
  unit: uuid.optional(),
  campaign: uuid.optional(),
  state: several(hazardState).optional(),
  grade: several(hazardGrade).optional(),
  source: several(hazardSource).optional(),
  sector: several(z.string().max(60)).optional(),
  subject: uuid.optional(),
  listed: flag.optional(),
  /** Open and past its deadline today. */
  overdue: flag.optional(),
  foundFrom: day.optional(),
  foundTo: day.optional(),
  deadlineFrom: day.optional(),
  deadlineTo: day.optional(),
  /** Any fragment of the description, the name or the code. */
  q: z.string().trim().max(60).optional(),
})

export const hazardListQuery = hazardFilters.extend(pageQuery.shape).extend({
  sort: z.enum(['deadline', 'found']).default('deadline'),
  total: flag.default('yes'),
})

export const hazardRow = z.object({
  id: uuid,
  code: z.string(),
  campaignId: uuid,
  subjectId: uuid.nullable(),
  subjectName: z.string(),
  territoryUnitId: uuid.nullable(),
  territoryName: z.string().nullable(),
  authorityName: z.string().nullable(),
  sector: z.string(),
  /** A draft may have neither source nor grade yet. */
  source: hazardSource.nullable(),
  grade: hazardGrade.nullable(),
  state: hazardState,
  foundOn: civilDate.nullable(),
  deadline: civilDate.nullable(),
  closedOn: civilDate.nullable(),
  listed: z.boolean(),
  description: z.string(),
  version: z.number().int(),
  changedAt: instant,
})
export type HazardRow = z.output<typeof hazardRow>

export const listHazards = route({
  name: 'listHazards',
  method: 'GET',
  path: '/api/hazards',
  summary: '隐患台账：筛选、排序、按键翻页',
  tag: hazardTag,
  query: hazardListQuery,
  answer: pageOf(hazardRow),
})

/** What stands in the list's foot, each counted to the cap. */
export const sumHazards = route({
  name: 'sumHazards',
  method: 'GET',
  path: '/api/hazards/sums',
  summary: '按同样的条件：未销号、超期、重大、已销号各有多少',
  tag: hazardTag,
  query: hazardFilters,
  answer: z.object({ open: total, overdue: total, major: total, closed: total }),
})

export const showHazard = route({
  name: 'showHazard',
  method: 'GET',
  path: '/api/hazards/:hazardId',
  summary: '隐患详情：是什么、发生过什么、轮到谁、现在能做什么',
  tag: hazardTag,
  params: z.object({ hazardId: uuid }),
  answer: hazardPage,
})
