import {
  addNarrativeSchedule,
  addSchedule,
  changeSchedule,
  listReturns,
  listSchedules,
  listTables,
  returnBoard,
  showCampaign,
  showTable,
  type ScheduleView,
} from '@bihuan/contracts'
import { narrativesOfPlan } from '@bihuan/domain'
import Button from 'antd/es/button'
import Form from 'antd/es/form'
import { useState, type ReactNode } from 'react'
import { useNavigate, useParams } from 'react-router'
import { useAct, type Act } from '../../../shared/api/use-act.js'
import { useRoute } from '../../../shared/api/use-route.js'
import { ActForm } from '../../../shared/form/act-form.js'
import { useActForm } from '../../../shared/form/use-act-form.js'
import { Page } from '../../../shared/layout/page.js'
import { Answered } from '../../../shared/states/answered.js'
import { Refused } from '../../../shared/states/refused.js'
import { ApiFailure } from '../../../shared/api/failure.js'
import { NarrativeFields } from '../components/narrative-fields.js'
import { ScheduleFields } from '../components/schedule-fields.js'
import { SchedulePreview } from '../components/schedule-preview.js'
import {
  inputOf,
  isComplete,
  narrativeOf,
  newNarrative,
  newSchedule,
  ruleOf,
  valuesOf,
  type ScheduleValues,
} from '../components/schedule-values.js'
import { ruleText } from '../components/schedule-words.js'
import '../components/report.css'
import '../components/schedules.css'
import '../components/narrative.css'

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
          note={page.title}
          groups={groupsOf(page.design)}
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
        ) : schedule.narrative !== null ? (
          <ChangingNarrative key={`${schedule.id}.${schedule.version}`} schedule={schedule} />
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
          note={page.title}
          groups={groupsOf(page.design)}
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

/** `/campaigns/:campaignId/narratives/new`: what the plan asks for stands ready to be looked at. */
export function AddNarrativePage() {
  const { campaignId = '' } = useParams()
  const navigate = useNavigate()
  const campaign = useRoute(showCampaign, { params: { campaignId }, query: {} })
  const tables = useRoute(listTables, { query: { campaign: campaignId } })
  const act = useAct(addNarrativeSchedule, { refreshes })
  const [chosen, setChosen] = useState<number | null>(null)
  return (
    <Answered answer={campaign} loading="form">
      {(page) => (
        <Answered answer={tables} loading="form">
          {({ items }) => {
            const planned = narrativesOfPlan(page.plan)
            const at = chosen ?? (planned.length > 0 ? 0 : null)
            const first = `${(page.startsOn ?? page.plan.issuedOn ?? '').slice(0, 8)}01`
            return (
              <Filled
                key={String(at)}
                note={page.name}
                groups={null}
                title="设置叙述性报告或方案备案"
                lead={
                  planned.length === 0 ? (
                    '方案没有写明要报的总结、报告，请按需要填写。'
                  ) : (
                    <>
                      方案里写的：
                      {planned.map(({ title }, index) => (
                        <Button
                          key={title}
                          type={index === at ? 'primary' : 'default'}
                          onClick={() => setChosen(index)}
                        >
                          {title}
                        </Button>
                      ))}
                      <Button type={at === -1 ? 'primary' : 'default'} onClick={() => setChosen(-1)}>
                        都不是
                      </Button>
                    </>
                  )
                }
                draft={`narrative.new.${campaignId}.${at ?? ''}`}
                initial={newNarrative(planned[at ?? -1] ?? null, first.length === 10 ? first : '')}
                act={act}
                onSave={(values) =>
                  act.act({ params: { campaignId }, body: { ...inputOf(values), narrative: narrativeOf(values) } })
                }
                onLeave={() => void navigate(`/schedules?campaign=${campaignId}`)}
              >
                <NarrativeFields tables={items} />
              </Filled>
            )
          }}
        </Answered>
      )}
    </Answered>
  )
}

function ChangingNarrative({ schedule }: { schedule: ScheduleView }) {
  const navigate = useNavigate()
  const tables = useRoute(listTables, { query: { campaign: schedule.campaignId } })
  const act = useAct(changeSchedule, { refreshes })
  const { id, version, active, narrative } = schedule
  return (
    <Answered answer={tables} loading="form">
      {({ items }) => (
        <Filled
          note={schedule.campaignName}
          groups={null}
          title="修改报送安排"
          lead="已开启的报告不变，改动从下一次开启的起生效。"
          draft={`schedule.${id}.${version}`}
          initial={valuesOf(schedule, narrative)}
          act={act}
          onSave={(values) =>
            act.act({
              params: { scheduleId: id },
              body: { ...inputOf(values), version, active, narrative: narrativeOf(values) },
            })
          }
          onLeave={() => void navigate(`/schedules?campaign=${schedule.campaignId}`)}
        >
          <NarrativeFields tables={items} />
        </Filled>
      )}
    </Answered>
  )
}

const groupsOf = ({ form }: { readonly form: { readonly groups: readonly { readonly name: string }[] } }) =>
  form.groups.map(({ name }) => name)

interface FilledProps {
  readonly note: string
  readonly groups: readonly string[] | null
  /** What is filed, where that is no table. */
  readonly children?: ReactNode
  readonly title: string
  readonly lead?: ReactNode
  readonly draft: string
  readonly initial: ScheduleValues
  readonly act: Pick<Act<typeof addSchedule>, 'pending' | 'failure' | 'progress'>
  readonly onSave: (values: ScheduleValues) => Promise<unknown>
  readonly onLeave: () => void
}

function Filled({ note, groups, title, lead, draft, initial, act, onSave, onLeave, children }: FilledProps) {
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
    <Page title={title} note={note}>
      <div className="schedule">
        <div className="schedule-form">
          {lead !== undefined && <div className="panel-lead schedule-lead">{lead}</div>}
          <ActForm
            form={form}
            act={act}
            submit="保存"
            columns={2}
            onSubmit={(values) => void save(values)}
            onCancel={onLeave}
          >
            <ScheduleFields form={form.form} groups={groups}>
              {children}
            </ScheduleFields>
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
