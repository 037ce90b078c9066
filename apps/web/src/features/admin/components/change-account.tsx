import { changeAccount, listAccounts, showAccount, type AccountPage } from '@bihuan/contracts'
import Form from 'antd/es/form'
import Input from 'antd/es/input'
import { useAct } from '../../../shared/api/use-act.js'
import { ActForm } from '../../../shared/form/act-form.js'
import { PickField } from '../../../shared/form/pick-field.js'
import { nameOfUnit } from '../../../shared/form/unit-pick.js'
import { useActForm } from '../../../shared/form/use-act-form.js'
import { anyUnitOrEnterprise } from './any-unit.js'

interface Values {
  readonly personName: string
  readonly post?: string
  readonly phone?: string
  readonly unitId: string
}

export function ChangeAccount({ account, onClose }: { account: AccountPage; onClose: () => void }) {
  const form = useActForm<Values>({
    draft: null,
    initial: {
      personName: account.personName,
      unitId: account.unit.id,
      ...(account.post === null ? {} : { post: account.post }),
    },
  })
  const change = useAct(changeAccount, {
    refreshes: [showAccount, listAccounts],
    onDone: () => {
      form.done()
      onClose()
    },
  })
  return (
    <ActForm
      form={form}
      act={change}
      submit="保存"
      onCancel={onClose}
      onSubmit={({ personName, post, phone, unitId }) =>
        change.act({
          params: { accountId: account.id },
          body: {
            personName,
            post: post?.trim() || null,
            unitId,
            version: account.version,
            ...(phone?.trim() ? { phone: phone.trim() } : {}),
          },
        })
      }
    >
      <Form.Item name="personName" label="姓名" rules={[{ required: true, whitespace: true, message: '请填写姓名' }]}>
        <Input maxLength={40} autoComplete="off" />
      </Form.Item>
      <Form.Item name="unitId" label="所在单位" rules={[{ required: true, message: '请选择单位' }]}>
        <PickField kind="unit or enterprise" find={anyUnitOrEnterprise} nameOf={nameOfUnit} />
      </Form.Item>
      <Form.Item name="post" label="职务">
        <Input maxLength={60} autoComplete="off" />
      </Form.Item>
      <Form.Item name="phone" label="新电话" tooltip="不填则不变">
        <Input maxLength={30} autoComplete="off" inputMode="tel" placeholder={account.phone ?? ''} />
      </Form.Item>
    </ActForm>
  )
}
