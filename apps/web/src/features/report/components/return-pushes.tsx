import { listPackagePushes } from '@bihuan/contracts'
import { useRoute } from '../../../shared/api/use-route.js'
import { PushState } from './push-line.js'
import { roundText } from './return-words.js'

/** To which other servers this return was sent, and whether they took it. Nothing stands here where it goes to none. */
export function ReturnPushes({ returnId }: { returnId: string }) {
  const { data } = useRoute(listPackagePushes, { query: { return: returnId } }, { staleMs: 10_000 })
  if (data === undefined || data.items.length === 0) return null
  return (
    <section className="side-part" aria-label="系统外报送">
      <h2>系统外报送</h2>
      {data.items.map((push) => (
        <div key={push.id} className="push-of-return">
          <p>
            {push.receiverName} <span className="quiet">{roundText(push.round)}</span>
          </p>
          <PushState push={push} />
        </div>
      ))}
    </section>
  )
}
