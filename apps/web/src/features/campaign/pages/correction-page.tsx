import {
  applyNotice,
  compareNotice,
  listCampaigns,
  listScheduleDrafts,
  listSchedules,
  listTables,
  showCampaign,
  showImportedNotice,
  type AnswerOf,
  type CampaignPage,
  type ImportedNotice,
  type WordChoiceJson,
} from '@bihuan/contracts'
import { useQuery } from '@tanstack/react-query'
import Button from 'antd/es/button'
import Input from 'antd/es/input'
import Segmented from 'antd/es/segmented'
import { useState } from 'react'
import { useNavigate, useParams } from 'react-router'
import { call } from '../../../shared/api/call.js'
import { failureOf } from '../../../shared/api/failure.js'
import { useAct } from '../../../shared/api/use-act.js'
import { useRoute } from '../../../shared/api/use-route.js'
import { Page } from '../../../shared/layout/page.js'
import { useShortcut } from '../../../shared/layout/shortcut.js'
import { useAddressState } from '../../../shared/list/address-state.js'
import { Answered } from '../../../shared/states/answered.js'
import { Problem } from '../../../shared/states/problem.js'
import { CorrectionChanges } from '../components/correction-changes.js'
import { CorrectionAddition } from '../components/correction-entry.js'
import { MetricChoices } from '../components/metric-choices.js'
import { NoticePane } from '../components/notice-pane.js'
import { NoticeSource } from '../components/notice-source.js'
import { withChoice, type PlanBody } from '../components/plan-draft.js'
import { addedKinds, type AddedKind, type ItemKind, type PlanItem } from '../components/plan-items.js'
import { WordChoices } from '../components/word-choices.js'
import '../components/campaign.css'
import '../components/correction.css'

/** 更正后的通知: `/campaigns/<id>/correction?notice=<file>`. What it changes stands beside its text; what is accepted is taken over. */
export function CorrectionPage() {
  const { campaignId = '' } = useParams()
  const [get, change] = useAddressState()
  const campaign = useRoute(showCampaign, { params: { campaignId }, query: {} })
  const fileId = get('notice')
  return (
    <Answered answer={campaign} loading="form">
      {(page) =>
        fileId === null ? (
          <Page
            title={`${page.name}：导入更正后的通知`}
            note="与行动现在所依据的通知逐项比对，只应用您选定的改动；已经报过、填过的不会被悄悄改掉。"
          >
            <div className="source-ways">
              <NoticeSource onNotice={(notice) => change({ notice: notice.fileId })} />
            </div>
          </Page>
        ) : (
          <Comparing page={page} fileId={fileId} onOther={() => change({ notice: null })} />
        )
      }
    </Answered>
  )
}

interface ComparingProps {
  readonly page: CampaignPage
  readonly fileId: string
  readonly onOther: () => void
}

function Comparing(props: ComparingProps) {
  const { page, fileId } = props
  const [choices, setChoices] = useState<readonly WordChoiceJson[]>([])
  const [putRight, setPutRight] = useState<PlanBody | null>(null)
  const notice = useRoute(showImportedNotice, { params: { fileId } }, { staleMs: 600_000 })
  const params = { campaignId: page.id }
  const compared = useQuery({
    queryKey: [compareNotice.name, page.id, page.version, fileId, choices, putRight],
    queryFn: ({ signal }) =>
      call(
        compareNotice,
        { params, body: { noticeFileId: fileId, plan: putRight, choices: [...choices] } },
        { signal },
      ),
    placeholderData: (before) => before,
    retry: false,
  })
  if (compared.error !== null) {
    return (
      <Page
        title="更正后的通知"
        acts={
          <>
            {putRight !== null && <Button onClick={() => setPutRight(null)}>按原来读的重新比对</Button>}
            <Button onClick={props.onOther}>换一份通知</Button>
          </>
        }
      >
        <Problem failure={failureOf(compared.error)} />
      </Page>
    )
  }
  return (
    <Answered answer={notice} loading="page">
      {({ document, plan }) =>
        compared.data === undefined ? (
          <Page title="更正后的通知">
            <p className="quiet">正在比对…</p>
          </Page>
        ) : (
          <Deciding
            {...props}
            document={document}
            compared={compared.data}
            plan={putRight ?? plan}
            putRight={putRight}
            onPlan={setPutRight}
            choices={choices}
            onChoose={(made) => setChoices(made.reduce(withChoice, choices))}
          />
        )
      }
    </Answered>
  )
}

interface DecidingProps extends ComparingProps {
  readonly document: ImportedNotice['document']
  readonly compared: AnswerOf<typeof compareNotice>
  readonly plan: PlanBody
  readonly putRight: PlanBody | null
  readonly onPlan: (plan: PlanBody) => void
  readonly choices: readonly WordChoiceJson[]
  readonly onChoose: (choices: readonly WordChoiceJson[]) => void
}

const markedAs: Readonly<Partial<Record<string, ItemKind>>> = { basics: 'warning', ledger: 'table' }

function Deciding(props: DecidingProps) {
  const { page, fileId, document, compared, plan, putRight, onPlan, choices, onChoose, onOther } = props
  const navigate = useNavigate()
  const { changes, words, tables } = compared
  const [declined, setDeclined] = useState<ReadonlySet<string>>(new Set())
  const [active, setActive] = useState<string | null>(changes[0]?.key ?? null)
  const [shows, setShows] = useState<'changes' | 'words'>('changes')
  const [reason, setReason] = useState('')
  const [adding, setAdding] = useState<AddedKind | null>(null)
  const accepted = new Set(changes.filter(({ key, hold }) => hold === null && !declined.has(key)).map(({ key }) => key))
  const apply = useAct(applyNotice, {
    refreshes: [showCampaign, listCampaigns, listTables, listSchedules, listScheduleDrafts],
    onDone: async () => navigate(`/campaigns/${page.id}#corrections`),
  })
  const send = () => {
    if (reason.trim() === '' || accepted.size === 0 || apply.pending) return
    void apply.act({
      params: { campaignId: page.id },
      body: {
        version: compared.version,
        noticeFileId: fileId,
        plan: putRight,
        accepted: [...accepted],
        reason: reason.trim(),
        choices: [...choices],
      },
    })
  }
  useShortcut('mod+Enter', send)
  const accept = (keys: readonly string[], on: boolean) => {
    const next = new Set(declined)
    for (const key of keys) {
      if (on) next.delete(key)
      else next.add(key)
    }
    setDeclined(next)
  }
  const items = changes.map((one): PlanItem => {
    const kind = markedAs[one.part] ?? (one.part as ItemKind)
    return { ...one, kind, at: 0, detail: '', confidence: null }
  })
  const openFigures = tables.flatMap(({ cells }) => cells).filter(({ standing }) => standing === 'open').length
  const open = words.filter(({ standing }) => standing === 'open').length + openFigures
  return (
    <Page
      title={`${page.name}：更正后的通知`}
      kind="fill"
      note={<span className="quiet">{changes.length} 项改动</span>}
      acts={<Button onClick={onOther}>换一份通知</Button>}
    >
      {apply.failure && (
        <div style={{ margin: '0 16px' }}>
          <Problem failure={apply.failure} />
        </div>
      )}
      <div className="notice-grid">
        <NoticePane document={document} items={items} active={active} reviewed={declined} onActive={setActive} />
        <div className="notice-side">
          <div className="notice-side-head">
            <Segmented<'changes' | 'words'>
              value={shows}
              onChange={setShows}
              options={[
                { value: 'changes', label: `改动 ${changes.length}` },
                { value: 'words', label: open === 0 ? '词语和指标' : `词语和指标（${open} 待定）` },
              ]}
            />
          </div>
          <div className="plan-items">
            {shows === 'words' ? (
              <>
                <WordChoices words={words} onChoose={onChoose} />
                {tables.map(({ title, cells }, at) => (
                  <MetricChoices key={at} title={title} cells={cells} onChoose={onChoose} />
                ))}
              </>
            ) : (
              <>
                <p className="quiet">
                  {changes.length === 0
                    ? '与行动现在所依据的通知相比，没有读出改动。'
                    : '↑↓ 逐项看，回车选中或不选，F2 修改读错的；没有选的不改，一并留存。'}
                </p>
                <p className="word-acts">
                  <span className="quiet">通知里有、没有读出来的：</span>
                  {(Object.keys(addedKinds) as AddedKind[]).map((kind) => (
                    <button key={kind} type="button" className="linkish" onClick={() => setAdding(kind)}>
                      加{addedKinds[kind]}
                    </button>
                  ))}
                </p>
                {adding !== null && (
                  <CorrectionAddition
                    key={adding}
                    kind={adding}
                    plan={plan}
                    onPlan={onPlan}
                    onDone={() => setAdding(null)}
                  />
                )}
                <CorrectionChanges
                  changes={changes}
                  accepted={accepted}
                  active={active}
                  onActive={setActive}
                  onAccept={accept}
                  plan={plan}
                  onPlan={onPlan}
                />
              </>
            )}
          </div>
          {changes.length > 0 && (
            <div className="correction-foot">
              <Input
                aria-label="更正的原因"
                placeholder="更正的原因，如：区里重新印发"
                maxLength={200}
                value={reason}
                onChange={({ target }) => setReason(target.value)}
              />
              <Button
                type="primary"
                title="Ctrl+Enter"
                loading={apply.pending}
                disabled={reason.trim() === '' || accepted.size === 0}
                onClick={send}
              >
                应用 {accepted.size} 项改动
              </Button>
            </div>
          )}
        </div>
      </div>
    </Page>
  )
}
