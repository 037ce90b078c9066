import { createToken, listTokens, revokeToken } from '@bihuan/contracts'
import Button from 'antd/es/button'
import Checkbox from 'antd/es/checkbox'
import Form from 'antd/es/form'
import Input from 'antd/es/input'
import Popconfirm from 'antd/es/popconfirm'
import { useState } from 'react'
import { useAct } from '../../../shared/api/use-act.js'
import { useRoute } from '../../../shared/api/use-route.js'
import { ActForm } from '../../../shared/form/act-form.js'
import { DateField } from '../../../shared/form/date-field.js'
import { useActForm } from '../../../shared/form/use-act-form.js'
import { useMe } from '../../../shared/session/me.js'
import { instantText } from '../../../shared/show/dates.js'
import { Answered } from '../../../shared/states/answered.js'
import { Problem } from '../../../shared/states/problem.js'
import './account.css'

/** For programs that act as me, with part of what I may do, for a time. */
export function Tokens() {
  const answer = useRoute(listTokens, {}, { staleMs: 0 })
  const revoke = useAct(revokeToken, { refreshes: [listTokens] })
  const [making, setMaking] = useState(false)
  const [made, setMade] = useState<{ name: string; token: string } | null>(null)
  return (
    <Answered answer={answer} loading="text">
      {({ items, grantable }) => (
        <div className="tokens">
          {revoke.failure && <Problem failure={revoke.failure} />}
          {made && <MadeToken name={made.name} token={made.token} />}
          {items.length === 0 && !making && <p className="quiet">没有访问令牌。对接别的程序时才需要。</p>}
          <ul className="sessions">
            {items.map((token) => (
              <li key={token.id} className="session">
                <div>
                  <p>
                    {token.name} <span className="quiet">在 {token.unitName}</span>
                  </p>
                  <p className="quiet session-when">{token.permissions.map(({ name }) => name).join('、')}</p>
                  <p className="quiet session-when">
                    {instantText(token.expiresAt)} 到期，
                    {token.lastUsedAt === null ? '还没有用过' : `最近使用 ${instantText(token.lastUsedAt)}`}
                  </p>
                </div>
                <Popconfirm
                  title={`作废“${token.name}”？`}
                  description="用它的程序立即不能再访问。"
                  okText="作废"
                  cancelText="不"
                  onConfirm={() => void revoke.act({ params: { tokenId: token.id } })}
                >
                  <Button size="small" disabled={revoke.pending}>
                    作废
                  </Button>
                </Popconfirm>
              </li>
            ))}
          </ul>
          {making ? (
            <NewToken
              grantable={grantable}
              onClose={() => setMaking(false)}
              onMade={(token) => {
                setMaking(false)
                setMade(token)
              }}
            />
          ) : (
            <Button onClick={() => setMaking(true)}>建立令牌</Button>
          )}
        </div>
      )}
    </Answered>
  )
}

function MadeToken({ name, token }: { name: string; token: string }) {
  const [copied, setCopied] = useState(false)
  return (
    <div className="token-made" role="status">
      <p>
        令牌“{name}”，<strong>只显示这一次</strong>，请现在就存到要用它的程序里：
      </p>
      <p>
        <code>{token}</code>
      </p>
      <Button
        size="small"
        onClick={() =>
          void navigator.clipboard.writeText(token).then(
            () => setCopied(true),
            () => setCopied(false),
          )
        }
      >
        {copied ? '已复制' : '复制'}
      </Button>
    </div>
  )
}

interface Values {
  readonly name: string
  readonly permissions: string[]
  readonly expiresOn: string
}

function NewToken({
  grantable,
  onClose,
  onMade,
}: {
  grantable: readonly { readonly code: string; readonly name: string }[]
  onClose: () => void
  onMade: (token: { name: string; token: string }) => void
}) {
  const { today, unit } = useMe()
  const form = useActForm<Values>({ draft: null, initial: { permissions: [] } })
  const create = useAct(createToken, {
    refreshes: [listTokens],
    onDone: (answer) => {
      form.done()
      onMade({ name: answer.item.name, token: answer.token })
    },
  })
  return (
    <div className="token-new">
      <p className="quiet">令牌在“{unit.name}”代表您，只能做勾选的事；您失去的权限它也随之失去。</p>
      <ActForm form={form} act={create} submit="建立" onCancel={onClose} onSubmit={(body) => create.act({ body })}>
        <Form.Item
          name="name"
          label="名称"
          rules={[{ required: true, whitespace: true, message: '请写明给哪个程序用' }]}
        >
          <Input maxLength={40} placeholder="给哪个程序用" />
        </Form.Item>
        <Form.Item
          name="expiresOn"
          label="用到哪天"
          tooltip="最长一年"
          rules={[{ required: true, message: '请选择日期' }]}
        >
          <DateField min={today} />
        </Form.Item>
        <Form.Item name="permissions" label="可以做什么" rules={[{ required: true, message: '请至少选择一项' }]}>
          <Checkbox.Group
            className="token-permissions"
            options={grantable.map(({ code, name }) => ({ value: code, label: name }))}
          />
        </Form.Item>
      </ActForm>
    </div>
  )
}
