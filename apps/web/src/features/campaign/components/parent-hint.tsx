import { listCampaigns } from '@bihuan/contracts'
import { parentNamed } from '@bihuan/domain'
import Button from 'antd/es/button'
import { useRoute } from '../../../shared/api/use-route.js'
import type { PlanDraft } from './plan-draft.js'

/** The superior's campaign that the plan names, where it is known here: to be put under it with one press. */
export function ParentHint({
  draft,
  onChange,
}: {
  readonly draft: PlanDraft
  readonly onChange: (draft: PlanDraft) => void
}) {
  const campaigns = useRoute(listCampaigns, { query: {} }, { staleMs: 60_000 })
  const open = (campaigns.data?.items ?? []).filter(({ state }) => state !== 'closed')
  const named = parentNamed(draft.plan.parentPlan, open)
  if (named === null) return null
  const isUnder = draft.parentId === named.id
  return (
    <p className="parent-hint">
      {isUnder ? '列在上级行动之下：' : '方案依据的是上级行动：'}
      <b>{named.name}</b>
      <span className="quiet">（{named.unitName}）</span>{' '}
      <Button size="small" onClick={() => onChange({ ...draft, parentId: isUnder ? null : named.id })}>
        {isUnder ? '不列在它之下' : '列在它之下'}
      </Button>
    </p>
  )
}
