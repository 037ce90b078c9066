import CloseOutlined from '@ant-design/icons/es/icons/CloseOutlined'
import AutoComplete from 'antd/es/auto-complete'
import Button from 'antd/es/button'
import Input from 'antd/es/input'
import Select from 'antd/es/select'
import { removed, replaced } from './edit-list.js'
import { cellText, newFigure, usualUnits, type FigureDraft, type MetricDraft } from './table-draft.js'

export interface MetricChoice {
  readonly id: string
  readonly label: string
}

export interface MetricEditorProps {
  readonly metric: MetricDraft
  readonly metrics: readonly MetricChoice[] | undefined
  /** Metrics that are used already: each may stand in one cell. */
  readonly taken: ReadonlySet<string | null>
  readonly onChange: (metric: MetricDraft) => void
}

const units = usualUnits.map((value) => ({ value }))

/** One row of the form: one figure, or several in one cell, each with its unit and what gives it. */
export function MetricEditor({ metric, metrics, taken, onChange }: MetricEditorProps) {
  const { figures } = metric
  const change = (figure: FigureDraft) => onChange({ ...metric, figures: replaced(figures, figure) })
  const another = () => {
    const [first] = figures
    onChange({ ...metric, cell: null, figures: [...figures, { ...newFigure(), label: first?.label ?? '', unit: '' }] })
  }
  return (
    <div className="metric-editor">
      {figures.map((figure, index) => (
        <div key={figure.id} className="figure-line">
          {index > 0 && (
            <label className="figure-within">
              <input
                type="checkbox"
                checked={figure.within !== null}
                onChange={(event) =>
                  change({ ...figure, within: event.target.checked ? (figures[0]?.id ?? null) : null })
                }
              />{' '}
              其中
            </label>
          )}
          <Input
            aria-label="指标名称"
            placeholder="指标名称"
            value={figure.label}
            maxLength={300}
            onChange={(event) => change({ ...figure, label: event.target.value })}
          />
          <AutoComplete
            className="figure-unit-field"
            aria-label="计量单位"
            placeholder="单位"
            value={figure.unit}
            options={units}
            onChange={(unit: string) => change({ ...figure, unit })}
          />
          {figures.length > 1 && (
            <Button
              type="text"
              size="small"
              icon={<CloseOutlined />}
              aria-label="去掉这个数"
              onClick={() => onChange({ ...metric, cell: null, figures: removed(figures, index) })}
            />
          )}
          {metrics && (
            <Select
              className="figure-source"
              aria-label="数字来源"
              value={figure.metricId ?? ''}
              showSearch={{ optionFilterProp: 'label' }}
              popupMatchSelectWidth={false}
              options={[
                { value: '', label: '人工填写' },
                ...metrics.map(({ id, label }) => ({
                  value: id,
                  label,
                  disabled: id !== figure.metricId && taken.has(id),
                })),
              ]}
              onChange={(value: string) => change({ ...figure, metricId: value === '' ? null : value })}
            />
          )}
          {index === figures.length - 1 && <More metric={metric} onAnother={another} onChange={onChange} />}
        </div>
      ))}
    </div>
  )
}

function More({
  metric,
  onAnother,
  onChange,
}: Pick<MetricEditorProps, 'metric' | 'onChange'> & { readonly onAnother: () => void }) {
  const { figures } = metric
  return (
    <div className="metric-more">
      <button type="button" className="linkish" onClick={onAnother}>
        同格再填一个数
      </button>
      {metric.cell === null ? (
        <button type="button" className="linkish" onClick={() => onChange({ ...metric, cell: cellText(figures) })}>
          改格内文字
        </button>
      ) : (
        <span className="metric-cell">
          <Input
            size="small"
            aria-label="格内文字"
            value={metric.cell}
            maxLength={500}
            onChange={(event) => onChange({ ...metric, cell: event.target.value })}
          />
          <button type="button" className="linkish" onClick={() => onChange({ ...metric, cell: null })}>
            自动生成
          </button>
        </span>
      )}
    </div>
  )
}
