/**
 * Builders: make what a test relies on and nothing else, creating the parents that were not named.
 *
 *     const test = await startTestApp()                                // a cloned database, the whole server, a clock that stands still
 *     const tenant = await buildTenant(test)                            // a district with its root unit
 *     const town = await buildUnit(test, tenant, { kind: 'town' })
 *     const officer = await buildAccount(test, town, 'territory-officer')
 *
 *     const answer = await ask(test, officer, listUnits, { query: {} })  // over HTTP, logged in, typed by the contract
 *     expect(answer.status).toBe(200); answer.body.items
 *     expect(answer.error?.code).toBe('hazard.not-your-turn')           // of a refusal
 *
 *     await upload(test, officer, startImport, { file: { name: 'a.xlsx', bytes } })
 *     await runJobs(test)                                               // runs what was enqueued, until nothing is due
 *     await test.platform.sealer.sealNow(tenant.id)                     // gives what was written its position
 *     test.clock.set(new Date('2023-07-01T09:00:00+08:00'))
 *     const actor = await actorFor(test, officer)                       // for a service without HTTP: test.database.withScope(actor.reach, ...)
 *     await test.stop()                                                 // in afterAll
 *
 * A test file has one app (`beforeAll`) and one tenant for each test that must not meet another's rows.
 */
import { randomBytes } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { FastifyInstance } from 'fastify'
import { runOnce, type TaskList } from 'graphile-worker'
import type { AnswerOf, BodyOf, ErrorAnswer, ParamsOf, QueryOf, Route } from '@bihuan/contracts'
import { logIn } from '@bihuan/contracts'
import type { Role, UnitKind } from '@bihuan/domain'
import { createApp } from '../src/app.js'
import { createModules, type Modules } from '../src/modules.js'
import { createAccount, grantRole } from '../src/modules/identity/index.js'
import { addUnit, foundTenant } from '../src/modules/organization/index.js'
import type { Actor } from '../src/platform/actor.js'
import { ManualClock } from '../src/platform/clock.js'
import type { Database, Handle } from '../src/platform/db/scope.js'
import type { Answer } from '../src/platform/http/serve.js'
import { startPlatform, type Platform } from '../src/platform/platform.js'
import { readSettings } from '../src/platform/settings.js'
import { cloneDatabase, type TestDatabase } from './test-database.js'

export interface TestApp {
  readonly app: FastifyInstance
  readonly platform: Platform
  readonly modules: Modules
  readonly database: Database
  /** The cloned database itself: `asOwner` looks at rows behind the policies. */
  readonly db: TestDatabase
  readonly clock: ManualClock
  stop(): Promise<void>
}

export interface TestTenant {
  readonly id: string
  readonly code: string
  readonly name: string
  readonly rootUnitId: string
}

export interface TestUnit {
  readonly tenantId: string
  readonly id: string
  readonly kind: UnitKind
  readonly name: string
}

export interface TestAccount {
  readonly tenantId: string
  readonly tenantCode: string
  readonly id: string
  readonly loginName: string
  readonly password: string
  readonly unitId: string
}

export const testPassword = 'Zhulin-7Qiao!'
const maintenance = { via: 'maintenance', personName: '测试', address: 'local' } as const

/** `environment` are settings as the server reads them: `{ BIHUAN_LOCK_AFTER: '3' }`. */
export async function startTestApp(
  options: {
    readonly now?: string
    readonly environment?: Readonly<Record<string, string>>
    /** By default a clone of the run's template. */
    readonly db?: TestDatabase
  } = {},
): Promise<TestApp> {
  const db = options.db ?? (await cloneDatabase())
  const folder = await mkdtemp(join(tmpdir(), 'bihuan-files-'))
  const settings = readSettings({
    DATABASE_URL: db.ownerUrl,
    BIHUAN_DATA: folder,
    BIHUAN_LOG: 'silent',
    // Tests move the clock by months; a password that runs out on the way is the business of one test.
    BIHUAN_PASSWORD_DAYS: '36500',
    ...options.environment,
  })
  const clock = new ManualClock(new Date(options.now ?? '2023-06-16T09:00:00+08:00'))
  const platform = await startPlatform(settings, { clock })
  const modules = createModules(platform)
  const app = await createApp(platform, modules)
  await app.ready()
  return {
    app,
    platform,
    modules,
    database: platform.database,
    db,
    clock,
    async stop() {
      await app.close()
      await platform.stop()
      await db.drop()
      await rm(folder, { recursive: true, force: true })
    },
  }
}

let counter = 0
/** Distinct within the run; short enough to read in a failure. */
export function unique(prefix: string): string {
  counter += 1
  return `${prefix}${counter}${randomBytes(2).toString('hex')}`
}

function must<T>(answer: Answer<T>): T {
  if (!answer.ok) throw new Error(`${answer.refusal.code}: ${answer.refusal.message}`)
  return answer.value
}

/** In the whole tenant, as the server itself: for builders. A test of rules acts as somebody (`actorFor`, `ask`). */
export function inTenant<T>(test: TestApp, tenantId: string, work: (handle: Handle) => Promise<T>): Promise<T> {
  return test.database.withScope({ purpose: 'tenant', tenantId }, work)
}

export async function buildTenant(
  test: TestApp,
  overrides: {
    readonly code?: string
    readonly name?: string
    readonly rootKind?: UnitKind
    readonly existsFrom?: string
  } = {},
): Promise<TestTenant> {
  const code = overrides.code ?? unique('t')
  const name = overrides.name ?? `青榆区${code}`
  const founded = await foundTenant(
    test.database,
    test.clock,
    {
      code,
      name,
      rootKind: overrides.rootKind ?? 'district',
      rootCode: null,
      existsFrom: overrides.existsFrom ?? '2000-01-01',
    },
    async () => undefined,
  )
  return { id: founded.tenantId, code, name, rootUnitId: founded.rootUnitId }
}

/** The parent that a unit of the kind gets when the test does not care. */
const usualParent: Partial<Record<UnitKind, UnitKind>> = { village: 'town', community: 'street', enterprise: 'town' }
const usualName: Partial<Record<UnitKind, string>> = {
  town: '镇',
  township: '乡',
  street: '街道',
  village: '村',
  community: '社区',
  department: '局',
  office: '科',
  'safety-committee-office': '安委办',
  'functional-area': '产业园',
  'area-committee': '管委会',
  enterprise: '厂',
}

/** A unit of kind `enterprise` made here is only its place in the tree; what is known of the firm belongs to the enterprise module's builder. */
export async function buildUnit(
  test: TestApp,
  tenant: TestTenant,
  overrides: {
    readonly kind?: UnitKind
    readonly name?: string
    readonly code?: string | null
    readonly parentId?: string
    readonly lineParentId?: string | null
    readonly existsFrom?: string
  } = {},
): Promise<TestUnit> {
  const kind = overrides.kind ?? 'town'
  const above = usualParent[kind]
  const parentId =
    overrides.parentId ??
    (above === undefined ? tenant.rootUnitId : (await buildUnit(test, tenant, { kind: above })).id)
  const name = overrides.name ?? `${unique('柳')}${usualName[kind] ?? ''}`
  const unit = await inTenant(test, tenant.id, (handle) =>
    addUnit(
      handle,
      { ...maintenance, tenantId: tenant.id },
      {
        kind,
        name,
        code: overrides.code ?? null,
        parentId,
        lineParentId: overrides.lineParentId ?? null,
        existsFrom: overrides.existsFrom ?? '2000-01-01',
      },
      test.clock,
    ),
  )
  return { tenantId: tenant.id, id: must(unit).id, kind, name }
}

/** An account that works at `at` in the given roles and has changed its first password. Roles at further units: `also`. */
export async function buildAccount(
  test: TestApp,
  at: TestUnit | TestTenant,
  roles: Role | readonly Role[] = [],
  overrides: {
    readonly loginName?: string
    readonly personName?: string
    readonly phone?: string | null
    readonly also?: readonly { readonly unit: TestUnit; readonly role: Role }[]
  } = {},
): Promise<TestAccount> {
  const tenantId = 'tenantId' in at ? at.tenantId : at.id
  const unitId = 'tenantId' in at ? at.id : at.rootUnitId
  const loginName = overrides.loginName ?? unique('u')
  const by = { ...maintenance, tenantId }
  const id = await inTenant(test, tenantId, async (handle) => {
    const account = must(
      await createAccount(
        handle,
        by,
        {
          loginName,
          personName: overrides.personName ?? `林${loginName}`,
          post: null,
          phone: overrides.phone ?? null,
          unitId,
          password: testPassword,
          mustChangePassword: false,
        },
        test.clock,
      ),
    )
    const grants = [
      ...(typeof roles === 'string' ? [roles] : roles).map((role) => ({ unitId, role })),
      ...(overrides.also ?? []).map(({ unit, role }) => ({ unitId: unit.id, role })),
    ]
    for (const grant of grants) must(await grantRole(handle, by, { accountId: account.id, ...grant }, test.clock))
    return account.id
  })
  const [tenant] = await test.db.asOwner<{ code: string }>('select code from tenant where id = $1', [tenantId])
  return { tenantId, tenantCode: tenant?.code ?? '', id, loginName, password: testPassword, unitId }
}

/** The account as services see it, with reach and permissions, at the unit that it begins to work in. */
export async function actorFor(test: TestApp, account: TestAccount): Promise<Actor> {
  const actor = await test.modules.sessions.actAs(account.tenantCode, account.loginName, 'test')
  if (actor === null) throw new Error(`no account ${account.loginName}`)
  return actor
}

// --- over HTTP --------------------------------------------------------------------------------------------------------

export interface TestAnswer<R extends Route> {
  readonly status: number
  /** Of an answer; of a refusal it is undefined and `error` stands. Typed as present, since most tests ask what they may. */
  readonly body: AnswerOf<R>
  readonly error: ErrorAnswer['error'] | undefined
  readonly headers: Readonly<Record<string, unknown>>
  readonly bytes: Buffer
}

export interface AskArgs<R extends Route> {
  readonly params?: ParamsOf<R>
  readonly query?: QueryOf<R>
  readonly body?: BodyOf<R>
  readonly idempotencyKey?: string
}

const cookies = new WeakMap<TestApp, Map<string, { cookie: string; at: number }>>()

/** The session cookie of an account; logs in anew when the clock has moved on so far that the session would have ended. */
export async function cookieOf(test: TestApp, account: TestAccount): Promise<string> {
  const known = cookies.get(test) ?? new Map<string, { cookie: string; at: number }>()
  cookies.set(test, known)
  const now = test.clock.now().getTime()
  const found = known.get(account.id)
  if (found && Math.abs(now - found.at) < 10 * 60_000) return found.cookie
  const answer = await test.app.inject({
    method: 'POST',
    url: logIn.path,
    headers: { 'x-requested-with': 'bihuan' },
    payload: { loginName: account.loginName, password: account.password, tenant: account.tenantCode },
  })
  const cookie = answer.cookies.find(({ name }) => name === 'bihuan_session')
  if (!cookie) throw new Error(`${account.loginName} could not log in: ${answer.body}`)
  const line = `${cookie.name}=${cookie.value}`
  known.set(account.id, { cookie: line, at: now })
  return line
}

/** Calls a route as somebody (null: nobody). */
export async function ask<R extends Route>(
  test: TestApp,
  account: TestAccount | null,
  route: R,
  args: AskArgs<R> = {},
): Promise<TestAnswer<R>> {
  const answer = await test.app.inject({
    method: route.method,
    url: addressOf(route, args.params, args.query),
    headers: {
      'x-requested-with': 'bihuan',
      ...(account === null ? {} : { cookie: await cookieOf(test, account) }),
      ...(args.idempotencyKey === undefined ? {} : { 'idempotency-key': args.idempotencyKey }),
    },
    ...(args.body === undefined ? {} : { payload: args.body as object }),
  })
  return readAnswer(route, answer)
}

/** Sends files as the web does: text fields first, then the files as `file` parts. */
export async function upload<R extends Route>(
  test: TestApp,
  account: TestAccount,
  route: R,
  args: AskArgs<R> & {
    readonly file: { readonly name: string; readonly bytes: Uint8Array; readonly mediaType?: string }
    readonly fields?: Readonly<Record<string, string>>
  },
): Promise<TestAnswer<R>> {
  const boundary = `----bihuan${randomBytes(8).toString('hex')}`
  const parts: Buffer[] = Object.entries(args.fields ?? {}).map(([name, value]) =>
    Buffer.from(`--${boundary}\r\ncontent-disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`),
  )
  const { name, bytes, mediaType = 'application/octet-stream' } = args.file
  parts.push(
    Buffer.from(
      `--${boundary}\r\ncontent-disposition: form-data; name="file"; filename="${name}"\r\ncontent-type: ${mediaType}\r\n\r\n`,
    ),
    Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length),
    Buffer.from(`\r\n--${boundary}--\r\n`),
  )
  const answer = await test.app.inject({
    method: route.method,
    url: addressOf(route, args.params, args.query),
    headers: {
      'x-requested-with': 'bihuan',
      cookie: await cookieOf(test, account),
      'content-type': `multipart/form-data; boundary=${boundary}`,
      ...(args.idempotencyKey === undefined ? {} : { 'idempotency-key': args.idempotencyKey }),
    },
    payload: Buffer.concat(parts),
  })
  return readAnswer(route, answer)
}

type Plain = string | number | boolean

function addressOf(route: Route, params: unknown, query: unknown): string {
  const path = route.path.replace(/:([A-Za-z]\w*)/g, (_, name: string) =>
    encodeURIComponent(String((params as Record<string, Plain> | undefined)?.[name] ?? '')),
  )
  const pairs = new URLSearchParams()
  type Asked = string | number | boolean | null | undefined
  for (const [key, value] of Object.entries((query ?? {}) as Record<string, Asked | readonly Asked[]>)) {
    for (const one of Array.isArray(value) ? value : [value as Asked]) {
      if (one !== undefined && one !== null) pairs.append(key, String(one))
    }
  }
  return pairs.size === 0 ? path : `${path}?${pairs.toString()}`
}

function readAnswer<R extends Route>(
  route: R,
  answer: {
    statusCode: number
    headers: Readonly<Record<string, number | string | string[] | undefined>>
    rawPayload: Buffer
    body: string
  },
): TestAnswer<R> {
  const good = answer.statusCode < 400
  const json =
    /json/.test((answer.headers['content-type'] as string | undefined) ?? '') && (!good || route.gives === 'json')
  const parsed: unknown = json && answer.body !== '' ? JSON.parse(answer.body) : undefined
  return {
    status: answer.statusCode,
    body: (good ? parsed : undefined) as AnswerOf<R>,
    error: good ? undefined : (parsed as ErrorAnswer | undefined)?.error,
    headers: answer.headers,
    bytes: answer.rawPayload,
  }
}

// --- jobs -------------------------------------------------------------------------------------------------------------

/** Runs the jobs that are due by the real clock, with the modules' own code, until none is left; throws what the first one threw. */
export async function runJobs(test: TestApp): Promise<void> {
  const thrown: unknown[] = []
  const taskList: TaskList = {}
  for (const job of test.modules.jobs) {
    taskList[job.name] = async (payload) => {
      try {
        await job.run(payload as never)
      } catch (cause) {
        thrown.push(cause)
        throw cause
      }
    }
  }
  const quiet = {
    error: () => undefined,
    warn: () => undefined,
    info: () => undefined,
    debug: () => undefined,
    scope: () => quiet,
  }
  await runOnce({
    connectionString: test.db.ownerUrl,
    taskList,
    concurrency: 1,
    noHandleSignals: true,
    logger: quiet as never,
  })
  if (thrown.length > 0) throw thrown[0]
}
