import type { HazardPage } from '@bihuan/contracts'
import type { HazardCommandKind } from '@bihuan/domain'

/** One button, though the lifecycle knows two commands: whether it passes is said in the form. */
export interface ActChoice {
  readonly key: string
  readonly label: string
  readonly commands: readonly HazardCommandKind[]
}

/** In the order in which one of them is the step that moves the hazard on; what stands last is done seldom. */
export const actChoices: readonly ActChoice[] = [
  { key: 'receive', label: '签收移送', commands: ['accept-transfer', 'decline-transfer'] },
  { key: 'extension', label: '审批延期', commands: ['approve-extension', 'refuse-extension'] },
  { key: 'sign-off', label: '销号', commands: ['sign-off'] },
  { key: 'reinspect', label: '复查', commands: ['reinspect-passed', 'reinspect-failed'] },
  { key: 'plan', label: '制定整改措施', commands: ['plan-rectification'] },
  { key: 'rectified', label: '申请复查', commands: ['report-rectified'] },
  { key: 'progress', label: '填报进展', commands: ['report-progress'] },
  { key: 'ask-time', label: '申请延期', commands: ['request-extension'] },
  { key: 'judge', label: '判定等级', commands: ['judge'] },
  { key: 'list', label: '挂牌督办', commands: ['list-for-supervision'] },
  { key: 'send-back', label: '退回整改', commands: ['send-back'] },
  { key: 'reopen', label: '重新打开', commands: ['reopen'] },
  { key: 'transfer', label: '移送', commands: ['transfer'] },
  { key: 'withdraw', label: '撤回移送', commands: ['withdraw-transfer'] },
  { key: 'cancel', label: '作废', commands: ['cancel'] },
]

/** Those that move it on when it is somebody's turn; the rest are never the main act. */
const moving = new Set(['receive', 'extension', 'sign-off', 'reinspect', 'plan', 'rectified'])

export function choiceOf(key: string | null): ActChoice | null {
  return actChoices.find((choice) => choice.key === key || choice.commands.some((command) => command === key)) ?? null
}

export function allowedActs(page: HazardPage): ActChoice[] {
  const planned = page.hazard.rectification !== null
  const allowed = actChoices.filter(({ commands }) => commands.some((command) => page.abilities[command] === true))
  // With a plan made, the next step is to say that it is done; the plan can still be changed.
  return planned ? [...allowed].sort((a, b) => Number(a.key === 'plan') - Number(b.key === 'plan')) : allowed
}

export interface MainAct {
  readonly key: string
  readonly label: string
  readonly address: string
}

/** The one act that moves it, if it is mine to do. */
export function mainAct(page: HazardPage): MainAct | null {
  const { id, status } = page.hazard
  if (status === 'draft') {
    return page.abilities['register'] === true
      ? { key: 'register', label: '补全并登记', address: `/hazards/${id}/change` }
      : null
  }
  const first = allowedActs(page).find(({ key }) => moving.has(key))
  return first === undefined ? null : { key: first.key, label: first.label, address: `/hazards/${id}?act=${first.key}` }
}
