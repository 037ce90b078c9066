import type { ReceiverRow } from '@bihuan/contracts'
import { receiptStateLabels, unitKindLabel, type ReceiptState } from '@bihuan/domain'
import { Link } from 'react-router'
import type { Column } from '../../../shared/list/columns.js'
import type { Condition } from '../../../shared/list/conditions.js'
import { daysBetween, instantText } from '../../../shared/show/dates.js'
import { StateTag } from '../../../shared/show/mark.js'
import type { Tone } from '../../../shared/theme/colours.js'
import { KeptPlan } from './own-plan.js'

const tones: Record<ReceiptState, Tone> = { waiting: 'orange', outdated: 'yellow', confirmed: 'green', gone: 'grey' }
export const receiptStates = Object.keys(receiptStateLabels) as ReceiptState[]

export function ReceiptTag({ state, count }: { state: ReceiptState; count?: number }) {
  return (
    <StateTag tone={tones[state]}>
      {receiptStateLabels[state]}
      {count !== undefined && ` ${count}`}
    </StateTag>
  )
}

export const receiverConditions: readonly Condition[] = [
  {
    kind: 'one',
    key: 'state',
    label: '状态',
    choices: receiptStates.map((value) => ({ value, label: receiptStateLabels[value] })),
  },
  {
    kind: 'one',
    key: 'side',
    label: '范围',
    choices: [
      { value: 'units', label: '单位' },
      { value: 'enterprises', label: '企业' },
    ],
  },
]

export function receiverColumnsOn(campaignId: string, today: string): readonly Column<ReceiverRow>[] {
  return [
    {
      key: 'unit',
      title: '单位',
      always: true,
      card: 'title',
      render: ({ unitName }) => unitName ?? <span className="quiet">已不在查看范围内</span>,
    },
    {
      key: 'kind',
      title: '类别',
      width: 110,
      render: ({ unitKind }) => (unitKind === null ? '' : unitKindLabel(unitKind)),
    },
    { key: 'place', title: '所在', width: 160, render: ({ placeName }) => placeName },
    { key: 'state', title: '状态', width: 130, card: 'fact', render: ({ state }) => <ReceiptTag state={state} /> },
    { key: 'since', title: '确认或等候', width: 230, card: 'fact', render: (row) => <Since row={row} today={today} /> },
    { key: 'sentOn', title: '下发日期', width: 110, render: ({ sentAt }) => dayOf(sentAt) },
    {
      key: 'reminded',
      title: '催办',
      width: 150,
      render: ({ reminders, remindedOn }) =>
        reminders === 0 ? <span className="quiet">—</span> : `${reminders} 次，${remindedOn ?? ''}`,
    },
    { key: 'plan', title: '实施方案', width: 200, render: (row) => <Plan campaignId={campaignId} row={row} /> },
  ]
}

const dayOf = (instant: string) => instantText(instant).slice(0, 10)

/** Put on record, or kept with the campaign. */
function Plan({ campaignId, row: { unitId, plan } }: { campaignId: string; row: ReceiverRow }) {
  if (plan.filing !== null)
    return <Link to={`/returns/${plan.filing.returnId}`}>{`备案：${plan.filing.statusLabel}`}</Link>
  if (plan.kept !== null) return <KeptPlan campaignId={campaignId} unitId={unitId} kept={plan.kept} />
  return <span className="quiet">—</span>
}

/** By whom and when; or since when one waits. */
function Since({ row, today }: { row: ReceiverRow; today: string }) {
  const { state, confirmedBy, confirmedAt, sentAt } = row
  if (state === 'confirmed' && confirmedAt !== null) return `${confirmedBy ?? ''} ${instantText(confirmedAt)}`
  if (state === 'outdated' && confirmedAt !== null) {
    return <span className="quiet">{`旧版由${confirmedBy ?? ''}于 ${dayOf(confirmedAt)} 确认`}</span>
  }
  return state === 'waiting' ? `已等 ${daysBetween(dayOf(sentAt), today)} 天` : ''
}
