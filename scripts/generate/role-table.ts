/** docs/roles.md: who may do what, drawn from the table that the policies ask. */
import { writeFileSync } from 'node:fs'
import { isAdministrator, roleLabel, roles, rolesAsMarkdown, roleStation } from '@bihuan/domain'

const stations = { government: '安委办、部门、镇街等单位', enterprise: '企业' } as const

const text = `# 角色与权限

由 \`scripts/generate/role-table.ts\` 从 \`packages/domain/src/identity/roles.ts\` 画出，请改那里，不要改这里。

角色授予在某个单位：权限说能做什么，所在单位说能对谁做（块：本单位及以下；条：所管行业；当事单位：与己有关的）。一项操作还要通过各模块的规则
（\`apps/server/src/modules/*/*.policy.ts\`）；没有写明允许的，一律不许。

三员分立：${roles.filter(isAdministrator).map(roleLabel).join('、')}必须由不同的人担任，且不得兼任业务角色；谁也不能给自己授权，不能停用、重置自己的账户。

| 角色 | 代码 | 在哪里授予 |
| --- | --- | --- |
${roles.map((role) => `| ${roleLabel(role)} | \`${role}\` | ${stations[roleStation(role)]} |`).join('\n')}

${rolesAsMarkdown()}`

writeFileSync(process.argv[2] ?? 'docs/roles.md', text)
