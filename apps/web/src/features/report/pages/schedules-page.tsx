import {
  changeSchedule,
  listCampaigns,
  listSchedules,
  listTables,
  returnBoard,
  showCampaign,
  type AnswerOf,
  type ScheduleView,
} from '@bihuan/contracts'
import { narrativeKindLabels } from '@bihuan/domain'
import Button from 'antd/es/button'
import Popconfirm from 'antd/es/popconfirm'
import { Link } from 'react-router'
import { useAct } from '../../../shared/api/use-act.js'
import { useRoute } from '../../../shared/api/use-route.js'
import { Page, Section } from '../../../shared/layout/page.js'
import { inCampaign, useCampaignId } from '../../../shared/layout/workplace.js'
import { BasisLink } from '../../../shared/show/basis-link.js'
import { StateTag } from '../../../shared/show/mark.js'
import { Answered } from '../../../shared/states/answered.js'
import { Problem } from '../../../shared/states/problem.js'
import { PlannedReports } from '../components/planned-reports.js'
import { askedText, respondentsText, ruleText } from '../components/schedule-words.js'
import '../components/report.css'
import '../components/returns.css'
import '../components/schedules.css'

/** Which tables are filed when and by whom, campaign by campaign: `/schedules?campaign=`. */
export function SchedulesPage() {
  const [campaignId] = useCampaignId()
  const query = campaignId === null ? {} : { campaign: campaignId }
  const schedules = useRoute(listSchedules, { query })
  const tables = useRoute(listTables, { query })
  // One that has no table form files its ledger.
  const campaigns = useRoute(listCampaigns, { query: {} })
  return (
    <Page title="报送安排" acts={<Link to="/packages">系统间数据包</Link>}>
      <Answered answer={schedules} loading="list">
        {({ items, abilities }) => (
          <Answered
            answer={tables}
            loading="list"
            isEmpty={(listed) => listed.items.length === 0 && (campaigns.data?.items ?? []).length === 0}
            empty={{
              what: '这里将列出各行动的调度表何时报、谁来报',
              how: '行动有了调度表，就可以为它设置报送安排；到时每个单位的报表自动开启。',
            }}
          >
            {(listed) =>
              namesOf(listed.items, campaigns.data?.items ?? [], campaignId).map(([id, name]) => {
                const own = listed.items.filter((table) => table.campaignId === id)
                return (
                  <Section
                    key={id}
                    title={name}
                    acts={
                      <>
                        <Link to={`/campaigns/${id}/scores`}>报送得分</Link>
                        <Link to={inCampaign(`/campaigns/${id}`, campaignId)}>打开行动</Link>
                      </>
                    }
                  >
                    <PlannedReports campaignId={id} />
                    {own.map((table) => (
                      <OfForm
                        key={table.id}
                        title={table.title}
                        opens={`/tables/${table.id}`}
                        adds={`/tables/${table.id}/schedules/new`}
                        schedules={items.filter(({ tableId }) => tableId === table.id)}
                        mayAdd={abilities['manage'] === true}
                      />
                    ))}
                    <Ledgers
                      campaignId={id}
                      schedules={items.filter((one) => one.campaignId === id && one.ledgerId !== null)}
                      mayAdd={abilities['manage'] === true}
                    />
                    <InWords
                      campaignId={id}
                      schedules={items.filter((one) => one.campaignId === id && one.narrative !== null)}
                      mayAdd={abilities['manage'] === true}
                    />
                  </Section>
                )
              })
            }
          </Answered>
        )}
      </Answered>
    </Page>
  )
}

type Campaign = AnswerOf<typeof listCampaigns>['items'][number]
type Table = AnswerOf<typeof listTables>['items'][number]

/** The campaigns whose tables are seen, and those that have none. */
function namesOf(tables: readonly Table[], campaigns: readonly Campaign[], chosen: string | null) {
  const shown = campaigns.filter(({ id, state }) => state !== 'closed' && (chosen === null || id === chosen))
  const names = new Map(tables.map(({ campaignId, campaignName }) => [campaignId, campaignName]))
  for (const { id, name } of shown) names.set(id, name)
  return [...names]
}

/** Ledgers that are filed as they are, without a table form. */
function Ledgers(props: { campaignId: string; schedules: readonly ScheduleView[]; mayAdd: boolean }) {
  const { campaignId, schedules, mayAdd } = props
  const campaign = useRoute(showCampaign, { params: { campaignId } })
  return (campaign.data?.ledgers ?? []).map(({ id, title }) => (
    <OfForm
      key={id}
      title={title}
      opens={`/hazards?campaign=${campaignId}`}
      adds={`/ledgers/${id}/schedules/new?campaign=${campaignId}`}
      schedules={schedules.filter(({ ledgerId }) => ledgerId === id)}
      mayAdd={mayAdd}
    />
  ))
}

/** What is filed in words: reports, and plans for the record. */
function InWords({
  campaignId,
  schedules,
  mayAdd,
}: {
  campaignId: string
  schedules: readonly ScheduleView[]
  mayAdd: boolean
}) {
  if (schedules.length === 0 && !mayAdd) return null
  return (
    <div className="schedules">
      <p className="schedules-table">
        <span>叙述性报告和方案备案</span>
        {mayAdd && (
          <Link to={`/campaigns/${campaignId}/narratives/new`} className="schedules-add">
            设置叙述性报告或备案
          </Link>
        )}
      </p>
      {schedules.map((schedule) => (
        <Line key={schedule.id} schedule={schedule} />
      ))}
    </div>
  )
}

interface OfFormProps {
  readonly title: string
  readonly opens: string
  readonly adds: string
  readonly schedules: readonly ScheduleView[]
  readonly mayAdd: boolean
}

function OfForm({ title, opens, adds, schedules, mayAdd }: OfFormProps) {
  return (
    <div className="schedules">
      <p className="schedules-table">
        <Link to={opens}>{title}</Link>
        {mayAdd && (
          <Link to={adds} className="schedules-add">
            {schedules.length === 0 ? '设置报送安排' : '再加一个'}
          </Link>
        )}
      </p>
      {schedules.length === 0 && <p className="quiet">还没有报送安排，不会开启报表。</p>}
      {schedules.map((schedule) => (
        <Line key={schedule.id} schedule={schedule} />
      ))}
    </div>
  )
}

function Line({ schedule }: { schedule: ScheduleView }) {
  const {
    title,
    rule,
    respondents,
    receivers,
    outsideReceivers,
    splitSectors,
    note,
    active,
    next,
    abilities,
    narrative,
  } = schedule
  const [first] = next
  return (
    <section className="schedules-line" aria-label={title}>
      <div className="schedules-what">
        <p className="schedules-title">
          <Link to={`/schedules/${schedule.id}/board`}>{title}</Link>
          {narrative !== null && <span className="return-sector">{narrativeKindLabels[narrative.kind]}</span>}
          {!active && <StateTag tone="grey">已停用</StateTag>}
        </p>
        <p>
          {ruleText(rule)}
          {schedule.hasBasis && (
            <>
              {' '}
              <BasisLink campaignId={schedule.campaignId} place={`report:${schedule.planReport ?? 0}`} of={title} />
            </>
          )}
        </p>
        <p className="quiet">
          {respondentsText(respondents)}填报，
          {receivers.length === 0 ? '逐级上报' : `报给${receivers.map(({ name }) => name).join('、')}`}
          {outsideReceivers.length > 0 && `；另发系统外的${outsideReceivers.map(({ name }) => name).join('、')}`}
          {splitSectors.length > 0 && `；分行业：${splitSectors.join('、')}`}
        </p>
        {narrative !== null && <p className="quiet">要交：{askedText(narrative)}</p>}
        {note !== '' && <p className="quiet schedules-note">说明：{note}</p>}
      </div>
      <p className="schedules-next">
        {first === undefined ? (
          <span className="quiet">{active ? '没有后续期限' : ''}</span>
        ) : (
          <>
            <span className="quiet">下次到期 </span>
            {first.dueOn}
            {first.provisional && (
              <span className="due-provisional" title="当年节假日安排尚未公布，日期可能变动">
                暂定
              </span>
            )}
          </>
        )}
      </p>
      <div className="schedules-acts">
        <Link to={`/schedules/${schedule.id}/board`}>报送情况</Link>
        {abilities['manage'] === true && (
          <>
            <Link to={`/schedules/${schedule.id}`}>修改</Link>
            <Switch schedule={schedule} />
          </>
        )}
      </div>
    </section>
  )
}

/** Stopped, it opens no more returns; those that are open stay. */
function Switch({ schedule }: { schedule: ScheduleView }) {
  const act = useAct(changeSchedule, { refreshes: [listSchedules, returnBoard] })
  const { id, title, rule, respondents, receiverIds, splitSectors, note, planReport, version, active } = schedule
  const turn = () =>
    act.act({
      params: { scheduleId: id },
      body: { title, rule, respondents, receiverIds, splitSectors, note, planReport, version, active: !active },
    })
  return (
    <>
      {active ? (
        <Popconfirm
          title="停用这个报送安排？"
          description="不再开启新的报表；已开启的照常填报。以后可以重新启用。"
          okText="停用"
          cancelText="不停"
          onConfirm={() => void turn()}
        >
          <Button type="link" size="small" loading={act.pending}>
            停用
          </Button>
        </Popconfirm>
      ) : (
        <Button type="link" size="small" loading={act.pending} onClick={() => void turn()}>
          重新启用
        </Button>
      )}
      {act.failure && <Problem failure={act.failure} places={[]} />}
    </>
  )
}
