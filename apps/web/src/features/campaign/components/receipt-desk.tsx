import { showWorkbench } from '@bihuan/contracts'
import { Link } from 'react-router'
import { useRoute } from '../../../shared/api/use-route.js'
import { Section } from '../../../shared/layout/page.js'
import { useMe } from '../../../shared/session/me.js'
import { daysBetween, instantText } from '../../../shared/show/dates.js'
import { StateTag } from '../../../shared/show/mark.js'
import './receivers.css'

/** Campaigns that were sent out to my unit and that nobody here has confirmed. None: nothing stands here. */
export function ReceiptDesk() {
  const me = useMe()
  const { data } = useRoute(showWorkbench, {}, { staleMs: 0 })
  const waiting = data?.campaigns?.toConfirm ?? []
  if (waiting.length === 0) return null
  return (
    <Section title="待阅读确认" note={`${waiting.length} 个`}>
      <ul aria-label="待阅读确认">
        {waiting.map(({ campaignId, campaignName, unitId, unitName, issuer, sentAt, isAgain }) => {
          const days = daysBetween(instantText(sentAt).slice(0, 10), me.today)
          return (
            <li key={`${campaignId}.${unitId}`} className="desk-receipt">
              <Link to={`/campaigns/${campaignId}`} title={campaignName}>
                {campaignName}
              </Link>
              <span className="desk-receipt-from quiet">{`${issuer} → ${unitName}`}</span>
              <span>
                {isAgain ? (
                  <StateTag tone="yellow">换了新版，重新确认</StateTag>
                ) : (
                  <StateTag tone="orange">{days === 0 ? '今天下发' : `下发已 ${days} 天`}</StateTag>
                )}
              </span>
              <span className="desk-receipt-act">
                <Link to={`/campaigns/${campaignId}`}>去确认</Link>
              </span>
            </li>
          )
        })}
      </ul>
    </Section>
  )
}
