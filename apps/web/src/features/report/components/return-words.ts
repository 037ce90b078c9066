/** What a return's state and its lateness are called, with the colour and shape that say the same. */
import type { ReturnBoard, ReturnPage, ReturnRow } from '@bihuan/contracts'
import { returnStatusLabels, timelinessLabels, type ReturnStatus } from '@bihuan/domain'
import type { Tone } from '../../../shared/theme/colours.js'

export interface Words {
  readonly text: string
  readonly tone: Tone
}

/** 未到期, 今日到期, 逾期3天, 按时, 迟报2天. */
export function latenessOf({ timeliness, daysLate }: Pick<ReturnRow, 'timeliness' | 'daysLate'>): Words {
  switch (timeliness) {
    case 'overdue':
      return { text: `逾期${daysLate}天`, tone: 'red' }
    case 'late':
      return { text: `迟报${daysLate}天`, tone: 'orange' }
    case 'due':
      return { text: timelinessLabels.due, tone: 'orange' }
    case 'on-time':
      return { text: timelinessLabels['on-time'], tone: 'green' }
    case 'not-due':
      return { text: timelinessLabels['not-due'], tone: 'grey' }
    case 'dissolved':
      return { text: timelinessLabels.dissolved, tone: 'grey' }
  }
}

const statusTones: Readonly<Record<ReturnStatus, Tone>> = {
  open: 'grey',
  signing: 'yellow',
  signed: 'yellow',
  submitted: 'blue',
  'sent-back': 'red',
  accepted: 'green',
}

export function statusOf(status: ReturnStatus): Words {
  return { text: returnStatusLabels[status], tone: statusTones[status] }
}

/** What this morning's look found in a return that waits: 2处须改，1处要说明，28格待填. Empty when there is nothing to say. */
export function lookText(look: ReturnRow['look']): string {
  if (look === null) return ''
  const { blocking, asked, blank, isNil } = look
  const found = [
    ...(blocking > 0 ? [`${blocking}处须改`] : []),
    ...(asked > 0 ? [`${asked}处要说明`] : []),
    ...(blank > 0 ? [`${blank}格待填`] : []),
  ]
  return found.length > 0 ? found.join('，') : isNil ? '全部为零' : '已填好，可核对签名'
}

export type BoardCell = NonNullable<ReturnBoard['rows'][number]['cells'][number]>

/** One mark for a cell of the board: first what somebody must do about it, then how it came. */
export function boardMarkOf(cell: Omit<BoardCell, 'returnId'>): Words {
  if (cell.status === 'sent-back') return { text: '退回', tone: 'red' }
  if (cell.status !== 'submitted' && cell.status !== 'accepted') return latenessOf(cell)
  if (cell.timeliness === 'late') return { text: `迟报${cell.daysLate}天${cell.nil ? '·零' : ''}`, tone: 'orange' }
  return cell.nil ? { text: '零报', tone: 'blue' } : { text: '已报', tone: 'green' }
}

/** The period that is being filed: the first whose day has not come, or the last. The server's summary is of the same one. */
export function currentPeriod<Period extends { readonly dueOn: string }>(
  periods: readonly Period[],
  today: string,
): Period | null {
  return periods.find(({ dueOn }) => dueOn >= today) ?? periods.at(-1) ?? null
}

const eventTones: readonly (readonly [begins: string, tone: Tone])[] = [
  ['上报', 'blue'],
  ['退回', 'red'],
  ['重新开启', 'orange'],
  ['接收', 'green'],
  ['准予延期', 'yellow'],
]

export function eventTone(sentence: string): Tone {
  return eventTones.find(([begins]) => sentence.startsWith(begins))?.[1] ?? 'grey'
}

/** Behind a receiver's name: when it took what was filed last, that it has yet to, or that nobody there can. */
export function receiverNote(
  { takenOn, takenBy, reviewers }: ReturnPage['receivers'][number],
  { status }: Pick<ReturnPage, 'status'>,
): string {
  if (takenOn !== null) return `（${takenBy ?? ''} ${takenOn} 接收）`
  if (reviewers === 0) return '（没有人能接收，请管理员给人授予接收报表的角色）'
  return status === 'submitted' ? '（未接收）' : ''
}

/** Whom the next signature waits for; of two signatures the second is another person's. */
export function waitsText({
  signatories: { names, more },
  signatures,
}: Pick<ReturnPage, 'signatories' | 'signatures'>) {
  const another = signatures.length > 0 ? '（已签的人不能再签）' : ''
  if (names.length === 0)
    return `本单位没有${another === '' ? '' : '另一'}人能签名${another}，请管理员给人授予填报的角色。`
  return `可由${names.join('、')}${more > 0 ? `等 ${names.length + more} 人` : ''}签${another}。`
}

/** Which filing was the last: remarks of that round are about what stands here. 0 before the first. */
export function lastRound({ events }: Pick<ReturnPage, 'events'>): number {
  return Math.max(0, ...events.filter(({ filed }) => filed).map(({ round }) => round))
}

/** By cell, what receivers said about the last filing; several remarks about one cell are read together. */
export function remarksAtCells(page: Pick<ReturnPage, 'events' | 'remarks'>): ReadonlyMap<string, string> {
  const round = lastRound(page)
  const found = new Map<string, string>()
  if (round === 0) return found
  for (const { cell, text, byName, round: about, finding } of page.remarks) {
    if (cell === null || about !== round || finding !== null) continue
    const before = found.get(cell)
    found.set(cell, `${before === undefined ? '' : `${before}；`}${byName}：${text}`)
  }
  return found
}

/** Why a figure differs from the one that was filed, record by record. */
export const changeWords = { added: '补录或更正后计入', removed: '更正或撤回' } as const

/** 第1次上报 */
export const roundText = (round: number): string => `第${round}次上报`
