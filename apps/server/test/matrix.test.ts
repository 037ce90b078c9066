/**
 * Everybody against everything: an actor of every role, one without a role, a token without scopes and a stranger ask every route
 * that the contracts describe for records that are not theirs: another unit's, another line's, another tenant's. Nothing is read,
 * nothing is changed, and the attempt is on record.
 */
import { createHash, randomUUID } from 'node:crypto'
import { strFromU8, unzipSync } from 'fflate'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { logIn, logOut, startImport, type Route } from '@bihuan/contracts'
import { roles, roleStation, type Role } from '@bihuan/domain'
import {
  buildAccount,
  buildTenant,
  buildUnit,
  runJobs,
  startTestApp,
  type TestAccount,
  type TestApp,
} from './builders.js'
import { everyRoute, pathParameters } from './every-route.js'
import { buildNeighbour, buildSharedCampaign, type Ids, type Neighbour } from './neighbours.js'
import { png } from './pictures.js'
import { samplePlan } from './sample-plan.js'
import { buildWorkbook } from './workbooks.js'
import { validQueries, validSamples, type Fill } from './valid-samples.js'

/** Which record a name stands for. A name that is not here fails the test: a new route must be thought of. */
const recordOf: Readonly<Record<string, string>> = {
  unitId: 'unitId',
  noticeFileId: 'fileId',
  unit: 'unitId',
  within: 'unitId',
  parentId: 'unitId',
  below: 'unitId',
  unitIds: 'unitId',
  receiverIds: 'unitId',
  lineParentId: 'unitId',
  territoryUnitId: 'unitId',
  toUnitId: 'unitId',
  responsibleUnitId: 'unitId',
  responsibleUnitIds: 'unitId',
  authorityUnitId: 'unitId',
  leadRegulatorId: 'regulatorId',
  otherRegulatorIds: 'regulatorId',
  regulator: 'regulatorId',
  enterpriseId: 'enterpriseId',
  landlordId: 'enterpriseId',
  subject: 'enterpriseId',
  as: 'enterpriseId',
  id: 'enterpriseId',
  accountId: 'accountId',
  personId: 'accountId',
  account: 'accountId',
  grantId: 'grantId',
  tokenId: 'tokenId',
  entryId: 'entryId',
  object: 'hazardId',
  recordId: 'hazardId',
  sessionId: 'sessionId',
  campaignId: 'campaignId',
  campaign: 'campaignId',
  carryOverTo: 'campaignId',
  taskId: 'taskId',
  withdraws: 'updateId',
  targetId: 'targetId',
  tableId: 'tableId',
  scheduleId: 'scheduleId',
  senderId: 'senderId',
  receiverId: 'packageReceiverId',
  outsideReceiverIds: 'packageReceiverId',
  pushId: 'pushId',
  returnId: 'returnId',
  return: 'returnId',
  ledgerId: 'ledgerId',
  circularId: 'circularId',
  tableIds: 'tableId',
  hazardId: 'hazardId',
  fileId: 'fileId',
  fileIds: 'fileId',
  evidenceFileIds: 'fileId',
  viewId: 'viewId',
  viewIds: 'viewId',
  importId: 'importId',
  noticeIds: 'noticeId',
  noticeId: 'noticeId',
  hazardIds: 'hazardId',
  responsibilityId: 'responsibilityId',
  corrects: 'placementId',
}
/** Where the same name means another record. */
const recordIn: Readonly<Record<string, string>> = {
  'createCampaign.parentId': 'campaignId',
  // Of a deliverable: the unit that gets it.
  'addNarrativeSchedule.receiverId': 'unitId',
  'changeSchedule.receiverId': 'unitId',
}
/** Path parameters that name no record. */
const plainParameters: Readonly<Record<string, readonly string[]>> = {
  kind: ['unit', 'enterprise', 'ledger'],
  ordinal: ['1'],
  round: ['1'],
  key: ['g1.m1', 'g2.m1'],
  year: ['2023'],
}

/**
 * The directory of offices is open to everybody of the tenant who holds a role: one must be able to name the receiver of a
 * transfer. These routes tell that an office is there, what it is called and where it stands, and nothing that it keeps.
 */
const directory: ReadonlySet<string> = new Set([
  'listUnits',
  'showUnit',
  'showUnitTree',
  'listResponsibilities',
  'exportUnits',
])
/** Whoever exports has on record what was asked for; nothing of it need exist. */
const asksOnly = `action like '%.export' or action = 'access.refused'`

interface Actor {
  readonly name: string
  readonly account: TestAccount | null
  readonly token?: string
}

interface Request {
  readonly route: Route
  readonly params: Readonly<Record<string, string>>
  readonly query: Readonly<Record<string, unknown>>
  readonly body: unknown
}

// Some three hundred questions each: two seconds, but on a machine that has much else to do.
vi.setConfig({ testTimeout: 300_000 })

let app: TestApp
let own: Neighbour
let shared: Ids
const targets = new Map<string, Neighbour>()
const inTown: Actor[] = []
const inDistrict: Actor[] = []

beforeAll(async () => {
  workbook = await buildWorkbook(['企业名称'], [['青榆木业']])
  app = await startTestApp({ environment: { BIHUAN_LOCK_AFTER: '10000' } })
  const tenant = await buildTenant(app)
  const office = (name: string, kind: 'town' | 'department') => buildUnit(app, tenant, { kind, name })
  const ownTown = await office('柳河镇', 'town')
  const ownDepartment = await office('应急局', 'department')
  const nextTown = await office('温泉镇', 'town')
  // A department's campaign binds the territory that it works in: this one works in an area beside the town.
  const area = await buildUnit(app, tenant, { kind: 'functional-area', name: '云栖园区' })
  const nextDepartment = await buildUnit(app, tenant, { kind: 'department', name: '住建局', parentId: area.id })
  const chief = await buildAccount(app, tenant, 'safety-office')
  const common = await buildSharedCampaign(
    app,
    chief,
    tenant.rootUnitId,
    [ownTown, nextTown, ownDepartment, nextDepartment].map(({ name }) => name),
  )
  shared = { campaignId: common.campaignId, tableId: common.tableId, taskId: common.taskFor(ownTown.name) }

  const everyPower: Role[] = ['safety-office', 'territory-officer']
  own = await buildNeighbour(app, {
    office: ownTown,
    territory: ownTown,
    regulator: ownDepartment,
    mark: '己方密',
    roles: everyPower,
    shared: common,
  })
  targets.set(
    'another unit',
    await buildNeighbour(app, {
      office: nextTown,
      territory: nextTown,
      regulator: nextDepartment,
      mark: '邻镇密',
      roles: everyPower,
      shared: common,
    }),
  )
  const line = await buildNeighbour(app, {
    office: nextDepartment,
    territory: area,
    regulator: nextDepartment,
    mark: '他条密',
    roles: ['safety-office', 'department-officer'],
    shared: common,
  })
  // Where a unit is asked for, the enterprise itself: it stands in no directory.
  targets.set('another line', { ...line, ids: { ...line.ids, unitId: line.enterprise.id } })

  const abroad = await buildTenant(app)
  const farTown = await buildUnit(app, abroad, { kind: 'town', name: '远山镇' })
  const farDepartment = await buildUnit(app, abroad, { kind: 'department', name: '远山局' })
  targets.set(
    'another tenant',
    await buildNeighbour(app, {
      office: farTown,
      territory: farTown,
      regulator: farDepartment,
      mark: '外区密',
      roles: everyPower,
    }),
  )

  for (const role of roles) {
    const at =
      roleStation(role) === 'enterprise' ? own.enterprise : role === 'department-officer' ? ownDepartment : ownTown
    inTown.push({ name: role, account: await buildAccount(app, at, role) })
    if (roleStation(role) === 'government')
      inDistrict.push({ name: `${role} of the district`, account: await buildAccount(app, tenant, role) })
  }
  inTown.push({ name: 'nobody', account: null }, { name: 'no role', account: await buildAccount(app, ownTown) })
  const holder = await buildAccount(app, ownTown, everyPower)
  inTown.push({ name: 'a token without scopes', account: holder, token: await buildToken(holder) })
  await runJobs(app)
  for (const id of [tenant.id, abroad.id]) await app.platform.sealer.sealNow(id)
}, 120_000)
afterAll(() => app.stop())

async function buildToken(holder: TestAccount): Promise<string> {
  const token = `${holder.tenantId}.${'t'.repeat(43)}`
  await app.db.asOwner(
    `insert into access_token (tenant_id, id, token_hash, account_id, unit_id, name, permissions, created_at, expires_at)
     values ($1, gen_random_uuid(), $2, $3, $4, '无权限', '{}', $5, $5::timestamptz + interval '1 day')`,
    [holder.tenantId, createHash('sha256').update(token).digest('hex'), holder.id, holder.unitId, app.clock.now()],
  )
  return token
}

// --- what is asked ------------------------------------------------------------------------------------------------------------

function idOf(route: Route, name: string, ids: Ids): string {
  const record = recordIn[`${route.name}.${name}`] ?? recordOf[name]
  const id = record === undefined ? undefined : ids[record]
  if (id === undefined || id === '')
    throw new Error(`${route.name} speaks of "${name}": tell the matrix which record that is`)
  return id
}

function fillWith(route: Route, ids: Ids, mark: string, more: Readonly<Record<string, unknown>> = {}): Fill {
  const values: Readonly<Record<string, unknown>> = {
    q: mark,
    search: mark,
    plan: samplePlan(),
    values: { 'g2.m1': '3' },
    // What a task says of its time is none of the matrix's business.
    due: { kind: 'standing' },
    frequency: { times: 1, per: 'month' },
    quota: { atLeast: 1, unit: '次' },
    // Not one's own, or `changePassword` would be right; and of nobody.
    loginName: 'nobody-at-all',
    ...more,
  }
  return { idFor: (key) => idOf(route, key, ids), valueFor: (key) => values[key] }
}

function* paramsFor(route: Route, ids: (name: string) => Ids): Generator<Record<string, string>> {
  const names = pathParameters(route)
  const most = Math.max(1, ...names.map((name) => plainParameters[name]?.length ?? 1))
  for (let at = 0; at < most; at++) {
    yield Object.fromEntries(
      names.map((name) => [
        name,
        plainParameters[name]?.[at % plainParameters[name].length] ?? idOf(route, name, ids(name)),
      ]),
    )
  }
}

/**
 * A body has many forms (each act on a hazard is one). Who may write asks in every way; who may not is refused before it matters,
 * and asks once.
 */
type HowFar = 'every way' | 'once'
const writers: ReadonlySet<string> = new Set([
  'safety-office',
  'department-officer',
  'enterprise-principal',
  'system-admin',
])
const howFarFor = (actor: Actor): HowFar => (writers.has(actor.name) ? 'every way' : 'once')

function bodiesFor(route: Route, fill: Fill, howFar: HowFar): unknown[] {
  const bodies = route.takes === 'json' ? validSamples(route.body, fill) : [undefined]
  return howFar === 'once' ? bodies.slice(0, 1) : bodies
}

/** Everything foreign: path, query and body. */
function* foreignRequests(route: Route, target: Neighbour, howFar: HowFar = 'every way'): Generator<Request> {
  const fill = fillWith(route, target.ids, target.mark)
  for (const params of paramsFor(route, () => target.ids)) {
    // A record that is not there is refused whatever is searched in it; the ids in the query are tried all the same.
    const queries = validQueries(
      route.query,
      recordsIn(route).length === 0 ? fill : { ...fill, valueFor: () => undefined },
    )
    for (const query of queries) {
      for (const body of bodiesFor(route, fill, howFar)) yield { route, params, query, body }
    }
  }
}

/** One's own thing in the path, and foreign ones in the rest of the path, in the query, in the body. */
async function* mixedRequests(route: Route, mine: Ids, target: Neighbour, howFar: HowFar): AsyncGenerator<Request> {
  const records = pathParameters(route).filter((name) => plainParameters[name] === undefined)
  if (records.length === 0) return
  for (const foreign of ['', ...records.slice(1)]) {
    for (const params of paramsFor(route, (name) => (name === foreign ? target.ids : mine))) {
      const version = await versionOf(records, params)
      const fill = fillWith(route, target.ids, target.mark, version === null ? {} : { version })
      for (const query of validQueries(route.query, fill)) {
        for (const body of bodiesFor(route, fill, howFar)) {
          const speaksOfForeign =
            foreign !== '' || Object.values(target.ids).some((id) => JSON.stringify([query, body]).includes(id))
          if (speaksOfForeign || route.method === 'GET') yield { route, params, query, body }
        }
      }
    }
  }
}

const versioned: Readonly<Record<string, string>> = {
  hazardId: 'hazard',
  campaignId: 'campaign',
  taskId: 'campaign_task',
  tableId: 'report_table',
  unitId: 'unit',
  enterpriseId: 'enterprise',
  responsibilityId: 'responsibility',
  receiverId: 'package_receiver',
}
/** Or a write would stop at "changed meanwhile", before it looks at what it was given. */
async function versionOf(names: readonly string[], params: Readonly<Record<string, string>>): Promise<number | null> {
  const name = [...names].reverse().find((one) => versioned[one] !== undefined)
  if (name === undefined) return null
  const [row] = await app.db.asOwner<{ version: number }>(`select version from ${versioned[name]} where id = $1`, [
    params[name],
  ])
  return row?.version ?? null
}

interface Given {
  readonly status: number
  readonly text: string
}

async function send(actor: Actor, { route, params, query, body }: Request): Promise<Given> {
  const path = route.path.replace(/:([A-Za-z]\w*)/g, (_, name: string) => encodeURIComponent(params[name] ?? ''))
  const pairs = new URLSearchParams(
    Object.entries(query).map(([key, value]): [string, string] => [key, String(value as string)]),
  )
  const boundary = '----matrix'
  const isUpload = route.takes === 'upload'
  const answer = await app.app.inject({
    method: route.method,
    url: pairs.size === 0 ? path : `${path}?${pairs.toString()}`,
    headers: {
      'x-requested-with': 'bihuan',
      ...(actor.token !== undefined
        ? { authorization: `Bearer ${actor.token}` }
        : actor.account === null
          ? {}
          : { cookie: await cookieFor(actor.account) }),
      ...(isUpload ? { 'content-type': `multipart/form-data; boundary=${boundary}` } : {}),
    },
    ...(isUpload ? { payload: paperIn(boundary, route) } : body === undefined ? {} : { payload: body as object }),
  })
  // The session that the next question would come with has ended.
  if (route.name === logOut.name && actor.account !== null) cookies.delete(actor.account.id)
  return { status: answer.statusCode, text: textIn(answer.rawPayload) }
}

const cookies = new Map<string, string>()
async function cookieFor({ id, loginName, password, tenantCode }: TestAccount): Promise<string> {
  const known = cookies.get(id)
  if (known !== undefined) return known
  const answer = await app.app.inject({
    method: logIn.method,
    url: logIn.path,
    headers: { 'x-requested-with': 'bihuan' },
    payload: { loginName, password, tenant: tenantCode },
  })
  const session = answer.cookies.find((cookie) => cookie.name === 'bihuan_session')
  if (session === undefined) throw new Error(`${loginName} could not log in: ${answer.body}`)
  const cookie = `${session.name}=${session.value}`
  cookies.set(id, cookie)
  return cookie
}

/** Word and Excel are zip files: their words are looked for inside. */
function textIn(bytes: Buffer): string {
  if (!bytes.subarray(0, 2).equals(Buffer.from('PK'))) return bytes.toString('utf8')
  return Object.values(unzipSync(bytes))
    .map((part) => strFromU8(part))
    .join('\n')
}

let workbook: Uint8Array
function paperIn(boundary: string, route: Route): Buffer {
  const [name, bytes] = route.name === startImport.name ? ['a.xlsx', workbook] : ['a.png', png()]
  const head = `--${boundary}\r\ncontent-disposition: form-data; name="file"; filename="${name}"\r\n\r\n`
  return Buffer.concat([Buffer.from(head), bytes, Buffer.from(`\r\n--${boundary}--\r\n`)])
}

// --- what is watched ----------------------------------------------------------------------------------------------------------

let tenantTables: readonly string[] | undefined
/** Every row that speaks of the neighbour, as text, by table: whoever changes one, adds one or takes one away is seen. */
async function rowsOf({ ids, mark }: Neighbour): Promise<ReadonlySet<string>> {
  tenantTables ??= (
    await app.db.asOwner<{ name: string }>(
      `select c.relname as name from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attname = 'tenant_id'
       where c.relkind = 'r' and c.relnamespace = 'public'::regnamespace order by 1`,
    )
  ).map(({ name }) => name)
  const sign = [...Object.values(ids), mark].join('|')
  const found = await app.db.asOwner<{ row: string }>(
    tenantTables
      .map(
        (table) =>
          `select '${table} ' || t::text as row from ${table} t where t::text ~ $1 ${table === 'audit_entry' ? `and not (${asksOnly})` : ''}`,
      )
      .join(' union all '),
    [sign],
  )
  return new Set(found.map(({ row }) => row))
}

async function refusalsOnRecord(account: TestAccount): Promise<number> {
  const [row] = await app.db.asOwner<{ count: number }>(
    `select count(*)::int as count from audit_entry where account_id = $1 and action = 'access.refused'`,
    [account.id],
  )
  return row?.count ?? 0
}

/**
 * What of the neighbour the answer tells, beyond what was said in the question. That an office is there, and what it is called,
 * is open to everybody of its tenant who holds a role (see `directory`).
 */
function told(answer: Given, request: Request, target: Neighbour, open: ReadonlySet<string>): string[] {
  const asked = JSON.stringify([request.params, request.query, request.body])
  const searched = JSON.stringify(request.query).includes(target.mark) && answer.status >= 400
  const { route } = request
  return [
    ...(answer.text.includes(target.mark) && !searched ? [target.mark] : []),
    ...Object.entries(target.ids).flatMap(([record, id]) => {
      const isOpen =
        open.has(id) ||
        (directory.has(route.name) && openRecords.has(record) && open.size > 0) ||
        (trail.has(route.name) && target === targets.get('another tenant'))
      return answer.text.includes(id) && !asked.includes(id) && !isOpen ? [`${record} ${id}`] : []
    }),
  ]
}

/** A tenant's trail names the ids that its people reached for in vain. */
const trail: ReadonlySet<string> = new Set(['listAudit', 'showAuditEntry', 'exportAudit'])

/** Where an office stands, and which sectors are its affair, is part of the directory. */
const openRecords: ReadonlySet<string> = new Set(['placementId', 'responsibilityId'])

function openOffices(which: string, actor: Actor, target: Neighbour): ReadonlySet<string> {
  const holdsRole = actor.account !== null && !powerless.has(actor.name)
  return which !== 'another tenant' && holdsRole
    ? new Set([target.office.id, target.ids['regulatorId'] ?? ''])
    : new Set()
}

const powerless: ReadonlySet<string> = new Set(['nobody', 'no role', 'a token without scopes'])

function describeRequest({ route, params, query, body }: Request): string {
  return `${route.name} ${JSON.stringify(params)} ${JSON.stringify(query)} ${JSON.stringify(body)?.slice(0, 300) ?? ''}`
}

/** One that is described and not served fails the test of the routes, once and not by everybody. */
const servedContracts = () =>
  everyRoute().filter((route) => app.app.hasRoute({ method: route.method, url: route.path }))

describe('the routes', () => {
  test('the server serves what the contracts describe, and nothing else', () => {
    for (const route of everyRoute())
      expect(app.app.hasRoute({ method: route.method, url: route.path }), `${route.name} is served`).toBe(true)
    const described = new Set(everyRoute().map((route) => `${route.method} ${plain(route.path)}`))
    const ofTheGround =
      /^(\/healthz|\/metrics|\/|\/api\/docs(\/.*)?|\/assets\/.*|\/[\w.-]+\.(html|svg|ico|png|webmanifest|txt|js|css|json))$/
    const strange = servedRoutes().filter(
      ([method, path]) => !described.has(`${method} ${path}`) && !ofTheGround.test(path),
    )
    expect(strange, 'routes that the contracts do not describe').toEqual([])
  })

  test('no two routes bear one name, and each name that stands for a record is one that the matrix knows', () => {
    const names = everyRoute().map((route) => route.name)
    expect(names.filter((name, at) => names.indexOf(name) !== at)).toEqual([])
    const unknown: string[] = []
    for (const route of everyRoute()) {
      try {
        expect([...foreignRequests(route, own)].length).toBeGreaterThan(0)
      } catch (cause) {
        unknown.push((cause as Error).message)
      }
    }
    expect(unknown).toEqual([])
  })
})

/** Two routes may call one part of the path by different names (`:kind|:importId`). */
const plain = (path: string) => path.replace(/:[^/]+/g, ':')

/** Fastify tells its routes as a drawing of a tree; the methods stand behind the last part of the path. */
function servedRoutes(): (readonly [method: string, path: string])[] {
  const served: (readonly [string, string])[] = []
  const above: string[] = []
  for (const line of app.app.printRoutes({ commonPrefix: false }).split('\n')) {
    const [, indent, part, methods] = /^((?:[│ ] {3})*)[├└]── (\S*)(?: \((.*)\))?$/.exec(line) ?? []
    if (indent === undefined || part === undefined) continue
    above.length = indent.length / 4
    above.push(part)
    for (const method of methods?.split(', ') ?? [])
      if (method !== 'HEAD' && method !== 'OPTIONS') served.push([method, plain(above.join(''))])
  }
  return served
}

const names = [...roles, 'nobody', 'no role', 'a token without scopes'] as const
/** Who gets as far as the thing of his own beside which another could be named. */
const working = roles.filter((role) => role !== 'audit-admin')
const districtNames = roles
  .filter((role) => roleStation(role) === 'government')
  .map((role) => `${role} of the district`)

/** What is wrong with the answer to anything that speaks of a neighbour's records, whoever asks. */
function faultsOf(
  actor: Actor,
  request: Request,
  answer: Given,
  target: Neighbour,
  open: ReadonlySet<string>,
): string[] {
  const leaked = told(answer, request, target, open)
  const letIn = actor.account === null && request.route.access !== 'public' && answer.status !== 401
  return [
    ...(leaked.length > 0 ? [`tells ${leaked.join(', ')}`] : []),
    ...(answer.status >= 500 ? ['breaks'] : []),
    ...(letIn ? ['lets a stranger in'] : []),
  ]
}

/** The sentence of a refusal and its code, without the number of the request. */
function refusalIn({ status, text }: Given): string {
  const { error } = JSON.parse(text) as { error?: { code: string; message: string } }
  return `${status} ${error?.code ?? ''} ${error?.message ?? ''}`
}

const said = (what: string, request: Request, { status, text }: Given) =>
  `${what}: ${describeRequest(request)} -> ${status} ${text.slice(0, 300)}`

const recordsIn = (route: Route) => pathParameters(route).filter((name) => plainParameters[name] === undefined)

describe.each(['another unit', 'another line', 'another tenant'])('a record of %s', (which) => {
  const asking = which === 'another tenant' ? [...names, ...districtNames] : names

  test.each(asking)('is nothing that %s reads or changes', async (name) => {
    const actor = [...inTown, ...inDistrict].find((one) => one.name === name) as Actor
    const target = targets.get(which) as Neighbour
    const open = openOffices(which, actor, target)
    const before = await rowsOf(target)
    const wrong: string[] = []
    let recorded = actor.account === null ? 0 : await refusalsOnRecord(actor.account)
    for (const route of servedContracts()) {
      // Who has an account need not guess at passwords: an address that does is shut out, and all others with it.
      if (route.name === logIn.name && actor.account !== null) continue
      let first = true
      for (const request of foreignRequests(route, target, howFarFor(actor))) {
        const answer = await send(actor, request)
        const say = (what: string) => wrong.push(said(what, request, answer))
        for (const fault of faultsOf(actor, request, answer, target, open)) say(fault)
        if (recordsIn(route).length === 0 || actor.account === null) continue
        const isOffice = open.has(request.params['unitId'] ?? '')
        if (isOffice ? route.method !== 'GET' && answer.status < 400 : ![403, 404].includes(answer.status))
          say('does not refuse')
        if (answer.status === 404) {
          const now = await refusalsOnRecord(actor.account)
          if (now === recorded) say('leaves nothing on record')
          recorded = now
        }
        // One that is not his is answered like one that never was.
        const isOpen = isOffice || recordsIn(route).some((one) => openRecords.has(one) && open.size > 0)
        if (first && !isOpen && answer.status >= 400) {
          const params = Object.fromEntries(
            Object.entries(request.params).map(([key, value]) => [
              key,
              recordsIn(route).includes(key) ? randomUUID() : value,
            ]),
          )
          const unknown = await send(actor, { ...request, params })
          if (refusalIn(unknown) !== refusalIn(answer)) say(`tells that it exists: otherwise ${refusalIn(unknown)}`)
          recorded = await refusalsOnRecord(actor.account)
        }
        first = false
      }
    }
    const after = await rowsOf(target)
    expect(wrong.join('\n')).toBe('')
    expect(
      [...before].filter((row) => !after.has(row)),
      'rows that were changed or are gone',
    ).toEqual([])
    expect(
      [...after].filter((row) => !before.has(row)),
      'rows that speak of it and were not there',
    ).toEqual([])
  })

  test.each(working)('is nothing that %s reads or changes by naming it beside a thing of their own', async (name) => {
    const actor = inTown.find((one) => one.name === name) as Actor
    const target = targets.get(which) as Neighbour
    const open = openOffices(which, actor, target)
    const before = await rowsOf(target)
    const wrong: string[] = []
    for (const route of servedContracts()) {
      // What the whole district has: both work in it, and each sees its own part.
      const common = recordsIn(route).some((one) => one in shared)
      for (const mine of common ? [own.ids, { ...own.ids, ...shared }] : [own.ids]) {
        for await (const request of mixedRequests(route, mine, target, howFarFor(actor))) {
          const answer = await send(actor, request)
          const say = (what: string) => wrong.push(said(what, request, answer))
          for (const fault of faultsOf(actor, request, answer, target, open)) say(fault)
          // An office may be named: a task falls to it, a hazard is handed over to it. Its records may not.
          const asked = JSON.stringify([request.params, request.body])
          const named = Object.entries(target.ids).filter(([, id]) => !open.has(id) && asked.includes(id))
          if (answer.status < 400 && route.method !== 'GET' && named.length > 0) say(`takes ${named.join(' ')}`)
        }
      }
    }
    const after = await rowsOf(target)
    expect(wrong.join('\n')).toBe('')
    expect(
      [...before].filter((row) => !after.has(row)),
      'rows that were changed or are gone',
    ).toEqual([])
  })
})

/** But which unit that is. */
test.each([...powerless])('%s reads nothing of their own unit either', async (name) => {
  const actor = inTown.find((one) => one.name === name) as Actor
  const wrong: string[] = []
  for (const route of servedContracts()) {
    if (route.name === logIn.name) continue
    for (const request of foreignRequests(route, own)) {
      const answer = await send(actor, request)
      for (const fault of faultsOf(actor, request, answer, own, new Set([own.office.id])))
        wrong.push(said(fault, request, answer))
    }
  }
  expect(wrong.join('\n')).toBe('')
})
