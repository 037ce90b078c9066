/** A table (调度表) as text for a terminal: a line for each figure, in columns. */
import type { FigureView, TablePage } from '@bihuan/contracts'
import { metricTableFrom, type PlanMetricTable } from '@bihuan/domain'

type Line = readonly [ordinal: string, label: string, unit: string, figure: string, source: string]

const heads: Line = ['序号', '指标', '单位', '数字', '来源']

export function tablePageText(page: TablePage): string {
  const shown = new Map(page.figures.map((figure) => [figure.key, figure]))
  const groups = metricTableFrom(page.design.form as PlanMetricTable).groups.map(({ name, rows }) => ({
    name,
    lines: rows.flatMap(({ ordinal, figures }) =>
      figures.flatMap(({ key }, at) => {
        const figure = shown.get(key)
        return figure === undefined ? [] : [lineOf(at === 0 ? String(ordinal) : '', figure)]
      }),
    ),
  }))
  const widths = widthsOf([heads, ...groups.flatMap(({ lines }) => lines)])
  return [
    page.title,
    `单位：${page.unitName}　行动：${page.campaignName}`,
    `累计：${page.campaign.startsOn} 至 ${page.cutOff}`,
    page.knownAt === null
      ? '依据：账上现有的全部记录'
      : `依据：账上到第 ${page.knownAt} 号为止的记录（此后补记的不算）`,
    `链头：${page.head.position}:${page.head.chainHash}`,
    ...groups.flatMap(({ name, lines }) => [
      '',
      `【${name}】`,
      aligned(heads, widths),
      ...lines.map((line) => aligned(line, widths)),
    ]),
    ...(page.problems.length === 0 ? [] : ['', '请核对：', ...page.problems.map(({ message }) => `  ${message}`)]),
  ].join('\n')
}

function lineOf(ordinal: string, figure: FigureView): Line {
  // A blank is not a zero.
  return [ordinal, figure.label, figure.unit ?? '', figure.text === '' ? '未填' : figure.text, sourceOf(figure)]
}

function sourceOf({ metric, derived, typed }: FigureView): string {
  if (metric === null) return '手填'
  return typed === null ? '记录' : `记录 ${derived ?? '0'}，手填 ${typed}`
}

function widthsOf(lines: readonly Line[]): number[] {
  return heads.map((_, column) => Math.max(...lines.map((line) => widthOf(line[column] ?? ''))))
}

function aligned(line: Line, widths: readonly number[]): string {
  return line
    .map((text, column) => {
      const space = ' '.repeat((widths[column] ?? 0) - widthOf(text))
      return column === heads.indexOf('数字') ? space + text : text + space
    })
    .join('  ')
    .trimEnd()
}

/** In columns of a terminal, where a Chinese character takes two. */
function widthOf(text: string): number {
  return [...text].reduce(
    (width, character) => width + (/[\u2e80-\uffdc\u3000\u201c\u201d]|[^\u0000-\uffff]/u.test(character) ? 2 : 1),
    0,
  )
}
