/** What differs between an enterprise as it is kept and as it comes in, field by field, for the preview of an import. */
import {
  alternativeKeyKinds,
  enterpriseFlags,
  enterpriseSizes,
  enterpriseStatuses,
  type EnterpriseFlag,
  type EnterpriseProfile,
} from './enterprise.js'

export interface EnterpriseDifference {
  /** The path of the field: `principal.phone`. */
  readonly field: string
  readonly label: string
  /** As a person reads it; null for nothing. Ids of units and of enterprises stay ids: the caller knows their names. */
  readonly from: string | null
  readonly to: string | null
}

interface ComparedField {
  readonly field: string
  readonly label: string
  readonly read: (profile: EnterpriseProfile) => string | null
}

const list = (values: readonly string[]) => (values.length === 0 ? null : values.toSorted().join('、'))
const yesNo = (value: boolean) => (value ? '是' : '否')

const comparedFields: readonly ComparedField[] = [
  { field: 'name', label: '企业名称', read: ({ name }) => name },
  { field: 'creditCode', label: '统一社会信用代码', read: ({ creditCode }) => creditCode },
  {
    field: 'alternativeKey',
    label: '替代编号',
    read: ({ alternativeKey: key }) => (key === null ? null : `${alternativeKeyKinds[key.kind]} ${key.number}`),
  },
  { field: 'leadSector', label: '行业领域', read: ({ leadSector }) => leadSector },
  { field: 'otherSectors', label: '其他行业领域', read: ({ otherSectors }) => list(otherSectors) },
  { field: 'size', label: '规模', read: ({ size }) => enterpriseSizes[size] },
  { field: 'employees', label: '从业人数', read: ({ employees }) => (employees === null ? null : String(employees)) },
  ...(Object.keys(enterpriseFlags) as EnterpriseFlag[]).map((flag) => ({
    field: `flags.${flag}`,
    label: enterpriseFlags[flag],
    read: ({ flags }: EnterpriseProfile) => yesNo(flags[flag]),
  })),
  { field: 'principal.name', label: '主要负责人', read: ({ principal }) => principal?.name ?? null },
  { field: 'principal.phone', label: '主要负责人电话', read: ({ principal }) => principal?.phone ?? null },
  { field: 'safetyManager.name', label: '安全管理人员', read: ({ safetyManager }) => safetyManager?.name ?? null },
  {
    field: 'safetyManager.phone',
    label: '安全管理人员电话',
    read: ({ safetyManager }) => safetyManager?.phone ?? null,
  },
  { field: 'address', label: '地址', read: ({ address }) => address },
  {
    field: 'position',
    label: '坐标',
    read: ({ position }) => (position === null ? null : `${position.longitude},${position.latitude}`),
  },
  { field: 'territoryUnitId', label: '属地单位', read: ({ territoryUnitId }) => territoryUnitId },
  { field: 'leadRegulatorId', label: '行业主管部门', read: ({ leadRegulatorId }) => leadRegulatorId },
  { field: 'otherRegulatorIds', label: '共管部门', read: ({ otherRegulatorIds }) => list(otherRegulatorIds) },
  { field: 'landlordId', label: '出租方', read: ({ landlordId }) => landlordId },
  { field: 'status', label: '经营状态', read: ({ status }) => enterpriseStatuses[status] },
]

/** A field that `incoming` does not have (undefined) is not compared: a column left out of a sheet changes nothing. */
export function diffEnterprise(
  existing: EnterpriseProfile,
  incoming: Partial<EnterpriseProfile>,
): readonly EnterpriseDifference[] {
  const next: EnterpriseProfile = { ...existing, ...withoutUndefined(incoming) }
  return comparedFields.flatMap(({ field, label, read }) => {
    const [from, to] = [read(existing), read(next)]
    return from === to ? [] : [{ field, label, from, to }]
  })
}

function withoutUndefined(incoming: Partial<EnterpriseProfile>): Partial<EnterpriseProfile> {
  return Object.fromEntries(Object.entries(incoming).filter(([, value]) => value !== undefined))
}
