import { showWorkbench, type Workbench } from '@bihuan/contracts'
import { Link } from 'react-router'
import { useRoute } from '../../../shared/api/use-route.js'
import { Section } from '../../../shared/layout/page.js'
import { useMe } from '../../../shared/session/me.js'
import { FigureLink } from '../../../shared/show/texts.js'
import { TodoList } from '../../../shared/show/todo-list.js'
import '../../../shared/list/grid.css'
import './hazard.css'

/** For who looks after others' work: what is late, where, and whose. It comes after what is to be done oneself. */
export function OverviewDesk() {
  const me = useMe()
  // The section of what waits for me tells of loading and of failing.
  const { data } = useRoute(showWorkbench, {}, { staleMs: 0 })
  return data?.overview ? <Overview overview={data.overview} today={me.today} /> : null
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
