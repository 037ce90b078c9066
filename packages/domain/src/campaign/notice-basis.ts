/**
 * The words of a notice that a thing of its campaign rests on (依据). Where a task, a duty or a report stands is read from the plan and
 * kept nowhere else: a plan that is corrected takes its links along.
 */
import type { NoticeStretch } from './notice-document.js'
import type { Plan, PlanTask } from './plan.js'

const ends = /[。；！？\n]/u

/** Grown to whole sentences: the reader names words, a person wants to read what is said with them. A line of a list or a cell is one. */
export function sentenceAt(text: string, { start, end }: NoticeStretch): NoticeStretch {
  let from = start
  while (from > 0 && !ends.test(text[from - 1] ?? '')) from -= 1
  let to = end
  const isOver = to > from && ends.test(text[to - 1] ?? '')
  while (!isOver && to < text.length && !ends.test(text[to] ?? '')) to += 1
  // The mark that ends it is part of it, the end of a line is not.
  if (!isOver && to < text.length && text[to] !== '\n') to += 1
  while (from < to && /\s/u.test(text[from] ?? '')) from += 1
  while (to > from && /\s/u.test(text[to - 1] ?? '')) to -= 1
  return { start: from, end: to }
}

/** In one line. Chinese is written without spaces, so lines are joined without one. */
export function sentenceText(text: string, stretch: NoticeStretch): string {
  const { start, end } = sentenceAt(text, stretch)
  return text.slice(start, end).replace(/\s*\n\s*/gu, '')
}

/** Null where there is no notice, or the reader has said no place in it. */
export function sentenceOf(text: string | null, source: NoticeStretch | undefined): string | null {
  return text === null || source === undefined ? null : sentenceText(text, source)
}

/** As it stands in the campaign; an officer may have put its words right. */
export interface TaskWording {
  readonly ordinal: number
  readonly area: string
  readonly task: string
  readonly requirement: string
}

/**
 * Where the task stands in the notice, or null. By its words; one whose words were changed still has its place in the list, as long as
 * what the list says there is of the same area and task.
 */
export function taskSource(plan: Pick<Plan, 'annexes'>, task: TaskWording): NoticeStretch | null {
  const listed = plan.annexes.flatMap((annex) => (annex.kind === 'task-list' ? annex.tasks : []))
  const isAlike = (one: PlanTask | undefined) => one?.area === task.area && one.task === task.task
  const atPlace = listed[task.ordinal - 1]
  const byWords = listed.filter((one) => isAlike(one) && one.requirement === task.requirement)
  // The same words twice: then the place tells which.
  const found =
    byWords.length > 0 ? (byWords.find((one) => one === atPlace) ?? byWords[0]) : isAlike(atPlace) ? atPlace : undefined
  return found?.source ?? null
}
