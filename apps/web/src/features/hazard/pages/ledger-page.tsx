import {
  changeHazardView,
  listEnterpriseSectors,
  listHazards,
  listHazardViews,
  openWithHazardView,
  orderHazardViews,
  remindHazards,
  removeHazardView,
  saveHazardView,
  standingHazardViews,
  sumHazards,
  type AnswerOf,
  type HazardRow,
  type QueryOf,
} from '@bihuan/contracts'
import Button from 'antd/es/button'
import { useEffect, useMemo, useState } from 'react'
import { useNavigate } from 'react-router'
import { useAct } from '../../../shared/api/use-act.js'
import { useRoute, type Asked } from '../../../shared/api/use-route.js'
import { Page } from '../../../shared/layout/page.js'
import { useShortcut } from '../../../shared/layout/shortcut.js'
import { usePhone } from '../../../shared/layout/use-phone.js'
import { useKeepCampaign } from '../../../shared/layout/workplace.js'
import { countText } from '../../../shared/list/count.js'
import { DataList } from '../../../shared/list/data-list.js'
import { useListState, type ListState } from '../../../shared/list/list-state.js'
import { SidePanel } from '../../../shared/list/side-panel.js'
import type { ViewActs } from '../../../shared/list/saved-view.js'
import { useCan, useMe } from '../../../shared/session/me.js'
import { Problem } from '../../../shared/states/problem.js'
import { HazardBrief } from '../components/hazard-brief.js'
import { columnsOn, conditionsWith } from '../components/ledger-columns.js'
import { useLedgerExports } from '../components/ledger-exports.js'
import { isUnfinished } from '../components/words.js'
import '../components/hazard.css'

/** 隐患台账: a question that reads as a sentence, and what answers it. */
export function LedgerPage() {
  const me = useMe()
  const navigate = useNavigate()
  const keep = useKeepCampaign()
  const phone = usePhone()
  const mayRegister = useCan('hazard.register')
  const mayRemind = useCan('hazard.send-back') && me.unit.kind !== 'enterprise'
  const sectors = useRoute(listEnterpriseSectors, {}, { staleMs: 300_000 })
  const conditions = useMemo(
    () =>
      conditionsWith(
        (sectors.data?.items ?? []).map(({ sector, count }) => ({ value: sector, label: sector, note: `${count} 家` })),
      ),
    [sectors.data],
  )
  const columns = useMemo(() => columnsOn(me.today), [me.today])
  const list = useListState<QueryOf<typeof listHazards>>({
    conditions,
    sort: 'deadline',
    oneWay: true,
    whole: 'all',
  })
  // What they are is known before how many each one holds: columns must not change under a reader.
  const known = useRoute(listHazardViews, { query: { counts: 'no' } }, { staleMs: 300_000 })
  const arriving = useOpeningView(list, known)
  const hazards = useRoute(listHazards, { query: list.query }, { keep: true, when: !arriving })
  const filters = withoutSort(list.question)
  const sums = useRoute(sumHazards, { query: filters }, { keep: true, when: !arriving })
  const campaign = list.question.campaign
  const views = useRoute(listHazardViews, { query: { campaign } }, { keep: true, staleMs: 60_000 })
  const viewActs = useViewActs()
  const problem = viewActs.failure
  const exports = useLedgerExports(list.question)
  const mayImport = useCan('hazard.import')

  useShortcut('c', () => void navigate(keep('/hazards/new')), mayRegister)
  const register = mayRegister && (
    <Button type="primary" title="按 C" onClick={() => void navigate(keep('/hazards/new'))}>
      登记隐患
    </Button>
  )

  const bring = mayImport && <Button onClick={() => void navigate(keep('/hazards/import'))}>导入清单</Button>

  return (
    <Page
      title="隐患台账"
      kind="fill"
      acts={
        <>
          {!phone && bring}
          {register}
        </>
      }
    >
      {problem && <Problem failure={problem} />}
      <DataList<HazardRow>
        name="hazards"
        label="隐患台账"
        state={list}
        answer={hazards}
        columns={columns}
        idOf={(row) => row.id}
        searchHint="编号、企业或描述的一部分"
        empty={{
          what: '这里将列出登记的隐患',
          how: '检查发现的、企业自查的、举报和上级交办的，都登记在这里，一直管到销号。',
          act: (
            <>
              {register}
              {bring}
            </>
          ),
        }}
        {...(phone ? { onOpen: (row: HazardRow) => void navigate(`/hazards/${row.id}`) } : {})}
        panel={(id, close) => (
          <SidePanel label="隐患" title="隐患" to={`/hazards/${id}`} onClose={close}>
            <HazardBrief id={id} />
          </SidePanel>
        )}
        views={{
          // Those that stand for everybody are there at once; the counts come when they come.
          views: (views.data?.items ?? known.data?.items ?? standingHazardViews).map((view) => ({
            ...view,
            view: view.address,
          })),
          opensWith: (views.data ?? known.data)?.opensWith,
          ...viewActs.acts(questionOf(filters), (key, address) => list.showView({ key, view: address }, true)),
        }}
        nothingYet={views.data?.items.find(({ key }) => key === 'all')?.count?.count === 0}
        {...(exports.length > 0 ? { exports } : {})}
        {...(mayRemind ? { bulk: (rows, clear) => <Remind rows={rows} onDone={clear} /> } : {})}
        sums={
          sums.data
            ? [
                { label: '未销号', value: countText(sums.data.open) },
                {
                  label: '超期',
                  value: (
                    <span className={sums.data.overdue.count > 0 ? 'hz-late' : ''}>{countText(sums.data.overdue)}</span>
                  ),
                },
                { label: '重大', value: countText(sums.data.major) },
                { label: '已销号', value: countText(sums.data.closed) },
              ]
            : []
        }
        toneOf={(row) =>
          row.state === 'closed' || row.state === 'cancelled'
            ? 'done'
            : isUnfinished(row.state) && row.deadline !== null && row.deadline < me.today
              ? 'late'
              : null
        }
      />
    </Page>
  )
}

/** Whoever comes without a question is shown the view of their choice; true until it is known. */
function useOpeningView(list: ListState, views: Asked<AnswerOf<typeof listHazardViews>>): boolean {
  const opening = views.data?.items.find(({ key }) => key === views.data?.opensWith)
  const { bare, showView } = list
  useEffect(() => {
    if (bare && opening) showView({ key: opening.key, view: opening.address }, true)
  }, [bare, opening, showView])
  return bare && views.error === null
}

const viewRefreshes = { refreshes: [listHazardViews] }

function useViewActs() {
  const save = useAct(saveHazardView, viewRefreshes)
  const change = useAct(changeHazardView, viewRefreshes)
  const order = useAct(orderHazardViews, viewRefreshes)
  const remove = useAct(removeHazardView, viewRefreshes)
  const openWith = useAct(openWithHazardView, viewRefreshes)
  const acts = (question: Record<string, string>, show: (key: string, address: string) => void): ViewActs => ({
    onSave: (name, address, columns) =>
      void save.act({ body: { name, address, question, columns: [...columns] } }).then((answer) => {
        const made = answer?.items.find((view) => view.own && view.name === name)
        if (made) show(made.key, address)
      }),
    onReplace: (viewId, address, columns) =>
      void change.act({ params: { viewId }, body: { address, question, columns: [...columns] } }),
    onColumns: (viewId, columns) => void change.act({ params: { viewId }, body: { columns: [...columns] } }),
    onRename: (viewId, name) => void change.act({ params: { viewId }, body: { name } }),
    onOrder: (viewIds) => void order.act({ body: { viewIds: [...viewIds] } }),
    onRemove: (viewId) => void remove.act({ params: { viewId } }),
    onOpenWith: async (key) => (await openWith.act({ body: { key } })) !== null,
  })
  const { failure } = [save, change, order, remove, openWith].find((one) => one.failure !== null) ?? save
  return { acts, failure }
}

type Question = QueryOf<typeof sumHazards>

function withoutSort(question: QueryOf<typeof listHazards>): Question {
  const { sort: _, ...filters } = question
  return filters
}

/** A view is of any campaign: the one that was worked in when it was kept is not part of it. */
function questionOf({ campaign: _, ...filters }: Question): Record<string, string> {
  return Object.fromEntries(
    Object.entries(filters).filter((pair): pair is [string, string] => typeof pair[1] === 'string'),
  )
}

function Remind({ rows, onDone }: { rows: readonly HazardRow[]; onDone: () => void }) {
  const [done, setDone] = useState<{ reminded: number; passed: number } | null>(null)
  const remind = useAct(remindHazards, { onDone: setDone })
  const open = rows.filter((row) => isUnfinished(row.state))
  if (done) {
    return (
      <span role="status">
        已提醒 {done.reminded} 条{done.passed > 0 ? `，${done.passed} 条不需要提醒` : ''}。{' '}
        <button type="button" className="linkish" onClick={onDone}>
          好
        </button>
      </span>
    )
  }
  return (
    <>
      <Button
        size="small"
        loading={remind.pending}
        disabled={open.length === 0 || open.length > 200}
        title={open.length > 200 ? '一次最多提醒 200 条' : '给轮到的单位发提醒，每天最多一次'}
        onClick={() => void remind.act({ body: { hazardIds: open.map(({ id }) => id) } })}
      >
        催办 {open.length} 条
      </Button>
      {remind.failure && <span className="list-problem">{remind.failure.message}</span>}
    </>
  )
}
