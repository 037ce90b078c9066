/** The table as a file: Word and Excel in the layout of the notice's annex, or JSON for another system. */
import type { TablePage } from '@bihuan/contracts'
import { metricTableFrom, type PlanMetricTable } from '@bihuan/domain'
import {
  joinFigures,
  metricKey,
  writeMetricTableExcel,
  writeMetricTableWord,
  type FormFill,
  type MetricTableForm,
} from '@bihuan/office'

export type TableFormat = 'docx' | 'xlsx' | 'json'

export interface TableFile {
  readonly name: string
  readonly mediaType: string
  readonly bytes: Uint8Array
}

const mediaTypes: Readonly<Record<TableFormat, string>> = {
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  json: 'application/json',
}

/** What stands in the blanks of a filed return besides its unit and day. */
export type SignedFill = Pick<FormFill, 'persons' | 'phones' | 'period'>

export async function writeTable(page: TablePage, format: TableFormat, signed: SignedFill = {}): Promise<TableFile> {
  const name = `${page.title}（${page.unitName}，截至${page.cutOff}）.${format}`
  if (format === 'json') {
    const { abilities: _, ...content } = page
    return {
      name,
      mediaType: mediaTypes.json,
      bytes: new TextEncoder().encode(JSON.stringify({ schema: 'bihuan.table/1', ...content }, null, 2)),
    }
  }
  const form = officialFormOf(page, signed)
  return {
    name,
    mediaType: mediaTypes[format],
    bytes: await (format === 'docx' ? writeMetricTableWord(form) : writeMetricTableExcel(form)),
  }
}

/** The table as its notice lays it out, filled: a file of its own, or the annex of a report. */
export function officialFormOf(
  page: Pick<TablePage, 'design' | 'figures' | 'unitName' | 'cutOff'>,
  signed: SignedFill = {},
): MetricTableForm {
  return {
    table: page.design.form as PlanMetricTable,
    values: printedValues(page),
    fill: { unit: page.unitName, date: page.cutOff, ...signed },
    layout: { pairsPerRow: page.design.layout.pairsPerRow },
  }
}

/** One text a printed cell. Of two figures in one cell a blank is a dash, so that the other keeps its place. */
function printedValues(page: Pick<TablePage, 'design' | 'figures'>): Record<string, string> {
  const shown = new Map(page.figures.map((figure) => [figure.key, figure.text]))
  const values: Record<string, string> = {}
  for (const group of metricTableFrom(page.design.form as PlanMetricTable).groups) {
    for (const [at, row] of group.rows.entries()) {
      const again = group.rows.slice(0, at + 1).filter((other) => other.ordinal === row.ordinal).length
      const texts = row.figures.map((figure) => shown.get(figure.key) ?? '')
      values[metricKey(group.index, row.ordinal, again)] = texts.every((text) => text === '')
        ? ''
        : joinFigures(texts.map((text) => (text === '' ? '—' : text)))
    }
  }
  return values
}
