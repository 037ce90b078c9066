/** `bihuan plan`: a Plan as it stands in a file; asks no database. */
import { readFileSync } from 'node:fs'
import type { Command } from 'commander'
import * as contracts from '@bihuan/contracts'
import type { Plan } from '@bihuan/domain'
import { z } from 'zod'
import { zhCN } from 'zod/locales'
import { CheckFailed, CommandRefused, type CommandLine } from './command-line.js'
import { planPage } from './plan-page.js'

export function registerPlanCommands(program: Command, line: CommandLine): void {
  const plan = program.command('plan').description('方案（从通知里读出的 JSON）')
  plan
    .command('show')
    .description('把方案排成一页：阶段、职责、报送、表格、任务、矛盾；有待定的矛盾时退出码 1')
    .argument('<文件>', '方案的 JSON 文件')
    .action((file: string) => {
      const found = readPlan(file)
      line.say(planPage(found))
      if (found.warnings.length > 0) {
        throw new CheckFailed(`方案里有 ${found.warnings.length} 处矛盾待定，建立行动时须逐条决定并写明理由。`)
      }
    })
}

/** Reads and checks a Plan; refuses what is none, saying where. */
export function readPlan(file: string): Plan {
  let text: string
  try {
    text = readFileSync(file, 'utf8')
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException
    throw new CommandRefused(code === 'ENOENT' ? `没有这个文件：${file}。` : `文件 ${file} 读不了（${code ?? ''}）。`)
  }
  let json: unknown
  try {
    // Editors on Windows put a mark before the text.
    json = JSON.parse(text.replace(/^\uFEFF/, ''))
  } catch {
    throw new CommandRefused(`文件 ${file} 不是 JSON。请给出方案的 JSON 文件。`)
  }
  z.config(zhCN())
  const read = contracts.plan.safeParse(json)
  if (!read.success) {
    const [first] = read.error.issues
    throw new CommandRefused(
      `文件 ${file} 不是方案：${first?.path.join('.') ?? ''} ${first?.message ?? ''}（共 ${read.error.issues.length} 处不对）。`,
    )
  }
  return read.data as Plan
}
