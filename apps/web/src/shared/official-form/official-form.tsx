import type { MetricFigure, PlanMetricTable } from '@bihuan/domain'
import { Fragment, type CSSProperties, type ReactNode } from 'react'
import type { FormRow } from './form-rows.js'
import './official-form.css'

/** What stands in the blanks around the table, as the printed form will have it. */
export interface FormFill {
  readonly unit: string
  readonly date: string
  /** Who signed, by the label that the form prints. */
  readonly signed?: readonly { readonly label: string; readonly name: string }[]
}

export interface OfficialFormProps {
  readonly form: PlanMetricTable
  readonly rows: readonly FormRow[]
  readonly fill?: FormFill | undefined
  /** What stands in a figure's place; nothing where a design is only looked at. */
  readonly figure?: (figure: MetricFigure, alone: boolean) => ReactNode
}

/** The 调度表 as the notice's annex prints it. */
export function OfficialForm({ form, rows, fill, figure }: OfficialFormProps) {
  const pairs = rows[0]?.triples.length ?? 2
  return (
    <div className={`form-sheet form-sheet--${pairs}`}>
      <p className="form-sheet-title">{form.title === '' ? '（表名）' : form.title}</p>
      {form.head.map((line, index) => (
        <FormLine key={index} line={line} fill={fill} />
      ))}
      <table className="form-sheet-table" role={figure ? 'grid' : undefined} aria-label={form.title}>
        <colgroup>
          <col className="form-col-group" />
          {Array.from({ length: pairs }, (_, p) => (
            <Fragment key={p}>
              <col className="form-col-ordinal" />
              <col />
              <col className="form-col-value" />
            </Fragment>
          ))}
        </colgroup>
        <tbody>
          {rows.map((row) => (
            <tr key={row.key}>
              {row.group && (
                <th scope="rowgroup" rowSpan={row.group.rows} className="form-group">
                  {row.group.name}
                </th>
              )}
              {row.triples.map((triple, p) =>
                triple === null ? (
                  <Fragment key={p}>
                    <td />
                    <td />
                    <td />
                  </Fragment>
                ) : (
                  <Fragment key={p}>
                    <td className="form-ordinal">{triple.ordinal}</td>
                    <td className="form-label">{triple.cell}</td>
                    <td
                      className={`form-value${triple.figures.length > 1 ? ' form-value--many' : ''}`}
                      style={{ '--figures': triple.figures.length } as CSSProperties}
                    >
                      {figure &&
                        triple.figures.map((one, index) => (
                          <Fragment key={one.key}>
                            {index > 0 && (
                              <span className="form-comma" aria-hidden>
                                ，
                              </span>
                            )}
                            {figure(one, triple.figures.length === 1)}
                          </Fragment>
                        ))}
                    </td>
                  </Fragment>
                ),
              )}
            </tr>
          ))}
        </tbody>
      </table>
      {form.notes.length > 0 && (
        <div className="form-notes">
          {form.notes.map((note, index) => (
            <p key={index}>
              {index === 0 && '注：'}
              {note}
            </p>
          ))}
        </div>
      )}
      {form.foot.map((line, index) => (
        <FormLine key={index} line={line} fill={fill} />
      ))}
    </div>
  )
}

/** Fields of a line stand apart, as in the form; the unit, the day and who signed are filled in where the form leaves them blank. */
function FormLine({ line, fill }: { line: string; fill?: OfficialFormProps['fill'] }) {
  const fields = line.split(/\s+(?=[^\s年月日_]*[^\s年月日_：:]+[：:])/)
  return (
    <p className="form-line">
      {fields.map((field, index) => (
        <span key={index}>{fill ? filled(field, fill) : field}</span>
      ))}
    </p>
  )
}

function filled(field: string, { unit, date, signed = [] }: FormFill): string {
  const [year = '', month = '', day = ''] = date.split('-').map((part) => String(Number(part)))
  if (/年\s*[_＿]*\s*月/.test(field)) {
    return field.replace(/(\d{4}|[_＿]+)?\s*年\s*[_＿]*\s*月(\s*[_＿]*\s*日)?/, (_, __, hasDay: string | undefined) =>
      hasDay === undefined ? `${year}年${month}月` : `${year}年${month}月${day}日`,
    )
  }
  const blank = /^(（?\(?[^：:_＿]*(?:单位|部门)[^：:_＿]*[：:]?)\s*[_＿]*\s*$/.exec(field)
  if (blank) return `${blank[1] ?? ''}${unit}`
  const [, label = ''] = /^([^：:_＿]+)[：:]\s*[_＿]*\s*$/.exec(field) ?? []
  const person = signed.find((one) => one.label === label.trim())
  return person === undefined ? field : `${label}：${person.name}`
}
