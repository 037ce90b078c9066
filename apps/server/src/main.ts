/** Starts the server, says where to go and how to log in, and stops in order when it is told to. */
import { startServer, type RunningServer } from './app.js'
import { demoPassword, loadDemo } from './demo/load.js'
import { foundBareDistrict } from './founding.js'
import { readSettings, SettingsError } from './platform/settings.js'
import { failureSentence } from './platform/start-failure.js'

const drainSeconds = 30

async function main(): Promise<void> {
  const began = Date.now()
  const { empty } = readArguments(process.argv.slice(2))
  const settings = readSettings(process.env)
  // From the first moment on: whoever interrupts a start must not leave a database behind that nobody asked for.
  const asked = stopWhenTold()
  const server = await startServer(settings)
  asked.stops(server)
  try {
    await foundAndGreet(server, began, {
      withExamples: !empty && !settings.production && settings.databaseUrl === null,
    })
  } catch (cause) {
    await server.stop()
    throw cause
  }
}

/** Says where to go at once; what there is to log in with comes when it is there. */
async function foundAndGreet(
  { platform, url }: RunningServer,
  began: number,
  { withExamples }: { withExamples: boolean },
): Promise<void> {
  const say = (line: string) => process.stdout.write(`  ${line}\n`)
  process.stdout.write(`\n  闭环已启动：${url}  （${((Date.now() - began) / 1000).toFixed(1)} 秒）\n\n`)
  if (withExamples) {
    const logIns = await loadDemo(platform, { say })
    if (logIns === null) return
    say(`示例数据（虚构的青榆区）已备好。各类用户的登录（密码都是 ${demoPassword}）：`)
    for (const { loginName, who } of logIns) say(`  ${loginName.padEnd(10)} ${who}`)
    process.stdout.write('\n')
    return
  }
  const logIns = await foundBareDistrict(platform)
  if (logIns === null) return
  say('首次启动建了三个管理员，密码只显示这一次，首次登录须修改：')
  for (const { loginName, password, who } of logIns) say(`  ${loginName.padEnd(10)} ${password}    ${who}`)
  process.stdout.write('\n')
}

/** `--empty`: a bare district, without example data. */
function readArguments(given: readonly string[]): { readonly empty: boolean } {
  const strange = given.find((argument) => argument !== '--empty')
  if (strange !== undefined) throw new SettingsError(`没有启动选项“${strange}”。可用的只有 --empty（不装示例数据）。`)
  return { empty: given.includes('--empty') }
}

function stopWhenTold(): { stops(server: RunningServer): void } {
  let server: RunningServer | null = null
  let signal: string | null = null
  const stop = (running: RunningServer) => {
    running.platform.log.info({ event: 'stopping', signal })
    // Something hangs: what is not committed by now is undone, as after a kill.
    setTimeout(() => process.exit(1), drainSeconds * 1000 * 2).unref()
    running.stop().then(
      () => process.exit(0),
      (cause: unknown) => {
        running.platform.log.error({ event: 'stop-failed', cause: String(cause) })
        process.exit(1)
      },
    )
  }
  for (const name of ['SIGTERM', 'SIGINT'] as const) {
    process.on(name, () => {
      // The second time somebody means it.
      if (signal !== null) process.exit(130)
      signal = name
      if (server !== null) stop(server)
    })
  }
  return {
    stops(running) {
      server = running
      if (signal !== null) stop(running)
    },
  }
}

main().catch((cause: unknown) => {
  const sentence = failureSentence(cause)
  process.stderr.write(
    sentence === null
      ? `启动失败：${cause instanceof Error ? (cause.stack ?? cause.message) : String(cause)}\n`
      : `${sentence}\n`,
  )
  process.exit(1)
})
