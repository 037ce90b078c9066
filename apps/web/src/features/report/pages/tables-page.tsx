import { listTables } from '@bihuan/contracts'
import { Link } from 'react-router'
import { useRoute } from '../../../shared/api/use-route.js'
import { Page, Section } from '../../../shared/layout/page.js'
import { inCampaign, useCampaignId } from '../../../shared/layout/workplace.js'
import { Answered } from '../../../shared/states/answered.js'
import '../components/report.css'

/** The tables of the campaigns that bind me, newest campaign first. */
export function TablesPage() {
  const [campaignId] = useCampaignId()
  const tables = useRoute(listTables, { query: campaignId === null ? {} : { campaign: campaignId } })
  return (
    <Page title="调度表">
      <Answered
        answer={tables}
        loading="list"
        isEmpty={({ items }) => items.length === 0}
        empty={{
          what: campaignId === null ? '这里将列出各行动的调度表' : '这个行动还没有调度表',
          how: '由方案建立行动时，附件里的调度表会自动进来；也可以在行动页自己设计一张。',
          ...(campaignId === null ? {} : { act: <Link to={`/campaigns/${campaignId}`}>打开行动</Link> }),
        }}
      >
        {({ items, abilities }) =>
          [...new Set(items.map((table) => table.campaignId))].map((id) => {
            const own = items.filter((table) => table.campaignId === id)
            return (
              <Section
                key={id}
                title={own[0]?.campaignName ?? ''}
                acts={<Link to={inCampaign(`/campaigns/${id}`, campaignId)}>打开行动</Link>}
              >
                <ul className="tables">
                  {own.map((table) => (
                    <li key={table.id} className="tables-row">
                      <Link to={inCampaign(`/tables/${table.id}`, campaignId)} className="tables-title">
                        {table.title}
                      </Link>
                      {abilities['design'] === true && (
                        <Link to={inCampaign(`/tables/${table.id}/design`, campaignId)} className="tables-act">
                          设计
                        </Link>
                      )}
                    </li>
                  ))}
                </ul>
              </Section>
            )
          })
        }
      </Answered>
    </Page>
  )
}
