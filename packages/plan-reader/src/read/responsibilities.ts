import type { PlanResponsibility } from '@bihuan/domain'
import type { Words } from '../normalise/canonical-text.js'
import type { Paragraph, Part } from '../outline/paragraph.js'
import { sentencesOf } from '../outline/sentence.js'
import { recordsOf, type Records } from '../table/records.js'
import {
  bracketedIn,
  fieldsIn,
  labelledIn,
  responsibilitiesIn,
  unitsOf,
  withoutSafety,
} from './responsibility-sentence.js'

const SHARED = /分工|职责|责任落实|责任体系|任务划分|部门责任|责任单位/

/** Which unit answers for which fields. */
export function readResponsibilities(parts: readonly Part[]): PlanResponsibility[] {
  const found = parts.flatMap((part): PlanResponsibility[] => (part.kind === 'table' ? tabled(part) : told(part)))
  return found.filter(({ sectors }) => sectors.length > 0 && sectors.every(isField))
}

function told(paragraph: Paragraph): PlanResponsibility[] {
  const sentences = sentencesOf(paragraph.words)
  const isShared =
    [paragraph, ...paragraph.under].some(({ title }) => SHARED.test(title.text)) ||
    /分工如下|职责分工为/.test(paragraph.words.text)
  return sentences.flatMap((sentence) => {
    const bracketed = bracketedIn(sentence)
    if (bracketed.length > 0) return bracketed
    const labelled = labelledIn(sentence, fieldOfHeading(paragraph, true))
    if (labelled.length > 0) return isShared || labelled.length > 1 ? labelled : []
    const found = responsibilitiesIn(sentence, fieldOfHeading(paragraph))
    // Outside a heading of its own, a sentence that shares out fields names two at the least who lead, by that word.
    const leads = found.filter(({ role, sectors }) => role === 'lead' && sectors.every(isField))
    return isShared || (leads.length >= 2 && /牵头[^]*牵头/.test(sentence.text)) ? found : []
  })
}

/** A field is a noun; what is done in it is a task. */
const isField = (text: string) =>
  text.length <= 24 &&
  !/^(?:未|其他|其余|上述|表中|本(?:行业|领域|系统|单位|部门|辖区|地区)|各自|相关|后勤保障|日常)|^(?:考核|组织|制定|督促|日常|统筹|协调|推进|落实|指导|调度|汇总)|开展|负责|牵头|进行|人员$|(?:统筹|协调|推进|落实|调度|汇总|督促|指导|实施|保障|宣传|报道|起草)$/.test(
    text,
  )

function fieldOfHeading(paragraph: Paragraph, isLabelled = false): Words[] {
  const bare = (one: Paragraph) => one.title.slice(0, /（|：/.exec(one.title.text)?.index ?? one.title.length)
  const headings = [paragraph, ...[...paragraph.under].reverse()].map(bare)
  // Below a heading like 责任分工, the item itself is called as its field.
  const isShared = isLabelled && paragraph.under.some(({ title }) => SHARED.test(title.text))
  const heading =
    headings.find(({ text }) => /(?:领域|行业|安全|方面)$/.test(text)) ?? (isShared ? headings[0] : undefined)
  return heading === undefined || heading.length > 24 || heading.length < 2 ? [] : fieldsIn(heading)
}

/** 责任单位 | 牵头领域 | 配合领域: what each unit answers for. */
function tabledByUnit({ headings, rows }: Records): PlanResponsibility[] {
  const column = (pattern: RegExp) => headings.findIndex((heading) => pattern.test(heading?.text ?? ''))
  const unit = column(/(?:单位|部门|科室|处室)$/)
  const fieldsAt = [
    ['lead', column(/牵头.{0,4}(?:领域|行业|范围|内容|事项)/)],
    ['support', column(/(?:配合|参与|协助).{0,4}(?:领域|行业|范围|内容|事项)/)],
  ] as const
  if (unit < 0) return []
  return rows.flatMap((row) =>
    fieldsAt.flatMap(([role, at]): PlanResponsibility[] => {
      const [who, cell] = [row[unit] ?? null, at < 0 ? null : (row[at] ?? null)]
      if (who === null || cell === null || !/[\u4e00-\u9fff]/.test(cell.text)) return []
      return unitsOf(who, role, fieldsIn(cell))
    }),
  )
}

/** 行业领域 | 牵头单位 | 配合单位 */
function tabled(part: Extract<Part, { kind: 'table' }>): PlanResponsibility[] {
  const records = recordsOf(part.grid)
  const { headings, rows } = records
  if (headings.some((heading) => /牵头.{0,4}(?:领域|行业|范围)/.test(heading?.text ?? ''))) return tabledByUnit(records)
  const column = (pattern: RegExp) => headings.findIndex((heading) => pattern.test(heading?.text ?? ''))
  const [lead, support] = [column(/牵头|责任|主管/), column(/配合|参与|协助/)]
  const [named, first] = [
    column(/领域|行业|类别/),
    headings.findIndex((heading) => !/序号|^$/.test(heading?.text ?? '')),
  ]
  // 整治内容 | 牵头单位 | 配合单位: beside both roles, the first column is what they answer for.
  const field = named >= 0 || lead < 0 || support < 0 || first >= lead ? named : first
  if (field < 0 || lead < 0 || column(/时限|任务|措施|要求/) >= 0 || column(/名称|企业|电话/) >= 0) return []
  return rows.flatMap((row) => {
    const fields = row[field] === null || row[field] === undefined ? [] : fieldsIn(row[field])
    const of = (at: number, role: 'lead' | 'support') =>
      at < 0
        ? []
        : (row[at]?.split(/[、，；]/) ?? []).map((unit): PlanResponsibility => ({
            unit: unit.own,
            role,
            sectors: fields.map(withoutSafety),
            source: unit.source,
          }))
    return [...of(lead, 'lead'), ...of(support, 'support')]
  })
}
