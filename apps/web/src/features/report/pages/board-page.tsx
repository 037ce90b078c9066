import { returnBoard, type ReturnBoard } from '@bihuan/contracts'
import { useInfiniteQuery } from '@tanstack/react-query'
import Button from 'antd/es/button'
import Select from 'antd/es/select'
import { Link, useParams } from 'react-router'
import { call } from '../../../shared/api/call.js'
import { failureOf } from '../../../shared/api/failure.js'
import { PickField } from '../../../shared/form/pick-field.js'
import { findUnitsOf, nameOfUnit } from '../../../shared/form/unit-pick.js'
import { Page } from '../../../shared/layout/page.js'
import { usePhone } from '../../../shared/layout/use-phone.js'
import { useAddressState } from '../../../shared/list/address-state.js'
import { useMe } from '../../../shared/session/me.js'
import { StateTag } from '../../../shared/show/mark.js'
import { Answered } from '../../../shared/states/answered.js'
import { Empty } from '../../../shared/states/empty.js'
import { boardMarkOf, currentPeriod, statusOf, type BoardCell } from '../components/return-words.js'
import '../components/report.css'
import '../components/schedules.css'

const pageSize = 200
const findReceivers = findUnitsOf()

/** 报送情况: units down, periods across: `/schedules/:id/board?below=&period=`. */
export function BoardPage() {
  const { scheduleId = '' } = useParams()
  const [get, change] = useAddressState()
  const below = get('below')
  const pages = useInfiniteQuery({
    queryKey: [returnBoard.name, scheduleId, below],
    queryFn: ({ pageParam, signal }) =>
      call(
        returnBoard,
        {
          params: { scheduleId },
          query: {
            limit: pageSize,
            ...(below === null ? {} : { below }),
            ...(pageParam === null ? {} : { after: pageParam }),
          },
        },
        { signal },
      ),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.next,
  })
  const [first] = pages.data?.pages ?? []
  return (
    <Page
      title="报送情况"
      note={first === undefined ? undefined : <span className="board-title">{first.title}</span>}
      kind="fill"
      acts={<Link to={`/schedules/${scheduleId}/scores`}>报送得分</Link>}
    >
      <Answered
        answer={{
          data: first,
          error: pages.error === null ? null : failureOf(pages.error),
          refetch: pages.refetch,
        }}
        loading="list"
      >
        {(board) => {
          const rows = pages.data?.pages.flatMap((page) => page.rows) ?? []
          return (
            <>
              <div className="board-bar">
                <Summary board={board} />
                <label className="board-below">
                  <span className="quiet">报给</span>
                  <PickField
                    kind="unit.receiver"
                    find={findReceivers}
                    nameOf={nameOfUnit}
                    placeholder="不限"
                    value={below}
                    onChange={(unitId) => change({ below: unitId })}
                  />
                </label>
              </div>
              {rows.length === 0 ? (
                <Empty
                  what={below === null ? '还没有开启过报表' : '没有单位报给它'}
                  how="每一期开始时，给每个填报单位开启一张；谁报了、谁迟了，都在这里。"
                  act={<Link to="/schedules">看报送安排</Link>}
                />
              ) : (
                <Grid board={board} rows={rows} period={get('period')} onPeriod={(period) => change({ period })} />
              )}
              {pages.hasNextPage && (
                <p className="board-more">
                  <Button loading={pages.isFetchingNextPage} onClick={() => void pages.fetchNextPage()}>
                    再列 {pageSize} 个单位
                  </Button>
                  <span className="quiet">已列 {rows.length} 行</span>
                </p>
              )}
            </>
          )
        }}
      </Answered>
    </Page>
  )
}

function Summary({ board }: { board: ReturnBoard }) {
  const me = useMe()
  const { respondents, filed, late, overdue, sentBack, nil, dissolved, waiting, looked } = board.summary
  const period = currentPeriod(board.periods, me.today)
  if (period === null) return null
  return (
    <p className="board-summary" aria-label="本期汇总">
      <b>{period.title}</b>（期限 {period.dueOn}）：应报 <b>{respondents}</b>，
      <StateTag tone="green">已报 {filed}</StateTag>，其中 <StateTag tone="orange">迟报 {late}</StateTag>、
      <StateTag tone="blue">零报 {nil}</StateTag>；<StateTag tone="red">逾期 {overdue}</StateTag>，
      <StateTag tone="red">退回 {sentBack}</StateTag>
      {dissolved > 0 && `；另有 ${dissolved} 个单位已撤销，不再应报`}
      {looked < waiting && `；系统正在填数核对 ${looked}/${waiting}`}
    </p>
  )
}

interface GridProps {
  readonly board: ReturnBoard
  readonly rows: ReturnBoard['rows']
  readonly period: string | null
  readonly onPeriod: (key: string) => void
}

function Grid(props: GridProps) {
  return usePhone() ? <Cards {...props} /> : <Matrix {...props} />
}

function Matrix({ board: { periods, title }, rows }: GridProps) {
  const me = useMe()
  const current = currentPeriod(periods, me.today)
  return (
    <div className="board-scroll">
      <table className="board" aria-label={title}>
        <thead>
          <tr>
            <th scope="col" className="board-unit">
              填报单位
            </th>
            {periods.map((period) => (
              <th key={period.key} scope="col" className={period === current ? 'board-now' : undefined}>
                {period.title}
                <span className="quiet">{period.dueOn}</span>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={`${row.unitId}.${row.sector}`}>
              <th scope="row" className="board-unit" title={row.unitName}>
                <div>
                  <span>{row.unitName}</span>
                  {row.sector !== '' && <span className="board-sector">{row.sector}</span>}
                </div>
              </th>
              {row.cells.map((cell, index) => (
                <td key={periods[index]?.key} className={periods[index] === current ? 'board-now' : undefined}>
                  {cell === null ? (
                    <span className="quiet" title="这一期不用报">
                      —
                    </span>
                  ) : (
                    <Mark cell={cell} />
                  )}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

/** One period of each unit; another is chosen above. */
function Cards({ board: { periods, title }, rows, period, onPeriod }: GridProps) {
  const me = useMe()
  const shown = periods.find(({ key }) => key === period) ?? currentPeriod(periods, me.today)
  const at = shown === null ? -1 : periods.indexOf(shown)
  return (
    <div className="board-cards">
      <Select
        aria-label="看哪一期"
        value={shown?.key ?? null}
        options={periods
          .toReversed()
          .map(({ key, title: label, dueOn }) => ({ value: key, label: `${label}（期限 ${dueOn}）` }))}
        onChange={(key: string) => onPeriod(key)}
      />
      <ul aria-label={title}>
        {rows.map((row) => {
          const cell = row.cells[at] ?? null
          return (
            <li key={`${row.unitId}.${row.sector}`} className="board-card">
              <span>
                {row.unitName}
                {row.sector !== '' && <span className="board-sector">{row.sector}</span>}
              </span>
              {cell === null ? <span className="quiet">不用报</span> : <Mark cell={cell} />}
            </li>
          )
        })}
      </ul>
    </div>
  )
}

function Mark({ cell }: { cell: BoardCell }) {
  const { text, tone } = boardMarkOf(cell)
  const hover = [
    statusOf(cell.status).text,
    cell.timeliness === 'dissolved' &&
      (cell.daysLate > 0 ? `单位撤销时已逾期 ${cell.daysLate} 天` : '单位已撤销，不用报'),
    cell.timesSentBack > 0 && `退回过 ${cell.timesSentBack} 次`,
  ]
    .filter(Boolean)
    .join('，')
  return (
    <Link to={`/returns/${cell.returnId}`} className="board-mark" title={hover}>
      <StateTag tone={tone}>{text}</StateTag>
    </Link>
  )
}
