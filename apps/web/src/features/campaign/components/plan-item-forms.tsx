import Button from 'antd/es/button'
import Checkbox from 'antd/es/checkbox'
import Input from 'antd/es/input'
import InputNumber from 'antd/es/input-number'
import Select from 'antd/es/select'
import { DateField } from '../../../shared/form/date-field.js'
import { replacedAt } from '../../../shared/official-form/edit-list.js'
import { FrequencyField } from './frequency-field.js'
import type { PlanDraft } from './plan-draft.js'
import { Field } from './plan-parts.js'

interface ItemFormProps {
  readonly draft: PlanDraft
  readonly at: number
  readonly onChange: (draft: PlanDraft) => void
  readonly onDone: () => void
}

const orNull = (text: string) => (text.trim() === '' ? null : text)

const levels = [
  { value: 'enterprise', label: '企业' },
  { value: 'department', label: '部门' },
  { value: 'government', label: '党委政府、村（社区）' },
] as const

/** What somebody must do, so often or by a day. */
export function DutyForm({ draft, at, onChange, onDone }: ItemFormProps) {
  const { plan } = draft
  const duty = plan.duties[at]
  if (duty === undefined) return null
  const set = (patch: Partial<typeof duty>) =>
    onChange({ ...draft, plan: { ...plan, duties: replacedAt(plan.duties, at, { ...duty, ...patch }) } })
  return (
    <div className="plan-item-form">
      <Field label="层级">
        <Select value={duty.level} options={[...levels]} onChange={(level) => set({ level })} />
      </Field>
      <Field label="由谁">
        <Input value={duty.actor ?? ''} onChange={({ target }) => set({ actor: orNull(target.value) })} />
      </Field>
      <Field label="做什么" wide>
        <Input value={duty.action} onChange={({ target }) => set({ action: target.value })} />
      </Field>
      <Field label="频次">
        <FrequencyField
          value={duty.frequency}
          onChange={(frequency) => set({ frequency: frequency === null ? null : { ...frequency } })}
        />
      </Field>
      <Field label="期限">
        <DateField value={duty.deadline} onChange={(deadline) => set({ deadline })} />
      </Field>
      <Field label="限于" wide>
        <Input value={duty.condition ?? ''} onChange={({ target }) => set({ condition: orNull(target.value) })} />
      </Field>
      <Button size="small" onClick={onDone}>
        改好了
      </Button>
    </div>
  )
}

const cadences = [
  { value: 'weekly', label: '每周' },
  { value: 'monthly', label: '每月' },
  { value: 'quarterly', label: '每季度' },
  { value: 'half-yearly', label: '每半年' },
  { value: 'once', label: '指定日期' },
] as const

/** What is filed, by whom, to whom, and when. */
export function ReportForm({ draft, at, onChange, onDone }: ItemFormProps) {
  const { plan } = draft
  const report = plan.reports[at]
  if (report === undefined) return null
  const set = (patch: Partial<typeof report>) =>
    onChange({ ...draft, plan: { ...plan, reports: replacedAt(plan.reports, at, { ...report, ...patch }) } })
  const { cadence, due } = report
  return (
    <div className="plan-item-form">
      <Field label="报什么" wide>
        <Input value={report.name} onChange={({ target }) => set({ name: target.value })} />
      </Field>
      <Field label="由谁报">
        <Input value={report.from ?? ''} onChange={({ target }) => set({ from: orNull(target.value) })} />
      </Field>
      <Field label="报给谁">
        <Select mode="tags" open={false} suffixIcon={null} value={report.to} onChange={(to: string[]) => set({ to })} />
      </Field>
      <Field label="频次">
        <Select
          allowClear
          placeholder="没有写明"
          value={cadence}
          options={[...cadences]}
          onChange={(next: typeof cadence | undefined) => set({ cadence: next ?? null, due: null })}
        />
      </Field>
      {cadence === 'once' && (
        <Field label="哪一天">
          <DateField
            value={due !== null && 'date' in due ? due.date : null}
            onChange={(date) => set({ due: date === null ? null : { date } })}
          />
        </Field>
      )}
      {cadence === 'weekly' && (
        <Field label="星期几">
          <InputNumber
            min={1}
            max={7}
            precision={0}
            value={due !== null && 'weekday' in due ? due.weekday : null}
            onChange={(weekday) => set({ due: weekday === null ? null : { weekday } })}
          />
        </Field>
      )}
      {cadence !== null && cadence !== 'once' && cadence !== 'weekly' && (
        <Field label="几日（32 为月底）">
          <InputNumber
            min={1}
            max={32}
            precision={0}
            value={due !== null && 'day' in due ? (due.day === 'last' ? 32 : due.day) : null}
            onChange={(day) => set({ due: day === null ? null : { day: day === 32 ? 'last' : day } })}
          />
        </Field>
      )}
      <Field label="统计" wide>
        <span>
          <Checkbox checked={report.cumulative} onChange={({ target }) => set({ cumulative: target.checked })}>
            累计数
          </Checkbox>
          <Checkbox checked={report.nilReport} onChange={({ target }) => set({ nilReport: target.checked })}>
            零报告
          </Checkbox>
          <Checkbox
            checked={report.holidayShift !== null}
            onChange={({ target }) => set({ holidayShift: target.checked ? 'next-working-day' : null })}
          >
            遇节假日顺延
          </Checkbox>
        </span>
      </Field>
      <Button size="small" onClick={onDone}>
        改好了
      </Button>
    </div>
  )
}
