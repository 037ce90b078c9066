/** What an act is called in Chinese. A permission's name where the act bears one; what has none here is shown by its code. */
import { isPermission, permissionLabel } from '@bihuan/domain'

const names: Readonly<Record<string, string>> = {
  'access.refused': '查找管辖范围外的记录（已拒绝）',
  'account.change': '修改账户',
  'account.change-own': '修改本人资料',
  'account.change-password': '修改口令',
  'account.create': '建立账户',
  'account.disable': '停用账户',
  'account.disable-second-factor': '停用动态口令',
  'account.enable': '启用账户',
  'account.enable-second-factor': '启用动态口令',
  'account.reset-password': '重置口令',
  'account.reset-second-factor': '取消他人动态口令',
  'account.unlock': '解除锁定',
  'audit.export': '导出审计记录',
  'audit.verify': '校验审计链',
  'file.upload': '上传文件',
  'import.begin': '上传导入文件',
  'import.discard': '放弃导入',
  'import.done': '导入完成',
  'personal-data.reveal': '查看完整个人信息',
  'responsibility.add': '登记责任分工',
  'responsibility.end': '终止责任分工',
  'role.revoke': '收回角色',
  'session.begin': '登录',
  'session.end': '退出登录',
  'session.end-other': '结束他人会话',
  'session.proof-refused': '口令确认不通过',
  'session.refused': '登录失败',
  'session.switch-unit': '切换单位',
  'tenant.found': '建立辖区',
  'token.create': '建立访问令牌',
  'token.revoke': '作废访问令牌',
  'unit.add': '登记单位',
  'unit.change': '更改单位',
  'unit.correct-placement': '更正隶属关系',
  'unit.dissolve': '撤销单位',
  'unit.move': '调整隶属关系',
  'unit.settle': '隶属关系到期生效',
}

const objectNames: Readonly<Record<string, string>> = {
  'access-token': '访问令牌',
  account: '账户',
  campaign: '专项行动',
  enterprise: '企业',
  file: '文件',
  hazard: '隐患',
  import: '导入',
  responsibility: '责任分工',
  session: '会话',
  table: '调度表',
  tenant: '辖区',
  unit: '单位',
}

export function actName(action: string): string {
  return names[action] ?? (isPermission(action) ? permissionLabel(action) : action)
}

export function objectKindName(kind: string): string {
  return objectNames[kind] ?? kind
}
