/** What words of a notice mean: the phrase table, what was read by it, and what an officer chose. Mirrors the rules of @bihuan/domain. */
import { z } from 'zod'
import { recordKinds, unitKinds } from '@bihuan/domain'
import { enterpriseFlag, enterpriseSize } from '../enterprise/enterprise.js'
import { route } from '../shared/route.js'
import { abilities, instant, uuid } from '../shared/scalars.js'

const tag = '行动'
const words = z.string().trim().min(1).max(4000)
const reason = z.string().trim().min(1, '请写明理由').max(200)
const recordKind = z.enum(recordKinds as [(typeof recordKinds)[number], ...(typeof recordKinds)[number][]])
const unitKind = z.enum(unitKinds as [(typeof unitKinds)[number], ...(typeof unitKinds)[number][]])
const sectors = z.array(z.string().trim().min(1).max(60)).max(30)

export const enterpriseSelector = z.object({
  sizes: z.array(enterpriseSize).max(4),
  flags: z.array(enterpriseFlag).max(5),
  sectors,
  fewest: z.number().int().min(0).max(1_000_000).nullable(),
  most: z.number().int().min(0).max(1_000_000).nullable(),
})
export type EnterpriseSelectorJson = z.output<typeof enterpriseSelector>

export const dutyWho = z.object({
  kinds: z.array(unitKind).max(12),
  unitIds: z.array(uuid).max(200),
  post: z.string().trim().min(1).max(60).nullable(),
  enterprises: z.array(enterpriseSelector).max(10),
})

const enterprises = z.array(enterpriseSelector).min(1).max(10)

/** `meaning` null: kept as wording only. */
export const wordChoice = z.discriminatedUnion('subject', [
  z.object({ subject: z.literal('action'), words, reason, meaning: z.object({ recordKind }).nullable() }),
  z.object({ subject: z.literal('condition'), words, reason, meaning: z.object({ enterprises }).nullable() }),
  z.object({ subject: z.literal('actor'), words, reason, meaning: dutyWho.nullable() }),
  /** Of a cell of a table: null, a person types it. */
  z.object({
    subject: z.literal('metric'),
    words,
    reason,
    meaning: z.object({ metricId: z.string().max(60) }).nullable(),
  }),
])
export type WordChoiceJson = z.output<typeof wordChoice>
export const wordChoices = z.array(wordChoice).max(600)

export const wordReading = z.object({
  subject: z.enum(['action', 'condition', 'actor']),
  words: z.string(),
  /** `open`: to be decided before the campaign starts. `wording`: kept as words. */
  standing: z.enum(['found', 'wording', 'open']),
  by: z.enum(['choice', 'name', 'short-name', 'phrase', 'level']).nullable(),
  /** What was found, in words. */
  means: z.string(),
  phrases: z.array(z.string()),
  left: z.string(),
  /** Units between which one must choose. */
  candidates: z.array(z.object({ id: uuid, name: z.string() })),
  reason: z.string().nullable(),
  /** Where the plan has these words. Only those of a duty keep a campaign from starting. */
  places: z.array(z.enum(['duty', 'task', 'report'])),
})
export type WordReadingView = z.output<typeof wordReading>

/** A figure of a table: the known metric that it is bound to, or likely means, and how sure that is. */
export const metricCell = z.object({
  key: z.string(),
  /** By which a choice is made and remembered. */
  words: z.string(),
  group: z.string(),
  label: z.string(),
  unit: z.string().nullable(),
  /** `open`: to be decided before the campaign starts. */
  standing: z.enum(['bound', 'open', 'typed']),
  by: z.enum(['label', 'choice']).nullable(),
  metricId: z.string().nullable(),
  /** What the metric counts, in words; empty of a typed one. */
  means: z.string(),
  doubts: z.array(z.string()),
  reason: z.string().nullable(),
})
export type MetricCellView = z.output<typeof metricCell>

const shape = { phrase: z.string().trim().min(1, '请填写词语').max(60) }

export const phraseInput = z.discriminatedUnion('subject', [
  z.object({
    ...shape,
    subject: z.literal('action'),
    meaning: z.object({ recordKind, byEnterprise: recordKind.nullable() }),
  }),
  z.object({
    ...shape,
    subject: z.literal('condition'),
    meaning: enterpriseSelector
      .pick({ sizes: true, flags: true, sectors: true })
      .extend({ employees: z.enum(['at-least', 'more-than', 'at-most', 'less-than']).nullable() }),
  }),
  z.object({
    ...shape,
    subject: z.literal('actor'),
    meaning: z.object({ kinds: z.array(unitKind).max(12), post: z.string().trim().max(60).nullable() }),
  }),
])
export type PhraseInput = z.output<typeof phraseInput>

export const phraseView = z.object({
  phrase: phraseInput,
  means: z.string(),
  /** As the product ships it, changed or added here, or dropped here. */
  origin: z.enum(['shipped', 'changed', 'own', 'dropped']),
  changed: z.object({ reason: z.string(), personName: z.string(), recordedAt: instant }).nullable(),
})
export type PhraseView = z.output<typeof phraseView>

export const listPhrases = route({
  name: 'listPhrases',
  method: 'GET',
  path: '/api/phrases',
  summary: '词语对照：产品自带的，和本辖区改过、加上的',
  tag,
  answer: z.object({ items: z.array(phraseView), abilities }),
})

export const previewPhrase = route({
  name: 'previewPhrase',
  method: 'POST',
  path: '/api/phrases/preview',
  summary: '这样改词语对照，哪些职责会读成别的、选中多少企业；不保存',
  tag,
  idempotent: false,
  body: z.object({ phrase: phraseInput, drop: z.boolean().default(false) }),
  answer: z.object({
    /** Duties of campaigns that run or prepare, which the phrase would be read in, and what becomes of each. */
    duties: z.array(z.object({ campaignName: z.string(), words: z.string(), before: z.string(), after: z.string() })),
    total: z.number().int(),
    /** For a condition: the enterprises it selects, of all, and those whose number of employees is not known. */
    enterprises: z
      .object({ count: z.number().int(), of: z.number().int(), unknown: z.number().int(), names: z.array(z.string()) })
      .nullable(),
  }),
})

export const changePhrase = route({
  name: 'changePhrase',
  method: 'POST',
  path: '/api/phrases/changes',
  summary: '加一个词语、改它的意思、停用它，或恢复产品自带的意思',
  tag,
  body: z.object({ phrase: phraseInput, change: z.enum(['meaning', 'dropped', 'as-shipped']), reason }),
  answer: z.object({ items: z.array(phraseView), abilities }),
})
