import type { ReturnPage } from '@bihuan/contracts'
import { Link } from 'react-router'
import { Timeline } from '../../../shared/show/timeline.js'
import { eventTone, lastRound, roundText } from './return-words.js'

/** What happened to it, the last first; what was filed can be opened as it was filed. */
export function ReturnHistory({ page, onReceipt }: { page: ReturnPage; onReceipt: () => void }) {
  const round = lastRound(page)
  return (
    <section className="return-history" aria-label="办理经过">
      <h2>办理经过</h2>
      <Timeline
        label="办理经过"
        events={page.events.toReversed().map((event) => ({
          id: event.id,
          at: event.recordedAt,
          who: event.personName,
          what: event.sentence,
          tone: eventTone(event.sentence),
          evidence: event.filed && (
            <span className="history-links">
              <Link to={`/returns/${page.id}/rounds/${event.round}`}>{roundText(event.round)}的原样</Link>
              {event.round === round && (
                <button type="button" className="linkish" onClick={onReceipt}>
                  回执
                </button>
              )}
            </span>
          ),
        }))}
      />
      {page.events.length === 0 && <p className="quiet">还没有人办理过。</p>}
    </section>
  )
}
