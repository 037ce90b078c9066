import {
  addPackageSender,
  changePackageSender,
  listPackageSenders,
  type BodyOf,
  type PackageSender,
} from '@bihuan/contracts'
import Button from 'antd/es/button'
import Form from 'antd/es/form'
import Input from 'antd/es/input'
import Popconfirm from 'antd/es/popconfirm'
import { useState } from 'react'
import { useAct } from '../../../shared/api/use-act.js'
import { useRoute } from '../../../shared/api/use-route.js'
import { ActForm } from '../../../shared/form/act-form.js'
import { PickField } from '../../../shared/form/pick-field.js'
import { findUnitsOf, nameOfUnit } from '../../../shared/form/unit-pick.js'
import { useActForm } from '../../../shared/form/use-act-form.js'
import { StateTag } from '../../../shared/show/mark.js'
import { Answered } from '../../../shared/states/answered.js'
import { Problem } from '../../../shared/states/problem.js'

const findAnyUnit = findUnitsOf()

/** This server's own key, to be told to others; and whose keys are known here. */
export function PackageSenders() {
  const answer = useRoute(listPackageSenders, {})
  const [adding, setAdding] = useState(false)
  return (
    <Answered answer={answer} loading="list">
      {({ ownPublicKey, ownFingerprint, items, abilities }) => (
        <>
          <section className="package-own" aria-label="本系统的公钥">
            <h3>本系统的公钥</h3>
            <p className="quiet">要向哪个系统报数据包，就把公钥发给它的管理人员，再当面或打电话把指纹念给对方核对。</p>
            <code className="package-key">{ownPublicKey}</code>
            <p className="quiet">指纹</p>
            <Fingerprint text={ownFingerprint} />
          </section>
          <section aria-label="收谁的数据包">
            <h3>收谁的数据包</h3>
            {items.length === 0 && <p className="quiet">还没有登记。没有登记的，发来的一概不收。</p>}
            <ul className="package-list package-list--keys">
              {items.map((sender) => (
                <Sender key={sender.id} sender={sender} mayChange={abilities['manage'] === true} />
              ))}
            </ul>
            {abilities['manage'] === true &&
              (adding ? (
                <AddSender onClose={() => setAdding(false)} />
              ) : (
                <Button onClick={() => setAdding(true)}>登记发送方</Button>
              ))}
          </section>
        </>
      )}
    </Answered>
  )
}

function Fingerprint({ text }: { text: string }) {
  return (
    <p className="fingerprint">
      {text.split(' ').map((group, at) => (
        <span key={at}>{group}</span>
      ))}
    </p>
  )
}

function Sender({ sender, mayChange }: { sender: PackageSender; mayChange: boolean }) {
  const change = useAct(changePackageSender, { refreshes: [listPackageSenders] })
  const turn = () => void change.act({ params: { senderId: sender.id }, body: { active: !sender.active } })
  return (
    <li>
      <div>
        <p>
          {sender.name} <span className="quiet">代表 {sender.unitName}</span>
        </p>
        <Fingerprint text={sender.fingerprint} />
        {change.failure && <Problem failure={change.failure} />}
      </div>
      <p>{sender.active ? <StateTag tone="green">收</StateTag> : <StateTag tone="grey">已停收</StateTag>}</p>
      <p>
        {mayChange &&
          (sender.active ? (
            <Popconfirm
              title={`不再收“${sender.name}”的数据包？`}
              description="已经收下的不变。以后可以恢复。"
              okText="停收"
              cancelText="不"
              onConfirm={turn}
            >
              <Button size="small" loading={change.pending}>
                停收
              </Button>
            </Popconfirm>
          ) : (
            <Button size="small" loading={change.pending} onClick={turn}>
              恢复
            </Button>
          ))}
      </p>
    </li>
  )
}

type Values = BodyOf<typeof addPackageSender>

function AddSender({ onClose }: { onClose: () => void }) {
  const form = useActForm<Values>({ draft: null, initial: {} })
  const add = useAct(addPackageSender, {
    refreshes: [listPackageSenders],
    onDone: () => {
      form.done()
      onClose()
    },
  })
  const wanted = (message: string) => [{ required: true, whitespace: true, message }]
  return (
    <div className="package-form">
      <ActForm form={form} act={add} submit="登记" onCancel={onClose} onSubmit={(body) => add.act({ body })}>
        <Form.Item name="name" label="发送方" rules={wanted('请填写发送方名称')}>
          <Input maxLength={100} placeholder="哪个单位的系统" />
        </Form.Item>
        <Form.Item name="unitId" label="代表本系统里的哪个单位" rules={wanted('请选择单位')}>
          <PickField kind="unit.any" find={findAnyUnit} nameOf={nameOfUnit} />
        </Form.Item>
        <Form.Item name="publicKey" label="对方的公钥" rules={wanted('请粘贴对方的公钥')}>
          <Input.TextArea rows={2} maxLength={200} placeholder="从对方“数据包”页面上复制来的一行" />
        </Form.Item>
        <Form.Item
          name="fingerprint"
          label="对方念的指纹"
          extra="请当面或打电话向对方核对，照念的填，不要从公钥旁边复制。"
          rules={wanted('请填写对方念的指纹')}
        >
          <Input.TextArea rows={2} maxLength={200} placeholder="十六组，每组四位，空格和大小写不论" />
        </Form.Item>
      </ActForm>
    </div>
  )
}
