import type { CalendarYear } from '@bihuan/contracts'
import './calendar.css'

type Day = CalendarYear['days'][number]

const weekdays = ['一', '二', '三', '四', '五', '六', '日']
const months = Array.from({ length: 12 }, (_, at) => at + 1)

export interface YearGridProps {
  readonly year: CalendarYear
  readonly today: string
  readonly chosen: ReadonlySet<string>
  /** Absent: it is looked at and not changed. */
  readonly onChoose?: (day: string) => void
}

/** Twelve months at once. A day off bears 休, a weekend that is worked 班; what was entered here is underlined. */
export function YearGrid({ year, today, chosen, onChoose }: YearGridProps) {
  return (
    <div className="year">
      {months.map((month) => {
        const days = year.days.filter(({ day }) => Number(day.slice(5, 7)) === month)
        return (
          <section key={month} className="month" aria-label={`${year.year}年${month}月`}>
            <h3>{month}月</h3>
            <div className="month-days">
              {weekdays.map((weekday) => (
                <span key={weekday} className="month-weekday" aria-hidden>
                  {weekday}
                </span>
              ))}
              {days.map((day, at) => (
                <DayCell
                  key={day.day}
                  day={day}
                  isToday={day.day === today}
                  isChosen={chosen.has(day.day)}
                  {...(at === 0 ? { column: weekdayOf(day.day) } : {})}
                  {...(onChoose === undefined ? {} : { onChoose })}
                />
              ))}
            </div>
          </section>
        )
      })}
    </div>
  )
}

interface DayCellProps {
  readonly day: Day
  readonly isToday: boolean
  readonly isChosen: boolean
  readonly column?: number
  readonly onChoose?: (day: string) => void
}

function DayCell({ day, isToday, isChosen, column, onChoose }: DayCellProps) {
  const isWeekend = weekdayOf(day.day) > 5
  const mark =
    day.kind === 'day-off'
      ? isWeekend && day.entry === null && day.holiday === null
        ? ''
        : '休'
      : isWeekend
        ? '班'
        : ''
  const classes = [
    'day',
    day.kind === 'day-off' ? 'day--off' : 'day--worked',
    day.entry !== null && 'day--entered',
    isToday && 'day--today',
    isChosen && 'day--chosen',
  ]
  const said = [
    day.day,
    day.kind === 'day-off' ? '放假' : '上班',
    day.holiday,
    day.entry !== null && `本辖区登记：${day.entry.reason}`,
  ]
  return (
    <button
      type="button"
      className={classes.filter(Boolean).join(' ')}
      style={column === undefined ? undefined : { gridColumnStart: column }}
      title={said.filter(Boolean).join('，')}
      aria-label={said.filter(Boolean).join('，')}
      aria-pressed={isChosen}
      disabled={onChoose === undefined}
      onClick={() => onChoose?.(day.day)}
    >
      {Number(day.day.slice(8))}
      {mark !== '' && <i aria-hidden>{mark}</i>}
    </button>
  )
}

/** 1 is Monday. */
function weekdayOf(date: string): number {
  const day = new Date(`${date}T00:00:00Z`).getUTCDay()
  return day === 0 ? 7 : day
}
