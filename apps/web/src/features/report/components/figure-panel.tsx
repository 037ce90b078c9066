import { figureByUnit, openFigure, type AnswerOf, type FigureView, type QueryOf } from '@bihuan/contracts'
import { hazardStatusLabels, type HazardStatus } from '@bihuan/domain'
import { useInfiniteQuery } from '@tanstack/react-query'
import Button from 'antd/es/button'
import { Link } from 'react-router'
import { call } from '../../../shared/api/call.js'
import { failureOf } from '../../../shared/api/failure.js'
import { useRoute } from '../../../shared/api/use-route.js'
import { SidePanel } from '../../../shared/list/side-panel.js'
import { DateText } from '../../../shared/show/texts.js'
import { Answered } from '../../../shared/states/answered.js'
import { Failed } from '../../../shared/states/failed.js'
import { Loading } from '../../../shared/states/loading.js'
import { CellHistory } from './cell-history.js'

export type TableQuestion = Pick<QueryOf<typeof openFigure>, 'unit' | 'cutOff' | 'knownAt' | 'return'>

export interface FigurePanelProps {
  readonly tableId: string
  readonly figure: FigureView
  readonly question: TableQuestion
  /** What the metric is called, for a figure that is counted. */
  readonly metricLabel: string | null
  /** The same table of another unit: down the tree, figure by figure. */
  readonly toUnit: (unitId: string) => string
  readonly onClose: () => void
}

/** What a figure stands on: who has how much of it, the records that it counts, or the people who typed it. */
export function FigurePanel(props: FigurePanelProps) {
  const { tableId, figure, question, metricLabel, toUnit, onClose } = props
  return (
    <SidePanel label="数字的来源" title="来源" width={432} onClose={onClose}>
      <div className="source-head">
        <p className="source-label">
          {figure.label}
          {figure.unit !== null && <span className="quiet">（{figure.unit}）</span>}
        </p>
        <p className="source-value">{figure.text === '' ? <span className="quiet">空白</span> : figure.text}</p>
        <p className="quiet">
          {figure.metric === null
            ? figure.typedBy.length === 0
              ? '人工填写，还没有人填过。空白不等于 0。'
              : '人工填写，逐单位列在下面。'
            : `由隐患记录计算${metricLabel === null || metricLabel === figure.label ? '' : `：${metricLabel}`}。`}
        </p>
      </div>
      <ByUnit tableId={tableId} figure={figure} question={question} toUnit={toUnit} />
      {figure.metric === null ? (
        <TypedBy figure={figure} />
      ) : (
        <Records tableId={tableId} figureKey={figure.key} question={question} text={figure.text} />
      )}
      {question.return !== undefined && <CellHistory returnId={question.return} figureKey={figure.key} />}
    </SidePanel>
  )
}

function ByUnit({
  tableId,
  figure,
  question,
  toUnit,
}: Pick<FigurePanelProps, 'tableId' | 'figure' | 'question' | 'toUnit'>) {
  const shares = useRoute(figureByUnit, { params: { tableId, key: figure.key }, query: question })
  return (
    <Answered answer={shares} loading={<Loading shape="text" rows={3} />}>
      {({ items, additive, more }) =>
        items.length < 2 ? null : (
          <section className="source-part" aria-label="按单位">
            <h3>按单位</h3>
            {!additive && figure.kind === 'flag' && (
              <p className="quiet">
                是、否不相加，各单位只答自己的
                {figure.answers !== null &&
                  figure.answers.of > 0 &&
                  `；${figure.answers.of} 个单位已答，${figure.answers.yes} 个答“是”`}
                。
              </p>
            )}
            <ul className="shares">
              {items.map((item) => (
                <li key={item.unitId} className="share">
                  {item.own ? <span>本级</span> : <Link to={toUnit(item.unitId)}>{item.unitName}</Link>}
                  <span className={item.text === '' || item.text === '0' ? 'share-value quiet' : 'share-value'}>
                    {item.text === '' ? '—' : item.text}
                  </span>
                </li>
              ))}
            </ul>
            {more > 0 && <p className="quiet">另有 {more} 家企业没有列出。</p>}
          </section>
        )
      }
    </Answered>
  )
}

function TypedBy({ figure }: { figure: FigureView }) {
  if (figure.typedBy.length === 0) return null
  return (
    <section className="source-part" aria-label="谁填的">
      <h3>谁填的</h3>
      <ul>
        {figure.typedBy.map((share) => (
          <li key={share.unitId} className="typed-share">
            <p className="share">
              <span>{share.unitName}</span>
              <span className="share-value">{share.value ?? <span className="quiet">已清空</span>}</span>
            </p>
            <p className="source-note">
              {share.personName} 填于 <DateText date={share.recordedAt} />
              ，截至 {share.asOf}
            </p>
          </li>
        ))}
      </ul>
    </section>
  )
}

const pageSize = 50

function Records({
  tableId,
  figureKey,
  question,
  text,
}: {
  tableId: string
  figureKey: string
  question: TableQuestion
  text: string
}) {
  const pages = useInfiniteQuery({
    queryKey: [openFigure.name, tableId, figureKey, question],
    queryFn: ({ pageParam, signal }) =>
      call(
        openFigure,
        {
          params: { tableId, key: figureKey },
          query: { ...question, limit: pageSize, ...(pageParam === null ? {} : { after: pageParam }) },
        },
        { signal },
      ),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.next,
  })
  if (pages.error && !pages.data)
    return <Failed failure={failureOf(pages.error)} onRetry={() => void pages.refetch()} />
  if (!pages.data) return <Loading shape="text" rows={6} />
  const records = pages.data.pages.flatMap((page) => page.records)
  const hidden = records.filter((record) => record.hazard === null).length
  return (
    <section className="source-part" aria-label="记录">
      <h3>
        记录{' '}
        <span className="quiet">
          {pages.hasNextPage ? `已列 ${records.length}，共 ${text}` : `${records.length} 条`}
        </span>
      </h3>
      {records.length === 0 && <p className="quiet">到这一天没有一条记录计入，所以是 0。</p>}
      <ul>{records.map((record) => record.hazard && <RecordLine key={record.recordId} record={record} />)}</ul>
      {hidden > 0 && <p className="source-hidden">另有 {hidden} 条计入了这个数，但不在您的查看范围内。</p>}
      {pages.hasNextPage && (
        <Button size="small" loading={pages.isFetchingNextPage} onClick={() => void pages.fetchNextPage()}>
          再列 {pageSize} 条
        </Button>
      )}
    </section>
  )
}

type RecordOfFigure = AnswerOf<typeof openFigure>['records'][number]

function RecordLine({ record }: { record: RecordOfFigure }) {
  const { hazard, facts } = record
  if (hazard === null) return null
  return (
    <li className="record">
      <p className="share">
        <Link to={`/hazards/${record.recordId}`}>{hazard.code}</Link>
        <span className="quiet">{hazardStatusLabels[hazard.state as HazardStatus] ?? hazard.state}</span>
      </p>
      <p>{hazard.subjectName}</p>
      <p className="record-what">{hazard.description}</p>
      <p className="source-note">
        {facts.map((fact, index) => (
          <span key={index} className="fact">
            <DateText date={fact.occurredOn} /> {fact.amount > 0 ? '计入' : '冲减'} {Math.abs(fact.amount)}
            <span title="账本位置：什么时候进的账">
              {fact.position === null ? '（待入账）' : `（账本 ${fact.position}）`}
            </span>
          </span>
        ))}
      </p>
    </li>
  )
}
