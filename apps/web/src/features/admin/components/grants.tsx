import {
  grantRole,
  listAccounts,
  listRoles,
  listSessionsOf,
  revokeRole,
  showAccount,
  type AccountPage,
} from '@bihuan/contracts'
import Form from 'antd/es/form'
import Popconfirm from 'antd/es/popconfirm'
import Select from 'antd/es/select'
import { useState } from 'react'
import { useAct } from '../../../shared/api/use-act.js'
import { useRoute } from '../../../shared/api/use-route.js'
import { ActForm } from '../../../shared/form/act-form.js'
import { PickField } from '../../../shared/form/pick-field.js'
import { nameOfUnit } from '../../../shared/form/unit-pick.js'
import { useActForm } from '../../../shared/form/use-act-form.js'
import { DateText } from '../../../shared/show/texts.js'
import { Problem } from '../../../shared/states/problem.js'
import { anyUnitOrEnterprise } from './any-unit.js'

const refreshes = [showAccount, listAccounts, listSessionsOf]

/** Which role at which unit. Given and taken by the security administrator; counts with the next click of whom it concerns. */
export function Grants({ account }: { account: AccountPage }) {
  const [granting, setGranting] = useState(false)
  const revoke = useAct(revokeRole, { refreshes })
  return (
    <section className="account-part" aria-label="角色">
      <div className="account-part-head">
        <h3>角色</h3>
        {account.abilities['grant'] === true && !granting && (
          <button type="button" className="linkish" onClick={() => setGranting(true)}>
            授予角色
          </button>
        )}
      </div>
      {revoke.failure && <Problem failure={revoke.failure} />}
      {account.grants.length === 0 && <p className="quiet">还没有角色，登录后什么都看不到。</p>}
      <ul className="account-lines">
        {account.grants.map((grant) => (
          <li key={grant.id}>
            <span>
              <strong>{grant.roleName}</strong>
              <span className="quiet">
                {' '}
                {grant.unit.name} · <DateText date={grant.grantedAt} /> 授予
              </span>
            </span>
            {grant.abilities['revoke'] === true && (
              <Popconfirm
                title={`收回“${grant.roleName}”？`}
                okText="收回"
                cancelText="不"
                onConfirm={() => void revoke.act({ params: { accountId: account.id, grantId: grant.id } })}
              >
                <button type="button" className="linkish" disabled={revoke.pending}>
                  收回
                </button>
              </Popconfirm>
            )}
          </li>
        ))}
      </ul>
      {granting && <GrantForm account={account} onClose={() => setGranting(false)} />}
    </section>
  )
}

function GrantForm({ account, onClose }: { account: AccountPage; onClose: () => void }) {
  const roles = useRoute(listRoles, {}, { staleMs: 600_000 })
  const form = useActForm<{ unitId: string; role: string }>({ draft: null, initial: { unitId: account.unit.id } })
  const grant = useAct(grantRole, {
    refreshes,
    onDone: () => {
      form.done()
      onClose()
    },
  })
  return (
    <ActForm
      form={form}
      act={grant}
      submit="授予"
      onCancel={onClose}
      onSubmit={(body) => grant.act({ params: { accountId: account.id }, body })}
    >
      <Form.Item name="unitId" label="在哪个单位" rules={[{ required: true, message: '请选择单位' }]}>
        <PickField kind="unit or enterprise" find={anyUnitOrEnterprise} nameOf={nameOfUnit} />
      </Form.Item>
      <Form.Item name="role" label="什么角色" rules={[{ required: true, message: '请选择角色' }]}>
        <Select
          placeholder="选择角色"
          loading={roles.isPending}
          options={(roles.data?.items ?? []).map(({ role, name }) => ({ value: role, label: name }))}
        />
      </Form.Item>
    </ActForm>
  )
}
