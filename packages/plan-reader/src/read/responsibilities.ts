import type { PlanResponsibility } from '@bihuan/domain'
import type { Words } from '../normalise/canonical-text.js'
import type { Paragraph, Part } from '../outline/paragraph.js'
import { readNumbering } from '../outline/heading.js'
import { clausesOf, sentencesOf } from '../outline/sentence.js'
import { recordsOf, type Records } from '../table/records.js'
import { listed } from './fields.js'

const SHARED = /分工|职责|责任落实|责任体系|任务划分|部门责任|责任单位/
const LEADS =
  /^(?:(?:由|，)?)(?<unit>[^，；。：]{2,40}?)(?:要|应)?(?:牵头负责|具体负责|牵头抓好|牵头组织|牵头开展|牵头|负责牵头|分别负责|负责)(?:组织|开展|抓好|做好|落实|推进|统筹|指导|协调|对|：|、)*(?<fields>[^；。]{2,160})$/
const LED = /^(?:由)(?<unit>[^，；。：]{2,40}?)(?:牵头|负责|牵头负责)$/
/** 校园安全由区教育局牵头 */
const OF_FIELD = /^(?<field>[^，；。：由]{2,40})由(?<unit>[^，；。：]{2,40}?)(?:牵头负责|牵头|负责)$/
const SUPPORTS = /^(?:由)?(?<unit>[^；。：]{2,120}?)(?:等部门|等单位)?(?:配合|参与|协助|协同配合)(?:负责|做好|落实)?$/
/** 市公安局配合做好瓶装气道路运输安全 */
const SUPPORTS_FIELD =
  /^(?:由)?(?<unit>[^；。：，]{2,60}?)(?:等部门|等单位)?(?:要|应)?(?:积极|协同|共同)?(?:配合|参与|协助|配合参与|协助配合)(?:负责|做好|落实|抓好|开展|推进)*(?<fields>[^，；。：]{2,80})$/
const UNIT =
  /(?:局|委|办|部|厅|队|站|所|中心|院|处|科|公司|集团|支队|大队|镇|乡|街道|社区|室|股|会|团|组|分局|管委会|单位|部门|政府|办公室|工会|学校)(?:（[^）]*）)?$/

/** Which unit answers for which fields. */
export function readResponsibilities(parts: readonly Part[]): PlanResponsibility[] {
  const found = parts.flatMap((part): PlanResponsibility[] => {
    if (part.kind === 'table') return tabled(part)
    const isShared = [part, ...part.under].some(({ title }) => SHARED.test(title.text))
    const sentences = sentencesOf(part.words)
    const told = sentences.flatMap((sentence) => inSentence(sentence, part))
    const leads = sentences
      .flatMap((sentence) => clausesOf(sentence))
      .filter(({ text }) => /牵头负责/.test(text)).length
    return isShared || leads >= 2 ? told : []
  })
  return found.filter(({ sectors }) => sectors.length > 0 && sectors.every(isField))
}

/** A field is a noun; what is done in it is a task. */
const isField = (text: string) =>
  text.length <= 24 &&
  !/^(?:未|其他|其余|上述)|^(?:考核|组织|制定|督促|日常|统筹|协调|推进|落实|指导|调度|汇总)|开展|负责|牵头|进行|人员$|(?:统筹|协调|推进|落实|调度|汇总|督促|指导)$/.test(
    text,
  )

function inSentence(sentence: Words, paragraph: Paragraph): PlanResponsibility[] {
  const labelled = ofLabel(sentence, paragraph)
  if (labelled.length > 0) return labelled
  const found: PlanResponsibility[] = []
  let fields: Words[] = []
  /** Units named before the fields that they answer for: 由甲牵头，乙配合，负责…. */
  let waiting: { words: Words; role: 'lead' | 'support' }[] = []
  let named: Words | null = null
  /** Of whom 配合做好… behind a comma is said. */
  let answering: Words | null = null
  for (const member of clausesOf(sentence)) {
    // 1.派出所：负责烟花爆竹燃放安全监管
    const answers = named === null ? null : /^(?:牵头负责|牵头|负责|承担|主要负责)/.exec(member.text)
    if (named !== null && answers !== null) {
      found.push(...unitsOf(named, 'lead', fieldsIn(member.slice(answers[0].length))))
      answering = named
      named = null
      continue
    }
    const bare = member.slice(readNumbering(member.text)?.length ?? 0)
    named = bare.length <= 30 && isUnit(bare.text) ? bare : null
    const pair = PAIR.exec(member.text)?.groups
    if (pair?.lead !== undefined && pair.support !== undefined && isUnit(pair.lead) && isUnit(pair.support)) {
      waiting = [
        { words: wordsOf(member, pair.lead), role: 'lead' },
        { words: wordsOf(member, pair.support), role: 'support' },
      ]
      continue
    }
    const further = answering === null ? undefined : FURTHER.exec(member.text)?.groups?.fields
    if (answering !== null && further !== undefined) {
      found.push(...unitsOf(answering, 'support', fieldsIn(member.slice(member.length - further.length))))
      continue
    }
    const led = LED.exec(member.text)?.groups
    const supports = SUPPORTS.exec(member.text)?.groups
    const leads = LEADS.exec(member.text)?.groups
    const ofField = OF_FIELD.exec(member.text)?.groups
    const supportsField = SUPPORTS_FIELD.exec(member.text)?.groups
    if (
      supports === undefined &&
      supportsField?.unit !== undefined &&
      supportsField.fields !== undefined &&
      isUnit(supportsField.unit) &&
      !/牵头/.test(member.text)
    ) {
      const own = fieldsIn(member.slice(member.text.length - supportsField.fields.length))
      found.push(...unitsOf(wordsOf(member, supportsField.unit), 'support', own))
    } else if (ofField?.unit !== undefined && ofField.field !== undefined && isUnit(ofField.unit)) {
      fields = fieldsIn(member.slice(0, ofField.field.length))
      found.push(...unitsOf(wordsOf(member, ofField.unit), 'lead', fields))
    } else if (led === undefined && leads?.unit !== undefined && leads.fields !== undefined && isUnit(leads.unit)) {
      const at = member.text.length - leads.fields.length
      fields = fieldsIn(member.slice(at))
      found.push(...unitsOf(wordsOf(member, leads.unit), 'lead', fields))
    } else if (led?.unit !== undefined && isUnit(led.unit)) {
      if (fields.length === 0) fields = fieldOfHeading(paragraph)
      if (fields.length === 0) waiting = [{ words: wordsOf(member, led.unit), role: 'lead' }]
      else found.push(...unitsOf(wordsOf(member, led.unit), 'lead', fields))
    } else if (supports?.unit !== undefined && isUnit(supports.unit)) {
      if (fields.length > 0) found.push(...unitsOf(wordsOf(member, supports.unit), 'support', fields))
      else if (waiting.length > 0) waiting.push({ words: wordsOf(member, supports.unit), role: 'support' })
    } else if (waiting.length > 0 && ANSWERS.test(member.text)) {
      const answered = fieldsIn(member.slice(ANSWERS.exec(member.text)?.[0].length ?? 0))
      for (const { words, role } of waiting) found.push(...unitsOf(words, role, answered))
      waiting = []
    } else if (/^[^，；。：]{2,40}(?:安全|领域|行业)$/.test(member.text)) fields = fieldsIn(member)
    else if (followedByColon(sentence, member) && isUnit(withoutNumber(member).text)) {
      waiting = [{ words: withoutNumber(member), role: 'lead' }]
    }
  }
  return found
}

/** 由甲局牵头、乙局配合，抓好…. */
const PAIR = /^(?:由)?(?<lead>[^，；。：]{2,40}?)牵头、(?<support>[^，；。：]{2,60}?)(?:配合|参与|协助)$/
const FURTHER = /^(?:配合|参与|协助)(?:负责|做好|落实|抓好|开展|推进)*(?<fields>[^，；。：]{2,80})$/

/** 区住建局：负责… */
const ANSWERS =
  /^(?:共同|具体|牵头)?(?:负责|牵头|抓好|做好|落实|承担)(?:组织|开展|抓好|做好|落实|推进|统筹|指导|协调|对|：|、)*/
const followedByColon = (sentence: Words, member: Words) => sentence.text.charAt(member.end - sentence.start) === '：'
const withoutNumber = (words: Words) => words.slice(readNumbering(words.text)?.length ?? 0)

const isUnit = (text: string) => UNIT.test(text.replace(/等$/, '')) && !/其他|各自|分别|^(?:同时|并)/.test(text)

/** 牵头单位：…；配合单位：… below a heading that names the field. */
function ofLabel(sentence: Words, paragraph: Paragraph): PlanResponsibility[] {
  const marks = [...sentence.text.matchAll(/(牵头|责任|配合|参与|协助)(?:部门|单位)：([^；。）]{2,160})/g)]
  if (marks.length === 0) return []
  const fields = fieldOfHeading(paragraph, true)
  return marks.flatMap((mark) => {
    const at = mark.index + mark[0].length - (mark[2] ?? '').length
    const role = /配合|参与|协助/.test(mark[1] ?? '') ? 'support' : 'lead'
    return sentence
      .slice(at, at + (mark[2] ?? '').length)
      .split(/[、，]/)
      .map((unit): PlanResponsibility => ({
        unit: unit.own,
        role,
        sectors: fields.map(withoutSafety),
        source: unit.source,
      }))
  })
}

function fieldOfHeading(paragraph: Paragraph, isLabelled = false): Words[] {
  const bare = (one: Paragraph) => one.title.slice(0, /（|：/.exec(one.title.text)?.index ?? one.title.length)
  const headings = [paragraph, ...[...paragraph.under].reverse()].map(bare)
  // Below a heading like 责任分工, the item itself is called as its field.
  const isShared = isLabelled && paragraph.under.some(({ title }) => SHARED.test(title.text))
  const heading =
    headings.find(({ text }) => /(?:领域|行业|安全|方面)$/.test(text)) ?? (isShared ? headings[0] : undefined)
  return heading === undefined || heading.length > 24 || heading.length < 2 ? [] : fieldsIn(heading)
}

const WORK = '(?:专项整治|排查整治|整治|监督管理|监管|检查|排查)?(?:工作)?'
/** What closes a list of fields and belongs to none of them: 等行业领域安全监管工作, 安全生产工作. */
const CLOSING = new RegExp(
  `(?:等?(?:行业领域|行业|领域|方面)的?(?:重大)?(?:事故)?(?:隐患)?(?:安全生产|安全)?的?${WORK}|(?:安全生产|安全)的?${WORK}|(?:重大)?(?:事故)?隐患${WORK}|等?工作|等)$`,
)

function fieldsIn(words: Words): Words[] {
  const whole = CLOSING.exec(words.text)
  const cut = whole === null ? words.length : whole.index
  return listed(words.slice(0, Math.max(cut, 1)))
    .map((field) => {
      const lead = /^(?:负责|组织|开展|全[市县区镇]|辖区|本辖区|、|抓好)+/.exec(field.text)?.[0].length ?? 0
      return field.slice(lead)
    })
    .filter(({ length }) => length >= 2)
}

const withoutSafety = (field: Words) => field.own.replace(/(?:领域|行业)?安全$|领域$|行业$/, '')

const wordsOf = (member: Words, unit: string) => {
  const at = member.text.indexOf(unit)
  return member.slice(at, at + unit.length)
}

function unitsOf(words: Words, role: 'lead' | 'support', fields: readonly Words[]): PlanResponsibility[] {
  const units = words.split(/、/).flatMap(twoUnits)
  return units.map((one): PlanResponsibility => {
    const name = one.own.replace(/等(?:部门|单位)?$/, '')
    return { unit: name, role, sectors: fields.map(withoutSafety), source: one.source }
  })
}

/** 公安局和交通局 are two, 自然资源和规划局 is one. */
function twoUnits(words: Words): Words[] {
  const at = words.text.search(/[和及]/)
  if (at < 2) return [words]
  const [one, other] = [words.slice(0, at), words.slice(at + 1)]
  return /(?:局|委|厅|办|部|队|处|科|公司|中心|集团|街道|镇|乡)$/.test(one.text) &&
    UNIT.test(other.text.replace(/等$/, ''))
    ? [one, ...twoUnits(other)]
    : [words]
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
  const [field, lead, support] = [column(/领域|行业|类别/), column(/牵头|责任|主管/), column(/配合|参与|协助/)]
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
