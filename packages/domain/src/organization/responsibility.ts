/** 责任分工: which unit leads, and which support, in a sector of a tenant, and from when to when. */
import type { CivilDate } from '../shared/civil-date.js'
import { decided, refused, type Decision } from '../shared/decision.js'

export type ResponsibilityRole = 'lead' | 'support'

export interface SectorResponsibility {
  readonly id: string
  readonly unitId: string
  /** As the tenant calls it. Compared by `sectorKey`. */
  readonly sector: string
  readonly role: ResponsibilityRole
  readonly validFrom: CivilDate
  /** The last day, itself included; null while it goes on. */
  readonly validUntil: CivilDate | null
  /** The document that says so, if any. */
  readonly basis: string | null
}

/** What two spellings of one sector have in common: half width, no white space, no closing 安全 (工贸安全 is 工贸). */
export function sectorKey(sector: string): string {
  const bare = sector
    .normalize('NFKC')
    .replace(/\s/g, '')
    .replace(/(?:行业领域|领域|行业)$/, '')
  return bare.length > 2 ? bare.replace(/安全$/, '') : bare
}

export function responsibleUnits(
  responsibilities: readonly SectorResponsibility[],
  sector: string,
  role: ResponsibilityRole,
  day: CivilDate,
): readonly string[] {
  const wanted = sectorKey(sector)
  const found = responsibilities.filter(
    (entry) => entry.role === role && sectorKey(entry.sector) === wanted && isValidOn(entry, day),
  )
  return [...new Set(found.map(({ unitId }) => unitId))]
}

/** The department that leads a sector on a day (牵头), or null. */
export function leadUnitOf(
  responsibilities: readonly SectorResponsibility[],
  sector: string,
  day: CivilDate,
): string | null {
  return responsibleUnits(responsibilities, sector, 'lead', day)[0] ?? null
}

/** What a unit answers for on a day. */
export function responsibilitiesOf(
  responsibilities: readonly SectorResponsibility[],
  unitId: string,
  day: CivilDate,
): readonly SectorResponsibility[] {
  return responsibilities.filter((entry) => entry.unitId === unitId && isValidOn(entry, day))
}

/** Adds one line of the division of duties of a tenant. `existing` are all lines of that tenant. */
export function decideResponsibility(
  existing: readonly SectorResponsibility[],
  added: SectorResponsibility,
): Decision<SectorResponsibility> {
  const sector = added.sector.normalize('NFKC').trim()
  if (sectorKey(sector) === '') return refused('organization.sector-required', '请填写负责的行业领域。', 'sector')
  if (added.validUntil !== null && added.validUntil < added.validFrom) {
    return refused(
      'organization.responsibility-ends-before-it-begins',
      `终止日期${added.validUntil}早于起始日期${added.validFrom}；请改正其中一个。`,
      'validUntil',
    )
  }
  const overlapping = existing.filter(
    (entry) => sectorKey(entry.sector) === sectorKey(sector) && overlaps(entry, added),
  )
  const own = overlapping.find(({ unitId }) => unitId === added.unitId)
  if (own !== undefined) {
    return refused(
      'organization.responsibility-twice',
      `该单位在${own.validFrom}起已${own.role === 'lead' ? '牵头' : '配合'}“${sector}”；请先填写原分工的终止日期，再登记新的分工。`,
      'validFrom',
    )
  }
  const lead = added.role === 'lead' ? overlapping.find(({ role }) => role === 'lead') : undefined
  if (lead !== undefined) {
    return refused(
      'organization.two-leads',
      `“${sector}”在${lead.validFrom}起已有牵头部门；一个行业领域同一时间只能有一个牵头部门，请先填写其终止日期，或改为配合。`,
      'role',
    )
  }
  return decided({ ...added, sector })
}

function isValidOn(entry: SectorResponsibility, day: CivilDate): boolean {
  return entry.validFrom <= day && (entry.validUntil === null || day <= entry.validUntil)
}

function overlaps(a: SectorResponsibility, b: SectorResponsibility): boolean {
  return (
    (b.validUntil === null || a.validFrom <= b.validUntil) && (a.validUntil === null || b.validFrom <= a.validUntil)
  )
}
