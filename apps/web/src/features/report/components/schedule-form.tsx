import type { addSchedule } from '@bihuan/contracts'
import Form from 'antd/es/form'
import type { ReactNode } from 'react'
import type { Act } from '../../../shared/api/use-act.js'
import { ActForm } from '../../../shared/form/act-form.js'
import { useActForm } from '../../../shared/form/use-act-form.js'
import { Page } from '../../../shared/layout/page.js'
import { ScheduleFields } from './schedule-fields.js'
import { SchedulePreview } from './schedule-preview.js'
import { isComplete, ruleOf, type ScheduleValues } from './schedule-values.js'
import { ruleText } from './schedule-words.js'

interface ScheduleFormProps {
  /** What is filed: the title of the table, the ledger, or the campaign. */
  readonly note: string
  readonly groups: readonly string[] | null
  /** What is filed, where that is no table. */
  readonly children?: ReactNode
  readonly title: string
  readonly lead?: ReactNode
  /** What the plan leaves open. */
  readonly open?: readonly string[]
  readonly draft: string
  readonly initial: ScheduleValues
  readonly act: Pick<Act<typeof addSchedule>, 'pending' | 'failure' | 'progress'>
  readonly onSave: (values: ScheduleValues) => Promise<unknown>
  readonly onLeave: () => void
}

/** The form of a schedule, with the days on which it will be due beside it. */
export function ScheduleForm(props: ScheduleFormProps) {
  const { note, groups, title, lead, open = [], draft, initial, act, onSave, onLeave, children } = props
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
    <Page title={title} note={note}>
      <div className="schedule">
        <div className="schedule-form">
          {lead !== undefined && <div className="panel-lead schedule-lead">{lead}</div>}
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
