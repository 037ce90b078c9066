import { exportHazards, exportLedger, showCampaign, type HazardExportColumn, type QueryOf } from '@bihuan/contracts'
import { download } from '../../../shared/api/download.js'
import { useRoute } from '../../../shared/api/use-route.js'
import type { ExportWay } from '../../../shared/list/list-head.js'
import { useCan } from '../../../shared/session/me.js'

type Question = QueryOf<typeof exportHazards>

/** As it is seen; and, within a campaign, in each of the forms that its notice prescribes. */
export function useLedgerExports(question: Question): readonly ExportWay[] {
  const mayExport = useCan('hazard.export')
  const campaignId = question.campaign ?? ''
  const campaign = useRoute(
    showCampaign,
    { params: { campaignId }, query: {} },
    { when: mayExport && campaignId !== '', staleMs: 300_000 },
  )
  if (!mayExport) return []
  const { campaign: _, sort: __, columns: ___, ...filters } = question
  const official = (campaign.data?.ledgers ?? []).flatMap((ledger): ExportWay[] =>
    (['xlsx', 'docx'] as const).map((format) => ({
      key: `${ledger.id} ${format}`,
      label: `${ledger.title}（${format === 'xlsx' ? 'Excel，可改后导入' : 'Word'}）`,
      run: () => download(exportLedger, { params: { campaignId, ledgerId: ledger.id }, query: { ...filters, format } }),
    })),
  )
  return [
    {
      key: 'seen',
      label: '按当前所见（Excel）',
      run: (shown) => download(exportHazards, { query: { ...question, columns: columnsOf(shown).join(',') } }),
    },
    ...official,
  ]
}

const exportable: readonly HazardExportColumn[] = [
  'code',
  'what',
  'subject',
  'sector',
  'grade',
  'source',
  'state',
  'found',
  'deadline',
  'closed',
  'listed',
  'territory',
  'authority',
]

function columnsOf(shown: readonly string[]): readonly HazardExportColumn[] {
  return shown.flatMap((key) => exportable.filter((known) => known === key))
}
