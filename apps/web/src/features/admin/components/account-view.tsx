import {
  listAccounts,
  resetPassword,
  resetSecondFactor,
  setAccountStatus,
  showAccount,
  unlockAccount,
  type AccountPage,
} from '@bihuan/contracts'
import Button from 'antd/es/button'
import Popconfirm from 'antd/es/popconfirm'
import { useState, type ReactNode } from 'react'
import { useAct } from '../../../shared/api/use-act.js'
import { useRoute } from '../../../shared/api/use-route.js'
import { instantText } from '../../../shared/show/dates.js'
import { DateText } from '../../../shared/show/texts.js'
import { Answered } from '../../../shared/states/answered.js'
import { Problem } from '../../../shared/states/problem.js'
import { AccountStatus } from './account-status.js'
import { ChangeAccount } from './change-account.js'
import { FirstPassword } from './first-password.js'
import { Grants } from './grants.js'
import { SessionsOf } from './sessions-of.js'

export function AccountView({ accountId }: { accountId: string }) {
  const answer = useRoute(showAccount, { params: { accountId } })
  return <Answered answer={answer}>{(account) => <Account account={account} />}</Answered>
}

const refreshes = [showAccount, listAccounts]

function Account({ account }: { account: AccountPage }) {
  const [changing, setChanging] = useState(false)
  const [firstPassword, setFirstPassword] = useState<string | null>(null)
  const status = useAct(setAccountStatus, { refreshes })
  const reset = useAct(resetPassword, { refreshes, onDone: (answer) => setFirstPassword(answer.firstPassword) })
  const unlock = useAct(unlockAccount, { refreshes })
  const factor = useAct(resetSecondFactor, { refreshes })
  const params = { accountId: account.id }
  const may = account.abilities
  const failure = status.failure ?? reset.failure ?? unlock.failure ?? factor.failure
  if (changing) return <ChangeAccount account={account} onClose={() => setChanging(false)} />
  return (
    <div className="account">
      <div className="account-head">
        <h3>{account.personName}</h3>
        <AccountStatus account={account} />
      </div>
      <dl className="admin-facts">
        <dt>登录名</dt>
        <dd>{account.loginName}</dd>
        <dt>单位、职务</dt>
        <dd>{[account.unit.name, account.post].filter(Boolean).join(' · ')}</dd>
        <dt>电话</dt>
        <dd>{account.phone ?? '—'}</dd>
        <dt>动态口令</dt>
        <dd>{account.secondFactor ? '已启用' : '未启用'}</dd>
        <dt>建立时间</dt>
        <dd>
          <DateText date={account.createdAt} />
        </dd>
        {account.lockedUntil !== null && (
          <>
            <dt>锁定到</dt>
            <dd>{instantText(account.lockedUntil)}（多次输错口令）</dd>
          </>
        )}
      </dl>
      {failure && <Problem failure={failure} />}
      {firstPassword !== null && <FirstPassword loginName={account.loginName} password={firstPassword} />}
      <div className="account-acts">
        {may['change'] && <Button onClick={() => setChanging(true)}>修改资料</Button>}
        {may['unlock'] && (
          <Button loading={unlock.pending} onClick={() => void unlock.act({ params })}>
            解除锁定
          </Button>
        )}
        {may['resetPassword'] && (
          <Confirm
            title="重置口令？"
            what="会给出新的初始口令，结束此人的全部会话，作废其访问令牌。"
            act={() => void reset.act({ params })}
          >
            <Button loading={reset.pending}>重置口令</Button>
          </Confirm>
        )}
        {may['resetSecondFactor'] && (
          <Confirm
            title="取消动态口令？"
            what="此人丢了手机时用。取消后只凭口令登录。"
            act={() => void factor.act({ params })}
          >
            <Button loading={factor.pending}>取消动态口令</Button>
          </Confirm>
        )}
        {may['disable'] && (
          <Confirm
            title="停用账户？"
            what="立即结束此人的全部会话，不能再登录；做过的事照旧可查。"
            act={() => void status.act({ params, body: { status: 'disabled', version: account.version } })}
          >
            <Button danger loading={status.pending}>
              停用
            </Button>
          </Confirm>
        )}
        {may['enable'] && (
          <Button
            loading={status.pending}
            onClick={() => void status.act({ params, body: { status: 'active', version: account.version } })}
          >
            启用
          </Button>
        )}
      </div>
      <Grants account={account} />
      {may['readSessions'] && <SessionsOf account={account} />}
    </div>
  )
}

function Confirm(props: { title: string; what: string; act: () => void; children: ReactNode }) {
  return (
    <Popconfirm
      title={props.title}
      description={<div className="account-confirm">{props.what}</div>}
      okText="确定"
      cancelText="不"
      onConfirm={props.act}
    >
      {props.children}
    </Popconfirm>
  )
}
