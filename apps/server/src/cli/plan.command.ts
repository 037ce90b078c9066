/** `bihuan plan`: a Plan read from a notice; a Plan as it stands in a file; for a person, with what the database knows of it, and on record. */
import type { Command } from 'commander'
import type { PlanCheck } from '@bihuan/contracts'
import type { Plan } from '@bihuan/domain'
import { readPlan as readPlanOf } from '@bihuan/plan-reader'
import { checkPlan } from '../modules/campaign/index.js'
import { recordAct } from '../platform/audit/record.js'
import { CheckFailed, type CommandContext, type CommandLine, type PersonOptions } from './command-line.js'
import { noticeIn } from './notice-file.js'
import { readPlan } from './plan-file.js'
import { planPage, warningText } from './plan-page.js'

export function registerPlanCommands(program: Command, line: CommandLine): void {
  const plan = program.command('plan').description('方案（从通知里读出的 JSON）')
  plan
    .command('read')
    .description(
      '读一份通知（.docx、.doc、.wps、.pdf、.html、.txt），给出方案的 JSON；通知里的矛盾逐条写到标准错误，有矛盾时退出码 1。不用数据库',
    )
    .argument('<文件>', '通知文件')
    .option('--report', '不给 JSON，排成一页给人看')
    .action(async (file: string, { report = false }: { report?: boolean }) => {
      const found = readPlanOf(await noticeIn(file))
      line.say(report ? planPage(found) : JSON.stringify(found, null, 2))
      for (const warning of found.warnings) line.warn(warningText(warning))
      if (found.warnings.length > 0) line.fail()
    })
  line
    .person(
      plan
        .command('show')
        .description(
          '把方案排成一页：阶段、职责、报送、表格、任务、矛盾；有待定的矛盾时退出码 1。写明身份时，另与本系统的单位和指标对照',
        )
        .argument('<文件>', '方案的 JSON 文件'),
    )
    .action(async (file: string, options: PersonOptions) => {
      const found = readPlan(file)
      // Who only looks at a file needs neither a database nor a name.
      const isSomebodys = options.as !== undefined || options.token !== undefined || options.tenant !== undefined
      if (isSomebodys) await line.asPerson(options, (context) => showTo(line, context, found))
      else line.say(planPage(found))
      if (found.warnings.length > 0) {
        throw new CheckFailed(`方案里有 ${found.warnings.length} 处矛盾待定，建立行动时须逐条决定并写明理由。`)
      }
    })
}

async function showTo(line: CommandLine, { platform, actor }: CommandContext, plan: Plan): Promise<void> {
  const checked = await platform.database.withScope(actor.reach, async (handle) => {
    const after = { title: plan.title, docNo: plan.docNo, warnings: plan.warnings.length }
    await recordAct(
      handle,
      actor,
      { action: 'plan.show', objectKind: 'plan', objectId: null, after },
      platform.clock.now(),
    )
    return checkPlan(handle, actor, { plan, unitId: null, choices: [] }, platform.clock)
  })
  line.say(planPage(plan))
  if (checked.ok) line.say(knownHere(plan, checked.value))
  // Who may not make a campaign of it may still read it.
  else if (checked.refusal.code !== 'request.not-allowed') {
    throw new CheckFailed(`照这个方案还不能建立行动：${checked.refusal.message}`)
  }
}

function knownHere(plan: Plan, { tables, units, questions }: PlanCheck): string {
  const unknown = units.flatMap(({ word, known }) => (known ? [] : [word]))
  const told = new Set(plan.warnings.map(({ message }) => message))
  const further = questions.filter(({ message }) => !told.has(message))
  return [
    '【在本系统里】',
    ...tables.map(
      ({ title, figures, derived }) => `  《${title}》${figures} 个数字，其中 ${derived.length} 个由记录自动计算。`,
    ),
    ...tables.flatMap(({ cells }) =>
      cells.flatMap(({ standing, words, means }) =>
        standing === 'open' ? [`  “${words}”很可能数${means}，启动前须选定。`] : [],
      ),
    ),
    ...(unknown.length === 0 ? [] : [`  系统里没有或不止一个的责任单位：${unknown.join('、')}。`]),
    ...further.map(({ message }) => `  ${message}`),
    '',
  ].join('\n')
}
