import {
  listCampaigns,
  showCampaign,
  updateTask,
  type CampaignPage,
  type FileView,
  type TaskView,
} from '@bihuan/contracts'
import Checkbox from 'antd/es/checkbox'
import Form from 'antd/es/form'
import Input from 'antd/es/input'
import { useAct } from '../../../shared/api/use-act.js'
import { ActForm } from '../../../shared/form/act-form.js'
import { DateField } from '../../../shared/form/date-field.js'
import { useActForm } from '../../../shared/form/use-act-form.js'
import { useMe } from '../../../shared/session/me.js'
import { FilesField } from './files-field.js'

interface Values {
  readonly doneOn: string
  readonly finishes: boolean
  readonly note: string
  readonly files: readonly FileView[]
}

/** What was done on a task: when, in words, with evidence. */
export function TaskReport({ page, task }: { page: CampaignPage; task: TaskView }) {
  const me = useMe()
  const initial: Partial<Values> = { doneOn: me.today, finishes: true, note: '', files: [] }
  const form = useActForm<Values>({ draft: `task.report.${task.id}`, initial })
  const report = useAct(updateTask, {
    refreshes: [showCampaign, listCampaigns],
    onDone: () => form.discard(),
  })
  return (
    <ActForm
      form={form}
      act={report}
      submit="填报"
      onSubmit={(values) =>
        report.act({
          params: { campaignId: page.id, taskId: task.id },
          body: {
            doneOn: values.doneOn,
            finishes: values.finishes,
            note: values.note,
            fileIds: values.files.map(({ id }) => id),
          },
        })
      }
    >
      <Form.Item name="note" label="做了什么" rules={[{ required: true, whitespace: true, message: '请写明做了什么' }]}>
        <Input.TextArea autoSize={{ minRows: 2, maxRows: 8 }} maxLength={2000} />
      </Form.Item>
      <Form.Item name="doneOn" label="日期" rules={[{ required: true, message: '请选择日期' }]}>
        <DateField max={me.today} />
      </Form.Item>
      <Form.Item name="finishes" valuePropName="checked">
        <Checkbox>
          {task.due?.kind === 'recurring' || task.frequency !== null ? '算作完成一次' : '任务（本期）已完成'}
        </Checkbox>
      </Form.Item>
      <Form.Item name="files" label="证明材料">
        <FilesField />
      </Form.Item>
    </ActForm>
  )
}
