/** `bihuan roll-ups rebuild`: what wide units' tables are read from, made anew from the facts; recorded as local administration. */
import type { Command } from 'commander'
import { beginRollUpAnew, compareKeptRollUp, foldOn, type RollUpComparison } from '../modules/report/index.js'
import { listTenants, type TenantRow } from '../platform/db/tenants.js'
import type { Platform } from '../platform/platform.js'
import { CheckFailed, CommandRefused, localAdministrator, type CommandLine } from './command-line.js'

interface RebuildOptions {
  readonly tenant?: string
  readonly force?: true
}

export function registerRollUpCommands(program: Command, line: CommandLine): void {
  const rollUps = program.command('roll-ups').description('汇总底数（上级单位的累计数字从它读出，随时可以按事实重做）')
  rollUps
    .command('rebuild')
    .description('先与事实核对，说明哪里不符，再按事实重做；相符的不动。中途停下的，再运行一次就接着做')
    .option('--tenant <代码>', '只做这个辖区；不写则全部')
    .option('--force', '相符的也重做')
    .action((options: RebuildOptions) =>
      line.onGround(async ({ platform }) => {
        const { tenant: code } = options
        const tenants = code === undefined ? await listTenants(platform.database) : [await line.tenant(platform, code)]
        if (tenants.length === 0) throw new CommandRefused('数据库里还没有辖区，没有可重做的。')
        for (const tenant of tenants) await rebuild(line, platform, tenant, options.force === true)
      }),
    )
}

async function rebuild(line: CommandLine, platform: Platform, tenant: TenantRow, force: boolean): Promise<void> {
  await platform.sealer.sealNow(tenant.id)
  const found = await compareKeptRollUp(platform, tenant.id)
  line.say(`${tenant.name}（${tenant.code}）：${foundText(found)}`)
  for (const { part, rows, first } of found.faults) line.warn(`  ${part} ${rows} 处不符，第一处：${first}`)
  if (found.state !== 'kept' || found.faults.length > 0 || force) {
    await beginRollUpAnew(platform, localAdministrator(tenant.id), found)
    line.say('  已清空，正在按事实重做；做完之前，数字直接按事实计算，会慢一些')
  }
  let said = found.foldedTo
  await foldOn(platform, tenant.id, (foldedTo, head) => {
    if (foldedTo !== said) line.say(`  已做到账本第 ${foldedTo} 号，共 ${head} 号`)
    said = foldedTo
  })
  const made = await compareKeptRollUp(platform, tenant.id)
  const [left] = made.faults
  if (left !== undefined) {
    throw new CheckFailed(
      `${tenant.name}：汇总底数重做之后仍与事实不符：${left.first}这是程序的错误，请连同这句话报告给维护人员。`,
    )
  }
  line.say(`  与事实全部相符，做到账本第 ${made.foldedTo} 号`)
}

function foundText({ state, foldedTo, head, faults }: RollUpComparison): string {
  if (state === 'missing') return '还没有汇总底数，现在做'
  if (state === 'superseded') return '汇总底数是另一个版本的程序做的，须重做'
  if (faults.length > 0) return '汇总底数与事实不符，须重做'
  if (foldedTo < head) return `汇总底数与事实相符，做到账本第 ${foldedTo} 号，共 ${head} 号，接着做`
  return '汇总底数与事实相符'
}
