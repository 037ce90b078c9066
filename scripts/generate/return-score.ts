/** docs/return-score.md: how returns are scored for appraisal, drawn from the table that the score reads. */
import { writeFileSync } from 'node:fs'
import { FULL_SCORE, OVERDUE_SCORE, scoreRulesAsMarkdown, SHORTEST_EXPLANATION } from '@bihuan/domain'

const text = `# 报送得分

由 \`scripts/generate/return-score.ts\` 从 \`packages/domain/src/report/score.ts\` 画出，请改那里，不要改这里。

每张报表从 ${FULL_SCORE} 分起，每扣一项写明原因：

${scoreRulesAsMarkdown()}

- 过了上报期限还没有上报的，这一期按 ${OVERDUE_SCORE} 分计，不再另扣；上报之后按迟报的天数算。还没有到期、也没有上报的，不计分。
- 迟报按第一次上报的日期算。被退回以后再报，不算迟报，算被退回。
- 准予延期的，按准予的日期算，延期本身不扣分。
- 填报单位撤销以后才到期的，不计分；撤销以前到期而没有上报的，按撤销时的情形计分。
- 签名时系统对某个数字提示（如累计数下降、与以往相差很大）而说明不足 ${SHORTEST_EXPLANATION} 个字的，算未作说明；同一处提示以最后一次说明为准。
- 月度得分是上报期限在当月的各张报表的平均分，行动得分是各张报表的平均分，保留一位小数；每张报表的分量相同。

得分只说报得是否及时、是否规范，不看数字大小：多报少报隐患都不影响得分。
`

writeFileSync(process.argv[2] ?? 'docs/return-score.md', text)
