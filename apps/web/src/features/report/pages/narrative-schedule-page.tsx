import {
  addNarrativeSchedule,
  changeSchedule,
  listReturns,
  listScheduleDrafts,
  listSchedules,
  listTables,
  returnBoard,
  showCampaign,
  type ScheduleView,
} from '@bihuan/contracts'
import { narrativesOfPlan, type PlannedNarrative } from '@bihuan/domain'
import Button from 'antd/es/button'
import { useState } from 'react'
import { useNavigate, useParams } from 'react-router'
import { useAct } from '../../../shared/api/use-act.js'
import { useRoute } from '../../../shared/api/use-route.js'
import { Answered } from '../../../shared/states/answered.js'
import { NarrativeFields } from '../components/narrative-fields.js'
import { ScheduleForm } from '../components/schedule-form.js'
import { inputOf, narrativeOf, newNarrative, valuesOf } from '../components/schedule-values.js'
import '../components/narrative.css'
import '../components/report.css'
import '../components/schedules.css'

const refreshes = [listSchedules, listScheduleDrafts, listReturns, returnBoard]

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
              <ScheduleForm
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
                  act.act({
                    params: { campaignId },
                    body: {
                      ...inputOf(values),
                      planReport: reportOf(page.plan, planned[at ?? -1]),
                      narrative: narrativeOf(values),
                    },
                  })
                }
                onLeave={() => void navigate(`/schedules?campaign=${campaignId}`)}
              >
                <NarrativeFields tables={items} />
              </ScheduleForm>
            )
          }}
        </Answered>
      )}
    </Answered>
  )
}

/** Which of the plan's reports it is. */
function reportOf(
  plan: { readonly reports: readonly { readonly name: string }[] },
  planned: PlannedNarrative | undefined,
) {
  const at = plan.reports.findIndex(({ name }) => name.replace(/[《》]/g, '') === planned?.title)
  return at === -1 ? null : at
}

export function ChangingNarrative({ schedule }: { schedule: ScheduleView }) {
  const navigate = useNavigate()
  const tables = useRoute(listTables, { query: { campaign: schedule.campaignId } })
  const act = useAct(changeSchedule, { refreshes })
  const { id, version, active, narrative } = schedule
  return (
    <Answered answer={tables} loading="form">
      {({ items }) => (
        <ScheduleForm
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
        </ScheduleForm>
      )}
    </Answered>
  )
}
