import CloseOutlined from '@ant-design/icons/es/icons/CloseOutlined'
import Button from 'antd/es/button'
import Segmented from 'antd/es/segmented'
import Select from 'antd/es/select'
import type { PlanPeriod, PlanTaskDue } from '@bihuan/domain'
import { DateField } from '../../../shared/form/date-field.js'
import { periods } from './words.js'

export interface DueFieldProps {
  readonly id?: string
  readonly value?: PlanTaskDue | null
  readonly onChange?: (due: PlanTaskDue | null) => void
}

const kinds = [
  { value: 'date', label: '某日前' },
  { value: 'recurring', label: '按周期' },
  { value: 'dates', label: '几个时段' },
  { value: 'standing', label: '常态化' },
  { value: '', label: '未定' },
] as const

type Kind = (typeof kinds)[number]['value']

/** A window that has no days yet: shown, and left out of what is sent. */
const blank = { from: '', to: '' }

function begun(kind: Kind): PlanTaskDue | null {
  switch (kind) {
    case 'date':
      return { kind, date: '' }
    case 'recurring':
      return { kind, per: 'month' }
    case 'dates':
      return { kind, windows: [blank] }
    case 'standing':
      return { kind }
    case '':
      return null
  }
}

/** When a task is due: a date, a rhythm, windows, always, or not known yet. */
export function DueField({ id, value = null, onChange }: DueFieldProps) {
  return (
    <div className="due-field" id={id}>
      <Segmented<Kind>
        size="small"
        options={[...kinds]}
        value={value?.kind ?? ''}
        onChange={(kind) => onChange?.(begun(kind))}
      />
      {value?.kind === 'date' && (
        <DateField value={value.date} onChange={(date) => onChange?.({ kind: 'date', date: date ?? '' })} />
      )}
      {value?.kind === 'recurring' && (
        <Select<PlanPeriod>
          aria-label="周期"
          value={value.per}
          options={periods.filter((one) => one.value !== 'campaign')}
          popupMatchSelectWidth={false}
          onChange={(per) => onChange?.({ kind: 'recurring', per })}
        />
      )}
      {value?.kind === 'dates' && (
        <div className="due-windows">
          {value.windows.map((window, index) => {
            const set = (next: { from: string; to: string }) =>
              onChange?.({ kind: 'dates', windows: value.windows.map((one, at) => (at === index ? next : one)) })
            return (
              <span key={index} className="due-window">
                <DateField
                  value={window.from}
                  placeholder="从"
                  onChange={(from) =>
                    set({
                      from: from ?? '',
                      to: window.to === '' || (from ?? '') > window.to ? (from ?? '') : window.to,
                    })
                  }
                />
                至
                <DateField
                  value={window.to}
                  placeholder="到"
                  min={window.from}
                  onChange={(to) => set({ ...window, to: to ?? '' })}
                />
                <Button
                  type="text"
                  size="small"
                  icon={<CloseOutlined />}
                  aria-label="去掉这个时段"
                  onClick={() => onChange?.({ kind: 'dates', windows: value.windows.filter((_, at) => at !== index) })}
                />
              </span>
            )
          })}
          <button
            type="button"
            className="linkish"
            onClick={() => onChange?.({ kind: 'dates', windows: [...value.windows, blank] })}
          >
            加一个时段
          </button>
        </div>
      )}
    </div>
  )
}

/** What can be sent: a kind that was chosen and not filled in is not known yet. */
export function settledDue(due: PlanTaskDue | null | undefined): PlanTaskDue | null {
  if (due === null || due === undefined) return null
  if (due.kind === 'date') return due.date === '' ? null : due
  if (due.kind !== 'dates') return due
  const windows = due.windows.filter(({ from, to }) => from !== '' && to !== '')
  return windows.length === 0 ? null : { kind: 'dates', windows }
}

/** A kind was chosen, and what it needs is missing. */
export function dueFault(due: PlanTaskDue | null | undefined): string | null {
  if (due === null || due === undefined || due.kind === 'standing' || due.kind === 'recurring') return null
  if (due.kind === 'date') return due.date === '' ? '请选择截止日期' : null
  return due.windows.length === 0 || due.windows.some(({ from, to }) => from === '' || to === '')
    ? '请填全每个时段的起止日期'
    : null
}
