import {
  exportCampaignScores,
  exportScores,
  showCampaignScores,
  showScores,
  type Scores,
  type UnitScore,
} from '@bihuan/contracts'
import { useInfiniteQuery } from '@tanstack/react-query'
import App from 'antd/es/app'
import Button from 'antd/es/button'
import { useState } from 'react'
import { Link, useParams } from 'react-router'
import { call } from '../../../shared/api/call.js'
import { download } from '../../../shared/api/download.js'
import { failureOf } from '../../../shared/api/failure.js'
import { Page } from '../../../shared/layout/page.js'
import { usePhone } from '../../../shared/layout/use-phone.js'
import { Answered } from '../../../shared/states/answered.js'
import { Empty } from '../../../shared/states/empty.js'
import { scoreReasons } from '../components/score-words.js'
import '../components/report.css'
import '../components/schedules.css'

const pageSize = 200

/** 报送得分 of one schedule: `/schedules/:id/scores`. */
export function ScheduleScoresPage() {
  const { scheduleId = '' } = useParams()
  const params = { scheduleId }
  return (
    <ScoresPage
      subject={['schedule', scheduleId]}
      load={(query, signal) => call(showScores, { params, query }, { signal })}
      save={() => download(exportScores, { params, query: {} })}
      named={false}
    />
  )
}

/** Of all the schedules of a campaign: `/campaigns/:id/scores`. */
export function CampaignScoresPage() {
  const { campaignId = '' } = useParams()
  const params = { campaignId }
  return (
    <ScoresPage
      subject={['campaign', campaignId]}
      load={(query, signal) => call(showCampaignScores, { params, query }, { signal })}
      save={() => download(exportCampaignScores, { params, query: {} })}
      named
    />
  )
}

interface ScoresPageProps {
  readonly subject: readonly [kind: 'schedule' | 'campaign', id: string]
  readonly load: (query: { after?: string; limit: number }, signal: AbortSignal) => Promise<Scores>
  readonly save: () => Promise<void>
  /** Returns of several schedules say of which each is. */
  readonly named: boolean
}

/** Units down, months across, and what was taken off for what. */
function ScoresPage({ subject, load, save, named }: ScoresPageProps) {
  const { message } = App.useApp()
  const [saving, setSaving] = useState(false)
  const pages = useInfiniteQuery({
    queryKey: [showScores.name, ...subject],
    queryFn: ({ pageParam, signal }) =>
      load({ limit: pageSize, ...(pageParam === null ? {} : { after: pageParam }) }, signal),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.next,
  })
  const [first] = pages.data?.pages ?? []
  const rows = pages.data?.pages.flatMap((page) => page.rows) ?? []
  const give = async () => {
    setSaving(true)
    try {
      await save()
    } catch (thrown) {
      void message.error(failureOf(thrown).message)
    } finally {
      setSaving(false)
    }
  }
  return (
    <Page
      title="报送得分"
      note={first === undefined ? undefined : <span className="board-title">{first.title}</span>}
      kind="fill"
      acts={
        <Button loading={saving} disabled={rows.length === 0} onClick={() => void give()}>
          导出 Excel
        </Button>
      }
    >
      <Answered
        answer={{ data: first, error: pages.error === null ? null : failureOf(pages.error), refetch: pages.refetch }}
        loading="list"
      >
        {({ months, title }) => (
          <>
            <p className="source-note scores-rule">
              每张报表从 100 分起，按迟报、被退回、提示未作说明、上报后更正扣分；逾期未报的计 0
              分，还没有到期的不计分。各月和总分是各张报表的平均分，与数字多少无关。
            </p>
            {rows.length === 0 ? (
              <Empty
                what="还没有开启过报表"
                how="每一期到期以后，各填报单位的得分和扣分原因列在这里。"
                act={<Link to="/schedules">看报送安排</Link>}
              />
            ) : (
              <Units title={title} months={months} rows={rows} named={named} />
            )}
            {pages.hasNextPage && (
              <p className="board-more">
                <Button loading={pages.isFetchingNextPage} onClick={() => void pages.fetchNextPage()}>
                  再列 {pageSize} 个单位
                </Button>
                <span className="quiet">已列 {rows.length} 个单位</span>
              </p>
            )}
          </>
        )}
      </Answered>
    </Page>
  )
}

interface UnitsProps {
  readonly title: string
  readonly months: readonly string[]
  readonly rows: readonly UnitScore[]
  readonly named: boolean
}

function Units(props: UnitsProps) {
  return usePhone() ? <Cards {...props} /> : <Matrix {...props} />
}

function Matrix({ title, months, rows, named }: UnitsProps) {
  return (
    <div className="board-scroll">
      <table className="board scores" aria-label={`${title}报送得分`}>
        <thead>
          <tr>
            <th scope="col" className="board-unit">
              填报单位
            </th>
            <th scope="col">总分</th>
            {months.map((month) => (
              <th key={month} scope="col">
                {month}
              </th>
            ))}
            <th scope="col">扣分说明</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.unitId}>
              <th scope="row" className="board-unit" title={row.unitName}>
                {row.unitName}
              </th>
              <td className="scores-total">{row.score ?? '—'}</td>
              {months.map((month) => (
                <td key={month}>{row.months.find((one) => one.month === month)?.score ?? '—'}</td>
              ))}
              <td className="scores-why">
                <Reasons row={row} named={named} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

function Cards({ title, rows, named }: UnitsProps) {
  return (
    <div className="board-cards">
      <ul aria-label={`${title}报送得分`}>
        {rows.map((row) => (
          <li key={row.unitId} className="scores-card">
            <p>
              <span>{row.unitName}</span>
              <b>{row.score ?? '—'}</b>
            </p>
            <Reasons row={row} named={named} />
          </li>
        ))}
      </ul>
    </div>
  )
}

/** Each opens the return that it is about. */
function Reasons({ row, named }: { row: UnitScore; named: boolean }) {
  const reasons = scoreReasons(row, named)
  if (reasons.length === 0) return row.score === null ? <span className="quiet">还没有到期的</span> : null
  return (
    <ul>
      {reasons.map(({ returnId, what, why }) => (
        <li key={returnId}>
          <Link to={`/returns/${returnId}`}>{what}</Link>：{why}
        </li>
      ))}
    </ul>
  )
}
