/** The one table by which a hazard changes state. Nothing else in the product sets `status`. */
import { drawLifecycle, type Lifecycle } from '../shared/lifecycle-check.js'

export const hazardStatusLabels = {
  draft: '草稿',
  registered: '已登记',
  rectifying: '整改中',
  'awaiting-reinspection': '待复查',
  'awaiting-sign-off': '待销号',
  transferring: '移送中',
  closed: '已销号',
  cancelled: '已作废',
} as const

export type HazardStatus = keyof typeof hazardStatusLabels
export const hazardStatuses = Object.keys(hazardStatusLabels) as readonly HazardStatus[]

export const hazardCommandLabels = {
  'save-draft': '存草稿',
  register: '登记',
  correct: '更正',
  judge: '判定等级',
  'plan-rectification': '制定整改措施',
  'report-progress': '填报进展',
  'request-extension': '申请延期',
  'approve-extension': '同意延期',
  'refuse-extension': '不同意延期',
  'report-rectified': '申请复查',
  'reinspect-passed': '复查通过',
  'reinspect-failed': '复查不通过',
  'sign-off': '销号',
  'send-back': '退回',
  reopen: '重新打开',
  'list-for-supervision': '挂牌督办',
  transfer: '移送',
  'accept-transfer': '签收',
  'decline-transfer': '退回移送',
  'withdraw-transfer': '撤回移送',
  'carry-over': '结转',
  cancel: '作废',
} as const

export type HazardCommandKind = keyof typeof hazardCommandLabels
export const hazardCommandKinds = Object.keys(hazardCommandLabels) as readonly HazardCommandKind[]

/** Registered and not yet signed off, cancelled or under way to another unit. */
const open = ['registered', 'rectifying', 'awaiting-reinspection', 'awaiting-sign-off'] as const

export const hazardLifecycle: Lifecycle<HazardStatus, HazardCommandKind> = {
  states: hazardStatusLabels,
  commands: hazardCommandLabels,
  final: ['closed', 'cancelled'],
  transitions: [
    { command: 'save-draft', from: [null, 'draft'], to: 'draft' },
    { command: 'register', from: [null, 'draft'], to: 'registered' },
    // A closed hazard may be corrected too: an error of entry must not stay in the tables because the work is done.
    { command: 'correct', from: [...open, 'closed'], to: 'same' },
    { command: 'judge', from: open, to: 'same' },
    { command: 'plan-rectification', from: ['registered', 'rectifying'], to: 'rectifying' },
    { command: 'report-progress', from: ['rectifying'], to: 'rectifying' },
    { command: 'request-extension', from: ['registered', 'rectifying'], to: 'same' },
    { command: 'approve-extension', from: ['registered', 'rectifying'], to: 'same' },
    { command: 'refuse-extension', from: ['registered', 'rectifying'], to: 'same' },
    { command: 'report-rectified', from: ['rectifying'], to: 'awaiting-reinspection' },
    { command: 'reinspect-passed', from: ['awaiting-reinspection'], to: 'awaiting-sign-off' },
    { command: 'reinspect-failed', from: ['awaiting-reinspection'], to: 'rectifying' },
    { command: 'sign-off', from: ['awaiting-sign-off'], to: 'closed' },
    { command: 'send-back', from: ['awaiting-reinspection', 'awaiting-sign-off'], to: 'rectifying' },
    { command: 'reopen', from: ['closed'], to: 'rectifying' },
    { command: 'list-for-supervision', from: open, to: 'same' },
    { command: 'transfer', from: open, to: 'transferring' },
    { command: 'accept-transfer', from: ['transferring'], to: 'remembered', remembers: 'transfer' },
    { command: 'decline-transfer', from: ['transferring'], to: 'remembered', remembers: 'transfer' },
    // Without a way back for the sender, a receiver that never answers would hold the hazard for ever.
    { command: 'withdraw-transfer', from: ['transferring'], to: 'remembered', remembers: 'transfer' },
    { command: 'carry-over', from: open, to: 'same' },
    // A closed duplicate is voided as well; the guard leaves that to the authority.
    { command: 'cancel', from: ['draft', ...open, 'closed'], to: 'cancelled' },
  ],
}

export function isOpenHazard(status: HazardStatus): boolean {
  return status === 'transferring' || (open as readonly HazardStatus[]).includes(status)
}

/** The target of a command in a state, or `null` where the table has none. `remembered` is resolved by the caller. */
export function hazardTransition(
  status: HazardStatus | null,
  command: HazardCommandKind,
): HazardStatus | 'remembered' | null {
  const row = hazardLifecycle.transitions.find((one) => one.command === command && one.from.includes(status))
  if (row === undefined) return null
  return row.to === 'same' ? status : row.to
}

export function drawHazardLifecycle(): string {
  return drawLifecycle(hazardLifecycle)
}
