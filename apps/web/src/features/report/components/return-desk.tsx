import { listReturns } from '@bihuan/contracts'
import { Link } from 'react-router'
import { useRoute } from '../../../shared/api/use-route.js'
import { Section } from '../../../shared/layout/page.js'
import { useMe } from '../../../shared/session/me.js'
import { TodoList } from '../../../shared/show/todo-list.js'
import { lookText, statusOf } from './return-words.js'

const few = 6

/** The returns that wait for my unit, and how many wait to be taken. None: nothing stands here. */
export function ReturnDesk() {
  const me = useMe()
  const { data } = useRoute(listReturns, { query: { side: 'mine', show: 'todo', limit: few } }, { staleMs: 0 })
  if (!data || data.counts.mine + data.counts.received === 0) return null
  const { items, counts } = data
  return (
    <Section
      title="报表"
      note={counts.mine > 0 ? `${counts.mine} 张待报` : undefined}
      acts={
        <>
          {counts.received > 0 && <Link to="/returns?side=received">{counts.received} 张待收</Link>}
          {counts.mine > items.length && <Link to="/returns">全部</Link>}
        </>
      }
    >
      <TodoList
        label="待报的报表"
        today={me.today}
        todos={items.map((row) => ({
          id: row.id,
          to: `/returns/${row.id}`,
          what: `${row.title}${row.sector === '' ? '' : `（${row.sector}）`}`,
          where: [row.periodTitle, statusOf(row.status).text, lookText(row.look)]
            .filter((one) => one !== '')
            .join(' · '),
          due: row.excusedUntil ?? row.dueOn,
        }))}
      />
    </Section>
  )
}
