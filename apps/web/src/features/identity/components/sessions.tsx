import { endSession, listSessions } from '@bihuan/contracts'
import Button from 'antd/es/button'
import { useState } from 'react'
import { useAct } from '../../../shared/api/use-act.js'
import { useRoute } from '../../../shared/api/use-route.js'
import { instantText } from '../../../shared/show/dates.js'
import { StateTag } from '../../../shared/show/mark.js'
import { Answered } from '../../../shared/states/answered.js'
import { Problem } from '../../../shared/states/problem.js'
import { clientText } from './client-text.js'

export function Sessions() {
  const answer = useRoute(listSessions, {})
  const [ending, setEnding] = useState<string | null>(null)
  const end = useAct(endSession, { refreshes: [listSessions] })
  const endOne = async (sessionId: string) => {
    setEnding(sessionId)
    await end.act({ params: { sessionId } })
    setEnding(null)
  }
  return (
    <Answered answer={answer} loading="list">
      {({ items }) => (
        <>
          {end.failure && <Problem failure={end.failure} />}
          <ul className="sessions">
            {items.map((session) => (
              <li key={session.id} className="session">
                <div>
                  <p>
                    {clientText(session.client)} <span className="quiet">{session.address}</span>
                  </p>
                  <p className="quiet session-when">
                    登录于 {instantText(session.startedAt)}，最近活动 {instantText(session.lastActiveAt)}
                  </p>
                </div>
                {session.current ? (
                  <StateTag tone="green">本机</StateTag>
                ) : (
                  <Button
                    size="small"
                    loading={ending === session.id && end.pending}
                    onClick={() => void endOne(session.id)}
                  >
                    结束
                  </Button>
                )}
              </li>
            ))}
          </ul>
        </>
      )}
    </Answered>
  )
}
