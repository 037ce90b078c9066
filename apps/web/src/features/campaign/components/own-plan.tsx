import {
  downloadSubPlan,
  draftSubPlan,
  keepSubPlan,
  listReceivers,
  showCampaign,
  uploadFiles,
  type CampaignPage,
  type CampaignReceipt,
  type OwnPlan,
} from '@bihuan/contracts'
import App from 'antd/es/app'
import Button from 'antd/es/button'
import { useRef, useState } from 'react'
import { Link } from 'react-router'
import { call } from '../../../shared/api/call.js'
import { download } from '../../../shared/api/download.js'
import { failureOf } from '../../../shared/api/failure.js'
import { useAct } from '../../../shared/api/use-act.js'
import { Section } from '../../../shared/layout/page.js'
import { instantText } from '../../../shared/show/dates.js'

/** 实施方案: each unit that was sent the campaign drafts its own plan, and hands it in or puts it on record. */
export function OwnPlans({ page }: { page: CampaignPage }) {
  const makes = page.abilities['own-plan'] === true
  const shown = page.receipts.filter(({ state, plan }) => state !== 'gone' && (makes || plan.kept !== null))
  return shown.map((receipt) => <OwnPlanSection key={receipt.unitId} page={page} receipt={receipt} makes={makes} />)
}

interface OwnPlanProps {
  readonly page: CampaignPage
  readonly receipt: CampaignReceipt
  readonly makes: boolean
}

function OwnPlanSection({ page, receipt, makes }: OwnPlanProps) {
  const { message } = App.useApp()
  const { unitId, unitName, plan } = receipt
  const { kept, filing } = plan
  const params = { campaignId: page.id, unitId }
  const draft = () =>
    download(draftSubPlan, { params }).catch((thrown: unknown) => message.error(failureOf(thrown).message))
  return (
    <Section title="本单位实施方案" note={unitName}>
      <p className="quiet">
        {filing === null
          ? '草稿写好了归本单位的阶段、任务、职责、报送期限和联系方式，其余留空；改好后交定稿，下发单位可以看到。'
          : `这个行动要求把方案备案，期限 ${filing.dueOn}，${filing.statusLabel}。`}
      </p>
      {kept !== null && (
        <p>
          <KeptPlan campaignId={page.id} unitId={unitId} kept={kept} />{' '}
          <span className="quiet">{`${kept.personName} ${instantText(kept.keptAt)} 交`}</span>
        </p>
      )}
      {makes && (
        <p className="own-plan-acts">
          <Button onClick={() => void draft()}>起草（Word）</Button>
          {filing === null ? (
            <KeepPlan page={page} unitId={unitId} isAgain={kept !== null} />
          ) : (
            <Link to={`/returns/${filing.returnId}`}>去“{filing.title}”备案</Link>
          )}
        </p>
      )}
    </Section>
  )
}

/** Sent and kept in one go. */
function KeepPlan({ page, unitId, isAgain }: { page: CampaignPage; unitId: string; isAgain: boolean }) {
  const { message } = App.useApp()
  const box = useRef<HTMLInputElement>(null)
  const [sending, setSending] = useState(false)
  const [problem, setProblem] = useState<string | null>(null)
  const keep = useAct(keepSubPlan, {
    refreshes: [showCampaign, listReceivers],
    onDone: () => void message.success('已交，下发单位可以看到'),
    onFailed: (failure) => setProblem(failure.message),
  })
  const send = async (file: File | undefined) => {
    if (file === undefined) return
    setProblem(null)
    setSending(true)
    try {
      const { items } = await call(uploadFiles, { files: [file] })
      const [sent] = items
      if (sent !== undefined) await keep.act({ params: { campaignId: page.id }, body: { unitId, fileId: sent.id } })
    } catch (thrown) {
      const failure = failureOf(thrown)
      setProblem(failure.places[0]?.message ?? failure.message)
    } finally {
      setSending(false)
    }
  }
  return (
    <>
      <Button loading={sending} onClick={() => box.current?.click()}>
        {isAgain ? '换一份定稿' : '交定稿'}
      </Button>
      <input
        ref={box}
        type="file"
        aria-label="实施方案定稿"
        accept=".docx,.pdf"
        style={{ display: 'none' }}
        onChange={(event) => {
          void send(event.target.files?.[0])
          event.target.value = ''
        }}
      />
      {problem !== null && <span className="list-problem">{problem}</span>}
    </>
  )
}

export function KeptPlan({
  campaignId,
  unitId,
  kept,
}: {
  campaignId: string
  unitId: string
  kept: NonNullable<OwnPlan['kept']>
}) {
  const { message } = App.useApp()
  const give = () =>
    download(downloadSubPlan, { params: { campaignId, unitId, fileId: kept.fileId } }).catch((thrown: unknown) =>
      message.error(failureOf(thrown).message),
    )
  return (
    <button type="button" className="linkish" onClick={() => void give()}>
      {kept.name}
    </button>
  )
}
