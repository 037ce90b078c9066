import { endSessionOf, endSessionsOf, listSessionsOf, type AccountPage } from '@bihuan/contracts'
import Popconfirm from 'antd/es/popconfirm'
import { useAct } from '../../../shared/api/use-act.js'
import { useRoute } from '../../../shared/api/use-route.js'
import { instantText } from '../../../shared/show/dates.js'
import { Answered } from '../../../shared/states/answered.js'
import { Problem } from '../../../shared/states/problem.js'

/** Where the person is logged in now. What is ended is out at once. */
export function SessionsOf({ account }: { account: AccountPage }) {
  const params = { accountId: account.id }
  const answer = useRoute(listSessionsOf, { params }, { staleMs: 0 })
  const endOne = useAct(endSessionOf, { refreshes: [listSessionsOf] })
  const endAll = useAct(endSessionsOf, { refreshes: [listSessionsOf] })
  const may = account.abilities['endSessions'] === true
  const failure = endOne.failure ?? endAll.failure
  return (
    <section className="account-part" aria-label="会话">
      <div className="account-part-head">
        <h3>正在进行的会话</h3>
        {may && (answer.data?.items.length ?? 0) > 0 && (
          <Popconfirm
            title="结束此人的全部会话？"
            okText="结束"
            cancelText="不"
            onConfirm={() => void endAll.act({ params })}
          >
            <button type="button" className="linkish" disabled={endAll.pending}>
              全部结束
            </button>
          </Popconfirm>
        )}
      </div>
      {failure && <Problem failure={failure} />}
      <Answered
        answer={answer}
        loading="text"
        isEmpty={({ items }) => items.length === 0}
        empty={{ what: '现在没有登录着' }}
      >
        {({ items }) => (
          <ul className="account-lines">
            {items.map((session) => (
              <li key={session.id}>
                <span>
                  {session.address}
                  <span className="quiet">
                    {' '}
                    {session.unitName} · {instantText(session.startedAt)} 登录，{instantText(session.lastActiveAt)}{' '}
                    还在用
                  </span>
                </span>
                {may && (
                  <button
                    type="button"
                    className="linkish"
                    disabled={endOne.pending}
                    onClick={() => void endOne.act({ params: { ...params, sessionId: session.id } })}
                  >
                    结束
                  </button>
                )}
              </li>
            ))}
          </ul>
        )}
      </Answered>
    </section>
  )
}
