import DatePicker from 'antd/es/date-picker'
import dayjs from 'dayjs'

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
  const today = dayjs()
  return (
    <DatePicker.RangePicker
      autoFocus
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
