/**
 * What every command stands on. A command lives in `cli/<noun>.command.ts` and exports one function that registers it:
 *
 *     export function registerTaskCommands(program: Command, line: CommandLine): void {
 *       const task = program.command('task').description('任务')
 *       line.person(task.command('update').description('…').requiredOption('--id <编号>', '…')).action((options: UpdateOptions & PersonOptions) =>
 *         line.asPerson(options, async ({ platform, actor }) => {
 *           const page = await platform.database.withScope(actor.reach, async (handle) => given(await updateTask(handle, actor, …)))
 *           line.say(textOf(page))
 *         }),
 *       )
 *     }
 *
 * A refusal is thrown as `CommandRefused` (or taken out of an answer by `given`: of a write inside its transaction, which it then
 * undoes), a check that failed as `CheckFailed`.
 */
import { existsSync } from 'node:fs'
import { hostname, userInfo } from 'node:os'
import type { Command } from 'commander'
import { createModules, type Modules } from '../modules.js'
import type { Actor } from '../platform/actor.js'
import type { ActingParty } from '../platform/audit/record.js'
import { recordRefusedAccess } from '../platform/audit/refused-access.js'
import { listTenants, type TenantRow } from '../platform/db/tenants.js'
import type { HttpRefusal } from '../platform/http/refusal.js'
import type { Answer } from '../platform/http/serve.js'
import { createLog, type Log } from '../platform/log.js'
import { startPlatform, type Ground, type Platform } from '../platform/platform.js'
import { readSettings, type Settings } from '../platform/settings.js'

/** Exit code 2: asked in a wrong way, or refused; nothing was done. */
export class CommandRefused extends Error {
  /** `sought`: what was reached for and is not the asker's to know of. Put on record, never said. */
  constructor(
    message: string,
    readonly sought?: HttpRefusal['sought'],
  ) {
    super(message)
  }
}

/** Exit code 1: what was to be checked is not as it should be. */
export class CheckFailed extends Error {}

export interface GroundContext {
  readonly platform: Platform
  readonly modules: Modules
}

export interface CommandContext extends GroundContext {
  /** The person whose act it is; via 'cli', at this machine. */
  readonly actor: Actor
}

export interface PersonOptions {
  readonly tenant?: string
  readonly token?: string
  readonly as?: string
}

export interface Terminal {
  readonly environment: Readonly<Record<string, string | undefined>>
  out(text: string): void
  err(text: string): void
}

export interface CommandLine {
  readonly settings: Settings
  readonly log: Log
  /** One line, or several, of the command's answer. */
  say(text: string): void
  /** What is not as it should be: to standard error, apart from the answer. */
  warn(text: string): void
  /** The command has done its work, and its answer is that something is not as it should be. */
  fail(): void
  /** Adds the options that say whose act it is. */
  person(command: Command): Command
  /** Works on the server's own database: adopts a cluster that runs, or starts it and stops it again. */
  onGround<T>(work: (context: GroundContext) => Promise<T>, ground?: Ground): Promise<T>
  asPerson<T>(options: PersonOptions, work: (context: CommandContext) => Promise<T>): Promise<T>
  /** The tenant of that code, or the only one. */
  tenant(platform: Platform, code: string | undefined): Promise<TenantRow>
}

export function createCommandLine(terminal: Terminal): CommandLine & { readonly failed: boolean } {
  const { environment } = terminal
  let known: Settings | undefined
  let log: Log | undefined
  const line = {
    failed: false,
    get settings() {
      known ??= readSettings(environment)
      return known
    },
    get log() {
      // What goes wrong is said in one sentence; the log is for who looks for the reason.
      log ??= createLog(environment['BIHUAN_LOG'] === 'debug' ? 'debug' : 'silent', 'stderr')
      return log
    },
    say: (text: string) => terminal.out(`${text}\n`),
    warn: (text: string) => terminal.err(`${text}\n`),
    fail() {
      line.failed = true
    },
    person: (command: Command) =>
      command
        .option('--tenant <代码>', '辖区代码；只有一个辖区时可不写')
        .option('--token <令牌>', '访问令牌；最好用环境变量 BIHUAN_TOKEN 给出，以免留在命令历史里')
        .option('--as <用户名>', '以这个账户的身份办理（本机管理；记为其本人所为）'),
    async onGround<T>(work: (context: GroundContext) => Promise<T>, ground?: Ground): Promise<T> {
      const { settings } = line
      if (ground === undefined && settings.databaseUrl === null && !existsSync(settings.dataFolder)) {
        throw new CommandRefused(
          `数据文件夹 ${settings.dataFolder} 还不存在。请在启动服务的那个文件夹里运行，或用环境变量 BIHUAN_DATA 指明它。`,
        )
      }
      const platform = await startPlatform(settings, { log: line.log, ...(ground === undefined ? {} : { ground }) })
      try {
        return await work({ platform, modules: createModules(platform) })
      } finally {
        await platform.stop()
      }
    },
    asPerson<T>(options: PersonOptions, work: (context: CommandContext) => Promise<T>): Promise<T> {
      return line.onGround(async ({ platform, modules }) => {
        const actor = await actorOf(line, { platform, modules }, options)
        // Nobody waits for the next round of a sealer here: what was done has its position when the command ends.
        const seal = () => platform.sealer.sealNow(actor.tenantId)
        try {
          const done = await work({ platform, modules, actor })
          await seal()
          return done
        } catch (cause) {
          if (cause instanceof CommandRefused && cause.sought !== undefined) {
            const { objectKind, objectId } = cause.sought
            await recordRefusedAccess(platform.database, actor, objectKind, objectId, platform.clock)
          }
          if (cause instanceof CommandRefused || cause instanceof CheckFailed) await seal()
          throw cause
        }
      })
    },
    async tenant(platform: Platform, code: string | undefined): Promise<TenantRow> {
      const tenants = await listTenants(platform.database)
      const [only] = code === undefined ? tenants : tenants.filter((one) => one.code === code)
      const codes = tenants.map((one) => `${one.code}（${one.name}）`).join('、')
      if (only === undefined) {
        throw new CommandRefused(
          tenants.length === 0
            ? '数据库里还没有辖区。请先启动一次服务（npm start）。'
            : `没有代码为“${code ?? ''}”的辖区。现有：${codes}。`,
        )
      }
      if (code === undefined && tenants.length > 1)
        throw new CommandRefused(`有多个辖区，请用 --tenant 指明：${codes}。`)
      return only
    },
  }
  return line
}

async function actorOf(
  line: CommandLine,
  { platform, modules }: GroundContext,
  options: PersonOptions,
): Promise<Actor> {
  if (options.as !== undefined && options.token !== undefined) throw new CommandRefused('--token 和 --as 只能用一个。')
  if (options.as !== undefined) {
    const tenant = await line.tenant(platform, options.tenant)
    const actor = await modules.sessions.actAs(tenant.code, options.as, hostname())
    if (actor === null) throw new CommandRefused(`${tenant.name}没有用户名为“${options.as}”的在用账户。`)
    return actor
  }
  const token = options.token ?? line.settings.token
  if (token === null || token === '') {
    throw new CommandRefused('请说明以谁的身份办理：用 --as 用户名，或用环境变量 BIHUAN_TOKEN 给出访问令牌。')
  }
  const actor = await modules.sessions.actWithToken(token, hostname())
  if (actor === null) throw new CommandRefused('访问令牌不对、已过期或已停用。请在“我的账户”里另建一个。')
  if (options.tenant !== undefined && (await line.tenant(platform, options.tenant)).id !== actor.tenantId) {
    throw new CommandRefused(`这个访问令牌不是辖区“${options.tenant}”的。`)
  }
  return actor
}

/** The value of an answer, or its refusal on the terminal. */
export function given<T>(answer: Answer<T>): T {
  if (answer.ok) return answer.value
  const places = (answer.refusal.places ?? []).slice(0, 20).map(({ sheet, row, column, path, message }) => {
    const where = [sheet, row === undefined ? undefined : `第 ${row} 行`, column, path].filter(
      (part) => part !== undefined,
    )
    return `\n  ${where.join(' ')}：${message}`
  })
  throw new CommandRefused(`${answer.refusal.message}${places.join('')}`, answer.refusal.sought)
}

/** Who administers the product on its own machine: known by the machine and its account there. */
export function localAdministrator(tenantId: string): ActingParty {
  return { tenantId, via: 'maintenance', personName: `本机管理（${accountName()}）`, address: hostname() }
}

function accountName(): string {
  try {
    return userInfo().username
  } catch {
    // A container may run under a number that has no name.
    return '未知账户'
  }
}
