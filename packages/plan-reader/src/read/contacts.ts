import type { PlanContact } from '@bihuan/domain'
import type { Words } from '../normalise/canonical-text.js'
import { sentencesOf } from '../outline/sentence.js'
import type { Records } from '../table/records.js'
import { contactTokens, isCalledSo, isFamiliar, labelOf, type Token } from './contact-words.js'
import { isPersonName } from './names.js'

interface Person {
  readonly name: Words
  readonly scope: string | null
  /** An address that is told to be of this scope alone. */
  mail?: Words
}

/** People who stand together, or an office, with their numbers. */
interface Group {
  readonly people: Person[]
  /** The office that stands above them: 甲局：张某…. */
  readonly head: Words | null
  office: Words | null
  readonly phones: Words[]
  readonly mails: Words[]
}

/** The people and offices that a notice gives to be asked, in its text and in its tables. */
export function readContacts(passages: readonly Words[], tables: readonly Records[] = []): PlanContact[] {
  const all = [...placesIn(passages).flatMap(contactsInPlace), ...tables.flatMap(tabled)]
  return all.filter(
    (one, at) =>
      all.findIndex((other) => other.name === one.name && other.phone === one.phone && other.mail === one.mail) === at,
  )
}

const SIGNS = /电话|联系|联络员|邮箱|手机|热线|座机|[Mm]ail|(?<!\d)(?:0\d{2,3}-[\d*]{7,8}|1[\d*]{10})(?![\d*])/

/** What paragraphs below one another say of whom to ask; one without a label goes on with the one above it. */
function placesIn(passages: readonly Words[]): Group[][] {
  const places: Group[][] = []
  let open: Group[] | null = null
  for (const passage of passages) {
    const isLabelled = SIGNS.test(passage.text)
    if (!isLabelled && passage.length >= 60) open = null
    if (!isLabelled && open === null) continue
    const groups = sentencesOf(passage).flatMap((sentence) => groupsOf(contactTokens(sentence), open !== null))
    const goesOn: Group[] | null = passage.length < 80 ? open : null
    if (groups.length === 0) {
      open = isLabelled && passage.text.endsWith('：') ? (goesOn ?? []) : null
      continue
    }
    if (goesOn === null || !places.includes(goesOn)) places.push((open = goesOn ?? []))
    open?.push(...groups)
  }
  return places.map(joined)
}

/** 联系人：甲 and 电话：… below it, or the other way round, are one. */
function joined(groups: readonly Group[]): Group[] {
  const kept: Group[] = []
  for (const group of groups) {
    const last = kept.at(-1)
    const isOther = (one: Group, two: Group) =>
      one.people.length > 0 && one.phones.length === 0 && two.people.length === 0 && two.phones.length > 0
    const numbers = last === undefined ? null : isOther(last, group) ? group : isOther(group, last) ? last : null
    if (last !== undefined && numbers?.office === null) {
      last.people.push(...(numbers === last ? group.people : []))
      last.phones.push(...(numbers === group ? group.phones : []))
      last.mails.push(...group.mails)
    } else kept.push(group)
  }
  return kept
}

/**
 * One mail address in a place is that of all its people, or of the offices in it where no people are named: of those before it where it
 * stands by itself, of all where it ends the last of them. What stands with one of several offices, or before others, is its own.
 */
function contactsInPlace(groups: readonly Group[]): PlanContact[] {
  const hasPeople = groups.some(({ people }) => people.length > 0)
  const asked = groups.map(({ people, phones }) => people.length > 0 || (!hasPeople && phones.length > 0))
  const mailed = groups.flatMap(({ mails }, at) => (mails.length > 0 ? [at] : []))
  const [at = -1] = mailed.length === 1 ? mailed : []
  const heads = new Set(groups.flatMap(({ head }) => (head === null ? [] : [head.text])))
  const isAlone = groups[at]?.people.length === 0 && groups[at].phones.length === 0
  const hasBefore = asked.slice(0, Math.max(0, at)).includes(true)
  const isOf = (index: number) =>
    isAlone
      ? asked[index] === true && (!hasBefore || index < at)
      : at === groups.length - 1 && heads.size < 2 && asked[index]
  return groups.flatMap((group, index) =>
    contactsOf(at >= 0 && isOf(index) ? { ...group, mails: groups[at]?.mails ?? [] } : group),
  )
}

function groupsOf(tokens: readonly Token[], isOpen: boolean): Group[] {
  const groups: Group[] = []
  let isLabelled = isOpen
  let head: Words | null = null
  let near: Words | null = null
  let open: Group = { people: [], head, office: null, phones: [], mails: [] }
  const close = () => {
    if (open.people.length + open.phones.length + open.mails.length > 0) groups.push(open)
    open = { people: [], head, office: null, phones: [], mails: [] }
  }
  tokens.forEach((token, at) => {
    switch (token.kind) {
      case 'label':
        isLabelled ||= token.is !== 'other'
        if (token.is === 'name' && open.phones.length > 0) close()
        break
      case 'break':
        // 联系人：甲；电话：…: what was begun goes on behind a semicolon.
        if (open.phones.length > 0) close()
        if (open.people.length === 0) near = head
        break
      case 'office':
        if (token.isHead) head = token.words
        // 甲局联系人：张某，…；李某，…: all of them are of it.
        else if (isNameLabel(tokens[at + 1])) head = token.words
        if (open.phones.length > 0 || token.isHead) close()
        if (token.isHead || token.isBeside || isLabelled || leadsTo(tokens, at, 'label')) near = token.words
        open.office = near
        break
      case 'person':
        // In prose a name is nobody to be asked: a label must stand before it, or a number behind it.
        if (!isLabelled && !leadsToNumber(tokens, at)) break
        if (open.phones.length > 0) close()
        open.people.push({ name: token.name, scope: token.scope ?? near?.own ?? null })
        break
      case 'phone':
        if (!isLabelled && open.people.length === 0 && near === null) break
        if (token.of !== null && open.people.length === 0) {
          if (open.phones.length > 0) close()
          near = token.of
        }
        if (open.people.length === 0 && open.phones.length > 0 && open.office !== near) close()
        open.office ??= near
        open.phones.push(token.words)
        break
      case 'mail': {
        const of = token.of?.own
        const owners = [...groups, open]
          .flatMap(({ people }) => people)
          .filter(({ scope }) => of?.includes(scope ?? '-'))
        for (const owner of owners) owner.mail = token.words
        if (owners.length === 0) open.mails.push(token.words)
      }
    }
  })
  close()
  return groups
}

const isNameLabel = (token: Token | undefined) => token?.kind === 'label' && token.is === 'name'
const leadsTo = (tokens: readonly Token[], at: number, kind: Token['kind']) => tokens[at + 1]?.kind === kind

function leadsToNumber(tokens: readonly Token[], at: number): boolean {
  const next = tokens.slice(at + 1).find(({ kind }) => kind !== 'person')
  return next?.kind === 'phone' || (next?.kind === 'label' && (next.is === 'phone' || next.is === 'mail'))
}

function contactsOf({ people, office, phones, mails }: Group): PlanContact[] {
  const [phone] = phones
  if (people.length === 0) {
    const scope = office?.own ?? null
    return phones.map((one) => ({
      name: null,
      phone: one.own,
      mail: mails[0]?.own ?? null,
      scope,
      ...provenanceOf(one),
    }))
  }
  if (people.length === 1 && phones.length > 1) {
    const [{ name, scope, mail }] = people as [Person]
    return phones.map((one) => personWith(name, scope, one, mail ?? mails[0]))
  }
  return people.map(({ name, scope, mail }, at) =>
    personWith(name, scope, phones[at] ?? (phones.length === 1 ? phone : undefined), mail ?? mails[at] ?? mails[0]),
  )
}

function personWith(name: Words, scope: string | null, phone: Words | undefined, mail: Words | undefined): PlanContact {
  return {
    name: name.own,
    phone: phone?.own ?? null,
    mail: mail?.own ?? null,
    scope,
    ...provenanceOf(name),
  }
}

const provenanceOf = ({ source }: Words) => ({ source, confidence: 0.95 })

/** 单位 | 联系人 | 联系电话 */
function tabled({ headings, rows }: Records): PlanContact[] {
  const kinds = headings.map((heading) => (heading === null ? null : labelOf(heading.text)))
  const named = headings.findIndex((heading, at) => kinds[at] === 'name' || heading?.text === '姓名')
  const [phoned, mailed] = [kinds.indexOf('phone'), kinds.indexOf('mail')]
  const isList = headings.some((heading) => /企业|场所|商户|项目|店铺|角色|组内|小组职务/.test(heading?.text ?? ''))
  if (named < 0 || phoned < 0 || isList) return []
  const isScope = (heading: Words | null) =>
    /单位|部门|科室|处室|负责|领域|事项|业务|范围|分工|板块/.test(heading?.text ?? '')
  const others = headings.flatMap((heading, at) =>
    [named, phoned, mailed].includes(at) || /^(?:序号|编号|职务|职称|性别|备注|岗位)?$/.test(heading?.text ?? '')
      ? []
      : [at],
  )
  const scoped = headings.some(isScope) ? headings.findIndex(isScope) : others.length === 1 ? (others[0] ?? -1) : -1
  // Blanks between two addresses, or below the only one: its cell was merged over their rows.
  const isBlank = (cell: Words | null | undefined) => (cell?.length ?? 0) === 0
  const mails = mailed < 0 ? [] : rows.map((row) => row[mailed] ?? null)
  const mailOver = (at: number) => {
    const isOnly = mails.slice(1).every(isBlank)
    // Offices each have an address of their own, or none.
    const isOfOffices = /单位|部门|科室|处室/.test(headings[scoped]?.text ?? '')
    const isBetween = !isOfOffices && mails.slice(at).some((mail) => !isBlank(mail))
    return isOnly || isBetween ? (mails.slice(0, at).findLast((mail) => mail?.text.includes('@')) ?? null) : null
  }
  return rows.flatMap((row, at): PlanContact[] => {
    const cell = (at: number) => (at < 0 || /^(?:[—–\-/]+|无)?$/.test(row[at]?.text ?? '') ? null : (row[at] ?? null))
    const name = cell(named)
    if (name === null || !(isPersonName(name.text) || isFamiliar(name.text) || isCalledSo(name.text))) return []
    return [
      {
        name: name.own,
        phone: cell(phoned)?.own ?? null,
        mail: (isBlank(row[mailed]) ? mailOver(at) : cell(mailed))?.own ?? null,
        scope: cell(scoped)?.own ?? null,
        ...provenanceOf(name),
      },
    ]
  })
}
