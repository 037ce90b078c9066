import { beginSecondFactor, confirmSecondFactor, removeSecondFactor, whoAmI } from '@bihuan/contracts'
import Button from 'antd/es/button'
import QRCode from 'antd/es/qr-code'
import { useState, type FormEvent } from 'react'
import { useAct } from '../../../shared/api/use-act.js'
import { useMe } from '../../../shared/session/me.js'
import { StateTag } from '../../../shared/show/mark.js'
import { Problem } from '../../../shared/states/problem.js'
import { Labelled } from './labelled.js'
import './account.css'

/** On: scan, prove it with the first code and the password. Off: code and password once more. */
export function SecondFactor() {
  const me = useMe()
  const begin = useAct(beginSecondFactor)
  const [ticket, setTicket] = useState<{ ticket: string; uri: string; secret: string } | null>(null)
  const [removing, setRemoving] = useState(false)
  const confirm = useAct(confirmSecondFactor, { refreshes: [whoAmI], onDone: () => setTicket(null) })
  const remove = useAct(removeSecondFactor, { refreshes: [whoAmI], onDone: () => setRemoving(false) })
  const start = async () => setTicket(await begin.act({}))

  if (ticket !== null) {
    return (
      <div className="factor">
        <div className="factor-code">
          <QRCode value={ticket.uri} size={168} bordered={false} />
          <p className="quiet">
            不能扫码时，手工输入密钥：
            <code>{ticket.secret.match(/.{1,4}/g)?.join(' ')}</code>
          </p>
        </div>
        <div className="narrow">
          <p>用手机上的身份验证器（如微信小程序“腾讯身份验证器”）扫码，再填它显示的六位数字和您的口令。</p>
          <Proof
            submit="启用"
            failure={confirm.failure}
            pending={confirm.pending}
            onCancel={() => setTicket(null)}
            onProve={(proof) => void confirm.act({ body: { ticket: ticket.ticket, ...proof } })}
          />
        </div>
      </div>
    )
  }
  if (removing) {
    return (
      <div className="narrow">
        <Proof
          submit="停用"
          failure={remove.failure}
          pending={remove.pending}
          onCancel={() => setRemoving(false)}
          onProve={(proof) => void remove.act({ body: proof })}
        />
      </div>
    )
  }
  return (
    <div className="factor-state">
      {me.secondFactor ? <StateTag tone="green">已启用</StateTag> : <StateTag tone="grey">未启用</StateTag>}
      {me.secondFactor ? (
        <Button onClick={() => setRemoving(true)}>停用</Button>
      ) : (
        <Button loading={begin.pending} onClick={() => void start()}>
          启用
        </Button>
      )}
      {begin.failure && <Problem failure={begin.failure} />}
    </div>
  )
}

interface ProofProps {
  readonly submit: string
  readonly failure: Parameters<typeof Problem>[0]['failure'] | null
  readonly pending: boolean
  readonly onCancel: () => void
  readonly onProve: (proof: { code: string; password: string }) => void
}

function Proof({ submit, failure, pending, onCancel, onProve }: ProofProps) {
  const me = useMe()
  const [code, setCode] = useState('')
  const [password, setPassword] = useState('')
  const placed = (name: string) => failure?.places.find((place) => place.path?.endsWith(name))?.message
  const ready = /^\s*\d{3}\s?\d{3}\s*$/.test(code) && password !== ''
  const onSubmit = (event: FormEvent) => {
    event.preventDefault()
    if (ready) onProve({ code, password })
  }
  return (
    <form onSubmit={onSubmit}>
      {failure && <Problem failure={failure} places={failure.places.filter((place) => !place.path)} />}
      <input type="text" autoComplete="username" value={me.loginName} readOnly hidden />
      <Labelled
        label="验证器上的六位数字"
        value={code}
        onChange={setCode}
        autoComplete="one-time-code"
        digits
        problem={placed('code')}
      />
      <Labelled
        label="现在的口令"
        value={password}
        onChange={setPassword}
        autoComplete="current-password"
        secret
        problem={placed('password')}
      />
      <p className="factor-acts">
        <Button type="primary" htmlType="submit" disabled={!ready} loading={pending}>
          {submit}
        </Button>
        <Button onClick={onCancel}>取消</Button>
      </p>
    </form>
  )
}
