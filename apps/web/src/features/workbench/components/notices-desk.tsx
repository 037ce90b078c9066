import { listNotices, readNotices, showWorkbench } from '@bihuan/contracts'
import { Link } from 'react-router'
import { useAct } from '../../../shared/api/use-act.js'
import { useRoute } from '../../../shared/api/use-route.js'
import { Section } from '../../../shared/layout/page.js'
import { countText } from '../../../shared/list/count.js'
import { DateText } from '../../../shared/show/texts.js'
import { Problem } from '../../../shared/states/problem.js'
import './notices.css'

/** Reminders to my unit that I have not read. None: nothing stands here. */
export function NoticesDesk() {
  const bench = useRoute(showWorkbench, {}, { staleMs: 0 })
  const read = useAct(readNotices, { refreshes: [showWorkbench, listNotices] })
  if (!bench.data || bench.data.notices.unread.count === 0) return null
  const { unread, items } = bench.data.notices
  return (
    <Section
      title="提醒"
      note={`${countText(unread)} 条未读`}
      acts={
        <button
          type="button"
          className="linkish"
          disabled={read.pending}
          onClick={() => void read.act({ body: { noticeIds: null } })}
        >
          全部标为已读
        </button>
      }
    >
      {read.failure && <Problem failure={read.failure} />}
      <ul className="notices">
        {items.map((notice) => (
          <li key={notice.id}>
            <Link to={notice.link} onClick={() => void read.act({ body: { noticeIds: [notice.id] } })}>
              {notice.text}
            </Link>
            <span className="quiet">
              <DateText date={notice.at} />
            </span>
          </li>
        ))}
      </ul>
    </Section>
  )
}
