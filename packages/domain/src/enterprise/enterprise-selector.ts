/** Which enterprises a rule means (规上企业, 人员密集场所, 30人以下的企业): by what is kept of each, and by nothing else. */
import {
  enterpriseFlags,
  enterpriseSizes,
  type EnterpriseFlag,
  type EnterpriseProfile,
  type EnterpriseSize,
} from './enterprise.js'

/** What is named must hold together; of sizes and of sectors any one. An empty selector means every enterprise. */
export interface EnterpriseSelector {
  readonly sizes: readonly EnterpriseSize[]
  readonly flags: readonly EnterpriseFlag[]
  readonly sectors: readonly string[]
  /** Employees, both bounds included. */
  readonly fewest: number | null
  readonly most: number | null
}

export const anyEnterprise: EnterpriseSelector = { sizes: [], flags: [], sectors: [], fewest: null, most: null }

type Selected = Pick<EnterpriseProfile, 'size' | 'flags' | 'leadSector' | 'otherSectors' | 'employees'>

/** One whose number of employees is not known is not meant by a rule that asks for it: the rule must be able to say why it binds. */
export function isSelected(one: Selected, by: EnterpriseSelector): boolean {
  const { sizes, flags, sectors, fewest, most } = by
  const standsIn = [one.leadSector, ...one.otherSectors]
  return (
    (sizes.length === 0 || sizes.includes(one.size)) &&
    flags.every((flag) => one.flags[flag]) &&
    (sectors.length === 0 || sectors.some((sector) => standsIn.includes(sector))) &&
    (fewest === null || (one.employees !== null && one.employees >= fewest)) &&
    (most === null || (one.employees !== null && one.employees <= most))
  )
}

/** Both at once: 规上 and 高危. Of two that name sectors, or sizes, either will do. */
export function bothSelectors(one: EnterpriseSelector, other: EnterpriseSelector): EnterpriseSelector {
  const bound = (pick: (...of: number[]) => number, a: number | null, b: number | null) =>
    a === null ? b : b === null ? a : pick(a, b)
  return {
    sizes: [...new Set([...one.sizes, ...other.sizes])],
    flags: [...new Set([...one.flags, ...other.flags])],
    sectors: [...new Set([...one.sectors, ...other.sectors])],
    fewest: bound(Math.max, one.fewest, other.fewest),
    most: bound(Math.min, one.most, other.most),
  }
}

/** 规上、高危、燃气、30人以上; 所有企业 where it narrows nothing. */
export function selectorWords({ sizes, flags, sectors, fewest, most }: EnterpriseSelector): string {
  const words = [
    sizes.map((size) => enterpriseSizes[size]).join('或'),
    ...flags.map((flag) => enterpriseFlags[flag]),
    sectors.join('或'),
    fewest !== null && most !== null
      ? `${fewest}至${most}人`
      : fewest !== null
        ? `${fewest}人以上`
        : most !== null
          ? `${most}人以下`
          : '',
  ].filter((word) => word !== '')
  return words.length === 0 ? '所有企业' : words.join('、')
}
