import { showFiledReturn, showReturn, type FiledReturn, type ReturnPage } from '@bihuan/contracts'
import { deliverableFormLabels } from '@bihuan/domain'
import Button from 'antd/es/button'
import { useMemo, useState } from 'react'
import { Link, useNavigate, useParams } from 'react-router'
import { useRoute } from '../../../shared/api/use-route.js'
import { Page } from '../../../shared/layout/page.js'
import { usePhone } from '../../../shared/layout/use-phone.js'
import { useAddressState } from '../../../shared/list/address-state.js'
import { instantText } from '../../../shared/show/dates.js'
import { StateTag } from '../../../shared/show/mark.js'
import { Answered } from '../../../shared/states/answered.js'
import { FilesOf } from '../components/narrative-files.js'
import { FigurePanel } from '../components/figure-panel.js'
import { Receipt } from '../components/receipt.js'
import { changeWords, lastRound, roundText } from '../components/return-words.js'
import type { CellNote } from '../components/sheet-cell.js'
import { PhoneSheet } from '../components/sheet-phone.js'
import { focusFigure, Sheet } from '../components/sheet.js'
import { useMetrics } from '../components/use-metrics.js'
import '../components/report.css'
import '../components/narrative.css'
import '../components/returns.css'
import '../components/schedules.css'

const never = () => undefined

/** As it was filed, beside what the same table would be of all that is known now: `/returns/:id/rounds/:round?cell=`. */
export function FiledPage() {
  const { returnId = '', round = '' } = useParams()
  const params = { returnId, round: Number(round) }
  const page = useRoute(showReturn, { params: { returnId } })
  const filed = useRoute(showFiledReturn, { params })
  return (
    <Answered answer={page}>
      {(now) => <Answered answer={filed}>{(then) => <Shown page={now} filed={then} />}</Answered>}
    </Answered>
  )
}

function Shown({ page, filed }: { page: ReturnPage; filed: FiledReturn }) {
  const phone = usePhone()
  const navigate = useNavigate()
  const metrics = useMetrics()
  const [get, change] = useAddressState()
  const [at, setAt] = useState<string | null>(null)
  const [receipt, setReceipt] = useState(false)
  const figures = useMemo(() => new Map(filed.figures.map((figure) => [figure.key, figure])), [filed.figures])
  const opened = figures.get(get('cell') ?? '') ?? null
  const notes = useMemo(() => {
    const text = (value: string) => (value === '' ? '空白' : value)
    return new Map(
      Object.entries(filed.now).map(([key, now]): [string, CellNote] => [
        key,
        {
          tone: 'orange',
          text: `上报时是 ${text(figures.get(key)?.text ?? '')}，现在会是 ${text(now)}`,
          under: `现在 ${text(now)}`,
        },
      ]),
    )
  }, [filed.now, figures])
  const rounds = [...new Set(page.events.filter((event) => event.filed).map((event) => event.round))]
  // Who signed an earlier one is told by its history alone.
  const standing = filed.round === lastRound(page) && (page.status === 'submitted' || page.status === 'accepted')
  const SheetHere = phone ? PhoneSheet : Sheet
  return (
    <Page
      title={`${roundText(filed.round)}的原样`}
      note={
        <span className="return-title">
          <Link to={`/returns/${page.id}`}>{page.title}</Link>
        </span>
      }
      kind="fill"
      acts={
        <>
          {rounds
            .filter((round) => round !== filed.round)
            .map((round) => (
              <Button key={round} onClick={() => void navigate(`/returns/${page.id}/rounds/${round}`)}>
                {roundText(round)}
              </Button>
            ))}
          {filed.round === lastRound(page) && <Button onClick={() => setReceipt(true)}>回执</Button>}
          <Button type="primary" onClick={() => void navigate(`/returns/${page.id}`)}>
            打开报表
          </Button>
        </>
      }
    >
      <p className="filed-bar">
        <b>{page.unitName}</b> {page.periodTitle}
        {page.sector !== '' && <span className="return-sector">{page.sector}</span>}，{filed.personName} 于{' '}
        {instantText(filed.submittedAt)} 上报{filed.nil && '（零报告）'}；统计至 {filed.countedTo}，账本位置{' '}
        {filed.position}
        <span className="quiet filed-hash" title={filed.contentHash}>
          内容摘要 {filed.contentHash.slice(0, 16)}…
        </span>
      </p>
      <div className={`table-body${phone ? ' table-body--phone' : ''}`}>
        <div className="table-main">
          {page.content !== null ? (
            <FiledFiles page={page} filed={filed} />
          ) : (
            <SheetHere
              page={{
                ...page,
                figures: filed.figures,
                cutOff: filed.countedTo,
                signatures: standing ? page.signatures : [],
              }}
              edits={{}}
              onEdit={never}
              at={at}
              onAt={setAt}
              opened={opened?.key ?? null}
              onOpen={(key) => change({ cell: key }, { replace: get('cell') !== null })}
              mayType={false}
              before={null}
              notes={notes}
            />
          )}
        </div>
        {opened !== null && (
          <FigurePanel
            key={opened.key}
            tableId={page.tableId}
            figure={opened}
            question={{ unit: page.unitId, cutOff: filed.countedTo, knownAt: filed.position, return: page.id }}
            metricLabel={metrics.find(({ id }) => id === opened.metric)?.label ?? null}
            toUnit={(unitId) =>
              `/tables/${page.tableId}?unit=${unitId}&cutOff=${filed.countedTo}&knownAt=${filed.position}`
            }
            onClose={() => change({ cell: null }, { replace: true })}
          />
        )}
        {page.content === null && (phone || opened === null) && (
          <Differences filed={filed} onGo={(key) => focusFigure(document, key)} />
        )}
      </div>
      {receipt && <Receipt returnId={page.id} onClose={() => setReceipt(false)} />}
    </Page>
  )
}

/** Of a report in words, its files: what was replaced since stands here as it was filed. */
function FiledFiles({ page, filed }: { page: ReturnPage; filed: FiledReturn }) {
  return (
    <div className="narrative">
      {filed.deliveries.map((delivery) => (
        <section key={delivery.form} className="narrative-asked" aria-label={deliverableFormLabels[delivery.form]}>
          <p className="narrative-form">{deliverableFormLabels[delivery.form]}</p>
          <FilesOf returnId={page.id} delivery={delivery} />
        </section>
      ))}
    </div>
  )
}

/** Cell by cell, the records that came or went since. What was typed anew has no record, and says so. */
function Differences({ filed, onGo }: { filed: FiledReturn; onGo: (cell: string) => void }) {
  const cells = filed.figures.filter(
    ({ key }) => key in filed.now || filed.differences.some(({ cell }) => cell === key),
  )
  return (
    <aside className="return-side" aria-label="与现在的差别">
      <section className="side-part">
        <h2>与现在的差别 {cells.length > 0 && <span className="quiet">{cells.length} 格</span>}</h2>
        <p className="source-note">上报时的数不会再变。下面是按现在所知、同一截止日期会有的不同。</p>
      </section>
      {cells.length === 0 && (
        <p>
          <StateTag tone="green">没有差别，和上报时一样</StateTag>
        </p>
      )}
      {cells.map(({ key, label, text }) => {
        const records = filed.differences.filter(({ cell }) => cell === key)
        const now = filed.now[key]
        return (
          <section key={key} className="side-part" aria-label={label}>
            <button type="button" className="linkish remark-cell" onClick={() => onGo(key)}>
              {label}
            </button>
            <p>
              上报 {text === '' ? '空白' : text}，现在 {(now ?? text) === '' ? '空白' : (now ?? text)}
              {now === undefined && '（有增有减，合计没变）'}
            </p>
            {records.length === 0 && <p className="source-note">手填的数后来有变化，或下级补报、被退回。</p>}
            <ul>
              {records.map(({ recordId, change, occurredOn }) => (
                <li key={`${recordId}.${change}`} className="difference">
                  <StateTag tone={change === 'added' ? 'orange' : 'grey'}>{changeWords[change]}</StateTag>
                  <Link to={`/hazards/${recordId}`}>{occurredOn} 的记录</Link>
                </li>
              ))}
            </ul>
          </section>
        )
      })}
    </aside>
  )
}
