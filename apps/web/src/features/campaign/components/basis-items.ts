/** What of a campaign stands in its notice, in the order in which one reads it: each with its sentence, and where it is gone on with. */
import type { CampaignPage, ImportedNotice } from '@bihuan/contracts'
import { sentenceAt, sentenceText } from '@bihuan/domain'
import type { BasisPlace } from '../../../shared/show/basis-link.js'
import { itemKinds, reportWords, type ItemKind, type PlanItem } from './plan-items.js'
import { dueWords, frequencyWords, span } from './words.js'

export interface BasisItem extends PlanItem {
  readonly key: BasisPlace
  /** What the notice says, in one line; empty of what does not stand in it. */
  readonly sentence: string
  /** Where the thing itself is looked at. */
  readonly to: string | null
}

/** As the notice page goes through them. */
export const basisKinds = ['phase', 'duty', 'task', 'report'] as const satisfies readonly ItemKind[]

export function basisItems(page: CampaignPage, { text }: ImportedNotice['document']): readonly BasisItem[] {
  const item = (
    key: BasisPlace,
    kind: ItemKind,
    at: number,
    words: { readonly title: string; readonly detail: (string | null | false)[] },
    source: { readonly start: number; readonly end: number } | null | undefined,
    to: string | null = null,
  ): BasisItem => ({
    key,
    kind,
    at,
    title: words.title,
    detail: words.detail.filter((part) => part !== null && part !== false && part !== '').join('；'),
    // Whole sentences are marked: two duties of one sentence share its mark.
    source: source ? sentenceAt(text, source) : null,
    sentence: source ? sentenceText(text, source) : '',
    confidence: null,
    to,
  })
  const { plan } = page
  return [
    ...plan.phases.map((phase, at) =>
      item(
        `phase:${at}`,
        'phase',
        at,
        { title: phase.name, detail: [span(phase.startsOn, phase.endsOn)] },
        phase.source,
      ),
    ),
    ...plan.duties.map((duty, at) => item(`duty:${at}`, 'duty', at, dutyWords(duty), duty.source)),
    ...page.tasks.map((task, at) =>
      item(
        `task:${task.id}`,
        'task',
        at,
        { title: task.requirement, detail: [task.responsible.join('、'), dueWords(task.due)] },
        task.source,
        `/campaigns/${page.id}?task=${task.id}`,
      ),
    ),
    ...plan.reports.map((report, at) =>
      item(
        `report:${at}`,
        'report',
        at,
        { title: report.name, detail: [reportWords(report)] },
        report.source,
        `/schedules?campaign=${page.id}`,
      ),
    ),
  ].filter(({ title }) => title !== '')
}

type Duty = CampaignPage['plan']['duties'][number]

export function dutyWords({ actor, action, frequency, deadline, quota, condition }: Duty): {
  readonly title: string
  readonly detail: (string | null | false)[]
} {
  return {
    title: actor === null ? action : `${actor}：${action}`,
    detail: [
      frequencyWords(frequency),
      deadline !== null && `${deadline}前`,
      quota !== null && `不少于 ${quota.atLeast} ${quota.unit}`,
      condition !== null && `限${condition}`,
    ],
  }
}

export { itemKinds }
