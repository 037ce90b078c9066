import type { PlanAnnex } from '@bihuan/domain'
import type { Issue } from '../lexicon/date.js'
import type { Words } from '../normalise/canonical-text.js'
import type { Paragraph } from '../outline/paragraph.js'
import { statementsOf, type Statement } from '../outline/statement.js'
import { layAttributesOver, laySentenceOver } from './report-remark.js'
import { SentenceReader } from './report-sentence.js'
import { THING } from './report-wording.js'
import type { ToldReport } from './told-report.js'

export interface ReportContext {
  readonly issue: Issue
  readonly annexes: readonly PlanAnnex[]
}

/** What a paragraph says of the reports of those that stand under it, or beside it under the same heading. */
interface Section {
  readonly heading: Paragraph | null
  readonly told: ToldReport[]
  sender: string | null
  receivers: readonly string[]
}

/** What is reported in a rhythm or by a date, from the text. */
export function readTextReports(paragraphs: readonly Paragraph[], { issue, annexes }: ReportContext): ToldReport[] {
  const told: ToldReport[] = []
  let paragraph: Paragraph | null = null
  let section: Section = { heading: null, told: [], sender: null, receivers: [] }
  let before: ToldReport[] = []
  let sender: string | null = null
  let title: Words | null = null
  for (const statement of statementsOf(paragraphs)) {
    if (statement.paragraph !== paragraph) {
      const heading = statement.paragraph.under.at(-1) ?? null
      const isBelow = paragraph !== null && (heading === paragraph || heading === section.heading)
      section = isBelow ? { ...section, heading } : { heading, told: [], sender: null, receivers: [] }
      before = []
      sender = null
      title = null
      paragraph = statement.paragraph
    }
    const reader: SentenceReader = new SentenceReader(
      statement,
      {
        paragraph: before,
        section: section.told,
        title,
        sender: sender ?? section.sender,
        receivers: section.receivers,
      },
      annexes.map(({ ordinal, title: named }) => ({ ordinal, title: named })),
      issue,
    )
    reader.read()
    told.push(...reader.told)
    section.told.push(...reader.told)
    before.push(...reader.told)
    if (reader.told.length === 0 && statement.words.length <= 120) layAttributesOver(statement.words, before, issue)
    laySentenceOver(statement, before, reader.lastSent, (ordinal) => groupsOf(annexes, ordinal))
    sender = reader.sender ?? sender
    title = statement.isFirst ? thingNamed(statement) : title
    if (statement.words.text.length > 0 && paragraph.words.text.endsWith('：')) {
      section.sender = sender
      section.receivers = reader.receivers
    }
  }
  return told
}

/** 工作总结。各镇于…前报送: a title that names what is sent. */
function thingNamed({ words, paragraph }: Statement): Words | null {
  if (paragraph.numbering === null || words.length > 24) return null
  // （二）总结上报。各镇于…前上报。
  const named = words.slice(0, /(?:报送|上报|报备|报告制度)$/.exec(words.text)?.index ?? words.length)
  return /[，；：]|[报送]/.test(named.text) || !THING.test(named.text) ? null : named
}

const groupsOf = (annexes: readonly PlanAnnex[], ordinal: number): string[] =>
  annexes.flatMap((annex) =>
    annex.ordinal === ordinal && annex.kind === 'metric-table' ? annex.groups.map(({ name }) => name) : [],
  )
