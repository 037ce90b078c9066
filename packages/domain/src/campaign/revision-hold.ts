/** What a corrected notice may not change any more, because something was done by it; each with what to do instead. */
import { planPartLabel, type PlanChange } from './plan-changes.js'

export interface DoneByIt {
  /** Reports of progress on the task. */
  readonly reports: number
  /** Returns of the schedule that were signed or filed. */
  readonly filed: number
}

export function revisionHold({ part, kind, title }: PlanChange, { reports, filed }: DoneByIt): string | null {
  if (part === 'task' && kind === 'dropped' && reports > 0)
    return `任务“${title}”已有${reports}次填报，不能去掉。确实不再做的，请先由填报单位撤回填报。`
  if (part === 'report' && kind !== 'added' && filed > 0)
    return `“${title}”已报过${filed}份，报送安排不会自动改。请到“报送安排”里改以后各期，或者停用原来的、另设一个。`
  if ((part === 'table' || part === 'ledger') && kind === 'dropped')
    return `${planPartLabel(part)}“${title}”不能去掉，可能已有单位填报。不再报的，请停用它的报送安排。`
  return null
}
