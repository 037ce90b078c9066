/** The life of a return as one table, drawn in the docs from the same. */
import { drawLifecycle, type Lifecycle } from '../shared/lifecycle-check.js'

export const returnStatusLabels = {
  open: '待报',
  signing: '待审签',
  signed: '待上报',
  submitted: '已上报',
  'sent-back': '已退回',
  accepted: '已接收',
} as const
export type ReturnStatus = keyof typeof returnStatusLabels

export const returnCommandLabels = {
  open: '开启',
  edit: '填写',
  deliver: '交文件',
  'deliver-unsigned': '交文件（不用签名）',
  sign: '签名',
  'sign-last': '签齐',
  submit: '上报',
  accept: '接收',
  'accept-last': '全部接收',
  'send-back': '退回',
  reopen: '重新开启',
  excuse: '准予延期',
  receive: '收到数据包',
  're-date': '调整上报日期',
  're-address': '改变接收单位',
} as const
export type ReturnCommandKind = keyof typeof returnCommandLabels

/**
 * The one table of a return's life. A narrative report that nobody signs on the screen (its scan is signed and sealed) is delivered by
 * `deliver-unsigned`. A signature is `sign-last` when it is the last that the form asks for, and the taking `accept-last` when
 * every receiver has taken it.
 */
export const returnLifecycle: Lifecycle<ReturnStatus, ReturnCommandKind> = {
  states: returnStatusLabels,
  commands: returnCommandLabels,
  final: ['accepted'],
  transitions: [
    { command: 'open', from: [null], to: 'open' },
    // What is changed is no longer what was signed: the signatures fall.
    { command: 'edit', from: ['open', 'signing', 'signed', 'sent-back'], to: 'open' },
    // A file that takes the place of another is other content; where nobody is asked to sign, it waits to be filed.
    { command: 'deliver', from: ['open', 'signing', 'signed', 'sent-back'], to: 'open' },
    { command: 'deliver-unsigned', from: ['open', 'signed', 'sent-back'], to: 'signed' },
    // From `signed` only when the figures have changed since: then what was signed is void, and the first signs anew.
    { command: 'sign', from: ['open', 'signing', 'signed', 'sent-back'], to: 'signing' },
    { command: 'sign-last', from: ['open', 'signing', 'signed', 'sent-back'], to: 'signed' },
    { command: 'submit', from: ['signed'], to: 'submitted' },
    { command: 'accept', from: ['submitted'], to: 'same' },
    { command: 'accept-last', from: ['submitted'], to: 'accepted' },
    { command: 'send-back', from: ['submitted'], to: 'sent-back' },
    { command: 'reopen', from: ['accepted'], to: 'sent-back' },
    // Signed and filed on another server: it comes with its signatures.
    { command: 'receive', from: ['open', 'signing', 'signed', 'sent-back'], to: 'submitted' },
    { command: 'excuse', from: ['open', 'signing', 'signed', 'sent-back'], to: 'same' },
    // A holiday moved. What was filed once keeps the day by which it was filed.
    { command: 're-date', from: ['open', 'signing', 'signed', 'sent-back'], to: 'same' },
    // The respondent stands under another superior now. What was filed once stays with whom it was filed to.
    { command: 're-address', from: ['open', 'signing', 'signed'], to: 'same' },
  ],
}

export function drawReturnLifecycle(): string {
  return drawLifecycle(returnLifecycle)
}
