import DatePicker from 'antd/es/date-picker'
import dayjs from 'dayjs'
import { useMe } from '../session/me.js'

export function DateRange({
  from,
  to,
  onChange,
}: {
  from: string | null
  to: string | null
  onChange: (from: string | null, to: string | null) => void
}) {
  const day = (text: string | null) => (text ? dayjs(text, 'YYYY-MM-DD') : null)
  // The server's day: the PC's clock may be wrong, and a demonstration has a clock of its own.
  const today = dayjs(useMe().today, 'YYYY-MM-DD')
  return (
    <DatePicker.RangePicker
      autoFocus
      defaultOpen
      defaultPickerValue={[today.subtract(1, 'month'), today]}
      defaultValue={[day(from), day(to)]}
      allowEmpty={[true, true]}
      presets={[
        { label: '本月', value: [today.startOf('month'), today.endOf('month')] },
        {
          label: '上月',
          value: [today.subtract(1, 'month').startOf('month'), today.subtract(1, 'month').endOf('month')],
        },
        { label: '今年', value: [today.startOf('year'), today.endOf('year')] },
      ]}
      onChange={(range) => onChange(range?.[0]?.format('YYYY-MM-DD') ?? null, range?.[1]?.format('YYYY-MM-DD') ?? null)}
    />
  )
}
