/** An enterprise (or 个体工商户, 在建项目, place): what is kept of it. */
export type EnterpriseSize = 'above-designated' | 'small-micro' | 'individual' | 'other'
export type EnterpriseStatus = 'operating' | 'suspended' | 'closed' | 'moved-away'
export type EnterpriseFlag = 'highRisk' | 'crowded' | 'labourIntensive' | 'keySupervised' | 'stateOwned'

export const enterpriseSizes: Readonly<Record<EnterpriseSize, string>> = {
  'above-designated': '规上',
  'small-micro': '小微',
  individual: '个体',
  other: '其他',
}

export const enterpriseStatuses: Readonly<Record<EnterpriseStatus, string>> = {
  operating: '在营',
  suspended: '停产停业',
  closed: '已关闭',
  'moved-away': '已迁出',
}

export const enterpriseFlags: Readonly<Record<EnterpriseFlag, string>> = {
  highRisk: '高危',
  crowded: '人员密集',
  labourIntensive: '劳动密集',
  keySupervised: '重点监管',
  stateOwned: '国有',
}

/** What identifies one that has no 统一社会信用代码. */
export type AlternativeKeyKind = 'individual-licence' | 'project-permit' | 'place'

export const alternativeKeyKinds: Readonly<Record<AlternativeKeyKind, string>> = {
  'individual-licence': '个体注册号',
  'project-permit': '施工许可证号',
  place: '场所编号',
}

export interface AlternativeKey {
  readonly kind: AlternativeKeyKind
  readonly number: string
}

export interface EnterpriseContact {
  readonly name: string
  /** As `decidePhone` writes it; null when it is not known. */
  readonly phone: string | null
}

/** WGS 84, in degrees. */
export interface GeoPosition {
  readonly longitude: number
  readonly latitude: number
}

export interface EnterpriseProfile {
  readonly name: string
  readonly creditCode: string | null
  readonly alternativeKey: AlternativeKey | null
  readonly leadSector: string
  /** One enterprise may stand in several sectors. Without the lead one. */
  readonly otherSectors: readonly string[]
  readonly size: EnterpriseSize
  /** Null when it is not known; the plans' limit of 30 people is asked of this and not of `size`. */
  readonly employees: number | null
  readonly flags: Readonly<Record<EnterpriseFlag, boolean>>
  readonly principal: EnterpriseContact | null
  readonly safetyManager: EnterpriseContact | null
  readonly address: string
  readonly position: GeoPosition | null
  /** 属地单位. */
  readonly territoryUnitId: string
  /** 行业主管部门. */
  readonly leadRegulatorId: string | null
  readonly otherRegulatorIds: readonly string[]
  /** The enterprise whose premises it rents (场所出租方). */
  readonly landlordId: string | null
  readonly status: EnterpriseStatus
}

export interface Enterprise extends EnterpriseProfile {
  readonly id: string
}

export const noFlags: EnterpriseProfile['flags'] = {
  highRisk: false,
  crowded: false,
  labourIntensive: false,
  keySupervised: false,
  stateOwned: false,
}
