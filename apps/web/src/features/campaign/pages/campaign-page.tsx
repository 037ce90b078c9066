import {
  listCampaigns,
  showCampaign,
  listScheduleDrafts,
  listSchedules,
  setUpSchedules,
  startCampaign,
  type CampaignPage as CampaignAnswer,
  type TaskView,
} from '@bihuan/contracts'
import { useQueryClient } from '@tanstack/react-query'
import Button from 'antd/es/button'
import DatePicker from 'antd/es/date-picker'
import Segmented from 'antd/es/segmented'
import dayjs from 'dayjs'
import { useMemo } from 'react'
import { Link, useNavigate, useParams } from 'react-router'
import { useAct } from '../../../shared/api/use-act.js'
import { askAgain, useRoute } from '../../../shared/api/use-route.js'
import { Page, Section } from '../../../shared/layout/page.js'
import { usePhone } from '../../../shared/layout/use-phone.js'
import { useAddressState } from '../../../shared/list/address-state.js'
import { useMe } from '../../../shared/session/me.js'
import { daysBetween } from '../../../shared/show/dates.js'
import { Answered } from '../../../shared/states/answered.js'
import { Problem } from '../../../shared/states/problem.js'
import { CampaignAct } from '../components/campaign-acts.js'
import { CampaignDuties } from '../components/campaign-duties.js'
import { CampaignMetrics } from '../components/campaign-metrics.js'
import { CampaignParts } from '../components/campaign-parts.js'
import { Corrections } from '../components/corrections.js'
import { OwnPlans } from '../components/own-plan.js'
import { Questions } from '../components/questions.js'
import { ReceiptBar } from '../components/receipt-bar.js'
import { TaskPanel } from '../components/task-panel.js'
import { TimeLine } from '../components/time-line.js'
import { CampaignTag, latenessOrder, latenessWords, span } from '../components/words.js'
import '../components/campaign.css'
import '../components/receivers.css'

/** One campaign: `/campaigns/:id?asOf=&show=&task=&do=`. */
export function CampaignPage() {
  const { campaignId = '' } = useParams()
  const [get] = useAddressState()
  const asOf = get('asOf')
  const campaign = useRoute(
    showCampaign,
    { params: { campaignId }, query: asOf === null ? {} : { asOf } },
    { keep: true },
  )
  return (
    <Answered answer={campaign} ask="行动只对它所约束的单位和上级公开。可请发来链接的人核对。">
      {(page) => <Shown page={page} />}
    </Answered>
  )
}

function Shown({ page }: { page: CampaignAnswer }) {
  const [get, change] = useAddressState()
  const phone = usePhone()
  const navigate = useNavigate()
  const act = get('do')
  const taskId = get('task')
  const task = page.tasks.find(({ id }) => id === taskId) ?? null
  const close = () => change({ task: null, edit: null, do: null })
  const openQuestions = page.questions.filter((question) => question.decision === null)
  const panel =
    act !== null ? (
      <CampaignAct act={act} page={page} onClose={close} />
    ) : task !== null || (taskId === 'new' && page.abilities['manage'] === true) ? (
      <TaskPanel
        page={page}
        task={task}
        editing={get('edit') !== null}
        onEdit={(on) => change({ edit: on ? 'yes' : null }, { replace: true })}
        onClose={close}
      />
    ) : null
  return (
    <Page
      title={page.name}
      note={<CampaignTag state={page.state} washed />}
      kind="fill"
      acts={
        page.abilities['manage'] === true || page.abilities['close'] === true ? (
          <>
            {page.abilities['send-out'] === true && (
              <Button onClick={() => change({ do: 'send', task: null })}>下发</Button>
            )}
            {page.abilities['manage'] === true && (
              <>
                <Button onClick={() => void navigate(`/campaigns/${page.id}/correction`)}>更正通知</Button>
                <Button onClick={() => change({ do: 'dates', task: null })}>起止日期</Button>
              </>
            )}
            {page.abilities['close'] === true && (
              <Button onClick={() => change({ do: 'close', task: null })}>结束行动</Button>
            )}
            {page.abilities['manage'] === true && (
              <Button type="primary" onClick={() => change({ task: 'new', do: null })}>
                增加任务
              </Button>
            )}
          </>
        ) : undefined
      }
    >
      <div className="campaign-body">
        {!(phone && panel) && (
          <div className="campaign-scroll">
            <Head page={page} onDo={(what) => change({ do: what, task: null })} />
            <ReceiptBar page={page} />
            <NextStep page={page} onDo={(what) => change({ do: what, task: null })} />
            {openQuestions.length > 0 && (
              <Section title="方案里的疑点" id="questions" note={`${openQuestions.length} 处未定`}>
                <Questions page={page} />
              </Section>
            )}
            <Tasks
              page={page}
              open={taskId}
              onOpen={(id) => change({ task: id, edit: null, do: null }, { replace: taskId !== null })}
            />
            <CampaignDuties page={page} />
            <CampaignMetrics page={page} />
            <OwnPlans page={page} />
            <Corrections corrections={page.corrections} />
            <CampaignParts page={page} onDo={(what) => change({ do: what, task: null })} />
            {openQuestions.length === 0 && page.questions.length > 0 && (
              <Section title="方案里的疑点" id="questions" note="均已裁定">
                <Questions page={page} />
              </Section>
            )}
          </div>
        )}
        {panel}
      </div>
    </Page>
  )
}

function Head({ page, onDo }: { page: CampaignAnswer; onDo: (what: string) => void }) {
  return (
    <div className="campaign-head">
      <dl>
        <div>
          <dt>起止</dt>
          <dd>{span(page.startsOn, page.endsOn)}</dd>
        </div>
        <div>
          <dt>部署单位</dt>
          <dd>
            {page.issuer}
            {page.docNo !== null && ` ${page.docNo}`}
            {page.noticeFileId !== null && (
              <>
                {' '}
                <Link to={`/campaigns/${page.id}/notice`}>通知原文</Link>
              </>
            )}
          </dd>
        </div>
        {page.unitName !== page.issuer && (
          <div>
            <dt>实施单位</dt>
            <dd>{page.unitName}</dd>
          </div>
        )}
        {page.abilities['receivers'] === true && page.state !== 'preparing' && (
          <div>
            <dt>下发</dt>
            <dd>
              <Link to={`/campaigns/${page.id}/receivers`}>下发情况</Link>
            </dd>
          </div>
        )}
        {page.parent && (
          <div>
            <dt>上级行动</dt>
            <dd>
              <Link to={`/campaigns/${page.parent.id}`}>{page.parent.name}</Link>
            </dd>
          </div>
        )}
        {(page.below.length > 0 || page.mayStandUnder !== null) && (
          <div>
            <dt>下级行动</dt>
            <dd className="campaign-below">
              {page.below.map(({ id, name, unitName }) => (
                <Link key={id} to={`/campaigns/${id}`} title={name}>
                  {unitName}
                </Link>
              ))}
              {page.mayStandUnder !== null && (
                <Link to={`/campaigns/new?under=${page.id}&unit=${page.mayStandUnder.id}`}>
                  建立{page.mayStandUnder.name}的行动
                </Link>
              )}
            </dd>
          </div>
        )}
        {page.sectors.length > 0 && (
          <div>
            <dt>重点行业</dt>
            <dd>{page.sectors.join('、')}</dd>
          </div>
        )}
        {(page.countedSectors !== null || page.abilities['manage'] === true) && (
          <div>
            <dt>统计的行业</dt>
            <dd>
              {page.countedSectors === null ? '全部' : page.countedSectors.join('、')}{' '}
              {page.abilities['manage'] === true && (
                <button type="button" className="linkish" onClick={() => onDo('sectors')}>
                  修改
                </button>
              )}
            </dd>
          </div>
        )}
      </dl>
    </div>
  )
}

/** What moves the campaign on, and what stands in its way. */
function NextStep({ page, onDo }: { page: CampaignAnswer; onDo: (what: string) => void }) {
  const me = useMe()
  const client = useQueryClient()
  const start = useAct(startCampaign)
  const schedules = useAct(setUpSchedules)
  const blocking = page.questions.filter(
    (question) => question.blocking && question.decision === null && question.code !== 'start-missing',
  )
  const openDuties = page.duties.filter(({ standing }) => standing === 'open').length
  const openFigures = page.tables.reduce((sum, { open }) => sum + open.length, 0)
  const isDecided = blocking.length + openDuties + openFigures === 0
  const begin = async () => {
    const started = await start.act({ params: { campaignId: page.id }, body: { version: page.version } })
    if (started === null) return
    // What the plan says of reporting without a doubt needs nobody to type it again; the rest is listed below. The page shows the running
    // campaign only then: who saw it run and left would leave it without schedules.
    await schedules.act({ params: { campaignId: page.id }, body: {} })
    await askAgain(client, [showCampaign, listCampaigns, listScheduleDrafts, listSchedules])
  }
  const over = page.endsOn === null ? 0 : daysBetween(page.endsOn, me.today)
  if (page.state === 'preparing') {
    const manage = page.abilities['manage'] === true
    return (
      <div className="campaign-next">
        <p>
          {schedules.pending
            ? '已启动，正在按方案设置报送安排…'
            : page.startsOn === null
              ? '还没有开始日期，定了才能启动。'
              : blocking.length > 0
                ? `还有 ${blocking.length} 处疑点要裁定，裁定后才能启动。`
                : openDuties > 0
                  ? `还有 ${openDuties} 项职责里的词语没有选定指什么，选定后才能启动。`
                  : openFigures > 0
                    ? `调度表里还有 ${openFigures} 个数没有选定由什么指标计算，选定后才能启动。`
                    : manage
                      ? '可以启动了。启动之后，下级单位就能登记隐患、填报任务和调度表。'
                      : '行动还在筹备，尚未启动。'}
        </p>
        {manage && page.startsOn === null && <Button onClick={() => onDo('dates')}>确定起止日期</Button>}
        {page.startsOn !== null && blocking.length > 0 && <a href="#questions">去裁定</a>}
        {page.startsOn !== null && blocking.length === 0 && openDuties > 0 && <a href="#duties">去选定</a>}
        {page.startsOn !== null && blocking.length + openDuties === 0 && openFigures > 0 && (
          <a href="#metrics">去选定</a>
        )}
        {manage && page.startsOn !== null && isDecided && (
          <Button type="primary" loading={start.pending || schedules.pending} onClick={() => void begin()}>
            启动行动
          </Button>
        )}
        {start.failure && <Problem failure={start.failure} />}
      </div>
    )
  }
  if (page.state === 'running' && over > 0) {
    return (
      <div className="campaign-next">
        <p>
          已过结束日期 {over} 天。
          {page.openHazards !== null &&
            page.openHazards.registered > 0 &&
            `还有 ${page.openHazards.registered} 项隐患没有销号，结束时须结转。`}
        </p>
        {page.abilities['close'] === true && <Button onClick={() => onDo('close')}>结束行动</Button>}
      </div>
    )
  }
  return <PlannedReports page={page} />
}

/** What the plan asks to be filed and is not set up yet. */
function PlannedReports({ page }: { page: CampaignAnswer }) {
  const drafts = useRoute(listScheduleDrafts, { params: { campaignId: page.id } }, { when: page.state === 'running' })
  const left = (drafts.data?.items ?? []).filter(({ scheduleId }) => scheduleId === null)
  if (left.length === 0 || drafts.data?.abilities['manage'] !== true) return null
  return (
    <div className="campaign-next">
      <p>方案要求的报送还有 {left.length} 项没有设置，到时不会开启报表。</p>
      <Link to={`/schedules?campaign=${page.id}`}>去设置</Link>
    </div>
  )
}

type Shows = 'all' | 'late' | 'mine'

function Tasks({
  page,
  open,
  onOpen,
}: {
  page: CampaignAnswer
  open: string | null
  onOpen: (taskId: string) => void
}) {
  const me = useMe()
  const [get, change] = useAddressState()
  const shows = (get('show') ?? 'all') as Shows
  const inOrder = get('order') === 'list'
  const tasks = useMemo(() => {
    const wanted = page.tasks.filter(
      (task) =>
        shows === 'all' || (shows === 'late' ? task.lateness.state === 'late' : task.abilities['update'] === true),
    )
    return inOrder ? wanted : [...wanted].sort(byUrgency)
  }, [page.tasks, shows, inOrder])
  const count = (wanted: (task: TaskView) => boolean) => page.tasks.filter(wanted).length
  const late = count((task) => task.lateness.state === 'late')
  const mine = count((task) => task.abilities['update'] === true)
  return (
    <Section
      title="阶段与任务"
      note={
        page.tasks.length === 0
          ? undefined
          : latenessOrder
              .map((state) => [state, count((task) => task.lateness.state === state)] as const)
              .filter(([, n]) => n > 0)
              .map(([state, n]) => `${latenessWords[state].label} ${n}`)
              .join('　')
      }
      acts={
        page.abilities['manage'] === true && (
          <button type="button" className="linkish" onClick={() => change({ do: 'phases', task: null })}>
            修改阶段
          </button>
        )
      }
    >
      <div className="gantt-tools">
        {page.tasks.length > 0 && (
          <Segmented<Shows>
            size="small"
            value={shows}
            options={[
              { value: 'all', label: `全部 ${page.tasks.length}` },
              { value: 'late', label: `超期 ${late}` },
              { value: 'mine', label: `我能填报的 ${mine}` },
            ]}
            onChange={(show) => change({ show: show === 'all' ? null : show })}
          />
        )}
        {page.tasks.length > 1 && (
          <label>
            <input
              type="checkbox"
              checked={inOrder}
              onChange={(event) => change({ order: event.target.checked ? 'list' : null })}
            />{' '}
            按清单顺序
          </label>
        )}
        <label>
          <span className="quiet">截至 </span>
          <DatePicker
            size="small"
            allowClear={false}
            aria-label="截至哪一天看"
            value={dayjs(page.asOf, 'YYYY-MM-DD')}
            presets={[{ label: '今天', value: dayjs(me.today, 'YYYY-MM-DD') }]}
            onChange={(day) =>
              change({ asOf: day === null || day.format('YYYY-MM-DD') === me.today ? null : day.format('YYYY-MM-DD') })
            }
          />
        </label>
        {page.asOf !== me.today && (
          <button type="button" className="linkish" onClick={() => change({ asOf: null })}>
            回到今天
          </button>
        )}
      </div>
      {page.tasks.length === 0 && page.phases.length === 0 ? (
        <p className="quiet">方案没有阶段和任务清单。{page.abilities['manage'] === true && '可以自己增加任务。'}</p>
      ) : (
        <TimeLine page={page} tasks={tasks} open={open} onOpen={onOpen} />
      )}
      {page.tasks.length > 0 && tasks.length === 0 && (
        <p className="quiet">{shows === 'late' ? `截至 ${page.asOf} 没有超期的任务。` : '没有由您填报的任务。'}</p>
      )}
    </Section>
  )
}

/** Late first, the longest late on top; then what is due next. */
function byUrgency(a: TaskView, b: TaskView): number {
  const rank = (task: TaskView) => latenessOrder.indexOf(task.lateness.state)
  const day = (task: TaskView) => task.lateness.lateSince ?? task.lateness.nextDue ?? '9999'
  return rank(a) - rank(b) || (day(a) < day(b) ? -1 : day(a) > day(b) ? 1 : a.ordinal - b.ordinal)
}
