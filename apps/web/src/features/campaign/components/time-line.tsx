import type { CampaignPage, TaskView } from '@bihuan/contracts'
import { useMemo } from 'react'
import { usePhone } from '../../../shared/layout/use-phone.js'
import { StateTag } from '../../../shared/show/mark.js'
import { marksOf, monthsOf, placeOf, scaleOf, type TimeScale } from './time-track.js'
import { dueWords, latenessWords, span } from './words.js'

export interface TimeLineProps {
  readonly page: CampaignPage
  readonly tasks: readonly TaskView[]
  readonly open: string | null
  readonly onOpen: (taskId: string) => void
}

/** Phases and tasks on one time line: what is asked for when, what became of it, and where today stands in all of it. */
export function TimeLine({ page, tasks, open, onOpen }: TimeLineProps) {
  const scale = useMemo(
    () =>
      scaleOf(page.startsOn, page.endsOn, page.asOf, [
        ...page.phases.flatMap((phase) => [phase.startsOn, phase.endsOn]),
        ...page.tasks.flatMap(({ due }) =>
          due?.kind === 'date' ? [due.date] : due?.kind === 'dates' ? due.windows.map(({ to }) => to) : [],
        ),
      ]),
    [page],
  )
  const phone = usePhone()
  const months = useMemo(() => monthsOf(scale), [scale])
  const today = placeOf(scale, page.asOf, page.asOf).left
  const grid = (
    <>
      {months.map((month) => (
        <span
          key={month.left}
          className="track-month"
          style={{ left: `${month.left}%`, width: `${month.width}%` }}
          aria-hidden
        />
      ))}
      <span className="track-today" style={{ left: `${today}%` }} aria-hidden />
    </>
  )
  return (
    <div className="gantt">
      <div className="gantt-row gantt-row--head">
        <span>任务</span>
        <span>截至 {page.asOf}</span>
        <div className="track" aria-hidden>
          {months.map((month) => (
            <span key={month.left} className="track-month" style={{ left: `${month.left}%`, width: `${month.width}%` }}>
              {month.label}
            </span>
          ))}
          <span className="track-today" style={{ left: `${today}%` }} />
        </div>
      </div>
      {page.phases.length > 0 && phone && <PhaseList page={page} />}
      {page.phases.length > 0 && !phone && (
        <div className="gantt-row gantt-row--phases">
          <div className="gantt-what">
            <p className="gantt-task">阶段</p>
            <p className="gantt-by">{page.phases.map((phase) => phase.name).join('、')}</p>
          </div>
          <div className="gantt-state">{page.phase !== null && <StateTag tone="blue">{page.phase}</StateTag>}</div>
          <div className="track">
            {grid}
            {page.phases.map((phase) => (
              <PhaseBar key={phase.ordinal} phase={phase} scale={scale} />
            ))}
          </div>
        </div>
      )}
      {tasks.map((task) => (
        <div
          key={task.id}
          className={`gantt-row gantt-row--task${task.id === open ? ' gantt-row--open' : ''}`}
          onClick={() => onOpen(task.id)}
        >
          <div className="gantt-what">
            <button type="button" className="bare gantt-task" title={task.requirement} aria-expanded={task.id === open}>
              {task.requirement}
            </button>
            <p className="gantt-by">
              {task.ordinal}. {[task.area, task.responsible.join('、') || '未定责任单位'].filter(Boolean).join(' · ')}
            </p>
          </div>
          <TaskState task={task} />
          <div className="track">
            {grid}
            {marksOf(task, scale, page, page.asOf).map((mark, index) => (
              <i
                key={index}
                className={`mark-${mark.kind} mark-${mark.kind}--${mark.state}`}
                style={
                  mark.kind === 'point'
                    ? { left: `${mark.left + mark.width / 2}%` }
                    : { left: `${mark.left}%`, width: `${mark.width}%` }
                }
                title={mark.title}
              />
            ))}
            {task.lateness.state === 'standing' && <i className="track-standing" />}
          </div>
        </div>
      ))}
      {tasks.length > 0 && <Legend />}
    </div>
  )
}

const phaseTones = { past: 'green', current: 'blue', future: 'grey', undated: 'grey' } as const
const phaseWords = { past: '已过', current: '正在进行', future: '未到', undated: '未定日期' } as const

/** The phone has no width for bars that bear names. */
function PhaseList({ page }: { page: CampaignPage }) {
  return (
    <ol className="phase-list" aria-label="阶段">
      {page.phases.map((phase) => (
        <li key={phase.ordinal} className={phase.state === 'current' ? 'phase-list-now' : ''}>
          <span>{phase.name}</span>
          <StateTag tone={phaseTones[phase.state]}>{phaseWords[phase.state]}</StateTag>
          {phase.state !== 'undated' && <span className="quiet">{span(phase.startsOn, phase.endsOn)}</span>}
        </li>
      ))}
    </ol>
  )
}

function Legend() {
  return (
    <p className="gantt-legend" aria-hidden>
      <span>
        <i className="mark-span mark-span--met" />
        已完成
      </span>
      <span>
        <i className="mark-span mark-span--missed" />
        没有完成
      </span>
      <span>
        <i className="mark-span mark-span--now" />
        正在办
      </span>
      <span>
        <i className="mark-span mark-span--ahead" />
        未到
      </span>
    </p>
  )
}

function TaskState({ task }: { task: TaskView }) {
  const { label, tone } = latenessWords[task.lateness.state]
  const { lateSince, nextDue, missedPeriods } = task.lateness
  return (
    <div className="gantt-state">
      <StateTag tone={tone}>
        {label}
        {missedPeriods.length > 1 && ` ${missedPeriods.length} 期`}
      </StateTag>
      <p className="quiet">
        {lateSince !== null
          ? `${lateSince} 起`
          : nextDue !== null
            ? `${nextDue}前`
            : task.dueText || dueWords(task.due)}
      </p>
    </div>
  )
}

function PhaseBar({ phase, scale }: { phase: CampaignPage['phases'][number]; scale: TimeScale }) {
  if (phase.startsOn === null && phase.endsOn === null) return null
  const { left, width } = placeOf(scale, phase.startsOn ?? phase.endsOn ?? scale.from, phase.endsOn ?? scale.to)
  return (
    <span
      className={`phase-bar${phase.state === 'current' ? ' phase-bar--current' : ''}${phase.startIsInferred ? ' phase-bar--inferred' : ''}`}
      style={{ left: `${left}%`, width: `calc(${width}% - 2px)` }}
      title={`${phase.name}：${span(phase.startsOn, phase.endsOn)}${phase.startIsInferred ? '（方案没有写明开始，按上一阶段之后推定）' : ''}`}
    >
      {phase.name}
    </span>
  )
}
