import { askMailCode, chooseMailKinds, confirmMail, removeMail, showMyMail, type MyMail } from '@bihuan/contracts'
import Button from 'antd/es/button'
import Checkbox from 'antd/es/checkbox'
import Popconfirm from 'antd/es/popconfirm'
import { useState, type FormEvent } from 'react'
import { useAct } from '../../../shared/api/use-act.js'
import { useRoute } from '../../../shared/api/use-route.js'
import { instantText } from '../../../shared/show/dates.js'
import { StateTag } from '../../../shared/show/mark.js'
import { Answered } from '../../../shared/states/answered.js'
import { Problem } from '../../../shared/states/problem.js'
import { Labelled } from './labelled.js'
import './account.css'

const refreshes = [showMyMail]

/** Where my reminders go besides, and which of them. */
export function Mail() {
  const answer = useRoute(showMyMail, {}, { staleMs: 0 })
  const waits = answer.data?.asked?.state === 'waiting'
  // Until the mail server has said whether it takes the code.
  useRoute(showMyMail, {}, { every: waits ? 3000 : false })
  return (
    <Answered answer={answer} loading="text">
      {(mail) => (
        <div className="mail">
          {!mail.isSetUp && <p className="quiet">系统没有设置邮件服务器，现在只在系统内提醒。请联系系统管理员。</p>}
          {mail.address !== null && <Confirmed address={mail.address} confirmedAt={mail.confirmedAt} />}
          {mail.isSetUp && (mail.asked === null ? <AskAddress known={mail.address} /> : <Code asked={mail.asked} />)}
          {mail.address !== null && <Kinds kinds={mail.kinds} />}
        </div>
      )}
    </Answered>
  )
}

function Confirmed({ address, confirmedAt }: { address: string; confirmedAt: string | null }) {
  const remove = useAct(removeMail, { refreshes })
  return (
    <div className="mail-address">
      <StateTag tone="green">已确认</StateTag>
      <span>{address}</span>
      {confirmedAt !== null && <span className="quiet">{instantText(confirmedAt)}</span>}
      <Popconfirm
        title="去掉这个邮箱？"
        description="此后只在系统内提醒。"
        okText="去掉"
        cancelText="不"
        onConfirm={() => void remove.act({})}
      >
        <Button size="small" loading={remove.pending}>
          去掉
        </Button>
      </Popconfirm>
      {remove.failure && <Problem failure={remove.failure} />}
    </div>
  )
}

function AskAddress({ known }: { known: string | null }) {
  const [address, setAddress] = useState('')
  const ask = useAct(askMailCode, { refreshes })
  const onSubmit = (event: FormEvent) => {
    event.preventDefault()
    if (address.trim() !== '') void ask.act({ body: { address } })
  }
  return (
    <form className="narrow" onSubmit={onSubmit}>
      <Labelled
        label={known === null ? '邮箱' : '换成别的邮箱'}
        value={address}
        onChange={setAddress}
        autoComplete="email"
        hint="anban@example.gov.cn"
        problem={ask.failure?.message}
      />
      <Button htmlType="submit" disabled={address.trim() === ''} loading={ask.pending}>
        发送确认码
      </Button>
    </form>
  )
}

const said: Record<NonNullable<MyMail['asked']>['state'], string> = {
  waiting: '正在发送确认码',
  sent: '确认码已发出',
  refused: '邮件服务器不收这个地址',
}

function Code({ asked }: { asked: NonNullable<MyMail['asked']> }) {
  const [code, setCode] = useState('')
  const [other, setOther] = useState(false)
  const confirm = useAct(confirmMail, { refreshes })
  const again = useAct(askMailCode, { refreshes })
  const ready = /^\s*\d{3}\s?\d{3}\s*$/.test(code)
  const onSubmit = (event: FormEvent) => {
    event.preventDefault()
    if (ready) void confirm.act({ body: { code } })
  }
  if (other) return <AskAddress known={asked.address} />
  return (
    <form className="narrow" onSubmit={onSubmit}>
      <p role="status">
        {said[asked.state]}：{asked.address}
        {asked.reason !== null && <span className="quiet">（{asked.reason}）</span>}
      </p>
      <p className="quiet">{instantText(asked.until)} 之前有效。没有收到的，先看看垃圾邮件。</p>
      <Labelled
        label="邮件里的六位数字"
        value={code}
        onChange={setCode}
        autoComplete="one-time-code"
        digits
        problem={confirm.failure?.message ?? again.failure?.message}
      />
      <p className="factor-acts">
        <Button type="primary" htmlType="submit" disabled={!ready} loading={confirm.pending}>
          确认
        </Button>
        <Button loading={again.pending} onClick={() => void again.act({ body: { address: asked.address } })}>
          重新发送
        </Button>
        <Button onClick={() => setOther(true)}>换地址</Button>
      </p>
    </form>
  )
}

function Kinds({ kinds }: { kinds: MyMail['kinds'] }) {
  const choose = useAct(chooseMailKinds, { refreshes })
  return (
    <fieldset className="mail-kinds">
      <legend className="quiet">哪些提醒发到邮箱（系统内的提醒不受影响）</legend>
      <Checkbox.Group
        className="mail-kind-list"
        value={kinds.filter(({ wanted }) => wanted).map(({ kind }) => kind)}
        disabled={choose.pending}
        options={kinds.map(({ kind, label }) => ({ value: kind, label }))}
        onChange={(wanted) => void choose.act({ body: { wanted } })}
      />
      {choose.failure && <Problem failure={choose.failure} />}
    </fieldset>
  )
}
