import { decideWords, listCampaigns, listTables, showCampaign, type CampaignPage } from '@bihuan/contracts'
import { useAct } from '../../../shared/api/use-act.js'
import { Section } from '../../../shared/layout/page.js'
import { Problem } from '../../../shared/states/problem.js'
import { MetricChoices } from './metric-choices.js'

/** Figures of the tables that are likely a known metric: to be decided before the campaign starts. */
export function CampaignMetrics({ page }: { page: CampaignPage }) {
  const decide = useAct(decideWords, { refreshes: [showCampaign, listCampaigns, listTables] })
  const tables = page.tables.filter(({ open }) => open.length > 0)
  if (tables.length === 0) return null
  const mayManage = page.abilities['manage'] === true && !decide.pending
  const count = tables.reduce((sum, { open }) => sum + open.length, 0)
  return (
    <Section title="调度表的指标" id="metrics" note={`${count} 个数待选定，选定之前由人工填写`}>
      {tables.map(({ id, title, open }) => (
        <MetricChoices
          key={id}
          title={title}
          cells={open}
          onChoose={
            mayManage
              ? (choices) =>
                  void decide.act({ params: { campaignId: page.id }, body: { version: page.version, choices } })
              : null
          }
        />
      ))}
      {decide.failure && <Problem failure={decide.failure} />}
    </Section>
  )
}
