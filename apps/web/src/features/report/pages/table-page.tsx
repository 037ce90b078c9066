import {
  exportTable,
  figureByUnit,
  openFigure,
  showTable,
  typeFigures,
  type TablePage as TableAnswer,
} from '@bihuan/contracts'
import App from 'antd/es/app'
import Button from 'antd/es/button'
import { useMemo, useState } from 'react'
import { Link, useNavigate, useParams } from 'react-router'
import { download } from '../../../shared/api/download.js'
import { failureOf } from '../../../shared/api/failure.js'
import { useAct } from '../../../shared/api/use-act.js'
import { useRoute, useRefresh } from '../../../shared/api/use-route.js'
import { LeaveGuard } from '../../../shared/form/leave-guard.js'
import { Page } from '../../../shared/layout/page.js'
import { useShortcut } from '../../../shared/layout/shortcut.js'
import { usePhone } from '../../../shared/layout/use-phone.js'
import { useAddressState } from '../../../shared/list/address-state.js'
import { useMe } from '../../../shared/session/me.js'
import { instantText } from '../../../shared/show/dates.js'
import { Answered } from '../../../shared/states/answered.js'
import { Problem } from '../../../shared/states/problem.js'
import { Refused } from '../../../shared/states/refused.js'
import { CellLine } from '../components/cell-line.js'
import { FigurePanel, type TableQuestion } from '../components/figure-panel.js'
import { PhoneSheet } from '../components/sheet-phone.js'
import { focusFigure, Sheet } from '../components/sheet.js'
import { monthEnds, TableBar } from '../components/table-bar.js'
import { TableBoards } from '../components/table-boards.js'
import { TableProblems } from '../components/table-problems.js'
import { useEdits } from '../components/use-edits.js'
import { useMetrics } from '../components/use-metrics.js'
import '../components/report.css'

/** 调度表 of a unit, up to a day, as known at a position: `/tables/:id?unit=&cutOff=&knownAt=&with=&cell=`. */
export function TablePage() {
  const { tableId = '' } = useParams()
  const navigate = useNavigate()
  const [get, change] = useAddressState()
  const knownAt = get('knownAt')
  const question: TableQuestion = {
    unit: get('unit') ?? undefined,
    cutOff: get('cutOff') ?? undefined,
    knownAt: knownAt !== null && /^\d{1,15}$/.test(knownAt) ? Number(knownAt) : undefined,
  }
  const table = useRoute(showTable, { params: { tableId }, query: question }, { keep: true })
  // What stands in the address is refused, not the table: asking again would not help, another day does.
  if (table.error?.status === 422) {
    return (
      <Refused
        failure={table.error}
        ask="这是地址里带的条件，换一个就能看。"
        act={
          <>
            <Button type="primary" onClick={() => change({ cutOff: null, knownAt: null })}>
              看今天的
            </Button>
            <Button onClick={() => void navigate('/tables')}>调度表列表</Button>
          </>
        }
      />
    )
  }
  return (
    <Answered answer={table} ask="可请本单位或上级的安委办（专班）人员核对单位和行动。">
      {/* Another unit or day is another sheet: what was typed on this one is not carried over. */}
      {(page) => <Shown key={`${page.id}.${page.unitId}.${page.cutOff}`} page={page} question={question} />}
    </Answered>
  )
}

const formats = [
  { format: 'docx', label: 'Word' },
  { format: 'xlsx', label: 'Excel' },
  { format: 'json', label: 'JSON' },
] as const

function Shown({ page, question }: { page: TableAnswer; question: TableQuestion }) {
  const me = useMe()
  const phone = usePhone()
  const navigate = useNavigate()
  const { message } = App.useApp()
  const [get, change, search] = useAddressState()
  const refresh = useRefresh()
  // A past position is history: there is nothing to type into it.
  const mayType = page.abilities['type'] === true && page.knownAt === null && page.cutOff <= me.today
  const { edits, figures, count, foundAt, refused, edit, keep, settle } = useEdits({
    draft: `table.${page.id}.${page.unitId}.${page.cutOff}`,
    figures: page.figures,
    unitId: page.unitId,
    mayType,
  })
  const [at, setAt] = useState<string | null>(null)
  const [exporting, setExporting] = useState<string | null>(null)
  const opened = figures.get(get('cell') ?? '') ?? null
  const compared = get('with')
  const params = { tableId: page.id }

  const metrics = useMetrics()
  const before = useRoute(
    showTable,
    { params, query: { ...question, cutOff: compared ?? undefined } },
    { when: compared !== null && monthEnds(page, me.today).includes(compared) },
  )
  const earlier = useMemo(
    () =>
      compared === null || before.data === undefined
        ? null
        : Object.fromEntries(before.data.figures.map(({ key, text }) => [key, text])),
    [compared, before.data],
  )
  const save = useAct(typeFigures, {
    refreshes: [showTable, openFigure, figureByUnit],
    onDone: () => {
      keep({})
      void message.success('已保存')
    },
    onFailed: (failure) => {
      const first = failure.places[0]?.path?.replace(/^values\./, '')
      if (first !== undefined) focusFigure(document, first)
    },
  })

  const saveAll = () =>
    settle((values) => {
      if (Object.keys(values).length > 0)
        void save.act({ params, body: { unitId: page.unitId, asOf: page.cutOff, values } })
    })
  useShortcut('mod+s', saveAll, mayType)

  const open = (key: string | null) => change({ cell: key }, { replace: get('cell') !== null })
  const toUnit = (unitId: string) => {
    const next = new URLSearchParams(search)
    next.set('unit', unitId)
    return `?${next.toString()}`
  }
  const give = async (format: (typeof formats)[number]['format']) => {
    setExporting(format)
    try {
      await download(exportTable, { params, query: { ...question, unit: page.unitId, cutOff: page.cutOff, format } })
      await refresh(showTable)
    } catch (thrown) {
      void message.error(failureOf(thrown).message)
    } finally {
      setExporting(null)
    }
  }

  const SheetHere = phone ? PhoneSheet : Sheet
  return (
    <Page
      title={phone ? page.title : '调度表'}
      note={
        <>
          <Link to={`/campaigns/${page.campaignId}`}>{page.campaignName}</Link>
          <TableBoards page={page} />
        </>
      }
      kind="fill"
      acts={
        <>
          {!phone && page.abilities['design'] === true && (
            <Button type="text" onClick={() => void navigate(`/tables/${page.id}/design`)}>
              设计
            </Button>
          )}
          {page.abilities['export'] === true &&
            formats.map(({ format, label }) => (
              <Button
                key={format}
                loading={exporting === format}
                disabled={exporting !== null || count > 0}
                title={count > 0 ? '请先保存填写的数字' : undefined}
                onClick={() => void give(format)}
              >
                {phone ? label : `导出 ${label}`}
              </Button>
            ))}
          {mayType && (
            <Button type="primary" disabled={count === 0} loading={save.pending} title="Ctrl+S" onClick={saveAll}>
              {count === 0 ? '保存' : `保存 ${count} 处`}
            </Button>
          )}
        </>
      }
    >
      <TableBar
        page={page}
        today={me.today}
        toUnit={toUnit}
        compared={compared}
        onAsk={(patch) => change({ ...patch, cell: null })}
      />
      {foundAt !== null && count > 0 && (
        <p className="act-form-found table-notice">
          已恢复 {instantText(foundAt)} 填了还没有保存的数字。
          <button type="button" className="linkish" onClick={() => keep({})}>
            全部放弃
          </button>
        </p>
      )}
      {save.failure && (
        <div className="table-notice">
          <Problem failure={save.failure} places={[]} />
        </div>
      )}
      <div className={`table-body${phone ? ' table-body--phone' : ''}`}>
        <div className="table-main">
          {!phone && (
            <CellLine
              figure={at === null ? null : (figures.get(at) ?? null)}
              unitId={page.unitId}
              edit={at === null ? undefined : edits[at]}
              mayType={mayType}
              onOpen={() => open(at)}
            />
          )}
          <SheetHere
            page={page}
            edits={edits}
            onEdit={edit}
            at={at}
            onAt={setAt}
            opened={opened?.key ?? null}
            onOpen={open}
            mayType={mayType}
            before={earlier}
          />
          {!phone && (
            <p className="sheet-legend">
              <span>
                <i style={{ background: '#eef2f7' }} /> 由记录计算
              </span>
              <span>
                <i>
                  <i className="cell-mark" />
                </i>
                人工填写
              </span>
              {mayType && (
                <span>
                  <i style={{ background: 'var(--yellow-wash)' }} /> 未保存
                </span>
              )}
              {!mayType && page.abilities['type'] === true && <span>按过去的账本位置或未到的日期查看时不能填写</span>}
            </p>
          )}
        </div>
        {opened ? (
          <FigurePanel
            key={opened.key}
            tableId={page.id}
            figure={opened}
            question={question}
            metricLabel={metrics.find(({ id }) => id === opened.metric)?.label ?? null}
            toUnit={toUnit}
            onClose={() => open(null)}
          />
        ) : (
          <TableProblems page={page} edits={edits} onGo={(key) => focusFigure(document, key)} />
        )}
      </div>
      <LeaveGuard when={count > 0 && refused} />
    </Page>
  )
}
