import type { AccountRowView } from '@bihuan/contracts'
import { StateTag } from '../../../shared/show/mark.js'

export function AccountStatus({
  account,
}: {
  account: Pick<AccountRowView, 'status' | 'lockedUntil' | 'mustChangePassword'>
}) {
  if (account.status === 'disabled') return <StateTag tone="grey">停用</StateTag>
  if (account.lockedUntil !== null) return <StateTag tone="red">锁定</StateTag>
  if (account.mustChangePassword) return <StateTag tone="yellow">待改初始口令</StateTag>
  return <StateTag tone="green">启用</StateTag>
}
