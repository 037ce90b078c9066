/**
 * The words by which tables ask for figures about hazards, as a table of rules: what a word says of who, what was done, to which
 * hazards, how far it is, over which time. A new way to say it is a new pattern, with an example; the examples run as tests.
 */

export type MetricSubject = 'enterprise' | 'department' | 'government' | 'other'
/** `self`: by whom it is found itself; `official`: nobody's but an authority's; `spot`: a check of what others did. */
export type MetricWay = 'self' | 'search' | 'check' | 'official' | 'spot'
export type MetricGrade = 'major' | 'key' | 'general'

/** What a word says; a facet that it does not speak of is left out. */
export interface MetricFacets {
  readonly subject?: MetricSubject
  readonly way?: MetricWay
  readonly act?: 'found' | 'listed'
  readonly object?: 'hazard' | 'special-hazard'
  readonly grade?: MetricGrade
  readonly state?: 'rectified' | 'signed-off' | 'unfinished'
  /** A stretch of the campaign, or another time. Figures are cumulative where nothing is said. */
  readonly span?: 'narrower'
  /** Of some places or levels of government. */
  readonly place?: 'narrower'
  /** Not the number of hazards, but money, a rate, firms. */
  readonly counts?: 'other'
}
export type MetricFacet = keyof MetricFacets

export interface MetricWord {
  /** A regular expression over half-width words without white space, brackets and signs. */
  readonly pattern: string
  /** Empty: the word narrows nothing. */
  readonly says: MetricFacets
  readonly examples: readonly string[]
}

const HAZARD = '(?:生产安全|安全生产|安全)?(?:事故)?隐患'
const CHECK = '(?:检查|排查)'

export const METRIC_WORDS: readonly MetricWord[] = [
  // The hazards.
  {
    pattern: `重大${HAZARD}`,
    says: { object: 'hazard', grade: 'major' },
    examples: ['重大事故隐患', '重大生产安全事故隐患'],
  },
  { pattern: `重点${HAZARD}`, says: { object: 'hazard', grade: 'key' }, examples: ['重点隐患'] },
  { pattern: `一般${HAZARD}`, says: { object: 'hazard', grade: 'general' }, examples: ['一般事故隐患'] },
  { pattern: HAZARD, says: { object: 'hazard' }, examples: ['事故隐患', '安全隐患'] },
  {
    pattern: '(?:重大)?(?:火灾|消防|火险|地质灾害|自然灾害|车辆|设备|路段|顶板|通风系统|货架叉车|质量|廉政)隐患',
    says: { object: 'special-hazard' },
    examples: ['重大火灾隐患', '消防隐患'],
  },

  // Who.
  {
    pattern: '各?(?:企业|生产经营单位|经营单位|使用单位)(?:单位)?',
    says: { subject: 'enterprise' },
    examples: ['各企业', '生产经营单位'],
  },
  {
    pattern: '各?(?:有关|(?:安全)?监管|行业(?:主管|监管)?|主管|政府|政府及|负有安全(?:生产)?监管职责的?)?部门',
    says: { subject: 'department' },
    examples: ['各部门', '行业主管部门', '负有安全监管职责的部门', '各有关部门'],
  },
  {
    pattern: '各?(?:乡镇街道|镇街道|乡镇|镇街|街道|属地)',
    says: { subject: 'government' },
    examples: ['乡镇街道', '街道'],
  },
  {
    pattern: '第三方|专家|中介机构|监理单位|建设单位|群众|举报|员工|职工|保管员|网格员|上级|督导组?|巡查组?|检验',
    says: { subject: 'other' },
    examples: ['第三方', '群众', '督导'],
  },

  // In what way.
  {
    pattern: '自查自改|自查自纠|自查自报|自我?(?:检查|排查)|自行(?:检查|排查)|自主(?:检查|排查)|自查|自检',
    says: { way: 'self' },
    examples: ['自查自改', '自行排查', '自主检查', '自检'],
  },
  { pattern: '排查', says: { way: 'search' }, examples: ['排查'] },
  { pattern: '检查|走访检查|巡查检查', says: { way: 'check' }, examples: ['检查'] },
  {
    pattern: `(?:行政|安全|联合)?(?:执法|监督|监管)(?:执法|${CHECK})?|安全检查`,
    says: { way: 'official' },
    examples: ['执法检查', '监督检查', '监督执法', '监管执法', '执法'],
  },
  { pattern: `对(?:各类)?企业(?:执法|监督|监管|安全)?${CHECK}`, says: { way: 'official' }, examples: ['对企业检查'] },
  { pattern: '抽查(?:检查)?|抽检|暗查暗访|暗访|夜查', says: { way: 'spot' }, examples: ['抽查检查', '暗访'] },

  // What was done.
  { pattern: '发现|查出|查处|查找出', says: { act: 'found' }, examples: ['发现', '查出', '查处'] },
  { pattern: '自查出', says: { way: 'self', act: 'found' }, examples: ['自查出'] },
  { pattern: '排查出|排查发现', says: { way: 'search', act: 'found' }, examples: ['排查出'] },
  { pattern: '检查出|检查发现', says: { way: 'check', act: 'found' }, examples: ['检查出'] },
  {
    pattern: '(?:各级)?(?:人民)?(?:政府或安委会|政府及部门|政府部门|政府|安委会)?挂牌督办',
    says: { act: 'listed' },
    examples: ['挂牌督办', '各级政府挂牌督办', '政府或安委会挂牌督办'],
  },

  // How far it is.
  {
    pattern: '已经?(?:完成|实现)?(?:整改|治理)(?:完成|完毕|到位)?|完成(?:整改|治理)|(?:整改|治理)(?:完成|完毕|到位)',
    says: { state: 'rectified' },
    examples: ['已完成整改', '已整改到位', '整改完成', '已治理'],
  },
  {
    pattern: '已?(?:完成)?(?:整改|治理)?(?:并)?销号',
    says: { state: 'signed-off' },
    examples: ['已销号', '已整改销号', '整改销号'],
  },
  {
    pattern:
      '(?:逾期)?未(?:按期|完成|及时)*(?:整改|治理|销号)(?:完成|到位)?|正在(?:整改|治理)|(?:应|需|待|按期)(?:整改|治理)|整改中',
    says: { state: 'unfinished' },
    examples: ['未完成整改', '正在整改', '逾期未整改', '应整改'],
  },
  { pattern: '已?摘牌', says: { state: 'unfinished' }, examples: ['已摘牌'] },

  // Over which time, and where.
  {
    pattern:
      '本月|当月|上月|每月|本周|上周|本季度|本期|今日|当日|今年|本年度?|全年|去年|上年度?|上半年|下半年|(?:19|20)\\d{2}年(?!(?:专项)?行动)|新增|新发现|新查',
    says: { span: 'narrower' },
    examples: ['本月', '新增', '全年', '2022年'],
  },
  {
    pattern: '全[省市区县镇]|[省市区县]级?(?:政府|安委会)?(?=挂牌)|[省市区县镇]级',
    says: { place: 'narrower' },
    examples: ['全区', '市级'],
  },
  {
    pattern: '奖励|投入|资金|金额|经费|率|比例|企业数|家数|人数|次数|天数',
    says: { counts: 'other' },
    examples: ['率', '企业数', '投入'],
  },

  // What narrows nothing: figures are cumulative anyway, and of the unit whose table it is.
  {
    pattern:
      '截至目前|目前|累计|累积|共计|共|开展以来|启动以来|(?:专项)?(?:行动|整治)(?:开展|启动)?以来|本辖区|辖区内|辖区|本地区|本地',
    says: {},
    examples: ['累计', '专项行动开展以来', '辖区内'],
  },
  { pattern: '的?(?:总)?(?:数量|个数|数目|总数|总量|数|项数|条数)', says: {}, examples: ['总数', '数量'] },
  { pattern: '其中的?|中的?|的', says: {}, examples: ['其中', '的'] },
]

/** Words of a group's heading that say no more than that this is a part of the table. */
export const HEADING_WORDS: readonly MetricWord[] = [
  {
    pattern:
      '总体|整体|基本|行业|总的|综合|全面|(?:20)\\d{2}年?(?:专项)?行动|安全生产|专项|整治|整改|治理|行动|工作|进展|开展|推进|落实|情况|统计|汇总|调度|数据|指标|自改|督办|挂牌|政府|帮扶|服务|管理|行政|处罚|督促',
    says: {},
    examples: ['总体', '进展情况'],
  },
  { pattern: '及|和|与|、|或', says: {}, examples: ['和'] },
]
