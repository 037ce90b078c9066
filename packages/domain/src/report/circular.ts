/**
 * A circular (通报): of some days of a campaign, what each unit found and rectified, what is overdue, who filed in time, who leads and who
 * lags. Its figures are those of one position, and stay what they were when it was drafted.
 */
import {
  daysBetween,
  endOfMonth,
  formatChinese,
  monthOf,
  startOfMonth,
  yearOf,
  type CivilDate,
} from '../shared/civil-date.js'
import { decided, refused, type Decision } from '../shared/decision.js'

export interface CircularCount {
  readonly found: number
  /** Of those that were found in the same days. */
  readonly rectified: number
  readonly listed: number
}

export interface CircularFigure {
  readonly label: string
  readonly unit: string | null
  readonly text: string
}

export interface CircularReturns {
  readonly onTime: number
  readonly late: number
  /** Past the day and not filed. */
  readonly missing: number
  readonly sentBack: number
  /** docs/return-score.md; null: nothing was due. */
  readonly score: number | null
}

export interface CircularUnit {
  readonly unitId: string
  readonly unitName: string
  /** By the territory on which things lie, or (departments) by whose doing they are. */
  readonly side: 'territory' | 'department'
  readonly period: CircularCount
  readonly total: CircularCount
  readonly overdue: number
  /** What no record gives yet, as it was typed into tables that were filed: inspections, penalties. */
  readonly known: readonly CircularFigure[]
  readonly returns: CircularReturns
}

/** Rectified of found, in tenths of a per cent, rounded down: 100% is all of them. Null where nothing was found. */
export function rateOf({ found, rectified }: Pick<CircularCount, 'found' | 'rectified'>): number | null {
  return found === 0 ? null : Math.floor((rectified * 1000) / found)
}

export function rateText(rate: number | null): string {
  return rate === null ? '—' : `${rate % 10 === 0 ? rate / 10 : (rate / 10).toFixed(1)}%`
}

const FULL = 1000
const FIRST = 3

export interface Ranked {
  readonly unitId: string
  readonly unitName: string
  readonly reason: string
}

/**
 * 前三 and 后三 among units of one kind, at most half of them on each side: by the share that is rectified, then by what is overdue, then
 * by the score of their returns. How much a unit found is no merit and no fault, or the count would invite invention; whoever found
 * nothing stands in no order. Equals stand together: where the third is like the fourth both are named, and where all are alike nobody is.
 */
export function rankUnits(units: readonly CircularUnit[]): {
  readonly leads: readonly Ranked[]
  readonly lags: readonly Ranked[]
} {
  const ranked = units.filter(({ total }) => total.found > 0)
  const most = Math.min(FIRST, Math.floor(ranked.length / 2))
  const better = (than: CircularUnit) => ranked.filter((unit) => compareUnits(unit, than) < 0).length
  const worse = (than: CircularUnit) => ranked.filter((unit) => compareUnits(unit, than) > 0).length
  const isFirst = (unit: CircularUnit) => better(unit) < most
  const isLast = (unit: CircularUnit) => worse(unit) < most
  const inOrder = [...ranked].sort((a, b) => compareUnits(a, b) || (a.unitName < b.unitName ? -1 : 1))
  const told = (unit: CircularUnit): Ranked => ({
    unitId: unit.unitId,
    unitName: unit.unitName,
    reason: reasonOf(unit),
  })
  return {
    leads: inOrder.filter((unit) => isFirst(unit) && !isLast(unit) && rateOf(unit.total) !== 0).map(told),
    lags: inOrder
      .filter((unit) => isLast(unit) && !isFirst(unit) && !isFaultless(unit))
      .map(told)
      .reverse(),
  }
}

/** Below zero: the first stands better. */
export function compareUnits(a: CircularUnit, b: CircularUnit): number {
  const rates = (rateOf(b.total) ?? 0) - (rateOf(a.total) ?? 0)
  if (rates !== 0) return rates
  if (a.overdue !== b.overdue) return a.overdue - b.overdue
  return (b.returns.score ?? 100) - (a.returns.score ?? 100)
}

function isFaultless({ total, overdue }: CircularUnit): boolean {
  return rateOf(total) === FULL && overdue === 0
}

function reasonOf({ total, overdue, returns }: CircularUnit): string {
  return [
    `整改率${rateText(rateOf(total))}（发现${total.found}个，完成整改${total.rectified}个）`,
    overdue > 0 ? `超期${overdue}个` : '无超期',
    ...(returns.score === null ? [] : [`报送得分${returns.score}`]),
  ].join('，')
}

/** The days of a circular: within the campaign, and past. */
export function checkCircularSpan(
  { from, to }: { readonly from: CivilDate; readonly to: CivilDate },
  campaign: { readonly startsOn: CivilDate | null },
  today: CivilDate,
): Decision<{ readonly from: CivilDate; readonly to: CivilDate }> {
  if (campaign.startsOn === null)
    return refused('circular.campaign-not-begun', '行动还没有确定开始日期，没有数字可通报；请先确定日期。', 'from')
  if (to < from) return refused('circular.dates-reversed', '截止日期早于起始日期，请核对。', 'to')
  if (to > today) return refused('circular.not-past', `截止日期${formatChinese(to)}还没有到，请改为今天或以前。`, 'to')
  if (to < campaign.startsOn) {
    return refused(
      'circular.before-campaign',
      `行动从${formatChinese(campaign.startsOn)}开始，这段时间里没有数字；请改晚。`,
      'to',
    )
  }
  return decided({ from: from < campaign.startsOn ? campaign.startsOn : from, to })
}

/** 2023年第二季度, 2023年6月; otherwise the two days. A quarter that is cut by the campaign's first day is that quarter all the same. */
export function circularPeriod(from: CivilDate, to: CivilDate, startsOn: CivilDate | null): string {
  const isOpened = (first: CivilDate) => from === first || (from === startsOn && from > first)
  if (to === endOfMonth(to)) {
    const year = `${yearOf(to)}年`
    if (isOpened(startOfMonth(to))) return `${year}${monthOf(to)}月`
    const quarter = Math.ceil(monthOf(to) / 3)
    const first = `${yearOf(to)}-${String(quarter * 3 - 2).padStart(2, '0')}-01`
    if (monthOf(to) === quarter * 3 && isOpened(first)) return `${year}第${'一二三四'[quarter - 1] ?? ''}季度`
  }
  return `${formatChinese(from)}至${formatChinese(to)}`
}

/** A draft may be put aside; what was issued has gone out. */
export function decideDiscard({ state }: { readonly state: 'draft' | 'issued' }): Decision<'discarded'> {
  return state === 'draft'
    ? decided('discarded')
    : refused('circular.wrong-state', '这一期通报已经印发，不能删除；如有更正，请另起草一期。')
}

export interface CircularIssue {
  /** 发文字号. */
  readonly docNo: string
  readonly issuedOn: CivilDate
}

/** Marking it issued: once, with its number of issue, on a day that has come. */
export function decideIssue(
  circular: { readonly state: 'draft' | 'issued'; readonly to: CivilDate },
  issue: CircularIssue,
  file: { readonly mediaType: string; readonly name: string },
  today: CivilDate,
): Decision<CircularIssue> {
  if (circular.state === 'issued')
    return refused('circular.wrong-state', '这一期通报已经印发，不能再改；如有更正，请另起草一期。')
  if (issue.docNo.trim() === '') return refused('circular.number-missing', '请填写发文字号。', 'docNo')
  if (issue.issuedOn > today)
    return refused('circular.issued-later', '印发日期还没有到；请在印发之后再来标记。', 'issuedOn')
  if (daysBetween(circular.to, issue.issuedOn) < 0) {
    return refused('circular.issued-before', `印发日期早于所通报的${formatChinese(circular.to)}，请核对。`, 'issuedOn')
  }
  const isPaper = /^application\/(?:pdf|vnd\.openxmlformats-officedocument\.wordprocessingml\.document)$/
  if (!isPaper.test(file.mediaType))
    return refused('circular.file-kind', `“${file.name}”不是PDF或Word文档；请传印发的通报。`, 'fileId')
  return decided({ docNo: issue.docNo.trim(), issuedOn: issue.issuedOn })
}
