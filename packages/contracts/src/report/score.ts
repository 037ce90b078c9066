import { z } from 'zod'
import { route } from '../shared/route.js'
import { civilDate, uuid } from '../shared/scalars.js'

const tag = '报表'

/** How the score came about (docs/return-score.md): from 100 down, line by line. */
export const scoreLine = z.object({
  rule: z.enum(['late', 'sent-back', 'unexplained', 'corrected', 'overdue', 'excused']),
  /** Negative, or 0 for what is only mentioned. */
  points: z.number().int(),
  text: z.string(),
})

export const unitScore = z.object({
  unitId: uuid,
  unitName: z.string(),
  /** The mean of all that is scored; null: nothing is due yet. */
  score: z.number().nullable(),
  months: z.array(
    z.object({
      /** Of the due day: `2023-06`. */
      month: z.string(),
      score: z.number(),
      returns: z.array(
        z.object({
          returnId: uuid,
          /** Of its schedule. */
          title: z.string(),
          periodTitle: z.string(),
          sector: z.string(),
          dueOn: civilDate,
          score: z.number().int(),
          lines: z.array(scoreLine),
        }),
      ),
    }),
  ),
})
export type UnitScore = z.output<typeof unitScore>

/** Days on which returns were due, the first and the last; without them all of the campaign. */
const span = z.object({ from: civilDate.optional(), to: civilDate.optional() })

const page = span.extend({
  after: z.string().max(200).optional(),
  limit: z.coerce.number().int().min(1).max(500).default(100),
})
const scores = z.object({
  /** Of the schedule, or the campaign's name. */
  title: z.string(),
  months: z.array(z.string()),
  rows: z.array(unitScore),
  next: z.string().nullable(),
})

export const showScores = route({
  name: 'showScores',
  method: 'GET',
  path: '/api/schedules/:scheduleId/scores',
  summary: '报送及时性和质量得分：填报单位 × 各月，附扣分说明',
  tag,
  params: z.object({ scheduleId: uuid }),
  query: page,
  answer: scores,
})
export type Scores = z.output<typeof scores>

export const exportScores = route({
  name: 'exportScores',
  method: 'GET',
  path: '/api/schedules/:scheduleId/scores/file',
  summary: '导出报送得分（Excel）',
  tag,
  gives: 'file',
  params: z.object({ scheduleId: uuid }),
  query: span,
})

export const showCampaignScores = route({
  name: 'showCampaignScores',
  method: 'GET',
  path: '/api/campaigns/:campaignId/scores',
  summary: '整个行动的报送得分：各项报送安排的报表合在一起，填报单位 × 各月，附扣分说明',
  tag,
  params: z.object({ campaignId: uuid }),
  query: page,
  answer: scores,
})

export const exportCampaignScores = route({
  name: 'exportCampaignScores',
  method: 'GET',
  path: '/api/campaigns/:campaignId/scores/file',
  summary: '导出整个行动的报送得分（Excel）',
  tag,
  gives: 'file',
  params: z.object({ campaignId: uuid }),
  query: span,
})
