import { listPackagePushes } from '@bihuan/contracts'
import { Link } from 'react-router'
import { useRoute } from '../../../shared/api/use-route.js'
import { Answered } from '../../../shared/states/answered.js'
import { PushState } from './push-line.js'
import { roundText } from './return-words.js'

export function PackagesSent() {
  const answer = useRoute(listPackagePushes, { query: {} }, { staleMs: 0 })
  return (
    <Answered
      answer={answer}
      loading="list"
      isEmpty={({ items }) => items.length === 0}
      empty={{
        what: '这里将列出发给别的系统的报表',
        how: '在报送安排里选了系统外接收方的，报表一上报就自动发出；也可以在报表页导出数据包，自己交给对方。',
      }}
    >
      {({ items }) => (
        <ul className="package-list" aria-label="发出的数据包">
          {items.map((push) => (
            <li key={push.id}>
              <div>
                <p>
                  <Link to={`/returns/${push.returnId}`}>{push.title}</Link>
                </p>
                <p className="quiet">
                  {push.unitName}，{push.periodTitle}，{roundText(push.round)}
                </p>
              </div>
              <p>{push.receiverName}</p>
              <PushState push={push} />
            </li>
          ))}
        </ul>
      )}
    </Answered>
  )
}
