import { showWorkbench, type Workbench } from '@bihuan/contracts'
import { Link } from 'react-router'
import { useRoute } from '../../../shared/api/use-route.js'
import { Section } from '../../../shared/layout/page.js'
import { useMe } from '../../../shared/session/me.js'
import { daysBetween } from '../../../shared/show/dates.js'
import { StateTag } from '../../../shared/show/mark.js'
import { shortTitle } from './words.js'
import './campaign-desk.css'

type Running = NonNullable<Workbench['campaigns']>['running'][number]

/** The campaigns that bind me now, and the tables that they ask for. */
export function CampaignDesk() {
  const me = useMe()
  const { data } = useRoute(showWorkbench, {}, { staleMs: 0 })
  const work = data?.campaigns
  if (!work || work.running.length === 0) return null
  return (
    <Section
      title="进行中的行动"
      note={`${work.runningInAll} 个`}
      acts={work.runningInAll > work.running.length && <Link to="/campaigns?state=running">全部</Link>}
    >
      <ul className="desk-campaigns" aria-label="进行中的行动">
        {work.running.map((campaign) => (
          <Line key={campaign.id} campaign={campaign} today={me.today} />
        ))}
      </ul>
    </Section>
  )
}

function Line({ campaign, today }: { campaign: Running; today: string }) {
  const { tasks, tables, endsOn } = campaign
  const left = endsOn === null ? null : daysBetween(today, endsOn)
  return (
    <li className="desk-campaign">
      <Link to={`/campaigns/${campaign.id}`} className="desk-campaign-name" title={campaign.name}>
        {campaign.name}
      </Link>
      <span className="desk-campaign-tables">
        {tables.map((table) => (
          <Link key={table.id} to={`/tables/${table.id}`} title={table.title}>
            {shortTitle(table.title, campaign.name)}
          </Link>
        ))}
      </span>
      <span className="desk-campaign-tasks">
        {tasks.late > 0 ? (
          <Link to={`/campaigns/${campaign.id}?show=late`}>
            <StateTag tone="red">{tasks.late} 项任务超期</StateTag>
          </Link>
        ) : (
          tasks.total > 0 && <StateTag tone="green">任务没有超期</StateTag>
        )}
      </span>
      <span className="desk-campaign-phase">
        {[campaign.phase, left !== null && (left >= 0 ? `还有 ${left} 天` : `已过 ${-left} 天`)]
          .filter(Boolean)
          .join(' · ')}
      </span>
    </li>
  )
}
