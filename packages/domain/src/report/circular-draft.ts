/** A circular in words: figures as sentences, who leads and lags, what is overdue, and demands that follow from them; the rest is left blank. */
import { formatChinese, type CivilDate } from '../shared/civil-date.js'
import {
  rateOf,
  rateText,
  type CircularCount,
  type CircularFigure,
  type CircularUnit,
  type Ranked,
} from './circular.js'
import type { DraftBlock } from './draft-block.js'
import { blankFor } from './narrative-sections.js'

export interface CircularOverdue {
  readonly unitName: string
  readonly code: string
  readonly subjectName: string
  readonly description: string
  readonly deadline: CivilDate
  readonly days: number
}

export interface CircularText {
  readonly campaignName: string
  /** 2023年第二季度. */
  readonly period: string
  readonly to: CivilDate
  /** The day on which what is overdue was looked at. */
  readonly overdueOn: CivilDate
  /** Of the whole territory: not the sum of the units, which need not cover it. */
  readonly whole: {
    readonly period: CircularCount
    readonly total: CircularCount
    readonly overdue: number
    readonly known: readonly CircularFigure[]
  }
  readonly units: readonly CircularUnit[]
  readonly leads: readonly Ranked[]
  readonly lags: readonly Ranked[]
  readonly overdue: readonly CircularOverdue[]
  readonly overdueMore: number
}

export interface CircularTable {
  readonly title: string
  readonly note: string
  readonly columns: readonly string[]
  readonly rows: readonly (readonly string[])[]
}

export interface CircularDocument {
  readonly title: string
  readonly body: readonly DraftBlock[]
  readonly annexes: readonly CircularTable[]
}

export function circularTitle(campaignName: string, period: string): string {
  return `关于${campaignName}${period}进展情况的通报`
}

export function draftCircular(text: CircularText): CircularDocument {
  const annexes = [unitTable(text), ...(text.overdue.length === 0 ? [] : [overdueTable(text)])]
  return {
    title: circularTitle(text.campaignName, text.period),
    body: [
      { text: `现将${text.campaignName}${text.period}进展情况通报如下。` },
      { heading: 1, text: '总体情况' },
      ...overall(text),
      { heading: 1, text: '各单位进展情况' },
      ...standing(text),
      { heading: 1, text: '超期未整改情况' },
      ...late(text),
      { heading: 1, text: '报送情况' },
      ...filing(text),
      { heading: 1, text: '下步工作要求' },
      ...demands(text),
    ],
    annexes,
  }
}

function overall({ period, to, whole }: CircularText): readonly DraftBlock[] {
  const { total, known } = whole
  const listed = total.listed > 0 ? `，挂牌督办${total.listed}个` : ''
  const counted = [
    `${period}，共发现重大事故隐患${whole.period.found}个，其中已完成整改${whole.period.rectified}个。`,
    `行动开展以来（截至${formatChinese(to)}），累计发现重大事故隐患${total.found}个，完成整改${total.rectified}个`,
    total.found === 0 ? `${listed}。` : `，整改率${rateText(rateOf(total))}${listed}。`,
  ].join('')
  const typed = known.map(({ label, text, unit }) => `${label}${text}${unit ?? ''}`).join('，')
  return [
    { text: counted },
    known.length === 0
      ? { text: blankFor('检查、执法处罚情况，系统没有各单位的上报数') }
      : { text: `各单位上报的调度表显示，行动开展以来累计${typed}。` },
  ]
}

function standing({ units, leads, lags, overdue }: CircularText): readonly DraftBlock[] {
  const named = (ranked: readonly Ranked[]) =>
    ranked.map(({ unitName, reason }) => `${unitName}（${reason}）`).join('；')
  const silent = units.filter(({ side, total }) => side === 'territory' && total.found === 0)
  return [
    {
      text: `各单位进展情况见${overdue.length === 0 ? '附件' : '附件1'}。排名依次看整改率、超期数和报送得分，不看发现数量。`,
    },
    ...(leads.length === 0 ? [] : [{ heading: 2, text: '进展较快的单位' } as const, { text: `${named(leads)}。` }]),
    ...(lags.length === 0 ? [] : [{ heading: 2, text: '进展较慢的单位' } as const, { text: `${named(lags)}。` }]),
    ...(leads.length + lags.length === 0 ? [{ text: '各单位进展没有明显差别。' }] : []),
    ...(silent.length === 0
      ? []
      : [{ text: `${namesOf(silent)}行动开展以来没有发现重大事故隐患，不参加排名；请核实排查是否到位。` }]),
  ]
}

function late({ overdue, overdueMore, overdueOn, whole }: CircularText): readonly DraftBlock[] {
  if (overdue.length === 0)
    return [{ text: `截至${formatChinese(overdueOn)}，没有超过整改期限仍未完成整改的重大、重点隐患。` }]
  const byUnit = [...new Set(overdue.map(({ unitName }) => unitName))].map((unitName) => {
    const own = overdue.filter((one) => one.unitName === unitName)
    return `${unitName}${own.length}个（最长超期${Math.max(...own.map(({ days }) => days))}天）`
  })
  const more = overdueMore > 0 ? `附件2所列为超期最长的${overdue.length}个。` : ''
  return [
    {
      text: `截至${formatChinese(overdueOn)}，超过整改期限仍未完成整改的重大、重点隐患${whole.overdue}个，其中${byUnit.join('，')}。${more}`,
    },
  ]
}

function filing({ units }: CircularText): readonly DraftBlock[] {
  const sum = (of: (unit: CircularUnit) => number) => units.reduce((total, unit) => total + of(unit), 0)
  const [onTime, lateCount, missing] = [
    sum(({ returns }) => returns.onTime),
    sum(({ returns }) => returns.late),
    sum(({ returns }) => returns.missing),
  ]
  const due = onTime + lateCount + missing
  if (due === 0) return [{ text: '本期没有到期的报表。' }]
  const parts = (
    [
      ['迟报', ({ returns }) => returns.late],
      ['逾期未报', ({ returns }) => returns.missing],
      ['被退回', ({ returns }) => returns.sentBack],
    ] as readonly [string, (unit: CircularUnit) => number][]
  ).flatMap(([word, of]) => {
    const named = units.filter((unit) => of(unit) > 0)
    return named.length === 0
      ? []
      : [`${word}的有${named.map((unit) => `${unit.unitName}（${of(unit)}次）`).join('、')}`]
  })
  const tail = parts.length === 0 ? '' : `${parts.join('；')}。`
  return [{ text: `本期各单位应报${due}次，按时上报${onTime}次，迟报${lateCount}次，逾期未报${missing}次。${tail}` }]
}

function demands({ overdue, lags, units }: CircularText): readonly DraftBlock[] {
  const filedLate = units.filter(({ returns }) => returns.late + returns.missing > 0)
  const owing = [...new Set(overdue.map(({ unitName }) => unitName))]
  return [
    ...(owing.length === 0
      ? []
      : [
          { heading: 2, text: '抓紧整改超期隐患' } as const,
          {
            text: `${owing.join('、')}要对附件2所列隐患逐条明确责任人、措施和时限，于${blankFor('完成时限')}前完成整改；确有困难的，按程序申请延期，并落实整改前的管控措施。`,
          },
        ]),
    ...(lags.length === 0
      ? []
      : [
          { heading: 2, text: '加快整改进度' } as const,
          { text: `${lags.map(({ unitName }) => unitName).join('、')}要查找进展慢的原因，${blankFor('具体要求')}。` },
        ]),
    ...(filedLate.length === 0
      ? []
      : [
          { heading: 2, text: '按时准确报送' } as const,
          { text: `${namesOf(filedLate)}要明确专人负责，按规定时限报送；没有情况的也要零报告。` },
        ]),
    { heading: 2, text: '其他要求' },
    { text: blankFor('其他要求') },
  ]
}

const namesOf = (units: readonly CircularUnit[]): string => units.map(({ unitName }) => unitName).join('、')

function unitTable({ campaignName, period, to, units }: CircularText): CircularTable {
  const labels = [
    ...new Set(
      units.flatMap(({ known }) => known.map(({ label, unit }) => (unit === null ? label : `${label}（${unit}）`))),
    ),
  ]
  return {
    title: `${campaignName}各单位进展情况表`,
    note: `本期：${period}；累计：行动开展以来至${formatChinese(to)}。部门的数为本部门检查发现的。`,
    columns: [
      '序号',
      '单位',
      '本期发现',
      '其中已整改',
      '累计发现',
      '累计整改',
      '整改率',
      '超期',
      '挂牌督办',
      ...labels,
      '按时报送',
      '迟报',
      '未报',
      '退回',
      '报送得分',
    ],
    rows: units.map(({ unitName, period: now, total, overdue, known, returns }) => [
      '',
      unitName,
      ...[now.found, now.rectified, total.found, total.rectified].map(String),
      rateText(rateOf(total)),
      ...[overdue, total.listed].map(String),
      ...labels.map(
        (wanted) =>
          known.find(({ label, unit }) => (unit === null ? label : `${label}（${unit}）`) === wanted)?.text ?? '—',
      ),
      ...[returns.onTime, returns.late, returns.missing, returns.sentBack].map(String),
      returns.score === null ? '—' : String(returns.score),
    ]),
  }
}

function overdueTable({ campaignName, overdueOn, overdue }: CircularText): CircularTable {
  return {
    title: `${campaignName}超期未整改隐患清单`,
    note: `统计日期：${formatChinese(overdueOn)}`,
    columns: ['序号', '单位', '隐患编号', '企业（场所）', '隐患描述', '整改期限', '超期天数'],
    rows: overdue.map(({ unitName, code, subjectName, description, deadline, days }) => [
      '',
      unitName,
      code,
      subjectName,
      description,
      deadline,
      String(days),
    ]),
  }
}
