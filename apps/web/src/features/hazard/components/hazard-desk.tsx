import { showWorkbench, workKindLabels, type Workbench, type WorkItem } from '@bihuan/contracts'
import { Link } from 'react-router'
import { useRoute } from '../../../shared/api/use-route.js'
import { Section } from '../../../shared/layout/page.js'
import { countText } from '../../../shared/list/count.js'
import { useMe } from '../../../shared/session/me.js'
import { FigureLink } from '../../../shared/show/texts.js'
import { GradeTag } from '../../../shared/show/mark.js'
import { TodoList } from '../../../shared/show/todo-list.js'
import { Answered } from '../../../shared/states/answered.js'
import { Empty } from '../../../shared/states/empty.js'
import '../../../shared/list/grid.css'
import './hazard.css'

/** What of the hazards waits for me; of a leader, what is late and whose. */
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
  if (bench.groups.length === 0 && bench.overview === null) {
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
      {bench.overview && <Overview overview={bench.overview} today={me.today} />}
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

function Overview({ overview, today }: { overview: NonNullable<Workbench['overview']>; today: string }) {
  return (
    <div className="hz-overview">
      <Section title="各单位超期未销号" acts={<Link to="/hazards?overdue=yes">全部超期</Link>}>
        {overview.overdueByUnit.length === 0 ? (
          <p className="quiet">没有超期的隐患。</p>
        ) : (
          <table className="grid" aria-label="各单位超期未销号">
            <thead>
              <tr>
                <th scope="col">单位</th>
                <th scope="col" className="grid-cell--right">
                  超期
                </th>
                <th scope="col" className="grid-cell--right">
                  未销号
                </th>
              </tr>
            </thead>
            <tbody>
              {overview.overdueByUnit.map((row) => (
                <tr key={row.unitId}>
                  <td>{row.unitName}</td>
                  <td className="grid-cell--right hz-late">
                    <FigureLink
                      value={row.overdue}
                      to={`/hazards?overdue=yes&unit=${row.unitId}`}
                      label={`${row.unitName}超期`}
                    />
                  </td>
                  <td className="grid-cell--right">
                    <FigureLink
                      value={row.open}
                      to={`/hazards?unit=${row.unitId}&state=registered,rectifying,awaiting-reinspection,awaiting-sign-off,transferring`}
                      label={`${row.unitName}未销号`}
                    />
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        )}
      </Section>
      <Section title="最早的重大隐患" note="还没有销号的">
        {overview.oldestMajor.length === 0 ? (
          <p className="quiet">没有未销号的重大隐患。</p>
        ) : (
          <TodoList
            label="最早的重大隐患"
            today={today}
            todos={overview.oldestMajor.map((item) => ({
              id: item.id,
              to: `/hazards/${item.id}`,
              what: item.what,
              where: `${item.foundOn ?? ''} 发现 · ${item.subjectName}`,
              due: item.due,
            }))}
          />
        )}
      </Section>
    </div>
  )
}
