/** `bihuan demo`: the example district into an empty database; local administration, recorded in its trail. */
import type { Command } from 'commander'
import { demoPassword, loadDemo } from '../demo/load.js'
import { isFounded } from '../modules/organization/index.js'
import { recordAct } from '../platform/audit/record.js'
import { openGround, type Platform } from '../platform/platform.js'
import { CommandRefused, localAdministrator, type CommandLine } from './command-line.js'
import { wholeIn } from './look-up.js'

const usualHazards = '900'

export function registerDemoCommand(program: Command, line: CommandLine): void {
  program
    .command('demo')
    .description('把示例数据（虚构的青榆区）装进空的数据库（新的数据文件夹）；已有数据的和生产环境的不装')
    .option('--hazards <条数>', '登记多少条隐患', usualHazards)
    .action(async (options: { readonly hazards: string }) => {
      const hazards = wholeIn(options.hazards, '--hazards')
      const { settings, log } = line
      if (settings.production) {
        throw new CommandRefused('这里是生产环境（NODE_ENV=production），不装示例数据。请换一个环境试用。')
      }
      const ground = await openGround(settings, log)
      await line.onGround(({ platform }) => fill(line, platform, hazards), ground)
    })
}

async function fill(line: CommandLine, platform: Platform, hazards: number): Promise<void> {
  if (await isFounded(platform.database)) throw new CommandRefused(hasData)
  let logIns: Awaited<ReturnType<typeof loadDemo>>
  try {
    logIns = await loadDemo(platform, { hazards, say: (sentence) => line.say(sentence) })
  } catch (cause) {
    // It is many acts, each a transaction of its own, as people do them.
    if (await isFounded(platform.database).catch(() => false)) {
      line.warn('示例数据只装了一部分，这个数据库不能再用。请删去它（或数据文件夹），另用空的再装。')
    }
    throw cause
  }
  // Somebody else was first in the meantime.
  if (logIns === null) throw new CommandRefused(hasData)
  const tenant = await line.tenant(platform, undefined)
  await platform.database.withScope({ purpose: 'tenant', tenantId: tenant.id }, (handle) =>
    recordAct(
      handle,
      localAdministrator(tenant.id),
      { action: 'demo.loaded', objectKind: 'tenant', objectId: tenant.id, after: { hazards } },
      platform.clock.now(),
    ),
  )
  await platform.sealer.sealNow(tenant.id)
  line.say(`示例数据（虚构的${tenant.name}）已备好。各类用户的登录（密码都是 ${demoPassword}）：`)
  for (const { loginName, who } of logIns) line.say(`  ${loginName.padEnd(10)} ${who}`)
}

const hasData = '数据库里已有数据，示例数据只装进空的数据库。请用 BIHUAN_DATA 指明一个新的数据文件夹。'
