import type { ReactNode } from 'react'
import { DueText } from './due.js'
import './show.css'

export interface WhoseTurnProps {
  /** Null: nothing is waited for (已销号). */
  readonly who: string | null
  readonly post?: string | null
  /** What is waited for: 「上传整改证明」. */
  readonly what: string
  readonly until: string | null
  readonly today: string
  readonly mine: boolean
  /** The acts allowed now; the first moves it on. */
  readonly acts?: ReactNode
  /** Why the act one looks for is not here. */
  readonly note?: ReactNode
}

export function WhoseTurn({ who, post, what, until, today, mine, acts, note }: WhoseTurnProps) {
  return (
    <section className={`turn${mine ? ' turn--mine' : ''}`} aria-label="该谁办">
      {who === null ? (
        <p className="turn-who">已办结</p>
      ) : (
        <>
          <p className="turn-head">{mine ? '该您办了' : '正在等'}</p>
          {!mine && (
            <p className="turn-who">
              {who}
              {post && <span className="quiet"> {post}</span>}
            </p>
          )}
        </>
      )}
      <p className={mine ? 'turn-who' : undefined}>{what}</p>
      {who !== null && until !== null && <DueText due={until} today={today} />}
      {acts && <div className="turn-acts">{acts}</div>}
      {note && <p className="quiet turn-note">{note}</p>}
    </section>
  )
}
