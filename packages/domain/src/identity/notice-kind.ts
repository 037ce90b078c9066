/** What a person may be told of by mail, and may wish not to be: the kinds of notices as the account page names them. */
export const noticeKindLabels = {
  'return-due': '报表快到期、今天到期',
  'return-overdue': '报表过期未报（报给上级）',
  'return-sent-back': '报表被退回',
  'return-redated': '报表的上报日期因节假日调整',
  'return-readdressed': '报表因单位隶属变化改变接收单位',
  'return-unreceived': '报表没有人能接收（报给接收单位的上级）',
  'circular-issued': '通报印发',
  'campaign-sent': '行动下发，待阅读确认',
  'campaign-reminder': '催办行动的阅读确认',
  'hazard-due': '隐患整改到期',
  'hazard-reminder': '隐患催办',
  'hazard-sent-back': '隐患整改被退回',
} as const
export type NoticeKind = keyof typeof noticeKindLabels

export const noticeKinds = Object.keys(noticeKindLabels) as readonly NoticeKind[]

export function isNoticeKind(text: string): text is NoticeKind {
  return Object.hasOwn(noticeKindLabels, text)
}
