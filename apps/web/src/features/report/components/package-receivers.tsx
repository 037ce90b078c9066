import {
  addPackageReceiver,
  changePackageReceiver,
  listPackageReceivers,
  type PackageReceiver,
} from '@bihuan/contracts'
import Button from 'antd/es/button'
import Form from 'antd/es/form'
import Input from 'antd/es/input'
import Popconfirm from 'antd/es/popconfirm'
import { useState } from 'react'
import { useAct } from '../../../shared/api/use-act.js'
import { useRoute } from '../../../shared/api/use-route.js'
import { ActForm } from '../../../shared/form/act-form.js'
import { useActForm } from '../../../shared/form/use-act-form.js'
import { StateTag } from '../../../shared/show/mark.js'
import { DateText } from '../../../shared/show/texts.js'
import { Answered } from '../../../shared/states/answered.js'
import { Problem } from '../../../shared/states/problem.js'

const refreshes = [listPackageReceivers]

/** Other servers that returns are sent to; a schedule names them. */
export function PackageReceivers() {
  const answer = useRoute(listPackageReceivers, {})
  const [editing, setEditing] = useState<PackageReceiver | 'new' | null>(null)
  return (
    <Answered answer={answer} loading="list">
      {({ items, abilities }) => (
        <>
          <p className="quiet">
            对方在“我的账户”的“访问令牌”里建立一个能“接收、退回报表”的令牌，把它和网址交给您；登记后，在报送安排里选它。
          </p>
          {items.length === 0 && <p className="quiet">还没有登记系统外接收方。</p>}
          <ul className="package-list package-list--keys">
            {items.map((receiver) => (
              <li key={receiver.id}>
                <div>
                  <p>{receiver.name}</p>
                  <p className="package-key">{receiver.url}</p>
                </div>
                <div>
                  <p>
                    {receiver.active ? <StateTag tone="green">启用</StateTag> : <StateTag tone="grey">已停用</StateTag>}
                  </p>
                  <p className="quiet">
                    凭据 <DateText date={receiver.tokenSetAt} /> 填写
                  </p>
                </div>
                <p>
                  {receiver.abilities['change'] === true && (
                    <>
                      <Button size="small" onClick={() => setEditing(receiver)}>
                        修改
                      </Button>{' '}
                      <Turn receiver={receiver} />
                    </>
                  )}
                </p>
              </li>
            ))}
          </ul>
          {editing === null ? (
            abilities['manage'] === true && <Button onClick={() => setEditing('new')}>登记接收方</Button>
          ) : editing === 'new' ? (
            <AddReceiver onClose={() => setEditing(null)} />
          ) : (
            <ChangeReceiver key={editing.id} receiver={editing} onClose={() => setEditing(null)} />
          )}
        </>
      )}
    </Answered>
  )
}

function Turn({ receiver }: { receiver: PackageReceiver }) {
  const change = useAct(changePackageReceiver, { refreshes })
  const { id, name, url, version, active } = receiver
  const turn = () => void change.act({ params: { receiverId: id }, body: { name, url, version, active: !active } })
  return (
    <>
      {active ? (
        <Popconfirm
          title={`停用“${name}”？`}
          description="此后上报的不再发给它；等待中的不再发。以后可以启用。"
          okText="停用"
          cancelText="不"
          onConfirm={turn}
        >
          <Button size="small" loading={change.pending}>
            停用
          </Button>
        </Popconfirm>
      ) : (
        <Button size="small" loading={change.pending} onClick={turn}>
          启用
        </Button>
      )}
      {change.failure && <Problem failure={change.failure} />}
    </>
  )
}

interface Values {
  readonly name: string
  readonly url: string
  readonly token?: string
}

function AddReceiver({ onClose }: { onClose: () => void }) {
  const form = useActForm<Values>({ draft: null, initial: {} })
  const add = useAct(addPackageReceiver, {
    refreshes,
    onDone: () => {
      form.done()
      onClose()
    },
  })
  return (
    <div className="package-form">
      <ActForm
        form={form}
        act={add}
        submit="登记"
        onCancel={onClose}
        onSubmit={({ token = '', ...values }) => add.act({ body: { ...values, token } })}
      >
        <Fields tokenHint="对方发来的令牌，登记后不再显示" tokenWanted />
      </ActForm>
    </div>
  )
}

function ChangeReceiver({ receiver, onClose }: { receiver: PackageReceiver; onClose: () => void }) {
  const { id, name, url, version, active } = receiver
  const form = useActForm<Values>({ draft: null, initial: { name, url } })
  const change = useAct(changePackageReceiver, {
    refreshes,
    onDone: () => {
      form.done()
      onClose()
    },
  })
  return (
    <div className="package-form">
      <ActForm
        form={form}
        act={change}
        submit="保存"
        onCancel={onClose}
        onSubmit={({ token, ...values }) =>
          change.act({
            params: { receiverId: id },
            body: { ...values, version, active, ...(token ? { token } : {}) },
          })
        }
      >
        <Fields tokenHint="不换的不填；换了网址必须一并填写" tokenWanted={false} />
      </ActForm>
    </div>
  )
}

function Fields({ tokenHint, tokenWanted }: { tokenHint: string; tokenWanted: boolean }) {
  return (
    <>
      <Form.Item name="name" label="接收方" rules={[{ required: true, whitespace: true, message: '请填写接收方名称' }]}>
        <Input maxLength={100} placeholder="哪个单位的系统" />
      </Form.Item>
      <Form.Item
        name="url"
        label="网址"
        rules={[{ required: true, whitespace: true, message: '请填写对方系统的网址' }]}
      >
        <Input maxLength={300} placeholder="https://bihuan.example.gov.cn" />
      </Form.Item>
      <Form.Item
        name="token"
        label="凭据"
        rules={tokenWanted ? [{ required: true, whitespace: true, message: '请填写对方发来的凭据' }] : []}
      >
        <Input.Password maxLength={300} placeholder={tokenHint} autoComplete="off" />
      </Form.Item>
    </>
  )
}
