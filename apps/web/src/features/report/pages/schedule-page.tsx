import {
  addLedgerSchedule,
  addSchedule,
  changeSchedule,
  listReturns,
  listScheduleDrafts,
  listSchedules,
  returnBoard,
  showCampaign,
  showTable,
  type ScheduleDraftView,
  type ScheduleView,
} from '@bihuan/contracts'
import type { ReactNode } from 'react'
import { useNavigate, useParams, useSearchParams } from 'react-router'
import { useAct } from '../../../shared/api/use-act.js'
import { useRoute } from '../../../shared/api/use-route.js'
import { Answered } from '../../../shared/states/answered.js'
import { Refused } from '../../../shared/states/refused.js'
import { ApiFailure } from '../../../shared/api/failure.js'
import { ScheduleForm } from '../components/schedule-form.js'
import { inputOf, newSchedule, valuesOf } from '../components/schedule-values.js'
import '../components/report.css'
import '../components/schedules.css'
import { ChangingNarrative } from './narrative-schedule-page.js'

const refreshes = [listSchedules, listScheduleDrafts, listReturns, returnBoard]

/** `/tables/:tableId/schedules/new` */
export function AddSchedulePage() {
  const { tableId = '' } = useParams()
  const navigate = useNavigate()
  const table = useRoute(showTable, { params: { tableId }, query: {} })
  const act = useAct(addSchedule, { refreshes })
  return (
    <Answered answer={table} loading="form">
      {(page) => (
        <FromPlan campaignId={page.campaignId} files={(draft) => draft.tableId === tableId}>
          {(planned) => (
            <ScheduleForm
              note={page.title}
              groups={page.design.form.groups.map(({ name }) => name)}
              title="设置报送安排"
              open={planned?.open ?? []}
              draft={`schedule.new.${tableId}.${planned?.report ?? ''}`}
              initial={planned === null ? newSchedule(page.title, page.campaign.startsOn) : valuesOf(planned.input)}
              act={act}
              onSave={(values) => act.act({ params: { tableId }, body: inputOf(values) })}
              onLeave={() => void navigate(`/schedules?campaign=${page.campaignId}`)}
            />
          )}
        </FromPlan>
      )}
    </Answered>
  )
}

/** `/ledgers/:ledgerId/schedules/new?campaign=` */
export function AddLedgerSchedulePage() {
  const { ledgerId = '' } = useParams()
  const [query] = useSearchParams()
  const campaignId = query.get('campaign') ?? ''
  const navigate = useNavigate()
  const campaign = useRoute(showCampaign, { params: { campaignId } })
  const act = useAct(addLedgerSchedule, { refreshes })
  return (
    <Answered answer={campaign} loading="form">
      {({ ledgers, startsOn }) => {
        const title = ledgers.find(({ id }) => id === ledgerId)?.title
        if (title === undefined) return <Missing what="这张隐患清单" />
        return (
          <FromPlan campaignId={campaignId} files={(draft) => draft.ledgerId === ledgerId}>
            {(planned) => (
              <ScheduleForm
                note={title}
                groups={[]}
                title="设置清单的报送安排"
                lead="只报清单本身，不另填表；每期报上来的是当时台账里的隐患。"
                open={planned?.open ?? []}
                draft={`schedule.new.${ledgerId}.${planned?.report ?? ''}`}
                initial={planned === null ? newSchedule(title, startsOn ?? '') : valuesOf(planned.input)}
                act={act}
                onSave={(values) => act.act({ params: { ledgerId }, body: inputOf(values) })}
                onLeave={() => void navigate(`/schedules?campaign=${campaignId}`)}
              />
            )}
          </FromPlan>
        )
      }}
    </Answered>
  )
}

/** `?report=` takes over what the plan says of it. */
function FromPlan(props: {
  campaignId: string
  files: (draft: ScheduleDraftView) => boolean
  children: (planned: ScheduleDraftView | null) => ReactNode
}) {
  const [query] = useSearchParams()
  const report = query.get('report')
  const drafts = useRoute(listScheduleDrafts, { params: { campaignId: props.campaignId } }, { when: report !== null })
  if (report === null) return props.children(null)
  return (
    <Answered answer={drafts} loading="form">
      {({ items }) =>
        props.children(items.find((draft) => String(draft.report) === report && props.files(draft)) ?? null)
      }
    </Answered>
  )
}

function Missing({ what }: { what: string }) {
  return (
    <Refused
      failure={
        new ApiFailure({
          code: 'request.not-found',
          message: `没有找到${what}，或者它不在您的管辖范围内。请从列表重新打开。`,
          status: 404,
        })
      }
    />
  )
}

/** `/schedules/:scheduleId` */
export function ChangeSchedulePage() {
  const { scheduleId = '' } = useParams()
  const schedules = useRoute(listSchedules, { query: {} })
  return (
    <Answered answer={schedules} loading="form">
      {({ items }) => {
        const schedule = items.find(({ id }) => id === scheduleId)
        if (schedule === undefined) return <Missing what="这个报送安排" />
        const key = `${schedule.id}.${schedule.version}`
        if (schedule.narrative !== null) return <ChangingNarrative key={key} schedule={schedule} />
        // A ledger has no groups to be chosen from.
        return schedule.ledgerId === null ? (
          <ChangingTable key={key} schedule={schedule} />
        ) : (
          <Changing key={key} schedule={schedule} groups={[]} />
        )
      }}
    </Answered>
  )
}

function ChangingTable({ schedule }: { schedule: ScheduleView }) {
  const table = useRoute(showTable, { params: { tableId: schedule.tableId }, query: {} })
  return (
    <Answered answer={table} loading="form">
      {({ design }) => <Changing schedule={schedule} groups={design.form.groups.map(({ name }) => name)} />}
    </Answered>
  )
}

function Changing({ schedule, groups }: { schedule: ScheduleView; groups: readonly string[] }) {
  const navigate = useNavigate()
  const act = useAct(changeSchedule, { refreshes })
  const { id, version, active } = schedule
  return (
    <ScheduleForm
      note={schedule.tableTitle}
      groups={groups}
      title="修改报送安排"
      lead="已开启的报表不变，改动从下一次开启的报表起生效。"
      draft={`schedule.${id}.${version}`}
      initial={valuesOf(schedule)}
      act={act}
      onSave={(values) => act.act({ params: { scheduleId: id }, body: { ...inputOf(values), version, active } })}
      onLeave={() => void navigate(`/schedules?campaign=${schedule.campaignId}`)}
    />
  )
}
