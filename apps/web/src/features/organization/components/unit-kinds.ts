import type { UnitBrief } from '@bihuan/contracts'

export type UnitKind = UnitBrief['kind']

/** What an administrator registers here; enterprises have a place of their own. */
export const kindChoices: readonly { readonly value: UnitKind; readonly label: string }[] = [
  { value: 'town', label: '镇' },
  { value: 'township', label: '乡' },
  { value: 'street', label: '街道' },
  { value: 'village', label: '村' },
  { value: 'community', label: '社区' },
  { value: 'functional-area', label: '功能区（园区、景区）' },
  { value: 'area-committee', label: '管委会' },
  { value: 'department', label: '部门' },
  { value: 'office', label: '内设机构' },
  { value: 'safety-committee-office', label: '安委办（专班）' },
]
