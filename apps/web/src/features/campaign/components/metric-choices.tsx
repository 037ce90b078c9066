import type { MetricCellView, WordChoiceJson } from '@bihuan/contracts'
import { hazardMetrics, metricWords, type HazardMetricId } from '@bihuan/domain'
import Button from 'antd/es/button'
import Input from 'antd/es/input'
import Select from 'antd/es/select'
import { useState } from 'react'
import { StateTag } from '../../../shared/show/mark.js'
import { Field } from './plan-parts.js'

interface CellsProps {
  readonly title: string
  readonly cells: readonly MetricCellView[]
  /** Null: nobody here may choose. */
  readonly onChoose: ((choices: WordChoiceJson[]) => void) | null
}

const marks = {
  open: { tone: 'orange', label: '待选定' },
  bound: { tone: 'green', label: '由记录计算' },
  typed: { tone: 'grey', label: '人工填写' },
} as const

const labelOf = (metricId: string | null) => hazardMetrics.find(({ id }) => id === metricId)?.label ?? ''

/** What gives each figure of a table: a known metric, and how sure that is, or a person. */
export function MetricChoices({ title, cells, onChoose }: CellsProps) {
  const [editing, setEditing] = useState<string | null>(null)
  const [reason, setReason] = useState('')
  const [all, setAll] = useState(false)
  const open = cells.filter(({ standing }) => standing === 'open')
  // Most cells of a long form are typed, and nobody doubts it.
  const others = cells.filter(({ standing, by }) => standing !== 'open' && (all || standing !== 'typed' || by !== null))
  const shown = [...open, ...others]
  const choose = (
    chosen: readonly MetricCellView[],
    metricOf: (cell: MetricCellView) => string | null,
    why: string,
  ) => {
    setEditing(null)
    onChoose?.(
      chosen.map((cell) => {
        const metricId = metricOf(cell)
        return { subject: 'metric', words: cell.words, reason: why, meaning: metricId === null ? null : { metricId } }
      }),
    )
  }
  return (
    <section className="words" aria-label={`指标：${title}`}>
      <h2>{title}</h2>
      {open.length > 0 && onChoose !== null && (
        <div className="word-rest">
          <Input
            aria-label="选定指标的理由"
            placeholder="理由，如：已对照原表核对"
            maxLength={200}
            value={reason}
            onChange={({ target }) => setReason(target.value)}
          />
          <Button
            disabled={reason.trim() === ''}
            onClick={() => choose(open, ({ metricId }) => metricId, reason.trim())}
          >
            {open.length} 个都照此选定
          </Button>
          <Button disabled={reason.trim() === ''} onClick={() => choose(open, () => null, reason.trim())}>
            都由本单位填写
          </Button>
        </div>
      )}
      {shown.map((cell) => {
        const { tone, label } = marks[cell.standing]
        return (
          <div key={cell.key} className="word" role="group" aria-label={cell.words}>
            <div className="word-head">
              <StateTag tone={tone}>{label}</StateTag>
              <b>
                {cell.label}
                {cell.unit !== null && `（${cell.unit}）`}
              </b>
              <span className="quiet">{cell.group}</span>
              {onChoose !== null && editing !== cell.key && (
                <button type="button" className="linkish" onClick={() => setEditing(cell.key)}>
                  {cell.standing === 'open' ? '选定' : '改'}
                </button>
              )}
            </div>
            <p className="quiet">{told(cell)}</p>
            {cell.means !== '' && <p className="quiet">数{cell.means}</p>}
            {editing === cell.key && onChoose !== null && (
              <MetricChoiceForm
                cell={cell}
                onCancel={() => setEditing(null)}
                onChoose={(metricId, why) => choose([cell], () => metricId, why)}
              />
            )}
          </div>
        )
      })}
      {shown.length === 0 && <p className="quiet">这张表各数都没有对应的指标，由填报单位填写。</p>}
      {(all || shown.length < cells.length) && (
        <button type="button" className="linkish" aria-expanded={all} onClick={() => setAll(!all)}>
          {all ? '收起人工填写的' : `另有 ${cells.length - shown.length} 个数由人工填写，也可以指定指标`}
        </button>
      )}
    </section>
  )
}

function told({ standing, by, metricId, doubts, reason }: MetricCellView): string {
  const known = `“${labelOf(metricId)}”`
  if (standing === 'open') return `很可能是${known}；${doubts.join('；')}`
  if (standing === 'typed') {
    if (by === 'choice') return `选定由本单位填写；${reason ?? ''}`
    return ['没有含义相同的指标', ...doubts].join('；')
  }
  return by === 'choice' ? `选定为${known}；${reason ?? ''}` : `与${known}含义相同，名称里的每个词都读懂了`
}

const TYPED = 'typed'

function MetricChoiceForm({
  cell,
  onChoose,
  onCancel,
}: {
  readonly cell: MetricCellView
  readonly onChoose: (metricId: string | null, reason: string) => void
  readonly onCancel: () => void
}) {
  const [chosen, setChosen] = useState<string>(cell.metricId ?? TYPED)
  const [reason, setReason] = useState('')
  const send = () => {
    if (reason.trim() !== '') onChoose(chosen === TYPED ? null : chosen, reason.trim())
  }
  return (
    <div className="plan-item-form">
      <Field label="这个数由什么给出" wide>
        <Select
          value={chosen}
          showSearch={{ optionFilterProp: 'label' }}
          options={[
            { value: TYPED, label: '由本单位填写' },
            ...hazardMetrics.map(({ id, label }) => ({ value: id, label })),
          ]}
          onChange={setChosen}
        />
      </Field>
      <p className="quiet plan-field--wide">
        {chosen === TYPED ? '没有记录给出这个数，每次由填报单位填写。' : `数${metricWords(chosen as HazardMetricId)}`}
      </p>
      <Field label="理由（留存；本单位下次遇到同样的格照此办理）" wide>
        <Input value={reason} maxLength={200} onChange={({ target }) => setReason(target.value)} onPressEnter={send} />
      </Field>
      <p className="word-acts plan-field--wide">
        <Button type="primary" size="small" disabled={reason.trim() === ''} onClick={send}>
          选定
        </Button>
        <Button size="small" type="text" onClick={onCancel}>
          取消
        </Button>
        {reason.trim() === '' && <span className="quiet">写明理由后才能选定</span>}
      </p>
    </div>
  )
}
