import { listReturns, type AnswerOf } from '@bihuan/contracts'
import { useInfiniteQuery } from '@tanstack/react-query'
import Button from 'antd/es/button'
import Segmented from 'antd/es/segmented'
import { Link } from 'react-router'
import { call } from '../../../shared/api/call.js'
import { failureOf } from '../../../shared/api/failure.js'
import { Page } from '../../../shared/layout/page.js'
import { useAddressState } from '../../../shared/list/address-state.js'
import { Answered } from '../../../shared/states/answered.js'
import { Empty } from '../../../shared/states/empty.js'
import { ReturnList } from '../components/return-list.js'
import '../components/report.css'
import '../components/returns.css'

type Listed = AnswerOf<typeof listReturns>
type Side = 'mine' | 'received'
type Show = 'todo' | 'all'

const sides: Readonly<Record<Side, string>> = { mine: '我单位要报的', received: '报给我单位的' }
const pageSize = 50

/** 我的报表: `/returns?side=mine|received&show=todo|all`. */
export function ReturnsPage() {
  const [get, change] = useAddressState()
  const side: Side = get('side') === 'received' ? 'received' : 'mine'
  const show: Show = get('show') === 'all' ? 'all' : 'todo'
  const pages = useInfiniteQuery({
    queryKey: [listReturns.name, 'pages', side, show],
    queryFn: ({ pageParam, signal }) =>
      call(
        listReturns,
        { query: { side, show, limit: pageSize, ...(pageParam === null ? {} : { after: pageParam }) } },
        { signal },
      ),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.next,
  })
  const counts = pages.data?.pages[0]?.counts
  return (
    <Page title="我的报表">
      <div className="returns-tools">
        <Segmented<Side>
          aria-label="哪一边"
          value={side}
          options={(['mine', 'received'] as const).map((one) => ({
            value: one,
            label: counts === undefined ? sides[one] : `${sides[one]} ${counts[one]}`,
          }))}
          onChange={(next) => change({ side: next === 'mine' ? null : next })}
        />
        <Segmented<Show>
          aria-label="看哪些"
          value={show}
          options={[
            { value: 'todo', label: side === 'mine' ? '待报' : '待收' },
            { value: 'all', label: '全部' },
          ]}
          onChange={(next) => change({ show: next === 'todo' ? null : next })}
        />
        <Link to="/schedules" className="returns-schedules">
          报送安排
        </Link>
      </div>
      <Answered
        answer={{
          data: pages.data?.pages,
          error: pages.error === null ? null : failureOf(pages.error),
          refetch: pages.refetch,
        }}
        loading="list"
      >
        {(loaded) => {
          const rows = loaded.flatMap(({ items }) => items)
          if (rows.length === 0) return <Nothing side={side} show={show} counts={loaded[0]?.counts ?? null} />
          return (
            <div className="returns-box">
              {side === 'received' && <Boards rows={rows} />}
              <ReturnList rows={rows} received={side === 'received'} label={sides[side]} />
              {pages.hasNextPage && (
                <p className="returns-more">
                  <Button loading={pages.isFetchingNextPage} onClick={() => void pages.fetchNextPage()}>
                    再列 {pageSize} 张
                  </Button>
                </p>
              )}
            </div>
          )
        }}
      </Answered>
    </Page>
  )
}

/** Who has filed and who has not, table by table. */
function Boards({ rows }: { rows: Listed['items'] }) {
  const titles = new Map(rows.map(({ scheduleId, title }) => [scheduleId, title]))
  return (
    <p className="returns-boards">
      <span className="quiet">报送情况：</span>
      {[...titles].map(([id, title]) => (
        <Link key={id} to={`/schedules/${id}/board`}>
          {title}
        </Link>
      ))}
    </p>
  )
}

function Nothing({ side, show, counts }: { side: Side; show: Show; counts: Listed['counts'] | null }) {
  const other: Side = side === 'mine' ? 'received' : 'mine'
  const waiting = counts?.[other] ?? 0
  const all = <Link to={side === 'mine' ? '?show=all' : '?side=received&show=all'}>看全部</Link>
  const across = (
    <Link to={other === 'mine' ? '/returns' : '/returns?side=received'}>
      {sides[other]}有 {waiting} 张等着办
    </Link>
  )
  return (
    <Empty
      what={
        show === 'todo' ? (side === 'mine' ? '没有待报的报表' : '没有等着接收的报表') : `这里将列出${sides[side]}报表`
      }
      how={
        side === 'mine'
          ? '按报送安排，每一期开始时自动开启；由记录计算的数已经填好，核对后签名上报。'
          : '下级签名上报以后来到这里，接收或者退回。'
      }
      act={
        <>
          {show === 'todo' && all}
          {waiting > 0 && across}
          {side === 'received' && <Link to="/schedules">看报送情况</Link>}
        </>
      }
    />
  )
}
