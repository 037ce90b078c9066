import { listMailDeliveries, sendMailAgain, type MailDeliveryRow } from '@bihuan/contracts'
import Button from 'antd/es/button'
import Popconfirm from 'antd/es/popconfirm'
import Segmented from 'antd/es/segmented'
import { useSearchParams } from 'react-router'
import { useAct } from '../../../shared/api/use-act.js'
import { useRoute } from '../../../shared/api/use-route.js'
import { Page } from '../../../shared/layout/page.js'
import { StateTag } from '../../../shared/show/mark.js'
import { DateText } from '../../../shared/show/texts.js'
import { Answered } from '../../../shared/states/answered.js'
import { Empty } from '../../../shared/states/empty.js'
import { Problem } from '../../../shared/states/problem.js'
import type { Tone } from '../../../shared/theme/colours.js'
import { AdminTabs } from '../components/admin-tabs.js'
import { mailReason } from '../components/mail-reason.js'

const states: Record<MailDeliveryRow['state'], { label: string; tone: Tone }> = {
  waiting: { label: '等待再发', tone: 'yellow' },
  sending: { label: '正在发送', tone: 'blue' },
  sent: { label: '已发出', tone: 'green' },
  unknown: { label: '不知是否送到，不会自动再发', tone: 'orange' },
  refused: { label: '对方不收', tone: 'red' },
  expired: { label: '过时未发', tone: 'grey' },
}
const order = ['sent', 'waiting', 'sending', 'unknown', 'refused', 'expired'] as const

/** What became of the reminders that went by mail. Whoever looks after the server sees here what does not arrive, and why. */
export function MailPage() {
  const [params, setParams] = useSearchParams()
  const show = params.get('show') === 'all' ? 'all' : 'failed'
  const answer = useRoute(listMailDeliveries, { query: { show } }, { keep: true, staleMs: 0 })
  return (
    <Page title="邮件提醒">
      <AdminTabs />
      <Answered answer={answer} loading="list">
        {({ server, counts, items }) => (
          <div className="mail-watch">
            <p>
              {server === null ? (
                <StateTag tone="grey">没有设置邮件服务器（BIHUAN_SMTP_URL），提醒只在系统内</StateTag>
              ) : (
                <>
                  经 {server.host}:{server.port} 以 {server.from} 发出。
                </>
              )}
            </p>
            <div className="mail-watch-head">
              <Segmented
                value={show}
                onChange={(value) => setParams(value === 'all' ? { show: 'all' } : {}, { replace: true })}
                options={[
                  { value: 'failed', label: '没有发出的' },
                  { value: 'all', label: '全部' },
                ]}
              />
              <span className="quiet">
                近三十天：
                {order.map((state) => `${states[state].label} ${counts[state] ?? 0}`).join('，')}
              </span>
            </div>
            {items.length === 0 ? (
              <Empty what="没有发不出的邮件" how="对方不收的、断线的、服务器拒绝的，会列在这里。" />
            ) : (
              <ul className="mail-watch-list" aria-label="邮件">
                {items.map((row) => (
                  <li key={`${row.noticeId} ${row.accountId}`}>
                    <StateTag tone={states[row.state].tone}>{states[row.state].label}</StateTag>
                    <span>
                      {row.personName} <span className="quiet">{row.unitName}</span>
                    </span>
                    <span>{row.address ?? '—'}</span>
                    <span>{row.kindLabel}</span>
                    <span>{row.reason === null ? '' : mailReason(row.reason)}</span>
                    <span className="quiet">
                      {row.tries > 1 && `试过 ${row.tries} 次，`}
                      <DateText date={row.since} />
                    </span>
                    {row.abilities['again'] === true && <SendAgain row={row} />}
                  </li>
                ))}
              </ul>
            )}
          </div>
        )}
      </Answered>
    </Page>
  )
}

/** What may have arrived is sent again only by somebody who says so twice. */
function SendAgain({ row: { noticeId, accountId, state, personName } }: { row: MailDeliveryRow }) {
  const again = useAct(sendMailAgain, { refreshes: [listMailDeliveries] })
  const send = () => void again.act({ params: { noticeId, accountId } })
  const label = `再发给${personName}`
  return (
    <span className="mail-watch-again">
      {state === 'unknown' ? (
        <Popconfirm
          title="上一次可能已经送到，再发对方可能收到两次。仍要再发吗？"
          okText="再发"
          cancelText="不发"
          onConfirm={send}
        >
          <Button size="small" loading={again.pending} aria-label={label}>
            再发
          </Button>
        </Popconfirm>
      ) : (
        <Button size="small" loading={again.pending} onClick={send} aria-label={label}>
          再发
        </Button>
      )}
      {again.failure && <Problem failure={again.failure} />}
    </span>
  )
}
