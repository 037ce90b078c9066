/** docs/hazard-lifecycle.md, drawn from the same tables that the rules read. */
import { writeFileSync } from 'node:fs'
import {
  campaignCommandLabels,
  campaignLifecycle,
  campaignStatusLabels,
  drawCampaignLifecycle,
  drawHazardLifecycle,
  drawReturnLifecycle,
  hazardCommandLabels,
  hazardLifecycle,
  hazardStatusLabels,
  returnCommandLabels,
  returnLifecycle,
  returnStatusLabels,
} from '@bihuan/domain'

interface Row {
  readonly command: string
  readonly from: readonly (string | null)[]
  readonly to: string
}

function table(
  rows: readonly Row[],
  commands: Readonly<Record<string, string>>,
  states: Readonly<Record<string, string>>,
): string {
  const state = (key: string | null) =>
    key === null ? '（新）' : (states[key] ?? { same: '（不变）', remembered: '（移送前的状态）' }[key] ?? key)
  return [
    '| 办理 | 代码 | 从 | 到 |',
    '| --- | --- | --- | --- |',
    ...rows.map(
      (row) =>
        `| ${commands[row.command]} | \`${row.command}\` | ${row.from.map(state).join('、')} | ${state(row.to)} |`,
    ),
  ].join('\n')
}

const text = `# Lifecycles

Generated from \`packages/domain/src/hazard/lifecycle.ts\`, \`packages/domain/src/campaign/campaign.ts\` and \`packages/domain/src/report/return.ts\`: nothing changes state in any other way.

## 隐患 (hazard)

\`\`\`mermaid
${drawHazardLifecycle().trim()}
\`\`\`

${table(hazardLifecycle.transitions, hazardCommandLabels, hazardStatusLabels)}

## 行动 (campaign)

\`\`\`mermaid
${drawCampaignLifecycle().trim()}
\`\`\`

${table(campaignLifecycle.transitions, campaignCommandLabels, campaignStatusLabels)}

## 报表 (return)

\`\`\`mermaid
${drawReturnLifecycle().trim()}
\`\`\`

${table(returnLifecycle.transitions, returnCommandLabels, returnStatusLabels)}
`
writeFileSync(process.argv[2] ?? 'docs/hazard-lifecycle.md', text)
