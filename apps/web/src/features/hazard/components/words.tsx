import type { HazardPage, HazardRow } from '@bihuan/contracts'
import {
  hazardGradeLabels,
  hazardSourceLabels,
  hazardStatusLabels,
  reopenReasonLabels,
  type HazardStatus,
} from '@bihuan/domain'
import { StateTag } from '../../../shared/show/mark.js'
import type { Tone } from '../../../shared/theme/colours.js'

export type HazardView = HazardPage['hazard']

const choicesOf = <Key extends string>(labels: Readonly<Record<Key, string>>) =>
  (Object.keys(labels) as Key[]).map((value) => ({ value, label: labels[value] }))

export const stateChoices = choicesOf(hazardStatusLabels)
export const gradeChoices = choicesOf(hazardGradeLabels)
export const sourceChoices = choicesOf(hazardSourceLabels)
export const reopenChoices = choicesOf(reopenReasonLabels)

const stateTones: Readonly<Record<HazardStatus, Tone>> = {
  draft: 'grey',
  registered: 'orange',
  rectifying: 'orange',
  'awaiting-reinspection': 'blue',
  'awaiting-sign-off': 'blue',
  transferring: 'yellow',
  closed: 'green',
  cancelled: 'grey',
}

export function HazardState({ state, washed = false }: { state: HazardStatus; washed?: boolean }) {
  return (
    <StateTag tone={stateTones[state]} washed={washed}>
      {hazardStatusLabels[state]}
    </StateTag>
  )
}

export function sourceText(source: HazardRow['source']): string {
  return source === null ? '—' : hazardSourceLabels[source]
}

/** Work is still to be done, so that a deadline can be missed. */
export function isUnfinished(state: HazardStatus): boolean {
  return state !== 'closed' && state !== 'cancelled' && state !== 'draft'
}

const factKinds: Readonly<Record<string, string>> = {
  found: '排查发现',
  rectified: '完成整改',
  listed: '挂牌督办',
  'listed-rectified': '挂牌的完成整改',
}

/** `hazard/found/major/department` as the tables call it. */
export function measureText(measure: string): string {
  const [, kind = '', grade = '', by = ''] = measure.split('/')
  const graded = Object.hasOwn(hazardGradeLabels, grade)
    ? hazardGradeLabels[grade as keyof typeof hazardGradeLabels]
    : grade
  return `${factKinds[kind] ?? kind} · ${graded}隐患 · ${by === 'enterprise' ? '企业自查' : '部门检查'}`
}
