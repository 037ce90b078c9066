import { checkPlan, type BodyOf, type PlanCheck } from '@bihuan/contracts'
import { useQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { call } from '../../../shared/api/call.js'
import { failureOf, type ApiFailure } from '../../../shared/api/failure.js'
import { StateTag } from '../../../shared/show/mark.js'
import { placeWords, type PlanBody, type PlanDraft } from './plan-draft.js'

/** What the server makes of the plan as it stands, asked again when one pauses. */
export function usePlanCheck(
  plan: PlanBody,
  { unitId, choices = [] }: Pick<PlanDraft, 'unitId' | 'choices'>,
  whole: boolean,
): { check: PlanCheck | null; failure: ApiFailure | null; asking: boolean } {
  const text = JSON.stringify({ plan, unitId, choices })
  const [settled, setSettled] = useState(text)
  useEffect(() => {
    const timer = setTimeout(() => setSettled(text), 700)
    return () => clearTimeout(timer)
  }, [text])
  const answer = useQuery({
    queryKey: [checkPlan.name, settled],
    queryFn: ({ signal }) => call(checkPlan, { body: JSON.parse(settled) as BodyOf<typeof checkPlan> }, { signal }),
    // What is plainly not filled in yet need not be asked about.
    enabled: whole,
    placeholderData: (before) => before,
    retry: false,
    staleTime: Infinity,
  })
  return {
    check: answer.data ?? null,
    failure: answer.error === null ? null : failureOf(answer.error),
    asking: answer.isFetching || settled !== text,
  }
}

interface Understood {
  readonly plan: PlanBody
  readonly check: PlanCheck | null
  readonly failure: ApiFailure | null
  readonly faults: readonly string[]
}

/** At the side of the editor: what is there, what is doubtful, what would be refused. */
export function PlanUnderstood({ plan, check, failure, faults }: Understood) {
  const tasks = plan.annexes.flatMap((annex) => (annex.kind === 'task-list' ? annex.tasks : []))
  const ledgers = plan.annexes.filter((annex) => annex.kind === 'ledger')
  const unread = tasks.filter((task) => task.due === null).length
  const strangers = (check?.units ?? []).filter(({ known }) => !known)
  return (
    <aside className="plan-understood" aria-label="读懂了什么">
      {(faults.length > 0 || failure !== null) && (
        <>
          <h2>还不能建立</h2>
          <ul className="close-list">
            {faults.map((fault) => (
              <li key={fault}>{fault}</li>
            ))}
            {failure !== null && faults.length === 0 && <li>{failure.message}</li>}
            {failure !== null &&
              faults.length === 0 &&
              failure.places
                .filter((place) => place.message !== failure.message)
                .slice(0, 12)
                .map((place, index) => (
                  <li key={index}>
                    {place.path !== undefined && `${placeWords(place.path)}：`}
                    {place.message}
                  </li>
                ))}
          </ul>
        </>
      )}
      {check !== null && check.questions.length > 0 && (
        <>
          <h2>疑点 {check.questions.length}</h2>
          <p className="quiet">建立之后逐条裁定，裁定和理由一起留存；标“须裁定”的定了才能启动。</p>
          {check.questions.map((question) => (
            <div key={question.key} className="question">
              <p>
                <StateTag tone={question.blocking ? 'orange' : 'grey'}>
                  {question.blocking ? '须裁定' : '请留意'}
                </StateTag>{' '}
                {question.message}
              </p>
              {question.quotes.map((quote, index) => (
                <p key={index} className="quiet">
                  “{quote}”
                </p>
              ))}
            </div>
          ))}
        </>
      )}
      <h2>读懂了什么</h2>
      <Count what="阶段" count={plan.phases.length} />
      <Count what="任务" count={tasks.length} note={unread > 0 ? `${unread} 项时限未定` : undefined} />
      <Count what="组织领导" count={plan.leadership.length} />
      <Count what="重点行业" count={plan.sectors.length} />
      <Count what="重点对象" count={plan.targets.length} />
      <Count what="清单" count={ledgers.length} />
      <Count what="报送要求" count={plan.reports.length} />
      {check !== null &&
        check.tables.map((table, index) => (
          <div key={index}>
            <h2>{table.title === '' ? '（没有表名的调度表）' : table.title}</h2>
            <p>
              共 {table.figures} 个数，{table.derived.length} 个由隐患记录计算，{table.figures - table.derived.length}{' '}
              个人工填写。
            </p>
            <ul>
              {table.derived.map((label) => (
                <li key={label} className="quiet">
                  {label}
                </li>
              ))}
            </ul>
          </div>
        ))}
      {strangers.length > 0 && (
        <>
          <h2>没有对上的责任单位</h2>
          <p className="quiet">系统里没有（或不止一个）这样称呼的单位，建立后可在任务里指定由谁填报。</p>
          <p>{strangers.map(({ word }) => word).join('、')}</p>
        </>
      )}
    </aside>
  )
}

function Count({ what, count, note }: { what: string; count: number; note?: string | undefined }) {
  return (
    <p className="plan-count">
      <span>{what}</span>
      <span className={count === 0 ? 'quiet' : undefined}>
        {note !== undefined && <span className="list-problem">{note}　</span>}
        {count === 0 ? '没有' : count}
      </span>
    </p>
  )
}
