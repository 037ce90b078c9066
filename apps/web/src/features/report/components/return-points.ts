/** What a remark or a finding stands at: a cell of the sheet, or of a report a point that it must state, or a form of it. */
import type { ReturnPage } from '@bihuan/contracts'
import { deliverableFormLabels } from '@bihuan/domain'

export interface ReturnPoint {
  readonly key: string
  readonly label: string
  /** What stands there, in a word. */
  readonly text: string
}

export function pointsOf({ figures, content }: Pick<ReturnPage, 'figures' | 'content'>): readonly ReturnPoint[] {
  if (content === null) {
    return figures.map(({ key, label, text }) => ({ key, label, text: `现填 ${text === '' ? '空白' : text}` }))
  }
  return [
    ...content.mustContain.map(({ key, heading }) => ({ key, label: heading, text: '要点' })),
    ...content.asked.map(({ form }) => ({ key: form, label: deliverableFormLabels[form], text: '文件' })),
  ]
}

export function pointLabel(page: Pick<ReturnPage, 'figures' | 'content'>, key: string): string | null {
  return pointsOf(page).find((point) => point.key === key)?.label ?? null
}
