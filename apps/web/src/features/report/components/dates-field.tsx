import DatePicker from 'antd/es/date-picker'
import dayjs from 'dayjs'

export interface DatesFieldProps {
  readonly id?: string
  readonly value?: readonly string[]
  readonly onChange?: (value: string[]) => void
}

/** Several civil dates, in their order. */
export function DatesField({ id, value = [], onChange }: DatesFieldProps) {
  return (
    <DatePicker
      {...(id === undefined ? {} : { id })}
      multiple
      style={{ width: '100%' }}
      format="YYYY-MM-DD"
      placeholder="可选多天"
      value={value.map((date) => dayjs(date, 'YYYY-MM-DD'))}
      onChange={(days) => onChange?.((days ?? []).map((day) => day.format('YYYY-MM-DD')).sort())}
    />
  )
}
