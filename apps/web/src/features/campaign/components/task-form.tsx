import {
  addTask,
  changeTask,
  listCampaigns,
  showCampaign,
  type BodyOf,
  type CampaignPage,
  type TaskView,
} from '@bihuan/contracts'
import type { PlanFrequency, PlanTaskDue } from '@bihuan/domain'
import Form from 'antd/es/form'
import Input from 'antd/es/input'
import Select from 'antd/es/select'
import { useAct } from '../../../shared/api/use-act.js'
import { ActForm } from '../../../shared/form/act-form.js'
import { PickManyField } from '../../../shared/form/pick-field.js'
import { useActForm } from '../../../shared/form/use-act-form.js'
import { DueField, dueFault, settledDue } from './due-field.js'
import { FrequencyField } from './frequency-field.js'
import { findUnits, nameOfUnit } from './units.js'
import { dueWords } from './words.js'

interface Values {
  readonly area?: string
  readonly task?: string
  readonly requirement: string
  readonly responsible?: string[]
  readonly responsibleUnitIds?: string[]
  readonly frequency?: PlanFrequency | null
  readonly due?: PlanTaskDue | null
  readonly dueText?: string
}

/** A task, new or changed. `task` null: a new one. */
export function TaskForm({ page, task, onDone }: { page: CampaignPage; task: TaskView | null; onDone: () => void }) {
  const initial: Partial<Values> =
    task === null
      ? { due: null, frequency: null }
      : {
          area: task.area,
          task: task.task,
          requirement: task.requirement,
          responsible: [...task.responsible],
          responsibleUnitIds: [...task.responsibleUnitIds],
          frequency: task.frequency,
          due: task.due,
          dueText: task.dueText,
        }
  const form = useActForm<Values>({
    draft: task === null ? `task.add.${page.id}` : `task.change.${task.id}.${task.version}`,
    initial,
  })
  const options = {
    refreshes: [showCampaign, listCampaigns],
    onDone: () => {
      form.done()
      onDone()
    },
  }
  const add = useAct(addTask, options)
  const change = useAct(changeTask, options)
  const submit = (values: Values) => {
    const due = settledDue(values.due)
    const body = {
      area: values.area ?? '',
      task: values.task ?? '',
      requirement: values.requirement,
      responsible: values.responsible ?? [],
      responsibleUnitIds: values.responsibleUnitIds ?? [],
      frequency: values.frequency ?? null,
      quota: task?.quota ?? null,
      dueText: values.dueText?.trim() || dueWords(due),
      due: due as BodyOf<typeof addTask>['due'],
    }
    return task === null
      ? add.act({ params: { campaignId: page.id }, body })
      : change.act({ params: { campaignId: page.id, taskId: task.id }, body: { ...body, version: task.version } })
  }
  return (
    <ActForm
      form={form}
      act={task === null ? add : change}
      submit={task === null ? '增加' : '保存'}
      onSubmit={submit}
      onCancel={onDone}
    >
      <Form.Item
        name="requirement"
        label="任务要求"
        rules={[{ required: true, whitespace: true, message: '请写明要做什么' }]}
      >
        <Input.TextArea autoSize={{ minRows: 2, maxRows: 8 }} maxLength={4000} />
      </Form.Item>
      <Form.Item name="task" label="任务名称">
        <Input maxLength={500} />
      </Form.Item>
      <Form.Item name="area" label="类别">
        <Input maxLength={500} placeholder="如：组织领导" />
      </Form.Item>
      <Form.Item name="responsible" label="责任单位（清单上的写法）">
        <Select mode="tags" placeholder="如：各镇、应急局，回车添加" open={false} suffixIcon={null} />
      </Form.Item>
      <Form.Item
        name="responsibleUnitIds"
        label="由谁填报"
        tooltip="选定的单位能填报进展；不选的只有本行动的管理单位能填报"
      >
        <PickManyField kind="unit" find={findUnits} nameOf={nameOfUnit} placeholder="选择单位" />
      </Form.Item>
      <Form.Item
        name="due"
        label="完成时限"
        rules={[
          {
            validator: (_, value: PlanTaskDue | null) => {
              const fault = dueFault(value)
              return fault === null ? Promise.resolve() : Promise.reject(new Error(fault))
            },
          },
        ]}
      >
        <DueField />
      </Form.Item>
      <Form.Item name="frequency" label="频次">
        <FrequencyField />
      </Form.Item>
      <Form.Item name="dueText" label="时限的原文" tooltip="不填，按完成时限写">
        <Input maxLength={500} />
      </Form.Item>
    </ActForm>
  )
}
