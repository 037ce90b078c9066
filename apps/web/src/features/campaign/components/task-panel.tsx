import {
  downloadTaskFile,
  listCampaigns,
  showCampaign,
  updateTask,
  type CampaignPage,
  type FileView,
  type TaskView,
} from '@bihuan/contracts'
import PaperClipOutlined from '@ant-design/icons/es/icons/PaperClipOutlined'
import App from 'antd/es/app'
import Button from 'antd/es/button'
import Input from 'antd/es/input'
import { useState } from 'react'
import { download } from '../../../shared/api/download.js'
import { failureOf } from '../../../shared/api/failure.js'
import { useAct } from '../../../shared/api/use-act.js'
import { SidePanel } from '../../../shared/list/side-panel.js'
import { BasisLink } from '../../../shared/show/basis-link.js'
import { StateTag } from '../../../shared/show/mark.js'
import { Timeline, type TimelineEvent } from '../../../shared/show/timeline.js'
import { Problem } from '../../../shared/states/problem.js'
import { TaskForm } from './task-form.js'
import { TaskReport } from './task-report.js'
import { dueWords, frequencyWords, latenessWords } from './words.js'

export interface TaskPanelProps {
  readonly page: CampaignPage
  /** Null: a new one is written. */
  readonly task: TaskView | null
  readonly editing: boolean
  readonly onEdit: (on: boolean) => void
  readonly onClose: () => void
}

export function TaskPanel({ page, task, editing, onEdit, onClose }: TaskPanelProps) {
  if (task === null || editing) {
    return (
      <SidePanel
        label="任务"
        title={task === null ? '增加任务' : '修改任务'}
        onClose={task === null ? onClose : () => onEdit(false)}
      >
        <TaskForm
          key={task?.id ?? 'new'}
          page={page}
          task={task}
          onDone={task === null ? onClose : () => onEdit(false)}
        />
      </SidePanel>
    )
  }
  return (
    <SidePanel label="任务" title={`任务 ${task.ordinal}`} width={440} onClose={onClose}>
      <TaskFacts campaignId={page.id} task={task} />
      {task.abilities['change'] === true && (
        <p className="task-change">
          <Button size="small" onClick={() => onEdit(true)}>
            修改任务
          </Button>
        </p>
      )}
      {task.abilities['update'] === true && (
        <section className="task-part" aria-label="填报进展">
          <h3>填报进展</h3>
          <TaskReport key={task.id} page={page} task={task} />
        </section>
      )}
      <section className="task-part" aria-label="填报记录">
        <h3>填报记录</h3>
        {task.updates.length === 0 ? (
          <p className="quiet">
            {task.lateness.state === 'done' ? '已有单位报告完成，内容不在您的查看范围内。' : '还没有填报。'}
          </p>
        ) : (
          <Timeline events={task.updates.map((update) => eventOf(page, task, update)).reverse()} label="填报记录" />
        )}
      </section>
    </SidePanel>
  )
}

function TaskFacts({ campaignId, task }: { campaignId: string; task: TaskView }) {
  const { label, tone } = latenessWords[task.lateness.state]
  const { lateSince, nextDue, missedPeriods } = task.lateness
  const frequency = frequencyWords(task.frequency)
  const units = task.responsibleUnits.map(({ name }) => name)
  return (
    <dl className="task-facts">
      <dt>要求</dt>
      <dd>
        {task.requirement}
        {task.source !== null && (
          <>
            {' '}
            <BasisLink campaignId={campaignId} place={`task:${task.id}`} of={task.requirement} />
          </>
        )}
      </dd>
      <dt>状态</dt>
      <dd>
        <StateTag tone={tone}>{label}</StateTag>
        {lateSince !== null && ` ${lateSince} 起`}
        {nextDue !== null && <span className="quiet"> 下一次在 {nextDue} 前</span>}
      </dd>
      {missedPeriods.length > 0 && (
        <>
          <dt>没有完成</dt>
          <dd className="task-missed">
            {missedPeriods.map(({ from, to }) => (
              <span key={from}>
                {from} 至 {to}
              </span>
            ))}
          </dd>
        </>
      )}
      <dt>时限</dt>
      <dd>
        {dueWords(task.due)}
        {task.dueText !== '' && task.dueText !== dueWords(task.due) && (
          <span className="quiet">（原文：{task.dueText}）</span>
        )}
      </dd>
      {frequency !== null && (
        <>
          <dt>频次</dt>
          <dd>{frequency}</dd>
        </>
      )}
      {task.quota !== null && (
        <>
          <dt>数量</dt>
          <dd>
            不少于 {task.quota.atLeast} {task.quota.unit}
          </dd>
        </>
      )}
      <dt>责任单位</dt>
      <dd>{task.responsible.join('、') || '清单上没有写'}</dd>
      <dt>由谁填报</dt>
      <dd>
        {units.length > 0 ? units.join('、') : <span className="quiet">还没有选定单位，由本行动的管理单位代填</span>}
      </dd>
      {task.task !== '' && (
        <>
          <dt>清单原文</dt>
          <dd>{task.task}</dd>
        </>
      )}
    </dl>
  )
}

function eventOf(page: CampaignPage, task: TaskView, update: TaskView['updates'][number]): TimelineEvent {
  return {
    id: update.id,
    at: update.doneOn,
    who: update.personName,
    post: update.unitName,
    what: update.withdrawn ? '填报（已撤回）' : update.finishes ? '报告完成' : '报告进展',
    note: (
      <>
        <p className={update.withdrawn ? 'task-report--withdrawn' : undefined}>{update.note}</p>
        {!update.withdrawn && task.abilities['update'] === true && <Withdraw page={page} task={task} update={update} />}
      </>
    ),
    evidence:
      update.files.length === 0
        ? undefined
        : update.files.map((file) => <EvidenceLink key={file.id} campaignId={page.id} taskId={task.id} file={file} />),
    tone: update.withdrawn ? 'grey' : update.finishes ? 'green' : 'blue',
    recordedAt: update.recordedAt,
  }
}

function EvidenceLink({ campaignId, taskId, file }: { campaignId: string; taskId: string; file: FileView }) {
  const { message } = App.useApp()
  const give = () =>
    download(downloadTaskFile, { params: { campaignId, taskId, fileId: file.id } }).catch((thrown: unknown) =>
      message.error(failureOf(thrown).message),
    )
  return (
    <button type="button" className="linkish" onClick={() => void give()}>
      <PaperClipOutlined aria-hidden /> {file.name}
    </button>
  )
}

/** A report is never changed; a wrong one is taken back, with the reason. */
function Withdraw({ page, task, update }: { page: CampaignPage; task: TaskView; update: TaskView['updates'][number] }) {
  const [asking, setAsking] = useState(false)
  const [reason, setReason] = useState('')
  const withdraw = useAct(updateTask, { refreshes: [showCampaign, listCampaigns], onDone: () => setAsking(false) })
  if (!asking) {
    return (
      <button type="button" className="linkish" onClick={() => setAsking(true)}>
        填错了，撤回
      </button>
    )
  }
  const send = () =>
    withdraw.act({
      params: { campaignId: page.id, taskId: task.id },
      body: { doneOn: update.doneOn, finishes: false, note: reason.trim(), fileIds: [], withdraws: update.id },
    })
  return (
    <>
      <p className="question-form" style={{ gridTemplateColumns: 'minmax(0, 1fr) auto auto' }}>
        <Input
          aria-label="撤回的原因"
          placeholder="撤回的原因"
          value={reason}
          onChange={(event) => setReason(event.target.value)}
        />
        <Button loading={withdraw.pending} disabled={reason.trim() === ''} onClick={() => void send()}>
          撤回
        </Button>
        <Button type="text" onClick={() => setAsking(false)}>
          取消
        </Button>
      </p>
      {withdraw.failure && <Problem failure={withdraw.failure} />}
    </>
  )
}
