/** Whether a file can stand as the plan that a unit makes under a campaign (实施方案). */
import { WORD } from '../report/narrative.js'
import { decided, refused, type Decision } from '../shared/decision.js'
import type { CampaignStatus } from './campaign.js'

const PDF = 'application/pdf'

export interface SubPlanContext {
  readonly status: CampaignStatus
  /** The return by which the campaign has the plan put on record (备案), where it asks for that. */
  readonly filedBy: { readonly title: string } | null
}

export function decideSubPlan(
  file: { readonly name: string; readonly mediaType: string },
  { status, filedBy }: SubPlanContext,
): Decision<null> {
  if (status !== 'running') {
    return status === 'closed'
      ? refused('campaign.closed', '行动已经结束，不能再交实施方案。')
      : refused('campaign.not-running', '行动还没有启动，请先启动，再交实施方案。')
  }
  if (filedBy !== null) {
    return refused(
      'sub-plan.filed-by-return',
      `这个行动要求把方案备案，请在“${filedBy.title}”里交，不用在这里另交一份。`,
      'fileId',
    )
  }
  if (file.mediaType !== WORD && file.mediaType !== PDF) {
    return refused(
      'sub-plan.not-a-document',
      `“${file.name}”不是Word文档，也不是PDF；请交定稿的方案，或盖章后的扫描件（PDF）。`,
      'fileId',
    )
  }
  return decided(null)
}
