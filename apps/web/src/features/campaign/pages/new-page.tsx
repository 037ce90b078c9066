import { createCampaign, draftSubCampaign, listCampaigns, listTables, showCampaign, showUnit } from '@bihuan/contracts'
import Button from 'antd/es/button'
import { useState } from 'react'
import { useNavigate } from 'react-router'
import { useAct } from '../../../shared/api/use-act.js'
import { useRoute } from '../../../shared/api/use-route.js'
import { LeaveGuard } from '../../../shared/form/leave-guard.js'
import { useDraft } from '../../../shared/form/use-draft.js'
import { Page } from '../../../shared/layout/page.js'
import { useAddressState } from '../../../shared/list/address-state.js'
import { useShortcut } from '../../../shared/layout/shortcut.js'
import { useMe } from '../../../shared/session/me.js'
import { instantText } from '../../../shared/show/dates.js'
import { Answered } from '../../../shared/states/answered.js'
import { Problem } from '../../../shared/states/problem.js'
import { NoticeReview } from '../components/notice-review.js'
import { ParentHint } from '../components/parent-hint.js'
import {
  blankDraft,
  decisionsFor,
  draftFaults,
  draftFrom,
  placeWords,
  planOf,
  type PlanDraft,
} from '../components/plan-draft.js'
import { PlanEditor } from '../components/plan-editor.js'
import { PlanSource } from '../components/plan-source.js'
import { PlanUnderstood, usePlanCheck } from '../components/plan-understood.js'
import '../components/campaign.css'

/** 建立行动: a plan's data is read over and put right, or the same fields are filled in by hand; one act makes the campaign of it. */
export function NewPage() {
  const me = useMe()
  const unit = useRoute(showUnit, { params: { unitId: me.unit.id } })
  return (
    <Answered answer={unit} loading="form">
      {/* An office makes the campaigns of the unit that it works for. */}
      {(page) => (
        <Making
          ownUnit={
            ['office', 'safety-committee-office', 'area-committee'].includes(page.kind) && page.parent !== null
              ? { id: page.parent.id, name: page.name }
              : { id: page.id, name: page.name }
          }
        />
      )}
    </Answered>
  )
}

/** Under a superior's campaign (`?under=&unit=`) it begins with what that one asks of the unit; a draft that was begun is not thrown away for it. */
function Making({ ownUnit }: { ownUnit: { readonly id: string; readonly name: string } }) {
  const me = useMe()
  const [get, leaveSuperior] = useAddressState()
  const [under, unitId] = [get('under'), get('unit')]
  const kept = useDraft<PlanDraft>('campaign.new')
  const [draft, setDraft] = useState<PlanDraft | null>(kept.found?.values ?? null)
  const change = (next: PlanDraft) => {
    setDraft(next)
    kept.save(next)
  }
  const drop = () => {
    kept.drop()
    setDraft(null)
  }
  if (under !== null && unitId !== null) {
    const goOn = (next: PlanDraft | null) => {
      if (next !== null) change(next)
      leaveSuperior({ under: null, unit: null }, { replace: true })
    }
    return <Under campaignId={under} unitId={unitId} begun={draft} onGoOn={goOn} />
  }
  if (draft === null) {
    return (
      <Page title="建立行动">
        <PlanSource
          onPlan={(plan) => change(draftFrom(plan, ownUnit.id))}
          onNotice={({ fileId, name, plan }) =>
            change({ ...draftFrom(plan, ownUnit.id), notice: { fileId, name }, reviewed: [] })
          }
          onByHand={() => change(blankDraft(ownUnit.id, ownUnit.name, me.today))}
        />
      </Page>
    )
  }
  return (
    <Editing
      draft={draft}
      note={
        kept.savedAt === null
          ? kept.refused
            ? '浏览器不允许存草稿，请先不要离开本页'
            : ''
          : `草稿已存 ${instantText(kept.savedAt)}`
      }
      restored={kept.found !== null}
      unsafe={kept.refused}
      onChange={change}
      onDrop={drop}
      onKeep={() => kept.save(draft)}
      onMade={() => kept.drop()}
    />
  )
}

interface UnderProps {
  readonly campaignId: string
  readonly unitId: string
  /** Another plan that waits to be made. */
  readonly begun: PlanDraft | null
  /** With null: with the one that was begun. */
  readonly onGoOn: (draft: PlanDraft | null) => void
}

function Under({ campaignId, unitId, begun, onGoOn }: UnderProps) {
  const drafted = useRoute(draftSubCampaign, { params: { campaignId }, query: { unitId } })
  return (
    <Page title="建立行动">
      <Answered answer={drafted} loading="form" ask="在上级行动下建立行动，由本单位管理行动的人办理。">
        {({ plan, parentId }) => {
          const tasks = plan.annexes.flatMap((annex) => (annex.kind === 'task-list' ? annex.tasks : []))
          return (
            <div className="plan-under">
              <p>
                将在上级行动下建立 <b>{plan.campaign.name}</b>：带入阶段 {plan.phases.length} 个、任务 {tasks.length}{' '}
                项、职责 {plan.duties.length} 项，逐项改好再建立。调度表和报送沿用上级的，不用再设。
              </p>
              <Button type="primary" onClick={() => onGoOn({ ...draftFrom(plan, unitId), parentId })}>
                带入并修改
              </Button>
              {begun !== null && (
                <p>
                  上次还有一份没有建完的草稿{begun.plan.campaign.name !== '' && `“${begun.plan.campaign.name}”`}
                  ，带入后由新的代替。{' '}
                  <button type="button" className="linkish" onClick={() => onGoOn(null)}>
                    接着改那一份
                  </button>
                </p>
              )}
            </div>
          )
        }}
      </Answered>
    </Page>
  )
}

interface EditingProps {
  readonly draft: PlanDraft
  readonly note: string
  readonly restored: boolean
  readonly unsafe: boolean
  readonly onChange: (draft: PlanDraft) => void
  readonly onDrop: () => void
  readonly onKeep: () => void
  readonly onMade: () => void
}

function Editing({ draft, note, restored, unsafe, onChange, onDrop, onKeep, onMade }: EditingProps) {
  const navigate = useNavigate()
  const plan = planOf(draft)
  const faults = draftFaults(draft)
  const { check, failure, asking } = usePlanCheck(plan, draft, faults.length === 0)
  const create = useAct(createCampaign, {
    refreshes: [listCampaigns, listTables, showCampaign],
    onDone: async (made) => {
      onMade()
      await navigate(`/campaigns/${made.id}`, { replace: true })
    },
  })
  const send = () => {
    // What was decided beside the text goes by the keys that the check gives.
    const waits = check === null && (draft.decisions ?? []).length > 0
    if (faults.length > 0 || draft.unitId === null || create.pending || waits) return
    void create.act({
      body: {
        unitId: draft.unitId,
        parentId: draft.parentId,
        plan,
        noticeFileId: draft.notice?.fileId ?? null,
        choices: [...(draft.choices ?? [])],
        decisions: decisionsFor(draft, check?.questions ?? []),
      },
    })
  }
  useShortcut('mod+s', onKeep)
  useShortcut('mod+Enter', send)
  const understood = <PlanUnderstood plan={plan} check={check} failure={asking ? null : failure} faults={faults} />
  return (
    <Page
      title="建立行动"
      note={note}
      kind="fill"
      acts={
        <>
          <Button onClick={onDrop}>{restored ? '丢弃草稿，重新开始' : '换一份方案'}</Button>
          <Button
            type="primary"
            loading={create.pending}
            disabled={faults.length > 0 || (failure !== null && !asking)}
            title="Ctrl+Enter"
            onClick={send}
          >
            建立行动
          </Button>
        </>
      }
    >
      {create.failure && (
        <div style={{ margin: '0 16px' }}>
          <Problem
            failure={create.failure}
            places={create.failure.places
              .filter((place) => place.message !== create.failure?.message)
              .map((place) => ({
                ...place,
                message: `${place.path === undefined ? '' : `${placeWords(place.path)}：`}${place.message}`,
              }))}
          />
        </div>
      )}
      <ParentHint draft={draft} onChange={onChange} />
      {draft.notice === undefined ? (
        <div className="plan-grid">
          <PlanEditor draft={draft} onChange={onChange} />
          {understood}
        </div>
      ) : (
        <NoticeReview
          fileId={draft.notice.fileId}
          draft={draft}
          check={check}
          onChange={onChange}
          understood={understood}
        />
      )}
      <LeaveGuard when={unsafe && !create.pending} />
    </Page>
  )
}
