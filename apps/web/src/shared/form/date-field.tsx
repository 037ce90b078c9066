import DatePicker from 'antd/es/date-picker'
import dayjs from 'dayjs'
import customParseFormat from 'dayjs/plugin/customParseFormat'

dayjs.extend(customParseFormat)

/** The first is shown; the others are read as people type them. */
const spellings = ['YYYY-MM-DD', 'YYYYMMDD', 'YYYY-M-D', 'YYYY.M.D', 'YYYY/M/D', 'YYYY年M月D日']

export interface DateFieldProps {
  readonly id?: string
  readonly value?: string | null
  readonly onChange?: (value: string | null) => void
  readonly min?: string
  readonly max?: string
  readonly disabled?: boolean
  readonly placeholder?: string
}

/** A civil date, `YYYY-MM-DD` in and out; no time zone ever touches it. */
export function DateField({ value, onChange, min, max, placeholder = '如 2023-06-16', ...rest }: DateFieldProps) {
  return (
    <DatePicker
      {...rest}
      style={{ width: '100%', maxWidth: 200 }}
      format={spellings}
      placeholder={placeholder}
      value={value ? dayjs(value, 'YYYY-MM-DD') : null}
      // Enter takes the day that was typed. It must not send the form as well, half filled in.
      onKeyDown={(event) => {
        if (event.key === 'Enter' && !event.ctrlKey && !event.metaKey) event.preventDefault()
      }}
      {...(min ? { minDate: dayjs(min, 'YYYY-MM-DD') } : {})}
      {...(max ? { maxDate: dayjs(max, 'YYYY-MM-DD') } : {})}
      onChange={(day) => onChange?.(day ? day.format('YYYY-MM-DD') : null)}
    />
  )
}
