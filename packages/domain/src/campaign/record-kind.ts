/** The kinds of records that meet a duty: what is left behind when it was done. */

interface RecordKindRow {
  readonly label: string
  readonly group: '检查' | '隐患' | '活动' | '执法' | '报送' | '其他'
}

const recordKindTable = {
  'self-check': { label: '企业自查', group: '检查' },
  'led-check': { label: '带队检查', group: '检查' },
  inspection: { label: '监督检查', group: '检查' },
  'joint-inspection': { label: '联合检查', group: '检查' },
  hazard: { label: '隐患登记', group: '隐患' },
  rectification: { label: '隐患整改', group: '隐患' },
  drill: { label: '应急演练', group: '活动' },
  training: { label: '教育培训', group: '活动' },
  'warning-education': { label: '警示教育', group: '活动' },
  study: { label: '专题学习', group: '活动' },
  meeting: { label: '专题会议', group: '活动' },
  guidance: { label: '帮扶指导', group: '活动' },
  publicity: { label: '宣传', group: '活动' },
  case: { label: '立案查处', group: '执法' },
  penalty: { label: '行政处罚', group: '执法' },
  suspension: { label: '责令停产停业', group: '执法' },
  interview: { label: '约谈', group: '执法' },
  naming: { label: '通报', group: '执法' },
  'published-case': { label: '公布典型案例', group: '执法' },
  listing: { label: '挂牌督办', group: '执法' },
  'judicial-transfer': { label: '移送司法机关', group: '执法' },
  filing: { label: '报送材料', group: '报送' },
  // Whatever is done once and shown by a paper: an installation, a plan, a list.
  proof: { label: '填报并附证明', group: '其他' },
} as const satisfies Readonly<Record<string, RecordKindRow>>

export type RecordKind = keyof typeof recordKindTable

export const recordKinds = Object.keys(recordKindTable) as readonly RecordKind[]

export function isRecordKind(text: string): text is RecordKind {
  return Object.hasOwn(recordKindTable, text)
}

export function recordKindLabel(kind: RecordKind): string {
  return recordKindTable[kind].label
}

export function recordKindGroup(kind: RecordKind): RecordKindRow['group'] {
  return recordKindTable[kind].group
}
