import type { PlanLeader } from '@bihuan/domain'
import type { Words } from '../normalise/canonical-text.js'
import { isPersonName } from './names.js'

/** What those who lead are called. */
export const ROLE =
  '(?:(?:(?:总|执行|联席|轮值|副总)召集人|副召集人|召集人)|专班(?:副)?主任|(?:常务|执行|第一)副组长|副组长|联合组长|双组长|第一组长|总?组长|(?:常务)?副总指挥长?|总指挥长?|(?:常务|执行)?副指挥长|指挥长|第一指挥长|(?:副)?政委|副主任委员|主任委员|(?:常务)?办公室副主任|办公室主任|专班班长|副班长|班长|组员|成员单位|成员|联络员|副?秘书长|领队)'

export interface Member {
  readonly name: Words
  readonly post: Words | null
}

/** Name and post by the white space between them; a space within a name of two characters joins them. */
export function nameIn(words: Words): Member | null {
  const pieces = byGaps(words)
  for (const take of [1, 2, 3]) {
    const end = pieces.slice(0, take).reduce((sum, piece) => sum + piece.length, 0)
    const name = words.slice(0, end)
    if (pieces.length < take || !isPersonName(name.text)) continue
    const post = words.slice(end)
    if (take === 1 && pieces.length === 1) break
    return { name, post: post.length === 0 ? null : cleanPost(post) }
  }
  const lead = /^(.{2,4}?)(?:（([^）]+)）|[，、-])(.*)$/.exec(words.text)
  if (lead?.[1] !== undefined && isPersonName(lead[1])) {
    const post = words.slice(lead[1].length)
    return { name: words.slice(0, lead[1].length), post: cleanPost(post) }
  }
  if (isPersonName(words.text)) return { name: words, post: null }
  // The post in front: 县长 张某某, or run together with it.
  const last = pieces.at(-1)
  if (last !== undefined && pieces.length > 1 && isPersonName(last.text)) {
    return { name: last, post: cleanPost(words.slice(0, words.length - last.length)) }
  }
  return personIn(words)
}

function cleanPost(words: Words): Words | null {
  const lead = /^[（，、：-]+/.exec(words.text)?.[0].length ?? 0
  const tail = /[，、；。]+$/.exec(words.text)?.[0].length ?? 0
  let post = words.slice(lead, words.length - tail)
  if (words.text.startsWith('（') && post.text.endsWith('）')) post = post.slice(0, post.length - 1)
  return post.length === 0 ? null : post
}

export function byGaps(words: Words): Words[] {
  const pieces: Words[] = []
  let from = 0
  for (let at = 1; at < words.length; at++) {
    if (!words.gapBefore(at)) continue
    pieces.push(words.slice(from, at))
    from = at
  }
  pieces.push(words.slice(from))
  return pieces
}

export function membersOf(role: string, words: Words): PlanLeader[] {
  const pieces = words.split(/[、，；]/)
  if (pieces.length > 1 && pieces.filter((piece) => isPersonName(piece.text)).length * 2 > pieces.length) {
    return pieces.map((piece) => leaderOf(role, piece))
  }
  const gaps = byGaps(words)
  if (gaps.length > 1 && gaps.every((piece) => isPersonName(piece.text)))
    return gaps.map((piece) => leaderOf(role, piece))
  const several = severalMembers(words)
  if (several !== null) return several.map(({ name, post }) => leader(role, name, post))
  const one = nameIn(words)
  if (one !== null) return [leader(role, one.name, one.post)]
  return [{ role, name: null, post: words.own, source: words.source }]
}

/** 张某（局长）、李某（副局长） */
function severalMembers(words: Words): Member[] | null {
  const pieces = words.split(/[、；，和]/)
  if (pieces.length < 2) return null
  const members = pieces.map((piece) => (/^.{2,4}（[^）]+）$/.test(piece.text) ? nameIn(piece) : personIn(piece)))
  return members.every((member) => member !== null) ? members : null
}

function leaderOf(role: string, piece: Words): PlanLeader {
  const one = nameIn(piece)
  return one === null ? { role, name: null, post: piece.own, source: piece.source } : leader(role, one.name, one.post)
}

function leader(role: string, name: Words, post: Words | null): PlanLeader {
  return { role, name: name.own.replace(/同志$/, ''), post: post?.own ?? null, source: name.source, confidence: 0.95 }
}

export function personOrPost(role: string, words: Words): PlanLeader[] {
  const several = severalMembers(words)
  if (several !== null) return several.map(({ name, post }) => leader(role, name, post))
  const people = peopleIn(words)
  if (people.length > 1) return people.map(({ name, post }) => leader(role, name, post))
  const bracketed = /^(.{2,4})（(.+)）$/.exec(words.text)
  if (bracketed?.[1] !== undefined && isPersonName(bracketed[1])) {
    return [leader(role, words.slice(0, bracketed[1].length), words.slice(bracketed[1].length + 1, words.length - 1))]
  }
  const person = personIn(words)
  if (person !== null) return [leader(role, person.name, person.post)]
  return [{ role, name: null, post: words.own, source: words.source, confidence: 0.9 }]
}

/** 党委委员、副镇长甲某和派出所所长乙某: a post of several words goes on up to the name behind it. Nobody where the last is no person. */
export function peopleIn(words: Words): Member[] {
  const people: Member[] = []
  let from: Words | null = null
  for (const piece of words.split(/[、，和]/)) {
    const stretch: Words = from === null ? piece : from.upTo(piece)
    const person = personIn(stretch)
    if (person !== null) people.push(person)
    from = person === null ? stretch : null
  }
  return from === null ? people : []
}

/** 甲某同志, 县应急局局长甲某 */
function personIn(words: Words): Member | null {
  const bare = words.text.endsWith('同志') ? words.slice(0, words.length - 2) : words
  if (isPersonName(bare.text)) return { name: bare, post: null }
  for (const length of [3, 2, 4]) {
    const name = bare.slice(bare.length - length)
    const post = bare.slice(0, bare.length - length)
    if (post.length >= 2 && POST_END.test(post.text) && isPersonName(name.text)) return { name, post }
  }
  return null
}

const POST_END = /(?:长|任|记|员|理|席|事|总监|师|政委|主管|干部)$/
