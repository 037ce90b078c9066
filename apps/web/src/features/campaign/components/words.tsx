import type { TaskView } from '@bihuan/contracts'
import { campaignStatusLabels, type CampaignStatus, type PlanPeriod, type PlanTaskDue } from '@bihuan/domain'
import type { Tone } from '../../../shared/theme/colours.js'
import { StateTag } from '../../../shared/show/mark.js'

const campaignTones: Record<CampaignStatus, Tone> = { preparing: 'orange', running: 'blue', closed: 'grey' }

export function CampaignTag({ state, washed = false }: { state: CampaignStatus; washed?: boolean }) {
  return (
    <StateTag tone={campaignTones[state]} washed={washed}>
      {campaignStatusLabels[state]}
    </StateTag>
  )
}

export type LatenessState = TaskView['lateness']['state']

export const latenessWords: Record<LatenessState, { label: string; tone: Tone }> = {
  late: { label: '超期', tone: 'red' },
  'due-soon': { label: '临期', tone: 'orange' },
  open: { label: '进行中', tone: 'blue' },
  'not-started': { label: '未开始', tone: 'grey' },
  standing: { label: '常态化', tone: 'grey' },
  done: { label: '已完成', tone: 'green' },
}

/** What decides comes first. */
export const latenessOrder: readonly LatenessState[] = ['late', 'due-soon', 'open', 'not-started', 'standing', 'done']

export const periodWords: Record<PlanPeriod, string> = {
  week: '每周',
  month: '每月',
  'two-months': '每两月',
  quarter: '每季度',
  'half-year': '每半年',
  year: '每年',
  campaign: '行动期间',
}
export const periods = Object.entries(periodWords).map(([value, label]) => ({ value: value as PlanPeriod, label }))

/** Beside its campaign a table need not say the campaign's name again. */
export function shortTitle(title: string, campaignName: string): string {
  const rest = title.startsWith(campaignName) ? title.slice(campaignName.length).trim() : ''
  return rest === '' ? title : rest
}

export function dueWords(due: PlanTaskDue | null): string {
  if (due === null) return '未定'
  switch (due.kind) {
    case 'date':
      return `${due.date}前`
    case 'recurring':
      return periodWords[due.per]
    case 'standing':
      return '常态化'
    case 'dates':
      return due.windows.map(({ from, to }) => (from === to ? from : `${from} 至 ${to}`)).join('、')
  }
}

/** 每月 2 次; 行动期间 1 次. */
export function frequencyWords(frequency: TaskView['frequency']): string | null {
  return frequency === null ? null : `${periodWords[frequency.per]} ${frequency.times} 次`
}

export function span(startsOn: string | null, endsOn: string | null): string {
  if (startsOn === null && endsOn === null) return '起止未定'
  return `${startsOn ?? '未定'} 至 ${endsOn ?? '未定'}`
}
