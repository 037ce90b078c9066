/**
 * A ledger's form (清单): which columns it has, and what each means.
 *
 * Notices differ in the order and the wording of their columns, so a title is read by meaning: a short list of phrases, the
 * first that fits. A title that none fits is kept and stays empty in print; what registration needs and the form lacks is
 * listed in `asks`, for the person who imports it.
 */
export const ledgerFieldLabels = {
  ordinal: '序号',
  code: '隐患编号',
  unit: '填报单位',
  subject: '企业或场所',
  sector: '行业领域',
  description: '隐患描述',
  place: '地点',
  grade: '隐患等级',
  source: '隐患来源',
  level: '涉及层面',
  foundOn: '检查日期',
  finder: '检查人',
  measures: '整改措施',
  funds: '整改资金',
  contingency: '应急预案',
  listing: '挂牌督办文件名称及文号',
  listingName: '挂牌督办文件名称',
  listingNumber: '挂牌督办文号',
  deadline: '整改时限',
  responsible: '责任单位',
  responsiblePerson: '责任人',
  authority: '监管单位',
  stage: '整改阶段',
  rectifiedOn: '实际整改完成时间',
  progress: '整改进展',
  progressOn: '整改进展时间',
  remark: '备注',
} as const

export type LedgerField = keyof typeof ledgerFieldLabels

/** In the order of asking: what is told apart by an extra word stands before the word it contains. */
const phrases: readonly (readonly [LedgerField | null, RegExp])[] = [
  ['ordinal', /^(序号|编次|次序|no\.?)$/i],
  ['code', /编号$|^编码$/],
  ['remark', /^(备注|说明|其他说明|备考)$/],
  // Columns that belong to no field here, though they hold words that would fit one.
  [null, /依据|标准|条款|照片|图片|附件|电话|联系|^隐患(类型|类别)$/],
  ['listing', /挂牌.*(名称|文件).*文号|挂牌.*文号.*名称/],
  ['listingNumber', /挂牌.*(文号|字号)|^督办文号$/],
  ['authority', /(督办|监管|督导|包保|复查|验收)(责任)?(单位|部门)/],
  ['listingName', /挂牌/],
  ['progressOn', /(进展|更新).*(时间|日期)/],
  ['progress', /进展|(整改|落实|治理)情况/],
  ['rectifiedOn', /(实际|已).*(时间|日期)|^实际(整改)?完成$|^(整改)?完成(时间|日期)$|销号(时间|日期)/],
  ['deadline', /(计划|拟|预计|要求).*(时间|日期)|时限|期限|限期/],
  ['foundOn', /(检查|排查|发现|自查|巡查)的?(时间|日期)/],
  ['finder', /(?<![被受])(检查|排查|发现)(人|单位|部门)/],
  ['stage', /阶段|(整改|隐患)状态|^状态$|是否已?(整改|销号|完成)/],
  ['funds', /资金|经费|投入/],
  ['contingency', /预案/],
  ['measures', /措施|(整改|治理)方案|整改要求/],
  ['level', /层面|层级/],
  ['responsible', /单位.*责任人/],
  ['responsiblePerson', /责任人|负责人/],
  ['responsible', /责任(单位|部门|主体|企业)|整改(单位|主体)/],
  ['source', /来源|(检查|排查|发现)(方式|类型|类别|主体)/],
  ['grade', /(等级|级别)$/],
  ['sector', /领域|行业|专题/],
  ['place', /地点|位置|部位|地址/],
  ['unit', /乡镇|镇街|街道|社区|县区|地区|园区|^部门|^属地|(填报|报送|上报)单位|^单位$/],
  ['description', /(隐患|问题)的?(描述|内容|情况|表现|名称|概述)|(隐患|问题)$/],
  ['subject', /企业|项目|场所|(隐患|检查)的?单位|单位名称|经营主体|检查对象/],
  ['description', /隐患/],
]

export interface LedgerColumn {
  readonly title: string
  /** `null` for a column whose meaning is not known here. */
  readonly field: LedgerField | null
}

/** What a registration needs and the form does not say. */
export type LedgerAsk =
  'campaign' | 'source' | 'subject' | 'sector' | 'finder' | 'foundOn' | 'grade' | 'responsible' | 'authority'

export const ledgerAskLabels: Readonly<Record<LedgerAsk, string>> = {
  campaign: '所属行动',
  source: '隐患来源',
  subject: '企业或场所',
  sector: '行业领域',
  finder: '发现人',
  foundOn: '检查日期',
  grade: '隐患等级',
  responsible: '整改责任单位',
  authority: '监管单位',
}

export interface LedgerForm {
  readonly columns: readonly LedgerColumn[]
  readonly asks: readonly LedgerAsk[]
  /** What makes the form unfit for reading rows, one Chinese sentence each; empty when it is fit. */
  readonly problems: readonly LedgerFormProblem[]
}

export interface LedgerFormProblem {
  readonly code: 'hazard.ledger-column-doubled' | 'hazard.ledger-column-missing'
  readonly message: string
}

export function readLedgerForm(titles: readonly string[]): LedgerForm {
  const columns = titles.map((title): LedgerColumn => ({ title, field: ledgerFieldOf(title) }))
  const has = (...fields: readonly LedgerField[]) =>
    columns.some(({ field }) => field !== null && fields.includes(field))

  const problems: LedgerFormProblem[] = []
  for (const field of Object.keys(ledgerFieldLabels) as readonly LedgerField[]) {
    const same = columns.filter((column) => column.field === field)
    if (same.length > 1) {
      problems.push({
        code: 'hazard.ledger-column-doubled',
        message: `“${same.map(({ title }) => title).join('”和“')}”都是${ledgerFieldLabels[field]}，请只留一列。`,
      })
    }
  }
  if (!has('description')) {
    problems.push({ code: 'hazard.ledger-column-missing', message: '没有找到隐患描述这一列，请核对表头。' })
  }

  const asks: LedgerAsk[] = ['campaign']
  if (!has('source')) asks.push('source')
  if (!has('subject')) asks.push('subject')
  if (!has('sector')) asks.push('sector')
  if (!has('finder')) asks.push('finder')
  if (!has('foundOn')) asks.push('foundOn')
  if (!has('grade')) asks.push('grade')
  if (!has('responsible')) asks.push('responsible')
  if (!has('authority', 'unit')) asks.push('authority')
  return { columns, asks, problems }
}

export function ledgerFieldOf(title: string): LedgerField | null {
  const bare = bareColumnTitle(title)
  return phrases.find(([, phrase]) => phrase.test(bare))?.[0] ?? null
}

/** Without white space, marks and what stands in brackets: 企业（项目） is 企业. */
function bareColumnTitle(title: string): string {
  const tight = title.replace(/[\s\u3000\u00A0*＊]+/g, '')
  const bare = tight.replace(/[（(【[〔][^）)】\]〕]*[）)】\]〕]/g, '').replace(/[：:，,。、]+$/g, '')
  return bare === '' ? tight : bare
}
