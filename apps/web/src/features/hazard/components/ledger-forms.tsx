import { exportLedger, listCampaigns, showCampaign, type CampaignPage } from '@bihuan/contracts'
import Button from 'antd/es/button'
import Select from 'antd/es/select'
import { useState } from 'react'
import { useSearchParams } from 'react-router'
import { download } from '../../../shared/api/download.js'
import { failureOf, type ApiFailure } from '../../../shared/api/failure.js'
import { useRoute } from '../../../shared/api/use-route.js'
import { Problem } from '../../../shared/states/problem.js'

export type LedgerOfCampaign = CampaignPage['ledgers'][number]

export interface ChosenForm {
  readonly campaignId: string
  readonly ledger: LedgerOfCampaign | null
}

/** The campaign and the form stand in the address: `?campaign=…&ledger=…`. */
export function useChosenForm() {
  const [search, setSearch] = useSearchParams()
  const campaigns = useRoute(listCampaigns, { query: {} }, { staleMs: 60_000 })
  const open = (campaigns.data?.items ?? []).filter(({ state }) => state !== 'closed')
  const campaignId = search.get('campaign') ?? (open.length === 1 ? (open[0]?.id ?? '') : '')
  const campaign = useRoute(
    showCampaign,
    { params: { campaignId }, query: {} },
    { when: campaignId !== '', staleMs: 60_000 },
  )
  const ledgers = campaignId === '' ? [] : (campaign.data?.ledgers ?? [])
  const ledger = ledgers.find(({ id }) => id === search.get('ledger')) ?? ledgers[0] ?? null
  const choose = (change: { campaign?: string; ledger?: string }) =>
    setSearch(
      (before) => {
        const next = new URLSearchParams(before)
        if (change.campaign !== undefined) {
          next.set('campaign', change.campaign)
          next.delete('ledger')
        }
        if (change.ledger !== undefined) next.set('ledger', change.ledger)
        return next
      },
      { replace: true },
    )
  return { campaigns, open, campaignId, ledgers, ledger, choose }
}

export function ChooseForm({ form }: { form: ReturnType<typeof useChosenForm> }) {
  const { open, campaignId, ledgers, ledger, choose } = form
  return (
    <div className="hz-imp-which">
      <Select
        aria-label="行动"
        placeholder="导入到哪个行动"
        value={campaignId === '' ? null : campaignId}
        options={open.map(({ id, name }) => ({ value: id, label: name }))}
        onChange={(campaign) => choose({ campaign: campaign ?? '' })}
      />
      {ledgers.length > 0 && (
        <Select
          aria-label="清单样式"
          value={ledger?.id ?? null}
          options={ledgers.map(({ id, title, columns }) => ({ value: id, label: `${title}（${columns.length} 栏）` }))}
          onChange={(chosen) => choose({ ledger: chosen ?? '' })}
        />
      )}
      {ledger !== null && <LedgerDownloads campaignId={campaignId} ledger={ledger} />}
    </div>
  )
}

/** The form, filled in or empty. */
export function LedgerDownloads({ campaignId, ledger }: { campaignId: string; ledger: LedgerOfCampaign }) {
  const [busy, setBusy] = useState(false)
  const [trouble, setTrouble] = useState<ApiFailure | null>(null)
  const fetchIt = (query: { format: 'xlsx' | 'docx'; blank: 'yes' | 'no' }) => {
    setBusy(true)
    setTrouble(null)
    download(exportLedger, { params: { campaignId, ledgerId: ledger.id }, query })
      .catch((thrown: unknown) => setTrouble(failureOf(thrown)))
      .finally(() => setBusy(false))
  }
  return (
    <>
      <Button size="small" loading={busy} onClick={() => fetchIt({ format: 'xlsx', blank: 'yes' })}>
        下载空表
      </Button>
      <Button
        size="small"
        loading={busy}
        title="改过后可以再导入"
        onClick={() => fetchIt({ format: 'xlsx', blank: 'no' })}
      >
        导出已有的（Excel）
      </Button>
      {trouble && <Problem failure={trouble} />}
    </>
  )
}
