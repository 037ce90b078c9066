import { listImportRows, type ImportView } from '@bihuan/contracts'
import { useState } from 'react'
import { useRoute } from '../api/use-route.js'
import { useAddressState } from '../list/address-state.js'
import { amountText } from '../show/figures.js'
import { Answered } from '../states/answered.js'
import { DecideAll } from './import-decide-all.js'
import { ImportRow } from './import-row.js'
import type { ImportSubject } from './import-subject.js'
import { verdictLabel, verdictOrder } from './import-words.js'
import '../list/list.css'

const shown = 50

/** The rows of one verdict at a time, what needs a hand first. The verdict stands in the address. */
export function ImportRows({ run, subject }: { run: ImportView; subject: ImportSubject }) {
  const [get, change] = useAddressState()
  const there = verdictOrder.filter((verdict) => (run.counts[verdict] ?? 0) > 0)
  const asked = verdictOrder.find((verdict) => verdict === get('rows'))
  const verdict = asked ?? there[0] ?? 'new'
  return (
    <>
      <div className="views" role="tablist" aria-label="行的结果">
        {verdictOrder.map((one) => {
          const count = run.counts[one] ?? 0
          if (count === 0 && one !== verdict) return null
          return (
            <button
              key={one}
              type="button"
              role="tab"
              aria-selected={one === verdict}
              className={`bare view${one === verdict ? ' view--now' : ''}`}
              onClick={() => change({ rows: one })}
            >
              {one === 'doubtful' ? (subject.doubtful ?? verdictLabel[one]) : verdictLabel[one]}
              <span className="view-count">{amountText(count)}</span>
            </button>
          )
        })}
      </div>
      {verdict === 'doubtful' && (run.counts.doubtful ?? 0) > 0 && run.abilities['mend'] === true && (
        <DecideAll run={run} subject={subject} />
      )}
      <Rows key={verdict} run={run} verdict={verdict} subject={subject} />
    </>
  )
}

function Rows({
  run,
  verdict,
  subject,
}: {
  run: ImportView
  verdict: (typeof verdictOrder)[number]
  subject: ImportSubject
}) {
  const [trail, setTrail] = useState<readonly string[]>([])
  const after = trail.at(-1)
  const answer = useRoute(
    listImportRows,
    { params: { importId: run.id }, query: { verdict, limit: shown, ...(after === undefined ? {} : { after }) } },
    { keep: true, staleMs: 0 },
  )
  return (
    <div className="import-scroll imp-rows">
      <Answered
        answer={answer}
        loading="text"
        isEmpty={({ items }) => items.length === 0}
        empty={{
          what:
            verdict === 'refused' ? '没有需要改正的行' : verdict === 'doubtful' ? '疑似重复的都已决定' : '没有这样的行',
        }}
      >
        {({ items, next }) => (
          <>
            <ul aria-label={verdictLabel[verdict]}>
              {items.map((row) => (
                <ImportRow key={row.ordinal} run={run} row={row} subject={subject} />
              ))}
            </ul>
            {(trail.length > 0 || next !== null) && (
              <p className="imp-paging">
                <button
                  type="button"
                  className="linkish"
                  disabled={trail.length === 0}
                  onClick={() => setTrail(trail.slice(0, -1))}
                >
                  上一页
                </button>
                <span className="quiet">第 {trail.length + 1} 页</span>
                <button
                  type="button"
                  className="linkish"
                  disabled={next === null}
                  onClick={() => next !== null && setTrail([...trail, next])}
                >
                  下一页
                </button>
              </p>
            )}
          </>
        )}
      </Answered>
    </div>
  )
}
