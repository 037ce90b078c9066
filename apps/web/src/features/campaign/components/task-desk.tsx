import { showWorkbench, type WorkTask } from '@bihuan/contracts'
import { Link } from 'react-router'
import { useRoute } from '../../../shared/api/use-route.js'
import { Section } from '../../../shared/layout/page.js'
import { useMe } from '../../../shared/session/me.js'
import { TodoList } from '../../../shared/show/todo-list.js'

/** Tasks of my unit in the campaigns that are running: late, or due within seven days. None: nothing stands here. */
export function TaskDesk() {
  const me = useMe()
  const { data } = useRoute(showWorkbench, {}, { staleMs: 0 })
  const work = data?.campaigns
  if (!work || work.tasks.length === 0) return null
  const more = work.late + work.dueSoon - work.tasks.length
  const note = [work.late > 0 && `超期 ${work.late} 项`, work.dueSoon > 0 && `7 天内到期 ${work.dueSoon} 项`]
  return (
    <Section
      title="行动任务"
      note={note.filter(Boolean).join('，')}
      acts={more > 0 && <Link to="/campaigns?state=running">还有 {more} 项</Link>}
    >
      <TodoList
        label="行动任务"
        today={me.today}
        todos={work.tasks.map((task) => ({
          id: task.id,
          to: addressOf(task),
          what: (
            <>
              {task.task}
              {task.missed > 1 && <span className="quiet"> 欠 {task.missed} 期</span>}
            </>
          ),
          where: task.campaignName,
          due: task.due,
          act: <Link to={addressOf(task)}>{task.mayReport ? '填报' : '查看'}</Link>,
        }))}
      />
    </Section>
  )
}

function addressOf({ campaignId, id }: WorkTask): string {
  return `/campaigns/${campaignId}?task=${id}`
}
