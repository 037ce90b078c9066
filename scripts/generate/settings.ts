/** docs/settings.md: the environment variables, drawn from the table that reads them. */
import { writeFileSync } from 'node:fs'
import { settingDescriptions } from '../../apps/server/src/platform/settings.js'

const text = `# 设置

由 \`scripts/generate/settings.ts\` 从 \`apps/server/src/platform/settings.ts\` 画出，请改那里，不要改这里。设置都是环境变量；写错的在启动时说出来，不猜。

| 环境变量 | 默认值 | 含义 |
| --- | --- | --- |
${settingDescriptions
  .map(
    ({ name, fallback, meaning }) =>
      `| \`${name}\` | ${fallback === '' ? '（不设）' : `\`${fallback}\``} | ${meaning.replaceAll('|', '\\|')} |`,
  )
  .join('\n')}
`

writeFileSync(process.argv[2] ?? 'docs/settings.md', text)
