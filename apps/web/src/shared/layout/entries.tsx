import BankOutlined from '@ant-design/icons/es/icons/BankOutlined'
import ApartmentOutlined from '@ant-design/icons/es/icons/ApartmentOutlined'
import FileDoneOutlined from '@ant-design/icons/es/icons/FileDoneOutlined'
import FlagOutlined from '@ant-design/icons/es/icons/FlagOutlined'
import NotificationOutlined from '@ant-design/icons/es/icons/NotificationOutlined'
import ScheduleOutlined from '@ant-design/icons/es/icons/ScheduleOutlined'
import SettingOutlined from '@ant-design/icons/es/icons/SettingOutlined'
import TableOutlined from '@ant-design/icons/es/icons/TableOutlined'
import WarningOutlined from '@ant-design/icons/es/icons/WarningOutlined'
import type { Me } from '@bihuan/contracts'
import type { ReactNode } from 'react'
import { can } from '../session/me.js'

export interface Entry {
  readonly to: string
  readonly label: string
  readonly icon: ReactNode
  /** Shown when any of them is allowed; none asked: to everybody. */
  readonly abilities: readonly string[]
}

/** In the order of the day. At most eight; 检查、督办、统计 take their places here when they exist. */
export const dayEntries: readonly Entry[] = [
  { to: '/', label: '工作台', icon: <ScheduleOutlined />, abilities: [] },
  { to: '/returns', label: '报表', icon: <FileDoneOutlined />, abilities: ['table.read'] },
  { to: '/hazards', label: '隐患', icon: <WarningOutlined />, abilities: ['hazard.read'] },
  { to: '/enterprises', label: '企业', icon: <BankOutlined />, abilities: ['enterprise.read'] },
  { to: '/campaigns', label: '行动', icon: <FlagOutlined />, abilities: ['campaign.read'] },
  { to: '/tables', label: '调度表', icon: <TableOutlined />, abilities: ['table.read'] },
  { to: '/circulars', label: '通报', icon: <NotificationOutlined />, abilities: ['circular.read'] },
]

export const apartEntries: readonly Entry[] = [
  {
    to: '/units',
    label: '单位与人员',
    icon: <ApartmentOutlined />,
    abilities: ['unit.read'],
  },
  {
    to: '/admin',
    label: '管理',
    icon: <SettingOutlined />,
    abilities: ['account.read', 'setting.change', 'security.change', 'audit.read'],
  },
]

/** `exists` says whether a page stands at the address: an entry never leads nowhere. */
export function entriesFor(
  entries: readonly Entry[],
  me: Pick<Me, 'abilities'>,
  exists: (to: string) => boolean,
): Entry[] {
  return entries.filter((entry) => exists(entry.to) && can(me, ...entry.abilities))
}

/** Pages that are reached from an entry and stand at an address of their own. */
const under: Readonly<Record<string, readonly string[]>> = {
  '/returns': ['/schedules', '/ledgers', '/packages'],
}

export function isHere(to: string, pathname: string): boolean {
  const stands = (at: string) => pathname === at || pathname.startsWith(`${at}/`)
  return to === '/' ? pathname === '/' : [to, ...(under[to] ?? [])].some(stands)
}
