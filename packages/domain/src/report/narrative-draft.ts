/**
 * The draft of a report: the points that it must state as headings, under each what the records say of it, and a marked blank for what
 * only a person knows. No sentence tells of anything that was not counted.
 */
import { formatChinese, type CivilDate } from '../shared/civil-date.js'
import type { DraftBlock } from './draft-block.js'
import type { Narrative } from './narrative.js'
import { blankFor } from './narrative-sections.js'
import { subPlanBody, type OwnPart } from './sub-plan.js'

/** A figure as it is printed. */
export interface DraftFigure {
  readonly label: string
  readonly unit: string | null
  /** Of the period alone; null where a figure is only kept from the campaign's first day on. */
  readonly period: string | null
  /** From the first day on. Null beside a figure of the period: it is the same; alone: nobody knows it yet, which is not zero. */
  readonly total: string | null
}

export interface DraftQuestion {
  readonly narrative: Pick<Narrative, 'name' | 'mustContain'>
  readonly unitName: string
  readonly campaignName: string
  readonly receiverNames: readonly string[]
  /** The days that the report tells of. */
  readonly span: { readonly from: CivilDate; readonly to: CivilDate }
  readonly figures: readonly DraftFigure[]
  /** Hazards that are past their day, and the title of the annex that lists them. */
  readonly overdue: { readonly count: number; readonly annex: string }
  /** Titles of the tables that are attached. */
  readonly tables: readonly string[]
  /** Of a plan that is put on record (备案): what of the campaign falls to the unit. Null of a report. */
  readonly own: OwnPart | null
}

export interface NarrativeDraft {
  readonly title: string
  readonly recipients: readonly string[]
  readonly body: readonly DraftBlock[]
  /** In the order in which they are attached: the tables, then the list of overdue hazards. */
  readonly annexes: readonly string[]
}

/** What a heading and a label both speak of. Words that stand in every heading (工作, 安全, 责任) would join anything to anything. */
const TOPICS: readonly (readonly string[])[] = [
  ['隐患', '排查', '整改', '自查', '销号', '动态清零'],
  ['挂牌', '督办'],
  ['执法', '处罚', '罚款', '检查', '惩戒', '约谈', '典型案例', '移送司法', '停产'],
  ['帮扶', '指导服务', '专家'],
  ['培训', '教育', '宣传', '专栏', '警示片'],
  ['演练', '应急', '预案'],
  ['举报', '奖励'],
  ['动火', '电气焊', '外包', '出租', '承包'],
]

function topicsOf(text: string): readonly number[] {
  return TOPICS.flatMap((words, at) => (words.some((word) => text.includes(word)) ? [at] : []))
}

/** Those that speak of what the heading speaks of, in their own order. */
export function figuresUnder(heading: string, figures: readonly DraftFigure[]): readonly DraftFigure[] {
  const topics = new Set(topicsOf(heading))
  return figures.filter(({ label }) => topicsOf(label).some((topic) => topics.has(topic)))
}

const tellsOfHazards = (heading: string): boolean => topicsOf(heading).includes(0)

export function draftNarrative(asked: DraftQuestion): NarrativeDraft {
  const { narrative, unitName, campaignName, receiverNames, overdue, tables, own } = asked
  const listed = own === null && overdue.count > 0
  return {
    title: `${unitName}关于${campaignName}的${narrative.name}`,
    recipients: receiverNames,
    body: own === null ? reportBody(asked) : subPlanBody(own, narrative.mustContain),
    annexes: [...tables, ...(listed ? [overdue.annex] : [])],
  }
}

function reportBody(asked: DraftQuestion): readonly DraftBlock[] {
  const { narrative, campaignName, figures, span } = asked
  const opening = `现将${formatChinese(span.from)}至${formatChinese(span.to)}开展${campaignName}的有关情况报告如下。`
  if (narrative.mustContain.length === 0) {
    return [
      { text: opening },
      ...toldAs(figures, asked, true),
      { text: blankFor('工作情况、存在的问题和下步打算') },
      { text: '特此报告。' },
    ]
  }
  const sections = narrative.mustContain.flatMap((heading): DraftBlock[] => [
    { heading: 1, text: heading },
    ...toldAs(figuresUnder(heading, figures), asked, tellsOfHazards(heading)),
    { text: blankFor('请写明本单位的具体情况') },
  ])
  return [{ text: opening }, ...sections, { text: '特此报告。' }]
}

function toldAs(figures: readonly DraftFigure[], asked: DraftQuestion, withOverdue: boolean): readonly DraftBlock[] {
  const { span, overdue } = asked
  const counted = figures.filter(({ period }) => period !== null)
  const kept = figures.filter(({ period }) => period === null)
  const blocks: DraftBlock[] = []
  if (counted.length > 0) {
    const parts = counted.map(
      ({ label, unit, period, total }) =>
        `${label}${period ?? ''}${unit ?? ''}${total === null ? '' : `（行动开展以来累计${total}${unit ?? ''}）`}`,
    )
    blocks.push({ text: `${formatChinese(span.from)}至${formatChinese(span.to)}，${parts.join('，')}。` })
  }
  if (kept.length > 0) {
    const parts = kept.map(({ label, unit, total }) => `${label}${total ?? blankFor(label)}${unit ?? ''}`)
    blocks.push({ text: `行动开展以来，累计${parts.join('，')}。` })
  }
  if (withOverdue && overdue.count > 0) {
    blocks.push({ text: `目前超过整改期限仍未完成整改的${overdue.count}个，详见附件《${overdue.annex}》。` })
  }
  return blocks
}
