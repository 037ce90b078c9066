import { previewCalendar, type CalendarChange, type MovedDue } from '@bihuan/contracts'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { call } from '../../../shared/api/call.js'
import { failureOf } from '../../../shared/api/failure.js'

/** Which returns would be due on another day: seen before anything is saved. */
export function MovesPreview({ changes }: { changes: readonly CalendarChange[] }) {
  const preview = useQuery({
    queryKey: [previewCalendar.name, JSON.stringify(changes)],
    queryFn: ({ signal }) => call(previewCalendar, { body: { changes: [...changes] } }, { signal }),
    enabled: changes.length > 0,
    placeholderData: keepPreviousData,
    retry: false,
  })
  if (changes.length === 0) return null
  if (preview.error !== null) return <p className="list-problem">{failureOf(preview.error).message}</p>
  if (preview.data === undefined) return <p className="quiet">正在推算影响…</p>
  return <Moves moves={preview.data.moves} />
}

export function Moves({ moves }: { moves: readonly MovedDue[] }) {
  if (moves.length === 0) return <p className="quiet">没有报表的上报日期因此改变。</p>
  return (
    <ul className="calendar-moves" aria-label="因此改变的上报日期">
      {moves.map((move, at) => (
        <li key={at}>
          <span>
            {move.scheduleTitle} <span className="quiet">{move.periodTitle}</span>
          </span>
          <span>
            {move.from} → <b>{move.to}</b>
            <span className="quiet">
              {move.returns > 0 ? ` 已开启 ${move.returns} 张，将改期并通知填报单位` : ' 尚未开启'}
            </span>
          </span>
        </li>
      ))}
    </ul>
  )
}
