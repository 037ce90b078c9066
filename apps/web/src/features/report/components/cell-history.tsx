import { returnCellHistory } from '@bihuan/contracts'
import { Link } from 'react-router'
import { useRoute } from '../../../shared/api/use-route.js'
import { DateText } from '../../../shared/show/texts.js'
import { Answered } from '../../../shared/states/answered.js'
import { Loading } from '../../../shared/states/loading.js'
import { roundText } from './return-words.js'

/** What was filed in a cell before: each period and each filing, as it was filed and by whom. Nothing stands here before the first. */
export function CellHistory({ returnId, figureKey }: { readonly returnId: string; readonly figureKey: string }) {
  const history = useRoute(returnCellHistory, { params: { returnId, key: figureKey } })
  return (
    <Answered answer={history} loading={<Loading shape="text" rows={3} />}>
      {({ items }) =>
        items.length === 0 ? null : (
          <section className="source-part" aria-label="历次上报">
            <h3>历次上报</h3>
            <ul>
              {items.map((item) => (
                <li key={`${item.returnId}.${item.round}`} className="typed-share">
                  <p className="share">
                    <Link to={`/returns/${item.returnId}/rounds/${item.round}`}>
                      {item.periodTitle} {roundText(item.round)}
                    </Link>
                    <span className={item.stands ? 'share-value' : 'share-value quiet'}>
                      {item.text === '' ? '空白' : item.text}
                    </span>
                  </p>
                  <p className="source-note">
                    {item.personName} 报于 <DateText date={item.submittedAt} />
                    {item.typed !== null && `，其中人工填写 ${item.typed}`}
                    {!item.stands && '，后来退回或重报'}
                  </p>
                </li>
              ))}
            </ul>
          </section>
        )
      }
    </Answered>
  )
}
