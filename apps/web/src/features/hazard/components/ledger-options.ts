/** What a ledger's form does not say, chosen for all rows: what is asked depends on the form. */
import type { ImportView } from '@bihuan/contracts'
import {
  hazardGradeLabels,
  hazardSourceLabels,
  readLedgerForm,
  type HazardGrade,
  type HazardSource,
} from '@bihuan/domain'

export interface LedgerOptions {
  readonly source: HazardSource | null
  readonly grade: HazardGrade | null
  readonly sector: string
  readonly foundOn: string | null
  readonly subjectName: string
  readonly territoryUnitId: string | null
  readonly authorityUnitId: string | null
  readonly responsibleUnitId: string | null
  readonly finderUnitId: string | null
  readonly finderName: string
  readonly listedOn: string | null
  readonly unknownSubject: 'ask' | 'enterprise' | 'place'
}

export const noOptions: LedgerOptions = {
  source: null,
  grade: null,
  sector: '',
  foundOn: null,
  subjectName: '',
  territoryUnitId: null,
  authorityUnitId: null,
  responsibleUnitId: null,
  finderUnitId: null,
  finderName: '',
  listedOn: null,
  unknownSubject: 'ask',
}

export type OptionKey = keyof LedgerOptions

/** In the order in which they are asked: what this form lacks, and whether a registration can do without. */
export function askedOf(columns: readonly string[]): {
  readonly first: readonly OptionKey[]
  readonly rest: readonly OptionKey[]
} {
  const { asks, columns: known } = readLedgerForm(columns)
  const lists = known.some(({ field }) => field?.startsWith('listing') === true)
  const first: OptionKey[] = []
  if (asks.includes('source')) first.push('source')
  if (asks.includes('grade')) first.push('grade')
  if (asks.includes('foundOn')) first.push('foundOn')
  if (asks.includes('sector')) first.push('sector')
  if (asks.includes('subject')) first.push('subjectName')
  if (asks.includes('authority')) first.push('authorityUnitId')
  if (asks.includes('finder')) first.push('finderName', 'finderUnitId')
  const all = Object.keys(noOptions) as OptionKey[]
  return { first, rest: all.filter((key) => !first.includes(key) && (key !== 'listedOn' || lists)) }
}

/** Without these every row would be refused. */
export function unanswered(columns: readonly string[], options: LedgerOptions): string | null {
  const { first } = askedOf(columns)
  const missing = (['source', 'grade'] as const).filter((key) => first.includes(key) && options[key] === null)
  if (missing.length === 0) return null
  return `请先选定${missing.map((key) => optionLabels[key]).join('和')}：这张清单没有这${missing.length === 1 ? '一' : '两'}列。`
}

export const optionLabels: Readonly<Record<OptionKey, string>> = {
  source: '隐患来源',
  grade: '隐患等级',
  sector: '行业领域',
  foundOn: '检查日期',
  subjectName: '企业或场所',
  territoryUnitId: '属地',
  authorityUnitId: '监管单位',
  responsibleUnitId: '整改责任单位',
  finderUnitId: '检查单位',
  finderName: '检查人',
  listedOn: '挂牌督办日期',
  unknownSubject: '名册里没有的名称',
}

export const unknownChoices = [
  { value: 'ask', label: '逐行决定' },
  { value: 'enterprise', label: '按未登记的企业登记' },
  { value: 'place', label: '按场所登记' },
] as const

/** As the server takes them. */
export function toldWith(
  campaignId: string,
  columns: readonly string[],
  options: LedgerOptions,
): Record<string, unknown> {
  return {
    campaignId,
    columns: [...columns],
    ...options,
    sector: options.sector.trim() === '' ? null : options.sector.trim(),
  }
}

/** What a run was told, read back; what is not known stays as nothing was said. */
export function optionsOf(run: Pick<ImportView, 'options'>): {
  campaignId: string
  columns: string[]
  options: LedgerOptions
} {
  const told = (typeof run.options === 'object' && run.options !== null ? run.options : {}) as Record<string, unknown>
  const known = Object.fromEntries(
    Object.keys(noOptions).flatMap((key) => (told[key] === undefined || told[key] === null ? [] : [[key, told[key]]])),
  ) as Partial<LedgerOptions>
  return {
    campaignId: typeof told['campaignId'] === 'string' ? told['campaignId'] : '',
    columns: Array.isArray(told['columns']) ? (told['columns'] as string[]) : [],
    options: { ...noOptions, ...known },
  }
}

/** 来源 部门检查 · 等级 重大: one line above the preview. */
export function summaryOf(options: LedgerOptions): string {
  const said = [
    options.source === null ? null : `来源 ${hazardSourceLabels[options.source]}`,
    options.grade === null ? null : `等级 ${hazardGradeLabels[options.grade]}`,
    options.sector === '' ? null : `行业 ${options.sector}`,
    options.foundOn === null ? null : `检查日期 ${options.foundOn}`,
    options.subjectName === '' ? null : `企业或场所 ${options.subjectName}`,
    options.finderName === '' ? null : `检查人 ${options.finderName}`,
  ].filter((part) => part !== null)
  return said.length === 0 ? '没有为全表选定什么' : said.join(' · ')
}
