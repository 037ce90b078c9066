import InputNumber from 'antd/es/input-number'
import Select from 'antd/es/select'
import type { PlanFrequency, PlanPeriod } from '@bihuan/domain'
import { periods } from './words.js'

export interface FrequencyFieldProps {
  readonly value?: PlanFrequency | null
  readonly onChange?: (frequency: PlanFrequency | null) => void
}

/** How often within a period; without one, once. */
export function FrequencyField({ value = null, onChange }: FrequencyFieldProps) {
  return (
    <span className="due-field">
      <Select<PlanPeriod | ''>
        aria-label="频次的周期"
        value={value?.per ?? ''}
        popupMatchSelectWidth={false}
        options={[{ value: '', label: '没有写明' }, ...periods]}
        onChange={(per) => onChange?.(per === '' ? null : { times: value?.times ?? 1, per })}
      />
      {value !== null && (
        <>
          <InputNumber
            aria-label="次数"
            min={1}
            max={366}
            precision={0}
            style={{ width: 64 }}
            value={value.times}
            onChange={(times) => onChange?.({ ...value, times: times ?? 1 })}
          />
          次
        </>
      )}
    </span>
  )
}
