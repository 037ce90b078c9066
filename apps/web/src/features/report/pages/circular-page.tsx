import {
  discardCircular,
  downloadCircularFile,
  listCirculars,
  showCircular,
  writeCircular,
  type CircularPage as CircularAnswer,
  type CircularUnit,
} from '@bihuan/contracts'
import { rateOf, rateText } from '@bihuan/domain'
import App from 'antd/es/app'
import Button from 'antd/es/button'
import Popconfirm from 'antd/es/popconfirm'
import { useState } from 'react'
import { Link, useNavigate, useParams } from 'react-router'
import { pathOf } from '../../../shared/api/address.js'
import { download } from '../../../shared/api/download.js'
import { failureOf } from '../../../shared/api/failure.js'
import { useAct } from '../../../shared/api/use-act.js'
import { useRoute } from '../../../shared/api/use-route.js'
import { Page } from '../../../shared/layout/page.js'
import { useAddressState } from '../../../shared/list/address-state.js'
import { instantText } from '../../../shared/show/dates.js'
import { StateTag } from '../../../shared/show/mark.js'
import { Answered } from '../../../shared/states/answered.js'
import { CircularIssuePanel } from '../components/circular-issue-panel.js'
import { CircularRecords, type Behind } from '../components/circular-records.js'
import { CircularUnits } from '../components/circular-units.js'
import '../components/report.css'
import '../components/returns.css'
import '../components/schedules.css'
import '../components/circular.css'

/** One circular: `/circulars/:id?unit=&figure=found|rectified|listed|returns&span=period|total&do=issue`. */
export function CircularPage() {
  const { circularId = '' } = useParams()
  const answer = useRoute(showCircular, { params: { circularId } })
  return (
    <Answered answer={answer} ask="草稿只给起草的单位看；印发以后，所辖单位都可以看。">
      {(page) => <Shown page={page} />}
    </Answered>
  )
}

function Shown({ page }: { page: CircularAnswer }) {
  const { message } = App.useApp()
  const [get, change] = useAddressState()
  const navigate = useNavigate()
  const [writing, setWriting] = useState(false)
  const discarding = useAct(discardCircular, {
    refreshes: [listCirculars],
    onDone: () => {
      void message.success('草稿已删除')
      void navigate('/circulars')
    },
    onFailed: (failure) => void message.error(failure.message),
  })
  const { content } = page
  const unit = content.units.find(({ unitId }) => unitId === get('unit')) ?? null
  const figure = get('figure')
  const behind: Behind | null =
    unit !== null && (figure === 'found' || figure === 'rectified' || figure === 'listed' || figure === 'returns')
      ? { unit, figure, span: get('span') === 'period' ? 'period' : 'total' }
      : null
  const open = (of: CircularUnit, what: Behind['figure'], span: Behind['span']) =>
    change({ unit: of.unitId, figure: what, span, do: null }, { replace: behind !== null })
  const close = () => change({ unit: null, figure: null, span: null, do: null }, { replace: true })
  const issuing = get('do') === 'issue' && page.abilities['issue'] === true
  const write = async () => {
    setWriting(true)
    try {
      await download(writeCircular, { params: { circularId: page.id } })
    } catch (thrown) {
      void message.error(failureOf(thrown).message)
    } finally {
      setWriting(false)
    }
  }
  return (
    <Page
      title="通报"
      note={
        <span className="return-title">
          <Link to="/circulars">全部通报</Link> · {page.title}
        </span>
      }
      kind="fill"
      acts={
        <>
          {page.abilities['discard'] === true && (
            <Popconfirm
              title="删除这份草稿？"
              description="草稿没有印发，删除后不再列出；审计记录里留有它的数字。"
              okText="删除"
              okButtonProps={{ danger: true }}
              cancelText="留着"
              onConfirm={() => void discarding.act({ params: { circularId: page.id } })}
            >
              <Button type="text" danger loading={discarding.pending}>
                删除草稿
              </Button>
            </Popconfirm>
          )}
          {page.abilities['write'] === true && (
            <Button loading={writing} onClick={() => void write()}>
              下载 Word 草稿
            </Button>
          )}
          {page.file !== null && (
            <Button
              type="primary"
              href={pathOf(downloadCircularFile.path, { circularId: page.id })}
              target="_blank"
              rel="noreferrer"
            >
              打开印发的通报
            </Button>
          )}
          {page.abilities['issue'] === true && (
            <Button type="primary" onClick={() => change({ do: 'issue', unit: null, figure: null, span: null })}>
              标为已印发
            </Button>
          )}
        </>
      }
    >
      <p className="filed-bar circular-bar">
        <span>
          <b>{content.periodTitle}</b>（{page.from} 至 {page.to}）
        </span>
        {page.state === 'issued' ? (
          <StateTag tone="green" washed>
            第 {page.number} 期 {page.docNo}，{page.issuedOn} 印发
          </StateTag>
        ) : (
          <StateTag tone="grey" washed>
            草稿
          </StateTag>
        )}
        <span className="quiet">
          {page.personName} 于 {instantText(page.draftedAt)} 起草，数字定在账本 {page.position}
        </span>
      </p>
      <div className="table-body">
        <div className="table-main circular">
          <Whole page={page} />
          <Places page={page} />
          <CircularUnits units={content.units} onOpen={open} />
          <Overdue page={page} />
        </div>
        {behind !== null && (
          <CircularRecords
            key={JSON.stringify([behind.unit.unitId, behind.figure, behind.span])}
            circularId={page.id}
            behind={behind}
            onClose={close}
          />
        )}
        {issuing && <CircularIssuePanel page={page} onClose={close} />}
      </div>
    </Page>
  )
}

function Whole({ page }: { page: CircularAnswer }) {
  const { whole } = page.content
  return (
    <section aria-label="总体情况" className="circular-whole">
      <p>
        本期发现重大事故隐患 <b>{whole.period.found}</b> 个，其中已整改 <b>{whole.period.rectified}</b>{' '}
        个；行动开展以来累计发现 <b>{whole.total.found}</b> 个，完成整改 <b>{whole.total.rectified}</b> 个，整改率{' '}
        <b>{rateText(rateOf(whole.total))}</b>；超期未整改 <b>{whole.overdue}</b> 个。
      </p>
      {whole.known.length > 0 ? (
        <p className="quiet">
          各单位上报：{whole.known.map(({ label, text, unit }) => `${label} ${text}${unit ?? ''}`).join('，')}
        </p>
      ) : (
        <p className="quiet">检查、执法处罚没有各单位上报的数，草稿里留空待填。</p>
      )}
    </section>
  )
}

/** Who leads and who lags, each with why; the order does not look at how much was found. */
function Places({ page }: { page: CircularAnswer }) {
  const { leads, lags } = page.content
  if (leads.length + lags.length === 0) return <p className="quiet">各单位进展没有明显差别，不排前后。</p>
  const list = (title: string, ranked: typeof leads) =>
    ranked.length > 0 && (
      <section aria-label={title}>
        <h2>{title}</h2>
        <ol>
          {ranked.map(({ unitId, unitName, reason }) => (
            <li key={unitId}>
              <b>{unitName}</b> <span className="quiet">{reason}</span>
            </li>
          ))}
        </ol>
      </section>
    )
  return (
    <div className="circular-places">
      {list('进展较快', leads)}
      {list('进展较慢', lags)}
      <p className="source-note">依次看整改率、超期数、报送得分；发现多少不算功过，没有发现的不参加排名。</p>
    </div>
  )
}

function Overdue({ page }: { page: CircularAnswer }) {
  const { overdue, overdueMore, overdueOn } = page.content
  return (
    <section aria-label="超期未整改">
      <h2>
        超期未整改 <span className="quiet">截至 {overdueOn}，重大、重点隐患</span>
      </h2>
      {overdue.length === 0 ? (
        <p className="quiet">没有超期的。</p>
      ) : (
        <div className="circular-scroll">
          <table className="circular-table" aria-label="超期未整改">
            <thead>
              <tr>
                <th scope="col">单位</th>
                <th scope="col">隐患</th>
                <th scope="col">企业（场所）</th>
                <th scope="col">期限</th>
                <th scope="col" className="number">
                  超期
                </th>
              </tr>
            </thead>
            <tbody>
              {overdue.map((row) => (
                <tr key={row.hazardId}>
                  <td>{row.unitName}</td>
                  <td>
                    <Link to={`/hazards/${row.hazardId}`}>{row.description}</Link>
                  </td>
                  <td>{row.subjectName}</td>
                  <td>{row.deadline}</td>
                  <td className="number">{row.days} 天</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      {overdueMore > 0 && <p className="source-note">另有 {overdueMore} 个没有列出，超期最长的在前。</p>}
    </section>
  )
}
