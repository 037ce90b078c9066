import type { Tone } from '../theme/colours.js'
import { daysBetween } from './dates.js'
import { Shape } from './mark.js'

export interface Due {
  readonly text: string
  readonly tone: Tone
}

/** 还剩3天, 今天到期, 超期5天. Amber begins three days before, because that is what is left to act in. */
export function dueOf(due: string, today: string): Due {
  const days = daysBetween(today, due)
  if (days < 0) return { text: `超期${-days}天`, tone: 'red' }
  if (days === 0) return { text: '今天到期', tone: 'orange' }
  return { text: `还剩${days}天`, tone: days <= 3 ? 'orange' : 'grey' }
}

export interface DueTextProps {
  readonly due: string | null
  readonly today: string
  /** Done: the date alone, and whether it was late. */
  readonly doneOn?: string | null
  /** The year's holidays are not published yet. */
  readonly provisional?: boolean
  readonly withDate?: boolean
}

export function DueText({ due, today, doneOn = null, provisional = false, withDate = true }: DueTextProps) {
  if (due === null) return <span className="quiet">未定时限</span>
  const { text, tone } = doneOn === null ? dueOf(due, today) : doneIn(due, doneOn)
  return (
    <span className="due" title={provisional ? '当年节假日安排尚未公布，日期为暂定' : undefined}>
      {withDate && <span>{due}</span>}
      <span className={`due-left mark--${tone}`}>
        {tone !== 'grey' && <Shape tone={tone} />}
        {text}
        {provisional && '（暂定）'}
      </span>
    </span>
  )
}

function doneIn(due: string, doneOn: string): Due {
  const late = daysBetween(due, doneOn)
  return late > 0 ? { text: `晚${late}天完成`, tone: 'orange' } : { text: '按期完成', tone: 'green' }
}
