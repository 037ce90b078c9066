import Button from 'antd/es/button'
import Checkbox from 'antd/es/checkbox'
import Input from 'antd/es/input'
import InputNumber from 'antd/es/input-number'
import Select from 'antd/es/select'
import { useEffect, useRef, type ComponentType, type ReactNode } from 'react'
import { DateField } from '../../../shared/form/date-field.js'
import { FrequencyField } from './frequency-field.js'
import type { PlanDraft } from './plan-draft.js'
import { Field } from './plan-parts.js'
import { TaskFields } from './plan-tasks.js'
import type { EntryKind, PlanEntryBodies } from './plan-items.js'

interface EntryFieldsProps<T> {
  readonly entry: T
  readonly onChange: (entry: T) => void
}

const orNull = (text: string) => (text.trim() === '' ? null : text)

const levels = [
  { value: 'enterprise', label: '企业' },
  { value: 'department', label: '部门' },
  { value: 'government', label: '党委政府、村（社区）' },
] as const

/** What somebody must do, so often or by a day. */
function DutyFields({ entry: duty, onChange }: EntryFieldsProps<PlanDraft['plan']['duties'][number]>) {
  const set = (patch: Partial<typeof duty>) => onChange({ ...duty, ...patch })
  return (
    <>
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
    </>
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
function ReportFields({ entry: report, onChange }: EntryFieldsProps<PlanDraft['plan']['reports'][number]>) {
  const set = (patch: Partial<typeof report>) => onChange({ ...report, ...patch })
  const { cadence, due } = report
  return (
    <>
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
      {/* Each box has its own label. */}
      <div className="plan-field plan-field--wide">
        <span>统计</span>
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
      </div>
    </>
  )
}

function PhaseFields({ entry: phase, onChange }: EntryFieldsProps<PlanEntryBodies['phase']>) {
  return (
    <>
      <Field label="阶段名称" wide>
        <Input
          value={phase.name}
          maxLength={200}
          onChange={({ target }) => onChange({ ...phase, name: target.value })}
        />
      </Field>
      <Field label="开始">
        <DateField value={phase.startsOn} onChange={(startsOn) => onChange({ ...phase, startsOn })} />
      </Field>
      <Field label="结束">
        <DateField value={phase.endsOn} onChange={(endsOn) => onChange({ ...phase, endsOn })} />
      </Field>
    </>
  )
}

function LeaderFields({ entry: leader, onChange }: EntryFieldsProps<PlanEntryBodies['leader']>) {
  const set = (patch: Partial<typeof leader>) => onChange({ ...leader, ...patch })
  return (
    <>
      <Field label="职责（如：组长）">
        <Input value={leader.role} onChange={({ target }) => set({ role: target.value })} />
      </Field>
      <Field label="姓名">
        <Input value={leader.name ?? ''} onChange={({ target }) => set({ name: orNull(target.value) })} />
      </Field>
      <Field label="职务或单位" wide>
        <Input value={leader.post ?? ''} onChange={({ target }) => set({ post: orNull(target.value) })} />
      </Field>
    </>
  )
}

const shares = [
  { value: 'lead', label: '牵头' },
  { value: 'support', label: '配合' },
] as const

function ResponsibilityFields({ entry, onChange }: EntryFieldsProps<PlanEntryBodies['responsibility']>) {
  return (
    <>
      <Field label="单位">
        <Input value={entry.unit} onChange={({ target }) => onChange({ ...entry, unit: target.value })} />
      </Field>
      <Field label="分工">
        <Select value={entry.role} options={[...shares]} onChange={(role) => onChange({ ...entry, role })} />
      </Field>
      <Field label="行业（回车添加）" wide>
        <Select
          mode="tags"
          open={false}
          suffixIcon={null}
          value={entry.sectors}
          onChange={(sectors: string[]) => onChange({ ...entry, sectors })}
        />
      </Field>
    </>
  )
}

function TargetFields({ entry, onChange }: EntryFieldsProps<PlanEntryBodies['target']>) {
  return (
    <>
      <Field label="企业或场所名称">
        <Input value={entry.name} onChange={({ target }) => onChange({ ...entry, name: target.value })} />
      </Field>
      <Field label="类型">
        <Input value={entry.type ?? ''} onChange={({ target }) => onChange({ ...entry, type: orNull(target.value) })} />
      </Field>
    </>
  )
}

function ContactFields({ entry, onChange }: EntryFieldsProps<PlanEntryBodies['contact']>) {
  const named = { name: '姓名', phone: '电话', mail: '邮箱', scope: '联系什么' } as const
  return (Object.keys(named) as (keyof typeof named)[]).map((name) => (
    <Field key={name} label={named[name]}>
      <Input
        value={entry[name] ?? ''}
        onChange={({ target }) => onChange({ ...entry, [name]: orNull(target.value) })}
      />
    </Field>
  ))
}

const fieldsOf: { readonly [K in EntryKind]: (props: EntryFieldsProps<PlanEntryBodies[K]>) => ReactNode } = {
  phase: PhaseFields,
  duty: DutyFields,
  report: ReportFields,
  task: ({ entry, onChange }) => <TaskFields task={entry} onChange={onChange} />,
  leader: LeaderFields,
  responsibility: ResponsibilityFields,
  target: TargetFields,
  contact: ContactFields,
}

export interface EntryFormProps<K extends EntryKind> extends EntryFieldsProps<PlanEntryBodies[K]> {
  readonly kind: K
  readonly onDone: () => void
  /** Esc. */
  readonly onLeave: () => void
}

/** One entry of a plan as fields, beside the text that it was read from. */
export function EntryForm<K extends EntryKind>({ kind, entry, onChange, onDone, onLeave }: EntryFormProps<K>) {
  const form = useRef<HTMLDivElement>(null)
  useEffect(() => form.current?.querySelector<HTMLElement>('input, textarea')?.focus({ preventScroll: true }), [])
  const Fields: ComponentType<EntryFieldsProps<PlanEntryBodies[K]>> = fieldsOf[kind]
  return (
    <div
      ref={form}
      className="plan-item-form"
      onKeyDown={(event) => {
        if (event.key === 'Escape') onLeave()
      }}
    >
      <Fields entry={entry} onChange={onChange} />
      <Button size="small" onClick={onDone}>
        改好了
      </Button>
    </div>
  )
}
