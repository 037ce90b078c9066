/** The kinds of unit, what they are called, and which of them may stand under which. */

/** 块: who stands on whose territory. 条: who answers to whom in the trade. */
export type TreeAxis = 'territory' | 'line'

export type UnitKind =
  | 'district'
  | 'functional-area'
  | 'area-committee'
  | 'town'
  | 'township'
  | 'street'
  | 'village'
  | 'community'
  | 'department'
  | 'office'
  | 'safety-committee-office'
  | 'enterprise'

interface UnitKindRow {
  readonly label: string
  /** Other words for it, as a workbook may have them. */
  readonly alsoCalled: readonly string[]
  /** May be a tenant of its own: the jurisdiction that everything else stands in. */
  readonly root: boolean
  readonly underOnTerritory: readonly UnitKind[]
  readonly underOnLine: readonly UnitKind[]
}

const TOWN_LEVEL = ['town', 'township', 'street'] as const
const AREA = ['functional-area', 'area-committee'] as const
const LINE_HEADS = ['department', 'office', 'safety-committee-office', ...AREA] as const

const unitKindTable: Readonly<Record<UnitKind, UnitKindRow>> = {
  district: {
    label: '区县',
    alsoCalled: ['区', '县', '县级市', '旗', '区（县）', '县区'],
    root: true,
    underOnTerritory: [],
    underOnLine: [],
  },
  'functional-area': {
    label: '功能区',
    alsoCalled: ['园区', '景区', '工业园区', '开发区', '高新区', '风景区', '风景名胜区'],
    root: true,
    underOnTerritory: ['district', ...TOWN_LEVEL],
    underOnLine: [],
  },
  'area-committee': {
    label: '管委会',
    alsoCalled: ['管理委员会', '园区管委会', '景区管委会'],
    root: false,
    underOnTerritory: ['district', 'functional-area'],
    underOnLine: LINE_HEADS,
  },
  town: {
    label: '镇',
    alsoCalled: ['镇政府', '镇人民政府'],
    root: false,
    underOnTerritory: ['district', ...AREA],
    underOnLine: LINE_HEADS,
  },
  township: {
    label: '乡',
    alsoCalled: ['乡政府', '乡人民政府', '民族乡'],
    root: false,
    underOnTerritory: ['district', ...AREA],
    underOnLine: LINE_HEADS,
  },
  street: {
    label: '街道',
    alsoCalled: ['街道办', '街道办事处', '办事处'],
    root: false,
    underOnTerritory: ['district', ...AREA],
    underOnLine: LINE_HEADS,
  },
  village: {
    label: '村',
    alsoCalled: ['村委会', '村民委员会', '行政村'],
    root: false,
    underOnTerritory: [...TOWN_LEVEL, ...AREA],
    underOnLine: LINE_HEADS,
  },
  community: {
    label: '社区',
    alsoCalled: ['居委会', '居民委员会', '社区居委会'],
    root: false,
    underOnTerritory: [...TOWN_LEVEL, ...AREA],
    underOnLine: LINE_HEADS,
  },
  department: {
    label: '部门',
    alsoCalled: ['行业主管部门', '主管部门', '局', '委办局'],
    root: false,
    underOnTerritory: ['district', ...AREA],
    underOnLine: ['department', 'safety-committee-office'],
  },
  office: {
    label: '内设机构',
    alsoCalled: ['科室', '所', '站', '股室', '办公室', '大队', '中队'],
    root: false,
    underOnTerritory: ['district', ...AREA, ...TOWN_LEVEL, 'department', 'safety-committee-office'],
    underOnLine: LINE_HEADS,
  },
  'safety-committee-office': {
    label: '安委办',
    alsoCalled: ['安全生产委员会办公室', '安委会办公室', '工作专班', '专班'],
    root: false,
    underOnTerritory: ['district', ...AREA, ...TOWN_LEVEL, 'department'],
    underOnLine: ['safety-committee-office', 'department'],
  },
  enterprise: {
    label: '企业',
    alsoCalled: ['生产经营单位', '个体工商户', '在建项目', '场所'],
    root: false,
    underOnTerritory: ['district', ...AREA, ...TOWN_LEVEL, 'village', 'community'],
    underOnLine: LINE_HEADS,
  },
}

export const unitKinds = Object.keys(unitKindTable) as readonly UnitKind[]

export function isUnitKind(text: string): text is UnitKind {
  return Object.hasOwn(unitKindTable, text)
}

export function unitKindLabel(kind: UnitKind): string {
  return unitKindTable[kind].label
}

/** The kind that a word in a workbook means, or null. Words are compared whole: 镇 is no 村镇. */
export function unitKindCalled(word: string): UnitKind | null {
  const wanted = word.normalize('NFKC').replace(/[\s()]/g, '')
  for (const kind of unitKinds) {
    const { label, alsoCalled } = unitKindTable[kind]
    if ([label, ...alsoCalled].some((name) => name.normalize('NFKC').replace(/[\s()]/g, '') === wanted)) return kind
  }
  return null
}

/** Whether a unit of this kind may stand at the top of the territory tree, as a tenant. */
export function mayBeRoot(kind: UnitKind): boolean {
  return unitKindTable[kind].root
}

/** Whether a unit of this kind answers for a territory and for all that stands in it. A department or an office works in another's. */
export function governsTerritory(kind: UnitKind): boolean {
  return governing.has(kind)
}

const governing: ReadonlySet<UnitKind> = new Set<UnitKind>([
  'district',
  'functional-area',
  ...TOWN_LEVEL,
  'village',
  'community',
])

/** Which kinds may stand directly above this one. */
export function kindsAbove(kind: UnitKind, axis: TreeAxis): readonly UnitKind[] {
  const row = unitKindTable[kind]
  return axis === 'territory' ? row.underOnTerritory : row.underOnLine
}

/** On the line (条) every unit may be without a superior; on the territory (块) only a root may. */
export function mayStandUnder(kind: UnitKind, parentKind: UnitKind | null, axis: TreeAxis): boolean {
  if (parentKind === null) return axis === 'line' || mayBeRoot(kind)
  return kindsAbove(kind, axis).includes(parentKind)
}
