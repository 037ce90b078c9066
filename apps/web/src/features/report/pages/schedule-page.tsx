import {
  addSchedule,
  changeSchedule,
  listReturns,
  listSchedules,
  returnBoard,
  showTable,
  type ScheduleView,
  type TablePage,
} from '@bihuan/contracts'
import Form from 'antd/es/form'
import { useNavigate, useParams } from 'react-router'
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

const refreshes = [listSchedules, listReturns, returnBoard]

/** `/tables/:tableId/schedules/new` */
export function AddSchedulePage() {
  const { tableId = '' } = useParams()
  const navigate = useNavigate()
  const table = useRoute(showTable, { params: { tableId }, query: {} })
  const act = useAct(addSchedule, { refreshes })
  return (
    <Answered answer={table} loading="form">
      {(page) => (
        <Filled
          page={page}
          title="设置报送安排"
          draft={`schedule.new.${tableId}`}
          initial={newSchedule(page.title, `${page.campaign.startsOn.slice(0, 8)}01`)}
          act={act}
          onSave={(values) => act.act({ params: { tableId }, body: inputOf(values) })}
          onLeave={() => void navigate(`/schedules?campaign=${page.campaignId}`)}
        />
      )}
    </Answered>
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
        return schedule === undefined ? (
          <Refused
            failure={
              new ApiFailure({
                code: 'request.not-found',
                message: '没有找到这个报送安排，或者它不在您的管辖范围内。请从列表重新打开。',
                status: 404,
              })
            }
          />
        ) : (
          <Changing key={`${schedule.id}.${schedule.version}`} schedule={schedule} />
        )
      }}
    </Answered>
  )
}

function Changing({ schedule }: { schedule: ScheduleView }) {
  const navigate = useNavigate()
  const table = useRoute(showTable, { params: { tableId: schedule.tableId }, query: {} })
  const act = useAct(changeSchedule, { refreshes })
  const { id, version, active } = schedule
  return (
    <Answered answer={table} loading="form">
      {(page) => (
        <Filled
          page={page}
          title="修改报送安排"
          lead="已开启的报表不变，改动从下一次开启的报表起生效。"
          draft={`schedule.${id}.${version}`}
          initial={valuesOf(schedule)}
          act={act}
          onSave={(values) => act.act({ params: { scheduleId: id }, body: { ...inputOf(values), version, active } })}
          onLeave={() => void navigate(`/schedules?campaign=${schedule.campaignId}`)}
        />
      )}
    </Answered>
  )
}

interface FilledProps {
  readonly page: TablePage
  readonly title: string
  readonly lead?: string
  readonly draft: string
  readonly initial: ScheduleValues
  readonly act: Pick<Act<typeof addSchedule>, 'pending' | 'failure' | 'progress'>
  readonly onSave: (values: ScheduleValues) => Promise<unknown>
  readonly onLeave: () => void
}

function Filled({ page, title, lead, draft, initial, act, onSave, onLeave }: FilledProps) {
  const form = useActForm<ScheduleValues>({ draft, initial })
  const watched = Form.useWatch((values: ScheduleValues) => values.rule, form.form)
  const rule =
    watched === undefined ? null : { ...initial.rule, ...watched, due: { ...initial.rule.due, ...watched.due } }
  const whole = rule !== null && isComplete(rule) ? ruleOf(rule) : null
  const save = async (values: ScheduleValues) => {
    // Fields of a rule that is not chosen are not on the screen, and keep what they had.
    const done = await onSave({ ...values, rule: rule ?? values.rule })
    if (done === null) return
    form.done()
    onLeave()
  }
  return (
    <Page title={title} note={page.title}>
      <div className="schedule">
        <div className="schedule-form">
          {lead !== undefined && <p className="panel-lead">{lead}</p>}
          <ActForm
            form={form}
            act={act}
            submit="保存"
            columns={2}
            onSubmit={(values) => void save(values)}
            onCancel={onLeave}
          >
            <ScheduleFields form={form.form} groups={page.design.form.groups.map(({ name }) => name)} />
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
