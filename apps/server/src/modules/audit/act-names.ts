/** What an act is called in Chinese. A permission's name where the act bears one; what has none here is shown by its code. */
import { campaignCommandLabels, hazardCommandLabels, isPermission, permissionLabel } from '@bihuan/domain'

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
  'audit.verified': '校验审计链',
  'audit.verify': '校验审计链',
  'campaign.revise-leadership': '修改行动的组织领导',
  'campaign.revise-ledgers': '修改行动的隐患清单',
  'campaign.revise-phases': '修改行动的阶段',
  'campaign.revise-targets': '修改行动的重点对象',
  'demo.loaded': '载入示例数据',
  'enterprise.change': '修改企业',
  'enterprise.export': '导出企业',
  'enterprise.register': '登记企业',
  'file.upload': '上传文件',
  'hazard.export': '导出隐患',
  'hazard.remind': '催办隐患',
  'import.begin': '上传导入文件',
  'import.discard': '放弃导入',
  'import.done': '导入完成',
  'notice.read': '标为已读',
  'package.add-sender': '登记数据包发送方',
  'package.receive': '收下报表数据包',
  'personal-data.reveal': '查看完整个人信息',
  'responsibility.add': '登记责任分工',
  'responsibility.end': '终止责任分工',
  'return.accept': '接收报送',
  'return.edit': '修改报送',
  'return.excuse': '准予延期报送',
  'return.export': '导出报送',
  'return.open': '开启报送',
  'return.reopen': '重新开启报送',
  'return.send-back': '退回报送',
  'return.sign': '报送签名',
  'return.sign-last': '报送签齐',
  'return.submit': '上报',
  'return.type': '填写报送',
  'role.revoke': '收回角色',
  'schedule.add': '建立报送安排',
  'schedule.change': '修改报送安排',
  'score.export': '导出报送得分',
  'session.begin': '登录',
  'session.end': '退出登录',
  'session.end-other': '结束他人会话',
  'session.proof-refused': '口令确认不通过',
  'session.refused': '登录失败',
  'session.switch-unit': '切换单位',
  'table.design': '设计调度表',
  'table.export': '导出调度表',
  'table.redesign': '修改调度表的设计',
  'table.type': '填写调度表',
  'task.add': '增加任务',
  'task.change': '修改任务',
  'task.update': '填报任务进展',
  'task.withdraw': '撤回任务填报',
  'tenant.found': '建立辖区',
  'token.create': '建立访问令牌',
  'token.revoke': '作废访问令牌',
  'unit.add': '登记单位',
  'unit.change': '更改单位',
  'unit.correct-placement': '更正隶属关系',
  'unit.dissolve': '撤销单位',
  'unit.move': '调整隶属关系',
  'unit.settle': '隶属关系到期生效',
  'view.change': '修改视图',
  'view.open-with': '设定打开台账时的视图',
  'view.order': '重排视图',
  'view.remove': '删去视图',
  'view.save': '保存视图',
}

const objectNames: Readonly<Record<string, string>> = {
  'access-token': '访问令牌',
  'audit-entry': '审计记录',
  account: '账户',
  campaign: '专项行动',
  enterprise: '企业',
  file: '文件',
  hazard: '隐患',
  import: '导入',
  ledger_form: '隐患清单',
  record: '记录',
  'package-sender': '数据包发送方',
  responsibility: '责任分工',
  return: '报送',
  'saved-view': '视图',
  schedule: '报送安排',
  session: '会话',
  table: '调度表',
  task: '任务',
  'task-update': '任务填报',
  tenant: '辖区',
  unit: '单位',
}

export function actName(action: string): string {
  return names[action] ?? commandName(action) ?? (isPermission(action) ? permissionLabel(action) : action)
}

/** Acts on a hazard and a campaign are called as their lifecycles call them. */
function commandName(action: string): string | undefined {
  const [, of, command = ''] = /^(hazard|campaign)\.(.+)$/.exec(action) ?? []
  const label: string | undefined = Object.entries(
    of === 'hazard' ? hazardCommandLabels : of === 'campaign' ? campaignCommandLabels : {},
  ).find(([kind]) => kind === command)?.[1]
  return label === undefined ? undefined : `${of === 'hazard' ? '隐患' : '行动'}：${label}`
}

export function objectKindName(kind: string): string {
  return objectNames[kind] ?? kind
}
