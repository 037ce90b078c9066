import PlusOutlined from '@ant-design/icons/es/icons/PlusOutlined'
import type { PlanTaskDue } from '@bihuan/domain'
import Button from 'antd/es/button'
import Input from 'antd/es/input'
import Select from 'antd/es/select'
import { useState } from 'react'
import { moved, removed, replaced, replacedAt } from '../../../shared/official-form/edit-list.js'
import { ListActs } from '../../../shared/official-form/table-editor.js'
import { DueField } from './due-field.js'
import { FrequencyField } from './frequency-field.js'
import { blankTask, withBlankTask, type AnnexDraft, type TaskBody } from './plan-draft.js'
import { Field, Part, type PlanEditorProps } from './plan-parts.js'
import { dueWords } from './words.js'

type TaskList = Extract<AnnexDraft, { kind: 'task-list' }>

/** The task list: one line each, opened to be put right. */
export function PlanTasks({ draft, onChange }: PlanEditorProps) {
  const lists = draft.annexes.filter((annex): annex is TaskList => annex.kind === 'task-list')
  const [open, setOpen] = useState<string | null>(null)
  const setList = (list: TaskList) => onChange({ ...draft, annexes: replaced(draft.annexes, list) })
  const total = lists.reduce((sum, list) => sum + list.tasks.length, 0)
  if (lists.length === 0) {
    return (
      <Part title="任务">
        <Button type="text" size="small" icon={<PlusOutlined />} onClick={() => onChange(withBlankTask(draft))}>
          加任务清单
        </Button>
      </Part>
    )
  }
  return (
    <Part title="任务" note={total > 0 ? `${total} 项` : undefined}>
      {lists.map((list) => (
        <div key={list.id}>
          {list.tasks.map((task, index) => {
            const key = `${list.id}.${index}`
            return (
              <div key={key} className="plan-task">
                <div className="plan-task-head">
                  <button
                    type="button"
                    className="bare"
                    aria-expanded={open === key}
                    onClick={() => setOpen(open === key ? null : key)}
                  >
                    <span className="gantt-task">
                      {index + 1}. {task.requirement.trim() === '' ? '（还没有写要求）' : task.requirement}
                    </span>
                    <span className="gantt-by">
                      {[task.area, task.responsible.join('、'), dueWords(task.due as PlanTaskDue | null)]
                        .filter(Boolean)
                        .join(' · ')}
                    </span>
                  </button>
                  {task.due === null && task.dueText !== '' && (
                    <span className="list-problem">时限“{task.dueText}”没有读懂</span>
                  )}
                  <ListActs
                    what={`第${index + 1}项任务`}
                    first={index === 0}
                    last={index === list.tasks.length - 1}
                    onMove={(by) => setList({ ...list, tasks: moved(list.tasks, index, by) })}
                    onRemove={() => setList({ ...list, tasks: removed(list.tasks, index) })}
                  />
                </div>
                {open === key && (
                  <div className="plan-task-form">
                    <TaskFields
                      task={task}
                      onChange={(next) => setList({ ...list, tasks: replacedAt(list.tasks, index, next) })}
                    />
                  </div>
                )}
              </div>
            )
          })}
          <Button
            type="text"
            size="small"
            icon={<PlusOutlined />}
            onClick={() => {
              setList({ ...list, tasks: [...list.tasks, blankTask] })
              setOpen(`${list.id}.${list.tasks.length}`)
            }}
          >
            加一项任务
          </Button>
        </div>
      ))}
    </Part>
  )
}

export function TaskFields({ task, onChange }: { task: TaskBody; onChange: (task: TaskBody) => void }) {
  return (
    <>
      <Field label="任务要求" wide>
        <Input.TextArea
          autoSize={{ minRows: 2, maxRows: 8 }}
          value={task.requirement}
          maxLength={4000}
          onChange={(event) => onChange({ ...task, requirement: event.target.value })}
        />
      </Field>
      <Field label="任务名称">
        <Input
          value={task.task}
          maxLength={500}
          onChange={(event) => onChange({ ...task, task: event.target.value })}
        />
      </Field>
      <Field label="类别">
        <Input
          value={task.area}
          maxLength={500}
          placeholder="如：组织领导"
          onChange={(event) => onChange({ ...task, area: event.target.value })}
        />
      </Field>
      <Field label="责任单位" wide>
        <Select
          mode="tags"
          open={false}
          suffixIcon={null}
          placeholder="回车添加；与单位库同名的，建立后由该单位填报"
          value={task.responsible}
          onChange={(responsible: string[]) => onChange({ ...task, responsible })}
        />
      </Field>
      <div className="plan-field plan-field--wide">
        <span>完成时限</span>
        <DueField
          value={task.due}
          onChange={(due) => onChange({ ...task, due: structuredClone(due) as TaskBody['due'], dueText: '' })}
        />
      </div>
      <div className="plan-field plan-field--wide">
        <span>频次</span>
        <FrequencyField value={task.frequency} onChange={(frequency) => onChange({ ...task, frequency })} />
      </div>
    </>
  )
}
