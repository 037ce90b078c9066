import type { PlanTask } from '@bihuan/domain'
import type { TaskRow } from './task.repo.js'

/** A task that stands, as the plan would say it. */
export function taskOf({ due_text: dueText, area, task, requirement, responsible, ...row }: TaskRow): PlanTask {
  const { frequency, quota, due } = row
  return { area, task, requirement, responsible, frequency, quota, dueText, due }
}
