/** Where the example is played: the platform, a clock that walks, and the people who act, each within their own reach. */
import { addMonths, startOfMonth } from '@bihuan/domain'
import { createSessions } from '../modules/identity/index.js'
import type { Actor } from '../platform/actor.js'
import { ManualClock } from '../platform/clock.js'
import type { Handle } from '../platform/db/scope.js'
import type { Answer } from '../platform/http/serve.js'
import type { Platform } from '../platform/platform.js'
import { seeded, type Random } from './random.js'

export class Stage {
  readonly random: Random
  readonly clock: ManualClock
  readonly today: string
  readonly firstDay: string
  readonly unitIds = new Map<string, string>()
  tenantId = ''
  private readonly actors = new Map<string, Actor>()
  private readonly sessions: ReturnType<typeof createSessions>

  constructor(
    readonly platform: Platform,
    private readonly options: { readonly seed?: number; readonly say?: (sentence: string) => void },
  ) {
    this.random = seeded(options.seed ?? 20_230_616)
    this.today = platform.clock.today()
    this.firstDay = addMonths(startOfMonth(this.today), -8)
    this.clock = new ManualClock(morning(this.firstDay))
    this.sessions = createSessions({ ...platform, clock: this.clock })
  }

  /** What services outside a transaction stand on, on the day that the clock shows. */
  get context() {
    const { database, files } = this.platform
    return { database, files, clock: this.clock }
  }

  say(sentence: string): void {
    this.options.say?.(sentence)
  }

  id(key: string): string {
    const id = this.unitIds.get(key)
    if (id === undefined) throw new Error(`no unit ${key}`)
    return id
  }

  async as(loginName: string): Promise<Actor> {
    const known = this.actors.get(loginName)
    if (known !== undefined) return known
    const actor = await this.sessions.actAs('qingyu', loginName, '示例数据')
    if (actor === null) throw new Error(`no account ${loginName}`)
    this.actors.set(loginName, actor)
    return actor
  }

  async act<T>(loginName: string, work: (handle: Handle, actor: Actor) => Promise<Answer<T>>): Promise<T> {
    const actor = await this.as(loginName)
    return must(await this.platform.database.withScope(actor.reach, (handle) => work(handle, actor)))
  }

  /** All that was written so far counts from here on. */
  seal(): Promise<void> {
    return this.platform.sealer.sealNow(this.tenantId)
  }
}

export function morning(day: string): Date {
  return new Date(`${day}T08:30:00+08:00`)
}

export function must<T>(answer: Answer<T>): T {
  if (!answer.ok)
    throw new Error(
      `${answer.refusal.code}: ${answer.refusal.message}${answer.refusal.path === undefined ? '' : `（${answer.refusal.path}）`}`,
    )
  return answer.value
}
