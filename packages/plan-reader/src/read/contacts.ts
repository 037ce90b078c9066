import type { PlanContact } from '@bihuan/domain'
import type { Words } from '../normalise/canonical-text.js'
import { isPersonName } from './names.js'

const LABELS: readonly (readonly ['name' | 'phone' | 'mail' | 'other', string])[] = [
  ['name', '联系人(?:员)?(?:及(?:联系)?(?:电话|方式))?|联络员(?:及电话)?|联系人姓名'],
  [
    'phone',
    '(?:联系|办公(?!室)|值班|咨询)?(?:电话|手机)(?:号码?)?(?:/传真|（传真）|及传真)?|联系方式|手机号?|电话（传真）',
  ],
  ['mail', '(?:电子)?(?:邮箱|邮件|信箱)(?:地址)?|[Ee]-?[Mm]ail|QQ邮箱|qq邮箱'],
  ['other', '传真|地址|邮编|举报电话|监督电话|报警电话|微信|QQ群?'],
]
const LABEL = new RegExp(LABELS.map(([, pattern]) => `(${pattern})`).join('|'), 'g')
const PHONE = /(?:\d{3,4}-)?[\d*×xX]{3,13}(?:-\d{1,6})?/g
const MAIL = /[A-Za-z0-9._%+*-]+@[A-Za-z0-9.*-]+\.[A-Za-z*]{2,}/g

interface Value {
  readonly kind: 'name' | 'phone' | 'mail' | 'other'
  readonly words: Words
  /** What stands between the end of the sentence before and the label: the office whose it is. */
  readonly before: Words
}

/** The people and offices that a notice gives to be asked. */
export function readContacts(passages: readonly Words[]): PlanContact[] {
  const found = passages.flatMap((passage) =>
    /电话|联系|邮箱|手机|[Mm]ail/.test(passage.text) ? inPassage(passage) : [],
  )
  return found.filter(
    (one, at) =>
      found.findIndex((other) => other.name === one.name && other.phone === one.phone && other.mail === one.mail) ===
      at,
  )
}

function inPassage(passage: Words): PlanContact[] {
  const values = valuesIn(passage)
  const contacts: PlanContact[] = []
  let group: Value[] = []
  const flush = () => {
    contacts.push(...contactsOf(group))
    group = []
  }
  for (const value of values) {
    if (value.kind === 'name' && group.some(({ kind }) => kind === 'name')) flush()
    if (value.kind === 'phone' && group.some(({ kind }) => kind === 'phone')) flush()
    group.push(value)
  }
  flush()
  return contacts
}

function valuesIn(passage: Words): Value[] {
  const marks = [...passage.text.matchAll(LABEL)].filter((mark) =>
    /^[：；]?/.test(passage.text.slice(mark.index + mark[0].length)),
  )
  const labelled = marks.filter(
    (mark) => passage.text.charAt(mark.index + mark[0].length) === '：' || isFollowedByValue(passage.text, mark),
  )
  return labelled.map((mark, at): Value => {
    const kind = LABELS[mark.slice(1).findIndex((group) => group !== undefined)]?.[0] ?? 'other'
    const from = mark.index + mark[0].length + (passage.text.charAt(mark.index + mark[0].length) === '：' ? 1 : 0)
    const next = labelled[at + 1]?.index ?? passage.length
    const stop = /[。）；]/.exec(passage.text.slice(from, next))?.index ?? next - from
    const lead = passage.slice(0, mark.index)
    const open = Math.max(...['。', '；', '（', '，', '：'].map((sign) => lead.text.lastIndexOf(sign)))
    return { kind, words: passage.slice(from, from + stop), before: lead.slice(open + 1) }
  })
}

function isFollowedByValue(text: string, mark: RegExpExecArray): boolean {
  return /^[\d*]{5,}|^[A-Za-z0-9._]+@/.test(text.slice(mark.index + mark[0].length))
}

function contactsOf(group: readonly Value[]): PlanContact[] {
  const of = (kind: Value['kind']) => group.find((value) => value.kind === kind)
  const [named, phoned, mailed] = [of('name'), of('phone'), of('mail')]
  const people = named === undefined ? [] : peopleIn(named)
  const phones = [
    ...(named === undefined ? [] : numbersIn(named.words)),
    ...(phoned === undefined ? [] : numbersIn(phoned.words)),
  ]
  const mails = mailed === undefined ? [] : [...mailed.words.own.matchAll(MAIL)].map((match) => match[0])
  const source = (named ?? phoned ?? mailed)?.words.source
  const provenance = source === undefined ? {} : { source, confidence: 0.95 }
  if (people.length > 0) {
    return people.map(({ name, scope }, at) => ({
      name,
      phone: phones[at] ?? (phones.length === 1 ? (phones[0] ?? null) : null),
      mail: mails[at] ?? mails[0] ?? null,
      scope,
      ...provenance,
    }))
  }
  const scope = officeOf(named ?? phoned)
  return phones.map((phone) => ({ name: null, phone, mail: mails[0] ?? null, scope, ...provenance }))
}

function officeOf(value: Value | undefined): string | null {
  if (value === undefined) return null
  const before = value.before.own.replace(/^(?:和|及|、|请|由|的)+|的$/g, '')
  return before === '' || before.length > 24 || /\d/.test(before) ? null : before
}

function peopleIn({ words, before }: Value): { name: string; scope: string | null }[] {
  const office = before.length === 0 || before.length > 24 ? null : before.own
  return words.split(/[、，/；]/).flatMap((piece): { name: string; scope: string | null }[] => {
    const digits = /[\d*]{5,}|\d{3,4}-/.exec(piece.text)
    const bare = piece.slice(0, digits?.index ?? piece.length).split(/[：（）]/)[0]
    if (bare === undefined || bare.length === 0) return []
    const name = bare.text.endsWith('同志') ? bare.slice(0, bare.length - 2) : bare
    if (isPersonName(name.text)) return [{ name: name.own, scope: office }]
    for (const length of [3, 2]) {
      const tail = name.slice(name.length - length)
      if (name.length > length + 1 && isPersonName(tail.text)) {
        return [{ name: tail.own, scope: name.slice(0, name.length - length).own }]
      }
    }
    return []
  })
}

function numbersIn(words: Words): string[] {
  return words
    .split(/[、，/；]/)
    .flatMap((piece) => [...piece.own.normalize('NFKC').matchAll(PHONE)].map((match) => match[0]))
    .filter((number) => number.length >= 5)
}
