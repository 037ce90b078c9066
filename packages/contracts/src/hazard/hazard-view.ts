/** Views of the ledger: a question with a name. Some stand for everybody; each person keeps more. */
import { z } from 'zod'
import { total } from '../shared/paging.js'
import { route } from '../shared/route.js'
import { uuid } from '../shared/scalars.js'
import { hazardTag } from './hazard.js'
import { hazardFilters } from './hazard-list.js'

/** What a view asks: the filters as the list's route takes them, without page and campaign. */
const question = z.record(z.string().max(40), z.string().max(300))

/** `address` is how the web spells the question (`overdue=yes&found=2023-06-01..`); kept beside it, because a link is what one sends. */
export const standingHazardViews = [
  {
    key: 'open',
    name: '未销号',
    address: 'state=registered,rectifying,awaiting-reinspection,awaiting-sign-off,transferring',
    question: { state: 'registered,rectifying,awaiting-reinspection,awaiting-sign-off,transferring' },
  },
  { key: 'overdue', name: '超期', address: 'overdue=yes', question: { overdue: 'yes' } },
  {
    key: 'major',
    name: '重大未销号',
    address: 'grade=major&state=registered,rectifying,awaiting-reinspection,awaiting-sign-off,transferring',
    question: { grade: 'major', state: 'registered,rectifying,awaiting-reinspection,awaiting-sign-off,transferring' },
  },
  {
    key: 'to-reinspect',
    name: '待复查销号',
    address: 'state=awaiting-reinspection,awaiting-sign-off',
    question: { state: 'awaiting-reinspection,awaiting-sign-off' },
  },
  { key: 'mine', name: '与本单位有关', address: 'axis=party', question: { axis: 'party' } },
  { key: 'all', name: '全部', address: '', question: {} },
] as const

export const hazardListView = z.object({
  /** Of a standing view its key, of one's own its id. */
  key: z.string(),
  name: z.string(),
  own: z.boolean(),
  address: z.string(),
  question,
  columns: z.array(z.string()),
  count: total.nullable(),
})
export type HazardListView = z.output<typeof hazardListView>

/** The view that the ledger opens with, for whoever has not chosen one: what is done is looked for, not waded through. */
export const firstHazardView = 'open'

const views = z.object({
  items: z.array(hazardListView),
  /** The key of the view that the ledger opens with, when its address asks nothing. */
  opensWith: z.string(),
})

export const listHazardViews = route({
  name: 'listHazardViews',
  method: 'GET',
  path: '/api/hazards/views',
  summary: '台账的视图，各有多少条',
  tag: hazardTag,
  /** Counting takes time, and which view to open with is asked first. */
  query: z.object({ campaign: uuid.optional(), counts: z.enum(['yes', 'no']).default('yes') }),
  answer: views,
})

const viewInput = z.object({
  name: z.string().trim().min(1, '请给视图起个名字').max(20, '视图名称不超过 20 个字'),
  address: z.string().max(1500),
  question,
  columns: z.array(z.string().max(40)).max(40),
})

export const saveHazardView = route({
  name: 'saveHazardView',
  method: 'POST',
  path: '/api/hazards/views',
  summary: '把现在的筛选存为视图',
  tag: hazardTag,
  body: viewInput.extend({ columns: viewInput.shape.columns.default([]) }),
  answer: views,
})

export const changeHazardView = route({
  name: 'changeHazardView',
  method: 'PATCH',
  path: '/api/hazards/views/:viewId',
  summary: '视图改名，或改存现在的筛选和列',
  tag: hazardTag,
  params: z.object({ viewId: uuid }),
  // No field with a default: left out, it would be emptied.
  body: viewInput.partial(),
  answer: views,
})

export const orderHazardViews = route({
  name: 'orderHazardViews',
  method: 'PUT',
  path: '/api/hazards/views/order',
  summary: '重排自己的视图',
  tag: hazardTag,
  body: z.object({ viewIds: z.array(uuid).max(100) }),
  answer: views,
})

export const openWithHazardView = route({
  name: 'openWithHazardView',
  method: 'PUT',
  path: '/api/hazards/views/opens-with',
  summary: '打开台账时先显示哪个视图',
  tag: hazardTag,
  body: z.object({ key: z.string().max(40) }),
  answer: views,
})

export const removeHazardView = route({
  name: 'removeHazardView',
  method: 'DELETE',
  path: '/api/hazards/views/:viewId',
  summary: '删去自己的视图',
  tag: hazardTag,
  params: z.object({ viewId: uuid }),
  answer: views,
})

/** Checks a question against the filters that the list takes; null when it asks what the list does not know. */
export function readHazardQuestion(asked: Readonly<Record<string, string>>): z.output<typeof hazardFilters> | null {
  const read = hazardFilters.strict().safeParse(asked)
  return read.success ? read.data : null
}
