import { NavLink } from 'react-router'
import { can, useMe } from '../../../shared/session/me.js'
import './admin.css'

/** What administrators come to do; each sees their own part. */
const places = [
  { to: '/admin/accounts', label: '账户与授权', ability: 'account.read' },
  { to: '/admin/roles', label: '角色与权限', ability: 'account.read' },
  { to: '/admin/calendar', label: '节假日', ability: 'calendar.manage' },
  { to: '/campaigns/phrases', label: '词语对照', ability: 'phrase.manage' },
  { to: '/admin/mail', label: '邮件提醒', ability: 'setting.change' },
  { to: '/admin/audit', label: '审计记录', ability: 'audit.read' },
] as const

export function useAdminPlaces() {
  const me = useMe()
  return places.filter(({ ability }) => can(me, ability))
}

export function AdminTabs() {
  const mine = useAdminPlaces()
  if (mine.length < 2) return null
  return (
    <nav className="admin-tabs" aria-label="管理">
      {mine.map(({ to, label }) => (
        <NavLink key={to} to={to} className={({ isActive }) => `admin-tab${isActive ? ' admin-tab--here' : ''}`}>
          {label}
        </NavLink>
      ))}
    </nav>
  )
}
