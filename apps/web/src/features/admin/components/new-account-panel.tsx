import { createAccount, listAccounts, type AnswerOf } from '@bihuan/contracts'
import Button from 'antd/es/button'
import Form from 'antd/es/form'
import Input from 'antd/es/input'
import { useState } from 'react'
import { useAct } from '../../../shared/api/use-act.js'
import { ActForm } from '../../../shared/form/act-form.js'
import { PickField } from '../../../shared/form/pick-field.js'
import { nameOfUnit } from '../../../shared/form/unit-pick.js'
import { useActForm } from '../../../shared/form/use-act-form.js'
import { useAddressState } from '../../../shared/list/address-state.js'
import { SidePanel } from '../../../shared/list/side-panel.js'
import { anyUnitOrEnterprise } from './any-unit.js'
import { FirstPassword } from './first-password.js'

interface Values {
  readonly loginName: string
  readonly personName: string
  readonly post?: string
  readonly phone?: string
  readonly unitId: string
}

export function NewAccountPanel({ onClose }: { onClose: () => void }) {
  const [get, change] = useAddressState()
  const [made, setMade] = useState<AnswerOf<typeof createAccount> | null>(null)
  const unit = get('unit')
  const form = useActForm<Values>({ draft: null, initial: unit === null ? {} : { unitId: unit } })
  const create = useAct(createAccount, {
    refreshes: [listAccounts],
    onDone: (answer) => {
      form.done()
      setMade(answer)
    },
  })
  if (made !== null) {
    return (
      <SidePanel label="账户已建立" title="账户已建立" width={420} onClose={onClose}>
        <FirstPassword loginName={made.account.loginName} password={made.firstPassword} />
        <p className="admin-next">
          <Button type="primary" onClick={() => change({ do: null, open: made.account.id })}>
            打开这个账户
          </Button>
          <Button
            onClick={() => {
              setMade(null)
              form.discard()
            }}
          >
            再建一个
          </Button>
        </p>
        <p className="quiet">账户还没有角色，什么都看不到；请安全保密管理员授予角色。</p>
      </SidePanel>
    )
  }
  return (
    <SidePanel label="建立账户" title="建立账户" width={420} onClose={onClose}>
      <ActForm
        form={form}
        act={create}
        submit="建立"
        onCancel={onClose}
        onSubmit={({ post, phone, ...values }) =>
          create.act({ body: { ...values, post: post?.trim() || null, phone: phone?.trim() || null } })
        }
      >
        <Form.Item name="personName" label="姓名" rules={[{ required: true, whitespace: true, message: '请填写姓名' }]}>
          <Input maxLength={40} autoComplete="off" />
        </Form.Item>
        <Form.Item
          name="loginName"
          label="登录名"
          tooltip="2 至 40 位汉字、字母、数字；全辖区不能重复"
          rules={[{ required: true, whitespace: true, message: '请填写登录名' }]}
        >
          <Input maxLength={40} autoComplete="off" />
        </Form.Item>
        <Form.Item name="unitId" label="所在单位" rules={[{ required: true, message: '请选择单位' }]}>
          <PickField kind="unit or enterprise" find={anyUnitOrEnterprise} nameOf={nameOfUnit} />
        </Form.Item>
        <Form.Item name="post" label="职务">
          <Input maxLength={60} autoComplete="off" />
        </Form.Item>
        <Form.Item name="phone" label="电话" tooltip="在列表里只显示一部分">
          <Input maxLength={30} autoComplete="off" inputMode="tel" />
        </Form.Item>
      </ActForm>
    </SidePanel>
  )
}
