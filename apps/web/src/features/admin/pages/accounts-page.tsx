import { listAccounts, listRoles, type AccountRowView, type QueryOf } from '@bihuan/contracts'
import Button from 'antd/es/button'
import { useMemo } from 'react'
import { useRoute } from '../../../shared/api/use-route.js'
import { findUnitsOf, nameOfUnit } from '../../../shared/form/unit-pick.js'
import { Page } from '../../../shared/layout/page.js'
import { useAddressState } from '../../../shared/list/address-state.js'
import type { Column } from '../../../shared/list/columns.js'
import type { Condition } from '../../../shared/list/conditions.js'
import { DataList } from '../../../shared/list/data-list.js'
import { useListState } from '../../../shared/list/list-state.js'
import { SidePanel } from '../../../shared/list/side-panel.js'
import { useCan } from '../../../shared/session/me.js'
import { DateText } from '../../../shared/show/texts.js'
import { AccountStatus } from '../components/account-status.js'
import { AccountView } from '../components/account-view.js'
import { AdminTabs } from '../components/admin-tabs.js'
import { NewAccountPanel } from '../components/new-account-panel.js'

const columns: readonly Column<AccountRowView>[] = [
  { key: 'name', title: '姓名', width: 110, always: true, card: 'title', render: (row) => row.personName },
  { key: 'login', title: '登录名', width: 130, always: true, render: (row) => row.loginName },
  { key: 'unit', title: '单位', width: 180, card: 'fact', render: (row) => row.unit.name },
  { key: 'post', title: '职务', width: 120, render: (row) => row.post ?? '—' },
  {
    key: 'roles',
    title: '角色',
    card: 'fact',
    render: (row) =>
      row.roles.length === 0 ? (
        <span className="quiet">未授予</span>
      ) : (
        row.roles
          .map(({ unitName, roleName }) => (unitName === row.unit.name ? roleName : `${roleName}（${unitName}）`))
          .join('、')
      ),
  },
  { key: 'status', title: '状态', width: 130, render: (row) => <AccountStatus account={row} /> },
  { key: 'phone', title: '电话', width: 130, render: (row) => row.phone ?? '—' },
  { key: 'factor', title: '动态口令', width: 90, spare: true, render: (row) => (row.secondFactor ? '已启用' : '—') },
  { key: 'created', title: '建立时间', width: 150, spare: true, render: (row) => <DateText date={row.createdAt} /> },
]

const statuses = [
  { value: 'active', label: '启用' },
  { value: 'disabled', label: '停用' },
  { value: 'locked', label: '锁定' },
]

export function AccountsPage() {
  const [get, change] = useAddressState()
  const mayOpen = useCan('account.manage')
  const roles = useRoute(listRoles, {}, { staleMs: 600_000 })
  const conditions = useMemo(
    (): readonly Condition[] => [
      { kind: 'pick', key: 'unit', label: '单位', find: findUnitsOf(), nameOf: nameOfUnit },
      {
        kind: 'one',
        key: 'role',
        label: '角色',
        choices: (roles.data?.items ?? []).map(({ role, name }) => ({ value: role, label: name })),
      },
      { kind: 'one', key: 'status', label: '状态', choices: statuses },
    ],
    [roles.data],
  )
  const list = useListState<QueryOf<typeof listAccounts>>({ conditions })
  const accounts = useRoute(listAccounts, { query: list.query }, { keep: true })
  const opening = get('do') === 'new'
  const open = mayOpen && (
    <Button type="primary" onClick={() => change({ do: 'new', open: null })}>
      建立账户
    </Button>
  )
  return (
    <Page title="账户与授权" kind="fill" acts={open}>
      <AdminTabs />
      <div className="admin-beside">
        <DataList
          name="accounts"
          label="账户"
          state={list}
          answer={accounts}
          columns={columns}
          idOf={(row) => row.id}
          searchHint="姓名的一部分，或登录名开头"
          empty={{ what: '这里将列出管辖范围内的账户', how: '由系统管理员建立，由安全保密管理员授予角色。', act: open }}
          toneOf={(row) => (row.status === 'disabled' ? 'done' : null)}
          panel={(id, close) =>
            opening ? null : (
              <SidePanel label="账户" title="账户" width={460} onClose={close}>
                <AccountView key={id} accountId={id} />
              </SidePanel>
            )
          }
        />
        {opening && <NewAccountPanel onClose={() => change({ do: null })} />}
      </div>
    </Page>
  )
}
