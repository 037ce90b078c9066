import type { ReactNode } from 'react'
import type { Tone } from '../theme/colours.js'
import { DateText } from './texts.js'
import { Shape } from './mark.js'
import './show.css'

export interface TimelineEvent {
  readonly id: string
  /** The business date, or an instant. */
  readonly at: string
  readonly who: string
  readonly post?: string | null
  /** The verb and its object: 「登记隐患」「复查，同意销号」. */
  readonly what: ReactNode
  readonly note?: ReactNode
  readonly evidence?: ReactNode
  readonly signed?: boolean
  readonly tone?: Tone
  /** When it was written down, if that was another day. */
  readonly recordedAt?: string
}

/** What happened, as a dated line: who, what, evidence, signature. */
export function Timeline({ events, label = '经过' }: { events: readonly TimelineEvent[]; label?: string }) {
  return (
    <ol className="timeline" aria-label={label}>
      {events.map((event) => (
        <li key={event.id} className="event">
          <span className={`event-dot mark--${event.tone ?? 'grey'}`}>
            <Shape tone={event.tone ?? 'grey'} />
          </span>
          <div className="event-body">
            <p>
              <strong>{event.who}</strong>
              {event.post && <span className="quiet"> {event.post}</span>} {event.what}
              {event.signed === true && <span className="event-signed">已签名</span>}
            </p>
            {event.note && <div className="event-note">{event.note}</div>}
            {event.evidence && <div className="event-evidence">{event.evidence}</div>}
            <p className="event-at">
              <DateText date={event.at} />
              {event.recordedAt && (
                <>
                  （<DateText date={event.recordedAt} /> 补记）
                </>
              )}
            </p>
          </div>
        </li>
      ))}
    </ol>
  )
}
