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
import Form from 'antd/es/form'
import type { ReactNode } from 'react'
import { useNavigate, useParams, useSearchParams } from 'react-router'
import { useAct, type Act } from '../../../shared/api/use-act.js'
import { useRoute } from '../../../shared/api/use-route.js'
import { ActForm } from '../../../shared/form/act-form.js'
import { useActForm } from '../../../shared/form/use-act-form.js'
import { Page } from '../../../shared/layout/page.js'
import { Answered } from '../../../shared/states/answered.js'
import { Refused } from '../../../shared/states/refused.js'
import { ApiFailure } from '../../../shared/api/failure.js'
import { ScheduleFields } from '../components/schedule-fields.js'
import { SchedulePreview } from '../components/schedule-preview.js'
import {
  inputOf,
  isComplete,
  newSchedule,
  ruleOf,
  valuesOf,
  type ScheduleValues,
} from '../components/schedule-values.js'
import { ruleText } from '../components/schedule-words.js'
import '../components/report.css'
import '../components/schedules.css'

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
            <Filled
              form={page.title}
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
              <Filled
                form={title}
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
    <Filled
      form={schedule.tableTitle}
      groups={groups}
      title="修改报送安排"
      lead="已开启的报表不变，改动从下一次开启的报表起生效。"
      open={[]}
      draft={`schedule.${id}.${version}`}
      initial={valuesOf(schedule)}
      act={act}
      onSave={(values) => act.act({ params: { scheduleId: id }, body: { ...inputOf(values), version, active } })}
      onLeave={() => void navigate(`/schedules?campaign=${schedule.campaignId}`)}
    />
  )
}

interface FilledProps {
  /** What is filed: the title of the table or the ledger. */
  readonly form: string
  readonly groups: readonly string[]
  readonly title: string
  readonly lead?: string
  /** What the plan leaves open. */
  readonly open: readonly string[]
  readonly draft: string
  readonly initial: ScheduleValues
  readonly act: Pick<Act<typeof addSchedule>, 'pending' | 'failure' | 'progress'>
  readonly onSave: (values: ScheduleValues) => Promise<unknown>
  readonly onLeave: () => void
}

function Filled({ form: filed, groups, title, lead, open, draft, initial, act, onSave, onLeave }: FilledProps) {
  const form = useActForm<ScheduleValues>({ draft, initial })
  const watched = Form.useWatch((values: ScheduleValues) => values.rule, form.form)
  const rule =
    watched === undefined ? null : { ...initial.rule, ...watched, due: { ...initial.rule.due, ...watched.due } }
  const whole = rule !== null && isComplete(rule) ? ruleOf(rule) : null
  const save = async (values: ScheduleValues) => {
    // Fields of a rule that is not chosen are not on the screen, and keep what they had.
    const done = await onSave({ ...values, planReport: initial.planReport ?? null, rule: rule ?? values.rule })
    if (done === null) return
    form.done()
    onLeave()
  }
  return (
    <Page title={title} note={filed}>
      <div className="schedule">
        <div className="schedule-form">
          {lead !== undefined && <p className="panel-lead">{lead}</p>}
          {open.map((sentence) => (
            <p key={sentence} className="planned-open">
              {sentence}
            </p>
          ))}
          <ActForm
            form={form}
            act={act}
            submit="保存"
            columns={2}
            onSubmit={(values) => void save(values)}
            onCancel={onLeave}
          >
            <ScheduleFields form={form.form} groups={groups} />
          </ActForm>
        </div>
        <div className="schedule-look">
          {whole !== null && <p className="schedule-rule">{ruleText(whole)}</p>}
          <SchedulePreview rule={whole} />
        </div>
      </div>
    </Page>
  )
}
