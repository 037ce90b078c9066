import type { PlanResponsibility } from '@bihuan/domain'
import type { Words } from '../normalise/canonical-text.js'
import { readNumbering } from '../outline/heading.js'
import { clausesOf, membersOf } from '../outline/sentence.js'
import { listed } from './fields.js'

type Role = PlanResponsibility['role']

const LEADS = '(?:负责牵头|牵头负责|具体负责|分别负责|牵头(?!人)|负责(?!人|同志))'
const HELPS = '(?:协助配合|配合参与|协同配合|配合|参与|协助|协同)'
/** Verbs between who answers and the field. */
const TAKES = '(?:抓好|做好|抓|组织|开展|落实|推进|统筹|指导|协调|负责|实施|承担|对|：|、)*'
const UNITS = '(?<unit>[^，；。：]{2,120}?)'
const ETC = '(?:等(?:部门|单位)?)?'
const MODAL = '(?:要|应|按(?:照)?职责(?:分工)?|各自|积极|共同|主动)*'

interface ClauseRule {
  readonly pattern: string
  readonly role: Role
  readonly example: string
}

/** What a clause says of units (`unit`) and the fields that they answer for (`field`). A new way to say it is a new line. */
export const CLAUSE_RULES: readonly ClauseRule[] = [
  {
    pattern: `^(?<field>[^，；。：由]{2,60})由${UNITS}${ETC}${MODAL}${LEADS}$`,
    role: 'lead',
    example: '校园安全由县教育局牵头',
  },
  { pattern: `^由?${UNITS}${ETC}${MODAL}${LEADS}$`, role: 'lead', example: '由县交通局牵头' },
  {
    pattern: `^由?${UNITS}${ETC}${MODAL}${HELPS}(?:负责|做好|落实|工作)?$`,
    role: 'support',
    example: '县公安局、县教育局配合',
  },
  {
    pattern: `^由?${UNITS}${ETC}${MODAL}${HELPS}${TAKES}(?<field>[^；。：]{2,120})$`,
    role: 'support',
    example: '县公安局配合做好道路运输安全',
  },
  {
    pattern: `^${UNITS}[为是](?<field>[^，；。：]{2,60}?)的?(?:牵头|责任)(?:单位|部门)$`,
    role: 'lead',
    example: '县应急局为工贸领域牵头单位',
  },
  { pattern: `^${UNITS}[为是]的?${HELPS}(?:单位|部门)$`, role: 'support', example: '县公安局为配合单位' },
  {
    pattern: `^由?${UNITS}${MODAL}${LEADS}${TAKES}(?<field>[^；。]{2,160})$`,
    role: 'lead',
    example: '县住建局牵头负责建筑施工、城镇燃气安全',
  },
]

const RULES = CLAUSE_RULES.map(({ pattern, role }) => ({ expression: new RegExp(pattern, 'd'), role }))

/** Behind units named before: 负责道路运输安全; 配合做好道路运输安全. */
const ANSWERS = new RegExp(
  `^(?:共同|具体|主要)?(?:${LEADS}|抓好|做好|落实|承担)${TAKES}(?<field>[^；。：]{2,160})$`,
  'd',
)
const HELPS_WITH = new RegExp(`^(?:并)?${HELPS}${TAKES}(?<field>[^；。：]{2,120})$`, 'd')

const UNIT =
  /(?:局|委|办|部|厅|队|站|所|中心|院|处|科|公司|集团|支队|大队|镇|乡|街道|社区|室|股|会|团|社|组|分局|管委会|单位|部门|政府|办公室|工会|学校)(?:（[^）]*）)?$/
const isUnit = (text: string) =>
  UNIT.test(text.replace(/等$/, '')) && !/其他|其余|各自|分别|负责|牵头|^(?:同时|并|其|该|本)/.test(text)
const areUnits = (text: string) => text.split('、').every(isUnit)

interface Told {
  readonly role: Role
  readonly units: Words
  readonly field: Words | null
  /** 甲、乙分别负责A、B: one each. */
  readonly isOneEach: boolean
}

function toldIn(clause: Words): Told | null {
  for (const { expression, role } of RULES) {
    const match = expression.exec(clause.text)
    const [unit, field] = [match?.indices?.groups?.unit, match?.indices?.groups?.field]
    if (unit === undefined) continue
    const units = clause.slice(unit[0], unit[1])
    const isOneEach = units.text.endsWith('分别')
    const named = isOneEach ? units.slice(0, units.length - 2) : units
    if (!areUnits(named.text.replace(/和/g, '、')) && !isUnit(named.text)) continue
    return { role, units: named, field: field === undefined ? null : clause.slice(field[0], field[1]), isOneEach }
  }
  return null
}

/** The clauses of a sentence; 甲牵头、乙配合 are two. */
const piecesOf = (sentence: Words): Words[] =>
  clausesOf(sentence).flatMap((clause) => {
    const cut = /(?:牵头|负责)(?=、[^、]{2,}(?:配合|参与|协助))/.exec(clause.text)
    if (cut === null) return [clause]
    const at = cut.index + cut[0].length
    return [clause.slice(0, at), clause.slice(at + 1)]
  })

/** Who answers for what, by one sentence; `field` is the one that the heading names. */
export function responsibilitiesIn(sentence: Words, field: readonly Words[]): PlanResponsibility[] {
  const found: PlanResponsibility[] = []
  let fields: readonly Words[] = []
  /** Whether the fields stand before their units: a unit that follows is one of theirs. */
  let isGiven = false
  let waiting: { readonly units: Words; readonly role: Role }[] = []
  let answering: Words | null = null
  for (const piece of piecesOf(sentence)) {
    const clause = piece.slice(readNumbering(piece.text)?.length ?? 0)
    const sign = sentence.text.charAt(piece.end - sentence.start)
    const [answers, helps] = [ANSWERS, HELPS_WITH].map((one) => one.exec(clause.text)?.indices?.groups?.field)
    if (answers !== undefined && waiting.length > 0) {
      fields = fieldsIn(clause.slice(answers[0], answers[1]))
      for (const { units, role } of waiting) found.push(...unitsOf(units, role, fields))
      answering = waiting[0]?.units ?? null
      waiting = []
      continue
    }
    if (helps !== undefined && answering !== null) {
      found.push(...unitsOf(answering, 'support', fieldsIn(clause.slice(helps[0], helps[1]))))
      continue
    }
    const marked = markedRoles(clause)
    const told = marked === null ? toldIn(clause) : null
    if (marked !== null) found.push(...marked)
    else if (told !== null) {
      const own = told.field === null ? [] : fieldsIn(told.field)
      if (own.length > 0) [fields, isGiven] = [own, told.field !== null && told.field.start < told.units.start]
      else if (told.role === 'lead' && !isGiven) [fields, isGiven] = [field, field.length > 0]
      if (told.role === 'lead') answering = told.units
      if (fields.length === 0) waiting.push(told)
      else if (told.isOneEach) found.push(...oneEach(told, fields))
      else found.push(...unitsOf(told.units, told.role, fields))
    } else if (sign === '：' && isUnit(clause.text)) waiting = [{ units: clause, role: 'lead' }]
    else if (isUnit(clause.text) && clause.length <= 30 && sign === '，') waiting = [{ units: clause, role: 'lead' }]
    else if ((sign === '：' && clause.length <= 30) || /^[^，；。：]{2,40}(?:安全|领域|行业|方面)$/.test(clause.text))
      [fields, isGiven] = [fieldsIn(clause), true]
    if (sign === '；' && !isGiven) [fields, waiting] = [[], []]
  }
  return found
}

/** 县住建局（牵头）、县城管局（配合）负责城镇燃气 */
function markedRoles(clause: Words): PlanResponsibility[] | null {
  const whole = /^(?:[^，（）]{2,24}（(?:牵头|配合|参与|协助)(?:单位|部门)?）[、和]?){2,}/.exec(clause.text)?.[0]
  if (whole === undefined) return null
  const fields = fieldsIn(clause.slice(whole.length))
  return clause
    .slice(0, whole.length)
    .split(/[、和]/)
    .flatMap((one) => {
      const at = one.text.indexOf('（')
      return at < 0 ? [] : unitsOf(one.slice(0, at), /牵头/.test(one.text) ? 'lead' : 'support', fields)
    })
}

const IN_BRACKET = /^(?<field>[^，；。：（）]{2,30})（(?<who>[^（）]*(?:牵头|配合|参与|负责|协助)[^（）]*)）/d

/** （一）烟花爆竹（甲办牵头，乙所、丙社配合）: units in brackets behind the field. */
export const bracketedIn = (sentence: Words): PlanResponsibility[] => membersOf(sentence).flatMap(bracketed)

function bracketed(member: Words): PlanResponsibility[] {
  const words = member.slice(readNumbering(member.text)?.length ?? 0)
  const { field, who } = IN_BRACKET.exec(words.text)?.indices?.groups ?? {}
  if (field === undefined || who === undefined) return []
  const inside = words.slice(who[0], who[1])
  const fields = fieldsIn(words.slice(field[0], field[1]))
  return /单位|部门：/.test(inside.text) ? labelledIn(inside, fields) : responsibilitiesIn(inside, fields)
}

const LABEL = /(?<role>牵头|责任|配合|参与|协助|参加)(?:部门|单位)(?:：|为|是)?(?<units>[^；。，）：]{2,160})/dg

/** 牵头单位：…；配合单位：… of fields that stand before them. */
export function labelledIn(sentence: Words, field: readonly Words[]): PlanResponsibility[] {
  const marks = [...sentence.text.matchAll(LABEL)]
  if (marks.length === 0 || !/[：]|^|，|；|（/.test(sentence.text.charAt((marks[0]?.index ?? 0) - 1))) return []
  const hasLead = marks.some(({ groups }) => groups?.role === '牵头')
  const before = sentence.slice(0, marks[0]?.index ?? 0)
  const own = /^[^，；。]{2,30}：$/.test(before.text) ? fieldsIn(before.slice(0, before.length - 1)) : []
  return marks.flatMap((mark) => {
    const place = mark.indices?.groups?.units
    const isLead = mark.groups?.role === '牵头' || (mark.groups?.role === '责任' && !hasLead)
    if (place === undefined) return []
    const units = sentence.slice(place[0], place[1])
    if (!isUnit(units.split(/[、，和]/)[0]?.text ?? '')) return []
    return unitsOf(units, isLead ? 'lead' : 'support', own.length > 0 ? own : field)
  })
}

const WORK = '(?:专项整治|排查整治|专项行动|整治|监督管理|监管|检查|排查|治理)?(?:工作|行动)?'
/** What closes a list of fields and belongs to none of them: 等行业领域安全监管工作, 安全生产工作. */
const CLOSING = new RegExp(
  `(?:等?(?:行业领域|行业|领域|方面)的?(?:重大)?(?:事故)?(?:隐患)?(?:安全生产|安全)?的?${WORK}|(?:安全生产|安全)的?${WORK}|(?:重大)?(?:事故)?隐患${WORK}|等?工作|等)$`,
)

/** The fields of a list, each without what closes them. */
export function fieldsIn(words: Words): Words[] {
  const whole = CLOSING.exec(words.text)
  const cut = whole === null ? words.length : whole.index
  return listed(words.slice(0, Math.max(cut, 1)))
    .map((field) => {
      const lead = /^(?:负责|组织|开展|全[市县区镇]|辖区|本辖区|、|抓好)+/.exec(field.text)?.[0].length ?? 0
      return field.slice(lead)
    })
    .filter(({ length }) => length >= 2)
}

export const withoutSafety = (field: Words): string => field.own.replace(/(?:领域|行业)?安全$|领域$|行业$/, '')

export function unitsOf(words: Words, role: Role, fields: readonly Words[]): PlanResponsibility[] {
  return words
    .split(/、/)
    .flatMap(twoUnits)
    .map((one): PlanResponsibility => ({
      unit: one.own.replace(/等(?:部门|单位)?$/, ''),
      role,
      sectors: fields.map(withoutSafety),
      source: one.source,
    }))
}

function oneEach({ units, role }: Told, fields: readonly Words[]): PlanResponsibility[] {
  const each = units.split(/、/).flatMap(twoUnits)
  if (each.length !== fields.length) return unitsOf(units, role, fields)
  return each.flatMap((unit, at) => unitsOf(unit, role, fields.slice(at, at + 1)))
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
