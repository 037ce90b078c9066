/**
 * Codes of units. A place has a 统计用区划代码 of 12 digits (6 of the county, 3 of the town, 3 of the village); parks, scenic areas,
 * departments and everything else have whatever code the tenant gives them.
 */
import { decided, refused, type Decision } from '../shared/decision.js'
import { unitKindLabel, type UnitKind } from './unit-kind.js'

type PlaceKind = 'district' | 'functional-area' | 'town' | 'township' | 'street' | 'village' | 'community'

type Range = readonly [from: number, to: number]

/**
 * Which numbers the third and the fourth part may have (统计用区划代码编制规则: 001-099 街道, 100-199 镇, 200-399 乡, 400-599 units like
 * a town; 001-199 居委会, 200-399 村委会, 400-499 like a 居委会, 500-599 like a 村委会). 0 is "none": the place is of a higher level.
 */
const places: Readonly<Record<PlaceKind, { readonly town: readonly Range[]; readonly village: readonly Range[] }>> = {
  district: { town: [[0, 0]], village: [[0, 0]] },
  'functional-area': {
    town: [
      [0, 0],
      [400, 599],
    ],
    village: [[0, 0]],
  },
  street: { town: [[1, 99]], village: [[0, 0]] },
  town: { town: [[100, 199]], village: [[0, 0]] },
  township: { town: [[200, 399]], village: [[0, 0]] },
  community: {
    town: [[1, 599]],
    village: [
      [1, 199],
      [400, 499],
    ],
  },
  village: {
    town: [[1, 599]],
    village: [
      [200, 399],
      [500, 599],
    ],
  },
}

const PROVINCES = new Set(
  '11 12 13 14 15 21 22 23 31 32 33 34 35 36 37 41 42 43 44 45 46 50 51 52 53 54 61 62 63 64 65 71 81 82'.split(' '),
)

/** Half width, upper case, no white space. */
export function normaliseUnitCode(text: string): string {
  return text
    .normalize('NFKC')
    .replace(/[\s\u200b\ufeff]/g, '')
    .toUpperCase()
}

/** Answers the code as it is kept. Twelve digits on a place are read as a 统计用区划代码, and must be one. */
export function decideUnitCode(kind: UnitKind, written: string): Decision<string> {
  const code = normaliseUnitCode(written)
  if (code === '') return refused('organization.code-required', '请填写单位代码。', 'code')
  if (isPlace(kind) && /^\d{10,14}$/.test(code)) return decideDivisionCode(kind, code)
  if (!/^[0-9A-Z](?:[0-9A-Z_-]{0,30}[0-9A-Z])?$/.test(code)) {
    return refused(
      'organization.code-characters',
      `单位代码“${written.trim()}”不能用；代码由字母、数字和中间的横线组成，最多32位，请改正。`,
      'code',
    )
  }
  return decided(code)
}

function decideDivisionCode(kind: PlaceKind, code: string): Decision<string> {
  if (code.length !== 12) {
    return refused(
      'organization.division-code-length',
      `“${code}”像统计用区划代码，但只应有12位，现有${code.length}位；请核对，或改用带字母的自编代码。`,
      'code',
    )
  }
  if (!PROVINCES.has(code.slice(0, 2))) {
    return refused(
      'organization.division-code-province',
      `区划代码“${code}”的前两位“${code.slice(0, 2)}”不是省级代码；请核对。`,
      'code',
    )
  }
  if (code.slice(4, 6) === '00' && kind !== 'district') {
    return refused(
      'organization.division-code-county',
      `区划代码“${code}”的第5、6位是00，只到市级；请填写到区县以下的完整代码。`,
      'code',
    )
  }
  const parts = [
    { name: '第7至9位（乡级）', digits: code.slice(6, 9), ranges: places[kind].town },
    { name: '第10至12位（村级）', digits: code.slice(9, 12), ranges: places[kind].village },
  ]
  for (const { name, digits, ranges } of parts) {
    if (ranges.some(([from, to]) => Number(digits) >= from && Number(digits) <= to)) continue
    const allowed = ranges.map(([from, to]) =>
      from === to ? threeDigits(from) : `${threeDigits(from)}至${threeDigits(to)}`,
    )
    return refused(
      'organization.division-code-level',
      `区划代码“${code}”的${name}是${digits}，与类别“${unitKindLabel(kind)}”不符，应为${allowed.join('或')}；请核对代码或类别。`,
      'code',
    )
  }
  return decided(code)
}

function isPlace(kind: UnitKind): kind is PlaceKind {
  return Object.hasOwn(places, kind)
}

function threeDigits(n: number): string {
  return String(n).padStart(3, '0')
}
