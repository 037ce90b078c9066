import { listCampaigns } from '@bihuan/contracts'
import PlusOutlined from '@ant-design/icons/es/icons/PlusOutlined'
import Button from 'antd/es/button'
import Input from 'antd/es/input'
import Select from 'antd/es/select'
import type { ReactNode } from 'react'
import { useRoute } from '../../../shared/api/use-route.js'
import { DateField } from '../../../shared/form/date-field.js'
import { PickField } from '../../../shared/form/pick-field.js'
import { moved, removed, replacedAt } from '../../../shared/official-form/edit-list.js'
import { ListActs } from '../../../shared/official-form/table-editor.js'
import { PlanAnnexes } from './plan-annexes.js'
import type { PlanBody, PlanDraft } from './plan-draft.js'
import { Field, Part, type PlanEditorProps } from './plan-parts.js'
import { PlanTasks } from './plan-tasks.js'
import { findUnits, nameOfUnit } from './units.js'

/** The plan as fields: the same whether it was read from a notice or is written by hand. */
export function PlanEditor({ draft, onChange }: PlanEditorProps) {
  const { plan } = draft
  const change = (patch: Partial<PlanDraft['plan']>) => onChange({ ...draft, plan: { ...plan, ...patch } })
  return (
    <div className="plan-edit">
      <Basics draft={draft} onChange={onChange} change={change} />
      <Part title="阶段" note="只写了“某日前”的，开始日期留空，接上一阶段">
        <Rows
          list={plan.phases}
          blank={{ ordinal: plan.phases.length + 1, name: '', startsOn: null, endsOn: null }}
          add="加一个阶段"
          onChange={(phases) => change({ phases })}
          row={(phase, set) => (
            <>
              <Input
                aria-label="阶段名称"
                placeholder="阶段名称"
                value={phase.name}
                maxLength={200}
                onChange={(event) => set({ ...phase, name: event.target.value })}
              />
              <DateField
                placeholder="开始"
                value={phase.startsOn}
                onChange={(startsOn) => set({ ...phase, startsOn })}
              />
              <DateField placeholder="结束" value={phase.endsOn} onChange={(endsOn) => set({ ...phase, endsOn })} />
            </>
          )}
        />
      </Part>
      <PlanTasks draft={draft} onChange={onChange} />
      <PlanAnnexes draft={draft} onChange={onChange} />
      <Part title="组织领导">
        <Rows<PlanBody['leadership'][number]>
          list={plan.leadership}
          blank={{ role: '', name: null, post: null }}
          add="加一人"
          onChange={(leadership) => change({ leadership })}
          row={(leader, set) => (
            <>
              <Input
                aria-label="职责"
                placeholder="职责，如：组长"
                value={leader.role}
                maxLength={100}
                style={{ maxWidth: 140 }}
                onChange={(event) => set({ ...leader, role: event.target.value })}
              />
              <Input
                aria-label="姓名"
                placeholder="姓名"
                value={leader.name ?? ''}
                maxLength={100}
                style={{ maxWidth: 120 }}
                onChange={(event) => set({ ...leader, name: event.target.value })}
              />
              <Input
                aria-label="职务或单位"
                placeholder="职务或单位"
                value={leader.post ?? ''}
                maxLength={300}
                onChange={(event) => set({ ...leader, post: event.target.value })}
              />
            </>
          )}
        />
      </Part>
      <Part title="重点对象" note="点名的企业、场所；名称与企业库一致的自动对上">
        <Rows<PlanBody['targets'][number]>
          list={plan.targets}
          blank={{ name: '', type: null }}
          add="加一个对象"
          onChange={(targets) => change({ targets })}
          row={(target, set) => (
            <>
              <Input
                aria-label="名称"
                placeholder="企业或场所名称"
                value={target.name}
                maxLength={300}
                onChange={(event) => set({ ...target, name: event.target.value })}
              />
              <Input
                aria-label="类型"
                placeholder="类型"
                value={target.type ?? ''}
                maxLength={100}
                style={{ maxWidth: 160 }}
                onChange={(event) => set({ ...target, type: event.target.value })}
              />
            </>
          )}
        />
      </Part>
    </div>
  )
}

function Basics({
  draft,
  onChange,
  change,
}: PlanEditorProps & { change: (patch: Partial<PlanDraft['plan']>) => void }) {
  const { plan } = draft
  const campaigns = useRoute(listCampaigns, { query: {} }, { staleMs: 60_000 })
  const setCampaign = (patch: Partial<PlanBody['campaign']>) => change({ campaign: { ...plan.campaign, ...patch } })
  return (
    <Part title="基本情况">
      <div className="plan-fields">
        <Field label="行动名称" wide>
          <Input
            value={plan.campaign.name}
            maxLength={300}
            onChange={(event) => setCampaign({ name: event.target.value })}
          />
        </Field>
        <Field label="方案标题" wide>
          <Input
            value={plan.title}
            maxLength={500}
            placeholder="不填，与行动名称相同"
            onChange={(event) => change({ title: event.target.value })}
          />
        </Field>
        <Field label="部署单位（发文机关）">
          <Input value={plan.issuer} maxLength={300} onChange={(event) => change({ issuer: event.target.value })} />
        </Field>
        <Field label="文号">
          <Input
            value={plan.docNo ?? ''}
            maxLength={100}
            placeholder="如：某安办〔2023〕7号"
            onChange={(event) => change({ docNo: event.target.value })}
          />
        </Field>
        <Field label="开始日期">
          <DateField value={plan.campaign.startsOn} onChange={(startsOn) => setCampaign({ startsOn })} />
        </Field>
        <Field label="结束日期">
          <DateField value={plan.campaign.endsOn} onChange={(endsOn) => setCampaign({ endsOn })} />
        </Field>
        <Field label="印发日期">
          <DateField value={plan.issuedOn} onChange={(issuedOn) => change({ issuedOn })} />
        </Field>
        <Field label="重点行业">
          <Select
            mode="tags"
            open={false}
            suffixIcon={null}
            placeholder="回车添加"
            value={plan.sectors}
            onChange={(sectors: string[]) => change({ sectors })}
          />
        </Field>
        <Field label="实施单位（谁的行动）">
          <PickField
            kind="unit"
            find={findUnits}
            nameOf={nameOfUnit}
            value={draft.unitId}
            onChange={(unitId) => onChange({ ...draft, unitId })}
          />
        </Field>
        <Field label="上级行动">
          <Select
            allowClear
            placeholder={plan.parentPlan === null ? '没有' : `方案依据：${plan.parentPlan}`}
            value={draft.parentId}
            options={(campaigns.data?.items ?? []).map(({ id, name, unitName }) => ({
              value: id,
              label: `${name}（${unitName}）`,
            }))}
            onChange={(parentId: string | undefined) => onChange({ ...draft, parentId: parentId ?? null })}
          />
        </Field>
      </div>
    </Part>
  )
}

interface RowsProps<T> {
  readonly list: readonly T[]
  readonly blank: T
  readonly add: string
  readonly onChange: (list: T[]) => void
  readonly row: (one: T, set: (next: T) => void) => ReactNode
}

function Rows<T>({ list, blank, add, onChange, row }: RowsProps<T>) {
  return (
    <>
      {list.map((one, index) => (
        <div key={index} className="plan-row">
          {row(one, (next) => onChange(replacedAt(list, index, next)))}
          <ListActs
            what={`第${index + 1}行`}
            first={index === 0}
            last={index === list.length - 1}
            onMove={(by) => onChange(moved(list, index, by))}
            onRemove={() => onChange(removed(list, index))}
          />
        </div>
      ))}
      <Button type="text" size="small" icon={<PlusOutlined />} onClick={() => onChange([...list, blank])}>
        {add}
      </Button>
    </>
  )
}
