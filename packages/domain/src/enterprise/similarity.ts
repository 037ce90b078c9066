/**
 * Enterprises that are probably the same one: by code, and by similar name and address. The score can be explained to the clerk
 * who must decide; the index makes it feasible for an import of 50,000 rows, where comparing all pairs would be 1.25 thousand
 * million.
 */
import { normaliseCreditCode } from './credit-code.js'

export interface ComparableEnterprise {
  readonly id: string
  readonly name: string
  readonly creditCode: string | null
  readonly address: string
  /** Of the principal or the safety manager, as `decidePhone` writes them. */
  readonly phones: readonly string[]
}

export interface SimilarityReason {
  readonly code:
    'same-code' | 'same-name' | 'similar-name' | 'same-address' | 'similar-address' | 'same-phone' | 'other-code'
  /** How much it adds to the score; negative where it speaks against. */
  readonly weight: number
  readonly message: string
}

export interface SimilarityScore {
  /** 0 to 1. From `DUPLICATE_THRESHOLD` on a person should look. */
  readonly score: number
  readonly reasons: readonly SimilarityReason[]
}

export const DUPLICATE_THRESHOLD = 0.75

const LEGAL_FORMS =
  /(?:股份有限公司|有限责任公司|集团有限公司|有限公司|股份公司|集团公司|分公司|公司|有限合伙|普通合伙|合伙企业|个人独资企业|农民专业合作社|专业合作社|个体工商户|经营部|集团)/g

/** Endings that are no region: 好又多超市, 阳光小区. */
const NO_REGION =
  /(?:超市|夜市|集市|门市|都市|城市|菜市|花市|小区|社区|园区|景区|厂区|库区|校区|营区|矿区|片区|新区|开发区|高新区)$/

/** What identifies a firm in its name: without region at the front, legal form, brackets and signs; half width, lower case. */
export function nameCore(name: string): string {
  const plain = signless(name)
  const core = withoutRegion(plain).replace(LEGAL_FORMS, '')
  return core === '' ? plain : core
}

/** An address without region at the front, signs and what people write in several ways (号 and 栋, 一 and 1). */
export function addressCore(address: string): string {
  const plain = withoutRegion(signless(address))
  return plain
    .replace(/[〇零一二三四五六七八九十]/g, (digit) =>
      String('〇一二三四五六七八九十'.indexOf(digit === '零' ? '〇' : digit)),
    )
    .replace(/(?:号楼|号院|幢|栋|座)/g, '栋')
    .replace(/(?:工业园区|工业园|产业园|园区)/g, '园')
}

function signless(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\s\p{P}\p{S}]/gu, '')
}

function withoutRegion(text: string): string {
  let rest = text
  for (let step = 0; step < 5; step++) {
    const match = /^[\p{Script=Han}]{1,7}?(?:特别行政区|自治区|自治州|自治县|地区|省|市|区|县|旗|镇|乡|街道)/u.exec(
      rest,
    )
    if (match === null || NO_REGION.test(match[0]) || rest.length - match[0].length < 2) return rest
    rest = rest.slice(match[0].length)
  }
  return rest
}

/** Twice what two texts share in pairs of neighbouring characters, by what they have (Dice). 1 for equal ones. */
export function bigramDice(a: string, b: string): number {
  return a === b ? 1 : diceOf(bigramsOf(a), bigramsOf(b))
}

/** Pairs of neighbouring characters as numbers, sorted: two such lists are compared in one pass, without allocation. */
type Bigrams = readonly number[]

function bigramsOf(text: string): Bigrams {
  const pairs: number[] = []
  for (let index = 0; index + 1 < text.length; index++) {
    pairs.push(text.charCodeAt(index) * 65_536 + text.charCodeAt(index + 1))
  }
  return pairs.sort((a, b) => a - b)
}

function diceOf(a: Bigrams, b: Bigrams): number {
  if (a.length === 0 || b.length === 0) return 0
  let [i, j, shared] = [0, 0, 0]
  while (i < a.length && j < b.length) {
    const difference = (a[i] ?? 0) - (b[j] ?? 0)
    if (difference === 0) shared += 1
    if (difference <= 0) i += 1
    if (difference >= 0) j += 1
  }
  return (2 * shared) / (a.length + b.length)
}

/** How likely two are the same, and why. The same code is certainty; two different valid codes speak against it. */
export function similarityOf(a: ComparableEnterprise, b: ComparableEnterprise): SimilarityScore {
  return scoreOf(prepare(a), prepare(b))
}

interface Prepared {
  readonly enterprise: ComparableEnterprise
  readonly code: string | null
  readonly name: string
  readonly nameBigrams: Bigrams
  readonly address: string
  readonly addressBigrams: Bigrams
}

function prepare(enterprise: ComparableEnterprise): Prepared {
  const code = enterprise.creditCode === null ? '' : normaliseCreditCode(enterprise.creditCode)
  const name = nameCore(enterprise.name)
  const address = addressCore(enterprise.address)
  return {
    enterprise,
    code: code === '' ? null : code,
    name,
    nameBigrams: bigramsOf(name),
    address,
    addressBigrams: bigramsOf(address),
  }
}

const WEIGHTS = { name: 0.65, address: 0.25, phone: 0.15, otherCode: -0.3 } as const

/** Whether even the same address and telephone could bring these names over the threshold. */
function isWorthScoring(a: Prepared, b: Prepared): boolean {
  if (a.code !== null && a.code === b.code) return true
  const likeness = a.name === b.name ? 1 : diceOf(a.nameBigrams, b.nameBigrams)
  return WEIGHTS.name * likeness + WEIGHTS.address + WEIGHTS.phone >= DUPLICATE_THRESHOLD
}

function scoreOf(a: Prepared, b: Prepared): SimilarityScore {
  if (a.code !== null && a.code === b.code) {
    return { score: 1, reasons: [{ code: 'same-code', weight: 1, message: `统一社会信用代码相同（${a.code}）` }] }
  }
  const reasons: SimilarityReason[] = []
  const nameLikeness = a.name === b.name ? 1 : diceOf(a.nameBigrams, b.nameBigrams)
  const percent = (likeness: number) => `${Math.round(likeness * 100)}%`
  if (nameLikeness === 1) {
    reasons.push({ code: 'same-name', weight: WEIGHTS.name, message: `名称主干相同（${a.name}）` })
  } else if (nameLikeness >= 0.5) {
    const message = `名称相似${percent(nameLikeness)}（${a.name}／${b.name}）`
    reasons.push({ code: 'similar-name', weight: WEIGHTS.name * nameLikeness, message })
  }
  const addressLikeness = a.address === b.address && a.address !== '' ? 1 : diceOf(a.addressBigrams, b.addressBigrams)
  if (addressLikeness === 1) {
    reasons.push({ code: 'same-address', weight: WEIGHTS.address, message: '地址相同' })
  } else if (addressLikeness >= 0.5) {
    const message = `地址相似${percent(addressLikeness)}`
    reasons.push({ code: 'similar-address', weight: WEIGHTS.address * addressLikeness, message })
  }
  const phone = a.enterprise.phones.find((each) => b.enterprise.phones.includes(each))
  if (phone !== undefined) {
    reasons.push({ code: 'same-phone', weight: WEIGHTS.phone, message: '负责人或安全管理人员的电话相同' })
  }
  if (a.code !== null && b.code !== null) {
    reasons.push({ code: 'other-code', weight: WEIGHTS.otherCode, message: '两者的统一社会信用代码不同' })
  }
  const total = reasons.reduce((sum, { weight }) => sum + weight, 0)
  return { score: Math.min(Math.max(total, 0), 0.99), reasons }
}

export interface DuplicateCandidate extends SimilarityScore {
  readonly id: string
}

export interface DuplicateIndex {
  /** The likeliest first, from the threshold on, at most `limit`; never the enterprise itself (by id). */
  readonly candidatesFor: (enterprise: ComparableEnterprise, limit?: number) => readonly DuplicateCandidate[]
  readonly add: (enterprise: ComparableEnterprise) => void
}

/** A block longer than this (建材, 机械) tells nobody apart; two names that are alike share rarer bigrams too. */
const MAX_BLOCK = 300
/** One character changed spoils two bigrams: with six, some are left. */
const RAREST = 6

/**
 * Blocks by code, by phone, by name, and by the rarest bigrams of the name's core. A row is compared with those it shares a
 * block with, and scored in full only where the names come near enough.
 */
export function duplicateIndex(existing: Iterable<ComparableEnterprise> = []): DuplicateIndex {
  const exactBlocks = new Map<string, Prepared[]>()
  const bigramBlocks = new Map<number, Prepared[]>()

  const add = (enterprise: ComparableEnterprise) => {
    const prepared = prepare(enterprise)
    for (const key of exactKeys(prepared)) addTo(exactBlocks, key, prepared)
    for (const pair of new Set(prepared.nameBigrams)) addTo(bigramBlocks, pair, prepared)
  }

  const candidatesFor = (enterprise: ComparableEnterprise, limit = 5): readonly DuplicateCandidate[] => {
    const wanted = prepare(enterprise)
    const rare = [...new Set(wanted.nameBigrams)]
      .flatMap((pair) => [bigramBlocks.get(pair) ?? []])
      .filter((block) => block.length > 0 && block.length <= MAX_BLOCK)
      .sort((a, b) => a.length - b.length)
      .slice(0, RAREST)
    const near = new Set<Prepared>()
    for (const block of [...exactKeys(wanted).map((key) => exactBlocks.get(key) ?? []), ...rare]) {
      for (const other of block.slice(0, MAX_BLOCK)) if (isWorthScoring(wanted, other)) near.add(other)
    }
    const found: DuplicateCandidate[] = []
    for (const other of near) {
      if (other.enterprise.id === enterprise.id) continue
      const { score, reasons } = scoreOf(wanted, other)
      if (score >= DUPLICATE_THRESHOLD) found.push({ id: other.enterprise.id, score, reasons })
    }
    return found.sort((a, b) => b.score - a.score || (a.id < b.id ? -1 : 1)).slice(0, limit)
  }

  for (const enterprise of existing) add(enterprise)
  return { candidatesFor, add }
}

function addTo<Key>(blocks: Map<Key, Prepared[]>, key: Key, prepared: Prepared): void {
  const block = blocks.get(key)
  if (block === undefined) blocks.set(key, [prepared])
  else block.push(prepared)
}

function exactKeys({ enterprise, code, name }: Prepared): readonly string[] {
  return [...(code === null ? [] : [`c:${code}`]), `n:${name}`, ...enterprise.phones.map((phone) => `p:${phone}`)]
}
