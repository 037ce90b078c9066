import DownOutlined from '@ant-design/icons/es/icons/DownOutlined'
import type { Me } from '@bihuan/contracts'
import Dropdown from 'antd/es/dropdown'
import { Link } from 'react-router'

export function AccountMenu({ me, onLogOut }: { me: Me; onLogOut: () => void }) {
  const roles = me.grants.filter((grant) => grant.unitId === me.unit.id).map((grant) => grant.roleName)
  return (
    <Dropdown
      trigger={['click']}
      placement="bottomRight"
      menu={{
        items: [
          {
            key: 'who',
            type: 'group',
            label: (
              <>
                {me.personName}
                {me.post ? `　${me.post}` : ''}
                <br />
                {me.unit.name}
                {roles.length > 0 ? ` · ${roles.join('、')}` : ''}
              </>
            ),
          },
          { key: 'account', label: <Link to="/account">我的账户</Link> },
          { key: 'sessions', label: <Link to="/account#sessions">登录会话</Link> },
          { type: 'divider' },
          { key: 'out', label: '退出登录', onClick: onLogOut },
        ],
      }}
    >
      <button type="button" className="top-account" aria-label={`${me.personName}，我的账户菜单`}>
        <span className="top-account-mark" aria-hidden>
          {me.personName.slice(0, 1)}
        </span>
        <span className="top-account-name">{me.personName}</span>
        <DownOutlined aria-hidden style={{ fontSize: 10 }} />
      </button>
    </Dropdown>
  )
}
