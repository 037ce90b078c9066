import { showWorkbench, workKindLabels, type Workbench, type WorkItem } from '@bihuan/contracts'
import { Link } from 'react-router'
import { useRoute } from '../../../shared/api/use-route.js'
import { Section } from '../../../shared/layout/page.js'
import { countText } from '../../../shared/list/count.js'
import { useMe } from '../../../shared/session/me.js'
import { GradeTag } from '../../../shared/show/mark.js'
import { TodoList } from '../../../shared/show/todo-list.js'
import { Answered } from '../../../shared/states/answered.js'
import { Empty } from '../../../shared/states/empty.js'
import './hazard.css'

/** What of the hazards waits for me. */
export function HazardDesk() {
  const answer = useRoute(showWorkbench, {}, { staleMs: 0 })
  return (
    <Answered answer={answer} loading="list">
      {(bench) => <Desk bench={bench} />}
    </Answered>
  )
}

function Desk({ bench }: { bench: Workbench }) {
  const me = useMe()
  if (bench.groups.length === 0) {
    // Whoever looks after others' work has their own picture below, and other work beside: one line says it.
    if (bench.overview !== null || (bench.campaigns?.tasks.length ?? 0) > 0) return null
    return (
      <Empty
        what="没有等您办的隐患"
        how="轮到本单位整改、复查、销号、审批延期、签收移送的，会带着时限和下一步排在这里。"
        act={<Link to="/hazards">看隐患台账</Link>}
      />
    )
  }
  return (
    <>
      {bench.groups.map(({ kind, total, items, more }) => (
        <Section
          key={kind}
          title={workKindLabels[kind]}
          note={`${countText(total)} 条`}
          {...(more !== null && total.count > items.length ? { acts: <Link to={more}>全部</Link> } : {})}
        >
          <TodoList
            label={workKindLabels[kind]}
            today={me.today}
            todos={items.map((item) => ({
              id: item.id,
              to: `/hazards/${item.id}`,
              what: <What item={item} />,
              where: [item.territoryName, item.subjectName].filter(Boolean).join(' · '),
              due: item.due,
              act: (
                <Link className="hz-desk-act" to={addressOf(item)}>
                  {item.act?.label ?? '查看'}
                </Link>
              ),
            }))}
          />
        </Section>
      ))}
    </>
  )
}

function addressOf(item: WorkItem): string {
  if (item.act === null) return `/hazards/${item.id}`
  return item.act.kind === 'register' ? `/hazards/${item.id}/change` : `/hazards/${item.id}?act=${item.act.kind}`
}

function What({ item }: { item: WorkItem }) {
  return (
    <>
      <GradeTag grade={item.grade} /> {item.what || `草稿 ${item.code}`}
    </>
  )
}
