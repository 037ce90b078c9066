/**
 * `npm run check:notices -- FOLDER`: does the main job for every plan in a folder of notices, and compares what comes out with them.
 *
 * For each `<name>.expected.json` (a Plan) with its `<name>.docx`: a campaign is made from it, its questions decided, a hazard taken
 * from finding to sign-off by three people, each table printed as Word, Excel and JSON, every derived figure opened down to its
 * record; and each annex as we print it is compared with the notice's own: cell text, spans and merges. The notices are read where
 * they are and never copied.
 */
import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { FastifyInstance } from 'fastify'
import type { CampaignPage, HazardPage, TablePage } from '@bihuan/contracts'
import { blankHazardDetails, type Plan } from '@bihuan/domain'
import { compareWithNotice, readSheetGrid, readWordTables } from '@bihuan/office'
import { createApp } from '../apps/server/src/app.js'
import { createModules } from '../apps/server/src/modules.js'
import { createAccount, grantRole } from '../apps/server/src/modules/identity/index.js'
import { addUnit, foundTenant } from '../apps/server/src/modules/organization/index.js'
import { ManualClock } from '../apps/server/src/platform/clock.js'
import { startPlatform } from '../apps/server/src/platform/platform.js'
import { readSettings } from '../apps/server/src/platform/settings.js'

const password = 'Gongju-Jiancha-01'

class Failed extends Error {}

function must<T>(answer: { ok: true; value: T } | { ok: false; refusal: { code: string; message: string } }): T {
  if (!answer.ok) throw new Failed(`${answer.refusal.code}: ${answer.refusal.message}`)
  return answer.value
}

type Call = <T>(method: 'GET' | 'POST' | 'PUT', url: string, body?: object) => Promise<T>
type Fetch = (url: string) => Promise<Uint8Array>

async function logIn(app: FastifyInstance, tenant: string, loginName: string): Promise<{ call: Call; fetch: Fetch }> {
  const headers = { 'x-requested-with': 'bihuan' }
  const answer = await app.inject({
    method: 'POST',
    url: '/api/session',
    headers,
    payload: { loginName, password, tenant },
  })
  const cookie = answer.cookies.map(({ name, value }) => `${name}=${value}`).join('; ')
  const ask = async (method: 'GET' | 'POST' | 'PUT', url: string, body?: object) => {
    const given = await app.inject({
      method,
      url,
      headers: { ...headers, cookie },
      ...(body === undefined ? {} : { payload: body }),
    })
    if (given.statusCode >= 400) throw new Failed(`${method} ${url}: ${given.statusCode} ${given.body}`)
    return given
  }
  return {
    call: async <T>(method: 'GET' | 'POST' | 'PUT', url: string, body?: object) =>
      (await ask(method, url, body)).json<T>(),
    fetch: async (url) => (await ask('GET', url)).rawPayload,
  }
}

interface Ids {
  readonly tenant: string
  readonly root: string
  readonly firm: string
}

async function mainJob(app: FastifyInstance, plan: Plan, ids: Ids): Promise<string[]> {
  const office = await logIn(app, ids.tenant, 'anban')
  const enterprise = await logIn(app, ids.tenant, 'qiye')
  const inspector = await logIn(app, ids.tenant, 'jiancha')

  let campaign = await office.call<CampaignPage>('POST', '/api/campaigns', { unitId: ids.root, plan })
  for (const question of campaign.questions.filter((one) => one.blocking)) {
    campaign = await office.call<CampaignPage>('POST', `/api/campaigns/${campaign.id}/questions`, {
      version: campaign.version,
      key: question.key,
      chosen: question.quotes[0] ?? '以正文为准',
      reason: '经研究，以正文为准',
    })
  }
  const open = campaign.duties.flatMap(({ readings }) => readings).filter(({ standing }) => standing === 'open')
  if (open.length > 0) {
    campaign = await office.call<CampaignPage>('POST', `/api/campaigns/${campaign.id}/words`, {
      version: campaign.version,
      choices: open.map(({ subject, words }) => ({
        subject,
        words,
        meaning: null,
        reason: '经研究，由各单位自行掌握',
      })),
    })
  }
  campaign = await office.call<CampaignPage>('POST', `/api/campaigns/${campaign.id}/start`, {
    version: campaign.version,
  })

  const foundOn = '2023-06-05'
  const details = {
    ...blankHazardDetails,
    campaignId: campaign.id,
    subject: { kind: 'enterprise', id: ids.firm, name: '核对用企业' },
    territoryUnitId: ids.root,
    sector: plan.sectors[0] ?? '工贸',
    source: 'self-check',
    finder: { personId: null, name: '企业安全员', unitId: ids.firm, side: 'enterprise' },
    foundOn,
    description: '核对用隐患：配电柜未装漏电保护',
    grade: 'major',
    gradeReason: '对照判定标准',
    deadline: '2023-07-05',
    responsibleUnitId: ids.firm,
    authorityUnitId: ids.root,
  }
  let page = await enterprise.call<HazardPage>('POST', '/api/hazards', { details, draft: false })
  const act = async (who: Call, act: object) => {
    page = await who<HazardPage>('POST', `/api/hazards/${page.hazard.id}/acts`, { version: page.hazard.version, act })
  }
  await act(enterprise.call, {
    kind: 'plan-rectification',
    rectification: {
      mode: 'planned',
      responsible: { personId: null, name: '企业负责人' },
      measures: '更换配电柜',
      funds: 1.2,
      deadline: '2023-07-01',
      contingency: '断电并设警戒',
    },
  })
  await act(enterprise.call, {
    kind: 'report-rectified',
    rectifiedOn: '2023-06-12',
    rectifiedBy: null,
    text: '已更换',
    evidenceFileIds: [],
  })
  await act(inspector.call, { kind: 'reinspect-passed', on: '2023-06-14', text: '已核查', evidenceFileIds: [] })
  await act(office.call, { kind: 'sign-off' })
  if (page.hazard.status !== 'closed') throw new Failed(`隐患没有销号，现在是 ${page.hazard.status}`)

  const said: string[] = []
  for (const table of campaign.tables) {
    const at = `/api/tables/${table.id}`
    const query = `unit=${ids.root}&cutOff=2023-06-30`
    const shown = await office.call<TablePage>('GET', `${at}?${query}`)
    const derived = shown.figures.filter((figure) => figure.metric !== null)
    const counted = derived.filter((figure) => figure.derived === '1')
    // Found by the enterprise, and of these rectified: whatever else a table asks for, these two have one record each.
    if (counted.length !== 2)
      throw new Failed(
        `“${table.title}”中应有两个数字为 1，现在是：${JSON.stringify(derived.map((one) => [one.label, one.derived]))}`,
      )
    for (const figure of counted) {
      const opened = await office.call<{ records: { recordId: string }[] }>(
        'GET',
        `${at}/figures/${figure.key}?${query}`,
      )
      if (opened.records[0]?.recordId !== page.hazard.id) throw new Failed(`“${figure.label}”打不开它数的那条隐患`)
    }
    const word = readWordTables(await office.fetch(`${at}/file?${query}&format=docx`))
    const sheet = await readSheetGrid(await office.fetch(`${at}/file?${query}&format=xlsx`))
    const json = JSON.parse(
      new TextDecoder().decode(await office.fetch(`${at}/file?${query}&format=json`)),
    ) as TablePage
    const cells = word.tables.flatMap((one) => one.rows.flatMap((row) => row.cells.map((cell) => cell.text)))
    if (cells.filter((text) => text === '1').length < 2) throw new Failed('Word 里没有填上数字')
    if (!sheet.some((cell) => cell.text === '1')) throw new Failed('Excel 里没有填上数字')
    if (json.figures.length !== shown.figures.length) throw new Failed('JSON 与页面不一致')
    said.push(`${table.title}：${derived.length} 格由记录得出，${shown.figures.length - derived.length} 格待填`)
  }
  return said
}

async function main(folder: string): Promise<number> {
  const names = readdirSync(folder)
    .filter((name) => name.endsWith('.expected.json'))
    .map((name) => name.slice(0, -'.expected.json'.length))
  if (names.length === 0) {
    process.stderr.write(`${folder} 里没有 *.expected.json。\n`)
    return 2
  }
  const data = mkdtempSync(join(tmpdir(), 'bihuan-notices-'))
  chmodSync(data, 0o755)
  const clock = new ManualClock(new Date('2023-06-20T09:00:00+08:00'))
  const platform = await startPlatform(readSettings({ BIHUAN_DATA: data, BIHUAN_LOG: 'silent' }), { clock })
  const modules = createModules(platform)
  const app = await createApp(platform, modules)
  let differences = 0
  try {
    for (const [index, name] of names.entries()) {
      // A tenant each: a hazard counts in every campaign of its place, and the next notice would see the last one's.
      const ids = await foundForChecking(platform, `check-${index}`)
      const plan = JSON.parse(readFileSync(join(folder, `${name}.expected.json`), 'utf8')) as Plan
      process.stdout.write(`${name}\n`)
      for (const line of await mainJob(app, plan, ids)) process.stdout.write(`  ok  ${line}\n`)
      for (const annex of await compareWithNotice(plan, readFileSync(join(folder, `${name}.docx`)))) {
        const found = [
          ...annex.word.map((one) => ({ in: 'Word', ...one })),
          ...annex.excel.map((one) => ({ in: 'Excel', ...one })),
        ]
        differences += found.length
        process.stdout.write(
          `  ${found.length === 0 ? 'ok ' : 'BAD'} 附件${annex.ordinal} 与原件：${found.length} 处不同\n`,
        )
        for (const one of found.slice(0, 10)) {
          process.stdout.write(
            `      ${one.in} 第${one.row}行第${one.cell}格 ${one.what}：应为“${one.expected}”，现为“${one.actual}”\n`,
          )
        }
      }
    }
  } finally {
    await app.close()
    await platform.stop()
    rmSync(data, { recursive: true, force: true })
  }
  return differences === 0 ? 0 : 1
}

async function foundForChecking(platform: Awaited<ReturnType<typeof startPlatform>>, code: string): Promise<Ids> {
  const { database, clock } = platform
  let firm = ''
  const founded = await foundTenant(
    database,
    clock,
    { code, name: '核对用辖区', rootKind: 'district', rootCode: null, existsFrom: '2000-01-01' },
    async () => undefined,
  )
  const by = { tenantId: founded.tenantId, via: 'maintenance', personName: '核对', address: 'local' } as const
  await database.withScope({ purpose: 'tenant', tenantId: founded.tenantId }, async (handle) => {
    const unit = async (kind: 'safety-committee-office' | 'enterprise', name: string) =>
      must(
        await addUnit(
          handle,
          by,
          { kind, name, code: null, parentId: founded.rootUnitId, lineParentId: null, existsFrom: '2000-01-01' },
          clock,
        ),
      ).id
    const office = await unit('safety-committee-office', '核对用安委办')
    firm = await unit('enterprise', '核对用企业')
    const people = [
      ['anban', '甲', office, 'safety-office'],
      ['jiancha', '乙', office, 'safety-office'],
      ['qiye', '丙', firm, 'enterprise-safety'],
    ] as const
    for (const [loginName, personName, unitId, role] of people) {
      const account = must(
        await createAccount(
          handle,
          by,
          { loginName, personName, post: null, phone: null, unitId, password, mustChangePassword: false },
          clock,
        ),
      )
      must(await grantRole(handle, by, { accountId: account.id, unitId, role }, clock))
    }
  })
  return { tenant: code, root: founded.rootUnitId, firm }
}

const [folder] = process.argv.slice(2)
if (folder === undefined) {
  process.stderr.write('用法：npm run check:notices -- 文件夹\n')
  process.exit(2)
}
main(folder).then(
  (code) => process.exit(code),
  (cause: unknown) => {
    process.stderr.write(`${cause instanceof Failed ? cause.message : String((cause as Error).stack ?? cause)}\n`)
    process.exit(1)
  },
)
