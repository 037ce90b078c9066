/** Starts the server, says where to go and how to log in, and stops in order when it is told to. */
import { startServer } from './app.js'
import { foundBareDistrict } from './founding.js'
import { readSettings, SettingsError } from './platform/settings.js'

async function main(): Promise<void> {
  const began = Date.now()
  const settings = readSettings(process.env)
  const server = await startServer(settings)
  const stop = (signal: string) => {
    server.platform.log.info({ event: 'stopping', signal })
    void server.stop().then(() => process.exit(0))
  }
  process.once('SIGTERM', () => stop('SIGTERM'))
  process.once('SIGINT', () => stop('SIGINT'))

  const logIns = await foundBareDistrict(server.platform)
  process.stdout.write(`\n  闭环已启动：${server.url}  （${((Date.now() - began) / 1000).toFixed(1)} 秒）\n`)
  if (logIns !== null) {
    process.stdout.write('\n  首次启动建了三个管理员，密码只显示这一次，首次登录须修改：\n')
    for (const { loginName, password, who } of logIns) process.stdout.write(`    ${loginName.padEnd(10)} ${password}    ${who}\n`)
  }
  process.stdout.write('\n')
}

main().catch((cause: unknown) => {
  if (cause instanceof SettingsError) process.stderr.write(`${cause.message}\n`)
  else process.stderr.write(`启动失败：${cause instanceof Error ? (cause.stack ?? cause.message) : String(cause)}\n`)
  process.exit(1)
})
