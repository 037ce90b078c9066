import { previewSchedule, type AnswerOf, type ScheduleRule } from '@bihuan/contracts'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { call } from '../../../shared/api/call.js'
import { failureOf } from '../../../shared/api/failure.js'

type Period = AnswerOf<typeof previewSchedule>['next'][number]

/** When it would be due: asked when the hand rests, not at every key. Null: something is still missing. */
export function SchedulePreview({ rule }: { rule: ScheduleRule | null }) {
  const text = useResting(rule === null ? null : JSON.stringify(rule))
  const preview = useQuery({
    queryKey: [previewSchedule.name, text],
    queryFn: ({ signal }) =>
      call(previewSchedule, { body: { rule: JSON.parse(text ?? '') as ScheduleRule } }, { signal }),
    enabled: text !== null,
    placeholderData: keepPreviousData,
    retry: false,
    staleTime: 60_000,
  })
  return (
    <section className="preview" aria-label="接下来的期限">
      <h3>接下来六次何时到期</h3>
      {rule === null ? (
        <p className="quiet">填好周期、期限和开始日期，这里列出接下来六次的期限。</p>
      ) : preview.error !== null ? (
        <p className="list-problem">{failureOf(preview.error).message}</p>
      ) : preview.data === undefined ? (
        <p className="quiet">正在推算…</p>
      ) : preview.data.next.length === 0 ? (
        <p className="quiet">今天以后没有到期的了。</p>
      ) : (
        <DueDays periods={preview.data.next} />
      )}
    </section>
  )
}

export function DueDays({ periods }: { periods: readonly Period[] }) {
  return (
    <ul className="due-days">
      {periods.map((period) => (
        <li key={period.key}>
          <span>{period.title}</span>
          <b>{period.dueOn}</b>
          <span className="quiet">
            {period.nominalDueOn !== period.dueOn && `原为 ${period.nominalDueOn}，遇节假日调整；`}统计截至{' '}
            {period.cutOff}
            {period.provisional && (
              <span className="due-provisional" title="当年节假日安排尚未公布，日期可能变动">
                暂定
              </span>
            )}
          </span>
        </li>
      ))}
    </ul>
  )
}

function useResting(value: string | null): string | null {
  const [rested, setRested] = useState(value)
  useEffect(() => {
    const timer = setTimeout(() => setRested(value), 400)
    return () => clearTimeout(timer)
  }, [value])
  return rested
}
