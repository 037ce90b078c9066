/**
 * Who may do what: one table of permissions, one of roles. What is not written there nobody may do. A role is given at a unit;
 * where it reaches is a matter of scope, and what it may be done to is the policy of each module.
 */

/** `common` permissions come with every account, `administration` runs the product, `business` is the work itself. */
type PermissionKind = 'common' | 'administration' | 'business'

const permissionTable = {
  'own.read': ['common', '查看和修改本人账户'],
  'own.end-session': ['common', '查看和结束本人会话'],
  'token.own': ['common', '管理本人的访问令牌'],
  'unit.read': ['common', '查看单位'],

  'unit.manage': ['administration', '登记、调整单位'],
  'unit.import': ['administration', '导入单位'],
  'unit.export': ['administration', '导出单位'],
  'account.read': ['administration', '查看账户'],
  'account.manage': ['administration', '建立、停用账户'],
  'account.reset': ['administration', '重置口令和第二因素'],
  'setting.change': ['administration', '修改系统设置'],
  'calendar.manage': ['administration', '维护节假日安排'],
  'phrase.manage': ['administration', '维护词语对照'],
  'role.grant': ['administration', '授予、收回角色'],
  'session.read-any': ['administration', '查看他人会话'],
  'session.end-any': ['administration', '结束他人会话'],
  'security.change': ['administration', '修改安全策略'],
  'audit.read': ['administration', '查看审计记录'],
  'audit.verify': ['administration', '校验审计链'],
  'audit.export': ['administration', '导出审计记录'],

  'responsibility.manage': ['business', '维护行业责任分工'],
  'enterprise.read': ['business', '查看企业'],
  'enterprise.register': ['business', '登记企业'],
  'enterprise.change': ['business', '修改企业信息'],
  'enterprise.import': ['business', '导入企业'],
  'enterprise.export': ['business', '导出企业'],
  'campaign.read': ['business', '查看专项行动'],
  'campaign.manage': ['business', '建立、调整专项行动'],
  'campaign.close': ['business', '结束专项行动、结转隐患'],
  'campaign.confirm': ['business', '确认下发给本单位的行动'],
  'task.update': ['business', '更新任务进展'],
  'hazard.read': ['business', '查看隐患'],
  'hazard.register': ['business', '登记隐患'],
  'hazard.judge': ['business', '判定隐患等级'],
  'hazard.plan': ['business', '制定整改方案'],
  'hazard.progress': ['business', '填写整改进展'],
  'hazard.reinspect': ['business', '复查验收'],
  'hazard.sign-off': ['business', '销号'],
  'hazard.send-back': ['business', '退回整改'],
  'hazard.list': ['business', '挂牌督办'],
  'hazard.transfer': ['business', '移送'],
  'hazard.receive': ['business', '接收移送'],
  'hazard.extend': ['business', '申请延期'],
  'hazard.approve-extension': ['business', '审批延期'],
  'hazard.reopen': ['business', '重新打开'],
  'hazard.cancel': ['business', '撤销误登'],
  'hazard.import': ['business', '导入隐患清单'],
  'hazard.export': ['business', '导出隐患清单'],
  'table.read': ['business', '查看调度表'],
  'table.type': ['business', '填报手工数据'],
  'table.design': ['business', '设计调度表'],
  'table.export': ['business', '导出调度表'],
  'return.file': ['business', '签名、上报报表'],
  'return.review': ['business', '接收、退回报表'],
  'schedule.manage': ['business', '设置报送安排'],
  'circular.read': ['business', '查看通报'],
  'circular.issue': ['business', '起草、印发通报'],
  'file.upload': ['business', '上传文件'],
  'personal-data.reveal': ['business', '查看完整个人信息'],
} as const satisfies Readonly<Record<string, readonly [PermissionKind, string]>>

export type Permission = keyof typeof permissionTable

export const permissions = Object.keys(permissionTable) as readonly Permission[]

export function isPermission(text: string): text is Permission {
  return Object.hasOwn(permissionTable, text)
}

export function permissionLabel(permission: Permission): string {
  return permissionTable[permission][1]
}

export function permissionKind(permission: Permission): PermissionKind {
  return permissionTable[permission][0]
}

/** Where a role may be given: at the enterprise itself, or at any unit of the administration. */
type Station = 'government' | 'enterprise'

interface RoleRow {
  readonly label: string
  /** One of the three that one person may not hold together (三员分立: GB/T 22239-2019, 8.1.4.2). */
  readonly administrator: boolean
  readonly station: Station
  /** Beside the common ones. */
  readonly permissions: readonly Permission[]
}

const READING = ['enterprise.read', 'campaign.read', 'hazard.read', 'table.read'] as const
const EXPORTING = ['enterprise.export', 'hazard.export', 'table.export'] as const
const FINDING = [
  'hazard.register',
  'hazard.judge',
  'hazard.import',
  'file.upload',
  'campaign.confirm',
  'task.update',
] as const
const RECTIFYING = ['hazard.plan', 'hazard.progress', 'hazard.extend'] as const
const SUPERVISING = [
  'hazard.reinspect',
  'hazard.sign-off',
  'hazard.send-back',
  'hazard.transfer',
  'hazard.receive',
  'hazard.approve-extension',
  'hazard.reopen',
  'hazard.cancel',
] as const
const KEEPING_ENTERPRISES = ['enterprise.register', 'enterprise.change', 'enterprise.import'] as const

const roleTable = {
  'system-admin': {
    label: '系统管理员',
    administrator: true,
    station: 'government',
    permissions: [
      'unit.manage',
      'unit.import',
      'unit.export',
      'account.read',
      'account.manage',
      'account.reset',
      'setting.change',
      'calendar.manage',
      'phrase.manage',
    ],
  },
  'security-admin': {
    label: '安全保密管理员',
    administrator: true,
    station: 'government',
    permissions: ['account.read', 'role.grant', 'session.read-any', 'session.end-any', 'security.change'],
  },
  'audit-admin': {
    label: '安全审计员',
    administrator: true,
    station: 'government',
    permissions: ['audit.read', 'audit.verify', 'audit.export'],
  },
  'safety-office': {
    label: '安委办（专班）人员',
    administrator: false,
    station: 'government',
    permissions: [
      ...READING,
      ...EXPORTING,
      ...KEEPING_ENTERPRISES,
      ...FINDING,
      ...RECTIFYING,
      ...SUPERVISING,
      'hazard.list',
      'campaign.manage',
      'campaign.close',
      'phrase.manage',
      'responsibility.manage',
      'table.type',
      'table.design',
      'return.file',
      'return.review',
      'schedule.manage',
      'circular.read',
      'circular.issue',
      'personal-data.reveal',
    ],
  },
  'department-officer': {
    label: '行业主管部门人员',
    administrator: false,
    station: 'government',
    permissions: [
      ...READING,
      ...EXPORTING,
      ...KEEPING_ENTERPRISES,
      ...FINDING,
      // For small firms without an account; the rules of the loop still keep who rectified apart from who signs off.
      ...RECTIFYING,
      ...SUPERVISING,
      'hazard.list',
      'table.type',
      'return.file',
      'return.review',
      'circular.read',
      'personal-data.reveal',
    ],
  },
  'territory-officer': {
    label: '镇街村社区人员',
    administrator: false,
    station: 'government',
    permissions: [
      ...READING,
      ...EXPORTING,
      ...KEEPING_ENTERPRISES,
      ...FINDING,
      // For small firms without an account; the rules of the loop still keep who rectified apart from who signs off.
      ...RECTIFYING,
      ...SUPERVISING,
      'table.type',
      'return.file',
      'return.review',
      'circular.read',
      'personal-data.reveal',
    ],
  },
  'enterprise-principal': {
    label: '企业主要负责人',
    administrator: false,
    station: 'enterprise',
    permissions: [
      ...READING,
      'hazard.export',
      'enterprise.change',
      ...FINDING,
      ...RECTIFYING,
      'hazard.reinspect',
      'hazard.sign-off',
      'hazard.send-back',
      'table.type',
      'return.file',
    ],
  },
  'enterprise-safety': {
    label: '企业安全管理人员',
    administrator: false,
    station: 'enterprise',
    permissions: [
      ...READING,
      'hazard.export',
      ...FINDING,
      ...RECTIFYING,
      'hazard.reinspect',
      'hazard.send-back',
      'table.type',
      'return.file',
    ],
  },
  leader: {
    label: '领导',
    administrator: false,
    station: 'government',
    // 审核人 is often one of the leaders.
    permissions: [...READING, ...EXPORTING, 'return.file', 'circular.read'],
  },
  auditor: {
    label: '责任倒查人员',
    administrator: false,
    station: 'government',
    permissions: [...READING, ...EXPORTING, 'circular.read', 'audit.read', 'audit.verify', 'personal-data.reveal'],
  },
} as const satisfies Readonly<Record<string, RoleRow>>

export type Role = keyof typeof roleTable

export const roles = Object.keys(roleTable) as readonly Role[]

export function isRole(text: string): text is Role {
  return Object.hasOwn(roleTable, text)
}

export function roleLabel(role: Role): string {
  return roleTable[role].label
}

/** 系统管理员, 安全保密管理员 and 安全审计员. */
export function isAdministrator(role: Role): boolean {
  return roleTable[role].administrator
}

export function roleStation(role: Role): Station {
  return roleTable[role].station
}

export function permissionsOf(held: readonly Role[]): ReadonlySet<Permission> {
  if (held.length === 0) return new Set()
  const common = permissions.filter((permission) => permissionKind(permission) === 'common')
  return new Set<Permission>([...common, ...held.flatMap((role) => roleTable[role].permissions)])
}

/** A role, given to a person at a unit. */
export interface RoleGrant {
  readonly role: Role
  readonly unitId: string
}

/** Whether any of the grants allows it. No grants, no permission, not even the common ones. */
export function may(grants: readonly RoleGrant[], permission: Permission): boolean {
  return grants.some(({ role }) => permissionsOf([role]).has(permission))
}

/** The units at which the grants allow it. */
export function unitsWhere(grants: readonly RoleGrant[], permission: Permission): readonly string[] {
  const allowed = grants.filter(({ role }) => permissionsOf([role]).has(permission))
  return [...new Set(allowed.map(({ unitId }) => unitId))]
}

/** The table as Markdown, for the documents: permissions down, roles across. */
export function rolesAsMarkdown(): string {
  const row = (cells: readonly string[]) => `| ${cells.join(' | ')} |`
  return [
    row(['权限', '代码', ...roles.map(roleLabel)]),
    row(['---', '---', ...roles.map(() => ':-:')]),
    ...permissions.map((permission) =>
      row([
        permissionLabel(permission),
        `\`${permission}\``,
        ...roles.map((role) => (permissionsOf([role]).has(permission) ? '●' : '')),
      ]),
    ),
    '',
  ].join('\n')
}
