import type { PlanLeader } from '@bihuan/domain'
import type { Words } from '../normalise/canonical-text.js'
import type { Paragraph, Part } from '../outline/paragraph.js'
import { recordsOf } from '../table/records.js'
import { byGaps, membersOf, nameIn, ROLE } from './leadership-member.js'
import { leadersTold } from './leadership-sentence.js'

const LABEL = new RegExp(`^(?:（?[一二三四五六七八九十\\d]{1,2}[）、.])?(${ROLE})：`)

/** Who leads the campaign: people by name, offices named in their place, and bodies with those who hold or set them up. */
export function readLeadership(parts: readonly Part[]): PlanLeader[] {
  const leaders: PlanLeader[] = []
  let role: string | null = null
  parts.forEach((part, at) => {
    if (part.kind === 'table') {
      leaders.push(...tabled(part))
      return
    }
    const isLabelled = part.lines.some((line) => LABEL.test(line.text) || roleInFront(line) !== null)
    if (isLabelled || role !== null) {
      const read = labelled(part, role)
      leaders.push(...read.leaders)
      role = read.role
      if (read.rest === null) return
      leaders.push(...leadersTold(read.rest, part))
      return
    }
    leaders.push(...leadersTold(part.words, parts[at - 1]))
  })
  return unique(leaders)
}

const unique = (leaders: readonly PlanLeader[]): PlanLeader[] =>
  leaders.filter(
    (one, at) =>
      leaders.findIndex(({ role, name, post }) => role === one.role && name === one.name && post === one.post) === at,
  )

/** 组长：… with the people below it, each on a line of its own, or several in one. `rest` is what follows them in the paragraph. */
function labelled(
  paragraph: Paragraph,
  before: string | null,
): { leaders: PlanLeader[]; role: string | null; rest: Words | null } {
  const leaders: PlanLeader[] = []
  let role = before
  for (const line of paragraph.lines) {
    const pieces = labelsIn(line)
    for (const { role: own, words } of pieces) {
      if (own === null && (role === null || paragraph.numbering !== null || !isMember(words))) {
        return { leaders, role: null, rest: words.upTo(paragraph.words) }
      }
      role = own ?? role
      if (words.length > 0) leaders.push(...membersOf(role ?? '', words))
    }
  }
  return { leaders, role, rest: null }
}

/** The labels of a line: 组长：… 副组长：… may stand in one. */
function labelsIn(line: Words): { role: string | null; words: Words }[] {
  const marks = [
    ...line.text.matchAll(
      new RegExp(
        `(?:^|(?<=[。；，、]|[^办常执第联行一务公室合]))(?:（?[一二三四五六七八九十\\d]{1,2}[）、.])?(${ROLE})：`,
        'g',
      ),
    ),
  ]
  const first = marks[0]
  if (first === undefined || first.index > 0) {
    const role = first === undefined ? roleInFront(line) : null
    return [{ role: role?.own ?? null, words: role === null ? line : line.slice(role.length) }]
  }
  return marks.map((mark, at) => ({
    role: line.slice(mark.index + mark[0].length - 1 - (mark[1] ?? '').length, mark.index + mark[0].length - 1).own,
    words: trimmed(line.slice(mark.index + mark[0].length, marks[at + 1]?.index ?? line.length)),
  }))
}

const FRONT = new RegExp(`^${ROLE}`)

/** 组长  甲某  局长: white space in place of the colon. */
function roleInFront(line: Words): Words | null {
  const length = FRONT.exec(line.text)?.[0].length ?? 0
  if (length === 0 || length >= line.length || !line.gapBefore(length)) return null
  return isMember(line.slice(length)) ? line.slice(0, length) : null
}

const trimmed = (words: Words) => words.slice(0, words.length - (/[。；，]+$/.exec(words.text)?.[0].length ?? 0))

/** A line below a role that begins with a name and goes on with a post. */
function isMember(words: Words): boolean {
  const [first] = byGaps(words)
  if (first === undefined || /[。：]/.test(words.text) || words.length > 60) return false
  return nameIn(words) !== null || OFFICES.test(words.text)
}

/** Members named by their offices: 各乡镇（街道）主要负责人 */
const OFFICES = /^(?:各|县|区|市|镇|乡|街道|局|其他|有关|相关)[^，]{2,36}(?:负责人|负责同志|领导|分管领导|单位|部门)$/

const WHOLE = new RegExp(`^${ROLE}$`)
const isRole = (cell: Words | null | undefined) => WHOLE.test(cell?.text ?? '')

/** 小组职务 | 姓名 | 单位及职务 */
function tabled(part: Extract<Part, { kind: 'table' }>): PlanLeader[] {
  const { headings, rows } = recordsOf(part.grid)
  const column = (pattern: RegExp) => headings.findIndex((heading) => pattern.test(heading?.text ?? ''))
  const name = column(/姓名/)
  const told = column(/(?:小组|专班|组内|指挥部|机构)(?:内)?(?:职务|分工|任职)|角色|职责|岗位|任职/)
  // 职务 | 姓名 | 单位及职务: the roles stand in the column that holds nothing else.
  const role = told >= 0 ? told : headings.findIndex((_, at) => rows.length > 0 && rows.every((row) => isRole(row[at])))
  const post = headings.findIndex((heading, at) => at !== role && /单位|职务|职位/.test(heading?.text ?? ''))
  if (name < 0 || role < 0) return []
  return rows.flatMap((row): PlanLeader[] => {
    const who = row[name] ?? null
    if (who === null || who.length === 0) return []
    return [{ role: row[role]?.own ?? '', name: who.own, post: row[post]?.own ?? null, source: who.source }]
  })
}
