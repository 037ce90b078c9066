import ArrowDownOutlined from '@ant-design/icons/es/icons/ArrowDownOutlined'
import ArrowUpOutlined from '@ant-design/icons/es/icons/ArrowUpOutlined'
import CloseOutlined from '@ant-design/icons/es/icons/CloseOutlined'
import PlusOutlined from '@ant-design/icons/es/icons/PlusOutlined'
import Button from 'antd/es/button'
import Input from 'antd/es/input'
import Radio from 'antd/es/radio'
import Select from 'antd/es/select'
import { CheckEditor } from './check-editor.js'
import { moved, removed, replaced } from './edit-list.js'
import { MetricEditor, type MetricChoice } from './metric-editor.js'
import { newGroup, newMetric, type GroupDraft, type TableDraft } from './table-draft.js'
import './table-editor.css'

export interface TableEditorProps {
  readonly draft: TableDraft
  readonly onChange: (draft: TableDraft) => void
  /** The metrics that records give. Without them the source of a figure is not asked: a plan's table is bound by its labels. */
  readonly metrics?: readonly MetricChoice[]
}

/** Groups, metrics, units, parts, lines around them: what the notice's annex has, and nothing that it cannot print. */
export function TableEditor({ draft, onChange, metrics }: TableEditorProps) {
  const change = (patch: Partial<TableDraft>) => onChange({ ...draft, ...patch })
  const changeGroup = (group: GroupDraft) => change({ groups: replaced(draft.groups, group) })
  const taken = new Set(
    draft.groups.flatMap((group) => group.metrics.flatMap((metric) => metric.figures.map(({ metricId }) => metricId))),
  )
  return (
    <div className="table-editor">
      <label className="table-editor-field">
        <span>表名</span>
        <Input value={draft.title} maxLength={200} onChange={(event) => change({ title: event.target.value })} />
      </label>
      <Lines
        label="表头行"
        hint="每行一条，如：单位名称：________ 时间：2023年 月 日"
        value={draft.head}
        onChange={(head) => change({ head })}
      />
      <div className="table-editor-field">
        <span>每行并排</span>
        <Radio.Group
          value={draft.pairsPerRow}
          onChange={(event) => change({ pairsPerRow: event.target.value as 1 | 2 })}
          options={[
            { value: 2, label: '两项' },
            { value: 1, label: '一项' },
          ]}
        />
      </div>
      {draft.groups.map((group, index) => (
        <fieldset key={group.id} className="group-editor">
          <legend className="heard-only">第{index + 1}组</legend>
          <div className="group-editor-head">
            <Input
              aria-label={`第${index + 1}组的名称`}
              placeholder="组名，如：总体情况"
              value={group.name}
              maxLength={100}
              onChange={(event) => changeGroup({ ...group, name: event.target.value })}
            />
            <ListActs
              what={`第${index + 1}组`}
              first={index === 0}
              last={index === draft.groups.length - 1}
              onMove={(by) => change({ groups: moved(draft.groups, index, by) })}
              onRemove={() => change({ groups: removed(draft.groups, index) })}
            />
          </div>
          {group.metrics.map((metric, at) => (
            <div key={metric.id} className="metric-line">
              <span className="metric-ordinal">{at + 1}</span>
              <MetricEditor
                metric={metric}
                metrics={metrics}
                taken={taken}
                onChange={(next) => changeGroup({ ...group, metrics: replaced(group.metrics, next) })}
              />
              <ListActs
                what={`第${at + 1}项`}
                first={at === 0}
                last={at === group.metrics.length - 1}
                onMove={(by) => changeGroup({ ...group, metrics: moved(group.metrics, at, by) })}
                onRemove={() => changeGroup({ ...group, metrics: removed(group.metrics, at) })}
              />
            </div>
          ))}
          <Button
            type="text"
            size="small"
            icon={<PlusOutlined />}
            onClick={() => changeGroup({ ...group, metrics: [...group.metrics, newMetric()] })}
          >
            加一项指标
          </Button>
        </fieldset>
      ))}
      <Button icon={<PlusOutlined />} onClick={() => change({ groups: [...draft.groups, newGroup()] })}>
        加一组
      </Button>
      {metrics !== undefined && <CheckEditor draft={draft} onChange={(checks) => change({ checks })} />}
      <Lines label="注" hint="每行一条注" value={draft.notes} onChange={(notes) => change({ notes })} />
      <Lines
        label="表尾行"
        hint="每行一条，如：填报人： 联系电话："
        value={draft.foot}
        onChange={(foot) => change({ foot })}
      />
      <label className="table-editor-field">
        <span>签字栏</span>
        <Select
          mode="tags"
          value={[...draft.signatures]}
          placeholder="如：填报人、审核人"
          options={['填报人', '填表人', '审核人', '负责人'].map((value) => ({ value, label: value }))}
          onChange={(signatures: string[]) => change({ signatures })}
        />
      </label>
    </div>
  )
}

interface LinesProps {
  readonly label: string
  readonly hint: string
  readonly value: readonly string[]
  readonly onChange: (lines: string[]) => void
}

export function Lines({ label, hint, value, onChange }: LinesProps) {
  return (
    <label className="table-editor-field">
      <span>{label}</span>
      <Input.TextArea
        autoSize={{ minRows: 1, maxRows: 8 }}
        placeholder={hint}
        value={value.join('\n')}
        onChange={(event) => onChange(event.target.value === '' ? [] : event.target.value.split('\n'))}
      />
    </label>
  )
}

export interface ListActsProps {
  readonly what: string
  readonly first: boolean
  readonly last: boolean
  readonly onMove: (by: -1 | 1) => void
  readonly onRemove: () => void
}

export function ListActs({ what, first, last, onMove, onRemove }: ListActsProps) {
  return (
    <span className="list-acts">
      <Button
        type="text"
        size="small"
        icon={<ArrowUpOutlined />}
        aria-label={`${what}上移`}
        disabled={first}
        onClick={() => onMove(-1)}
      />
      <Button
        type="text"
        size="small"
        icon={<ArrowDownOutlined />}
        aria-label={`${what}下移`}
        disabled={last}
        onClick={() => onMove(1)}
      />
      <Button type="text" size="small" icon={<CloseOutlined />} aria-label={`删去${what}`} onClick={onRemove} />
    </span>
  )
}
