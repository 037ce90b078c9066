/** `bihuan campaign create`, and `plan show` for a person: from a Plan in a file to a campaign that waits for its decisions. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { hostname, tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import * as contracts from '@bihuan/contracts'
import {
  ask,
  buildAccount,
  buildTenant,
  buildUnit,
  startTestApp,
  type TestAccount,
  type TestApp,
  type TestTenant,
  type TestUnit,
} from './builders.js'
import { runCli } from './run-command.js'
import { samplePlan } from './sample-plan.js'

let test: TestApp
let folder: string
let tenant: TestTenant
let town: TestUnit
let officer: TestAccount
let plan: string
beforeAll(async () => {
  test = await startTestApp()
  folder = await mkdtemp(join(tmpdir(), 'bihuan-campaign-'))
  plan = await planFile(samplePlan())
})
beforeEach(async () => {
  tenant = await buildTenant(test)
  town = await buildUnit(test, tenant, { kind: 'town', name: '柳河镇', code: '990101' })
  officer = await buildAccount(
    test,
    await buildUnit(test, tenant, { kind: 'safety-committee-office' }),
    'safety-office',
  )
})
afterAll(async () => {
  await test.stop()
  await rm(folder, { recursive: true, force: true })
})

async function planFile(content: unknown): Promise<string> {
  const file = join(folder, `${Math.random()}.json`)
  await writeFile(file, JSON.stringify(content))
  return file
}

const run = (argv: readonly string[], by: TestAccount = officer, settings: Readonly<Record<string, string>> = {}) =>
  runCli([...argv, '--tenant', tenant.code, ...(settings['BIHUAN_TOKEN'] ? [] : ['--as', by.loginName])], {
    DATABASE_URL: test.db.ownerUrl,
    BIHUAN_DATA: test.platform.settings.dataFolder,
    BIHUAN_NOW: '2023-06-16T09:00:00+08:00',
    ...settings,
  })

const create = (file: string, unit: string, by?: TestAccount) =>
  run(['campaign', 'create', '--plan', file, '--unit', unit], by)

const campaigns = async () => (await ask(test, officer, contracts.listCampaigns, { query: {} })).body.items

const acts = (action: string) =>
  test.db.asOwner<Record<string, unknown>>(
    `select account_id, via, address, object_id, after, exists (select 1 from audit_seal s where s.entry_id = e.id) as sealed
     from audit_entry e where tenant_id = $1 and action = $2 order by id`,
    [tenant.id, action],
  )

describe('bihuan campaign create', () => {
  it('says the new campaign’s id and name and what is still to be decided, and exits 0', async () => {
    const { code, out, err } = await create(plan, tenant.name)
    expect([code, err]).toEqual([0, ''])
    const [made] = await campaigns()
    expect(made).toMatchObject({ unitId: tenant.rootUnitId, state: 'preparing', startsOn: '2023-05-20' })
    expect(out.split('\n')).toEqual([
      '已建立行动：青榆区重大事故隐患专项排查整治行动',
      `编号：${made?.id}`,
      `单位：${tenant.name}`,
      '起止：2023-05-20 至 2023-12-31',
      '疑点 1 项，启动前须在行动页逐条裁定并写明理由：',
      '  1. 正文要求每月28日前上报，附件要求每月底前上报。',
      '     “每月28日前上报”',
      '     “每月底前上报”',
      '',
    ])
  })

  it('tells what must be decided from what is only to be looked at', async () => {
    const campaign = { name: '青榆区冬春行动', startsOn: null, endsOn: null }
    const { code, out } = await create(await planFile(samplePlan({ warnings: [], campaign })), tenant.name)
    expect(code).toBe(0)
    expect(out).toContain('起止：未定 至 未定')
    expect(out).toMatch(/启动前须在行动页逐条裁定并写明理由：\n {2}1\. 方案没有写明行动从哪天开始/)
    expect(out).toMatch(/请核对，不影响启动：\n {2}1\. 方案没有写明行动到哪天结束/)
  })

  it('says so when nothing is in doubt, and takes the unit by its code', async () => {
    const { out } = await create(await planFile(samplePlan({ warnings: [] })), '990101')
    expect(out).toContain('单位：柳河镇\n')
    expect(out).toContain('没有待定的疑点。')
    expect((await campaigns()).map(({ unitId }) => unitId)).toEqual([town.id])
  })

  it('is on record as the act of the person named, from this machine, and sealed', async () => {
    await create(plan, tenant.name)
    const [made] = await campaigns()
    expect(await acts('campaign.create')).toEqual([
      expect.objectContaining({
        account_id: officer.id,
        via: 'cli',
        address: hostname(),
        object_id: made?.id,
        sealed: true,
      }),
    ])
  })

  it('takes a token for the name', async () => {
    const created = await ask(test, officer, contracts.createToken, {
      body: { name: '脚本', permissions: ['campaign.read', 'campaign.manage'], expiresOn: '2023-12-31' },
    })
    expect(created.error).toBeUndefined()
    const made = await run(['campaign', 'create', '--plan', plan, '--unit', '990101'], officer, {
      BIHUAN_TOKEN: created.body.token,
    })
    expect([made.code, made.err]).toEqual([0, ''])
    expect((await acts('campaign.create'))[0]).toMatchObject({ account_id: officer.id, via: 'cli' })
  })

  it('refuses a plan that is none, and one with a date that there is not, and names the field', async () => {
    const { campaign: _, ...without } = samplePlan()
    const none = await planFile(without)
    expect(await create(none, tenant.name)).toEqual({
      code: 2,
      out: '',
      err: `文件 ${none} 不是方案：缺少 campaign。\n`,
    })
    const phases = [{ ordinal: 1, name: '动员部署', startsOn: '2023-05-20', endsOn: '2023-06-31' }]
    expect(await create(await planFile(samplePlan({ phases })), tenant.name)).toEqual({
      code: 2,
      out: '',
      err: '方案中的日期“2023-06-31”不存在，请更正后再建立行动。（方案的 phases[0].endsOn）\n',
    })
    expect(await campaigns()).toEqual([])
    expect(await acts('campaign.create')).toEqual([])
  })

  it('refuses a unit that is not there, or that two are called', async () => {
    expect(await create(plan, '没有的镇')).toEqual({ code: 2, out: '', err: '没有找到单位“没有的镇”。\n' })
    const above = await buildUnit(test, tenant, { kind: 'town' })
    for (const parentId of [town.id, above.id])
      await buildUnit(test, tenant, { kind: 'village', name: '前村', parentId })
    expect((await create(plan, '前村')).err).toBe('有几个单位叫“前村”，请用代码指明。\n')
  })

  it('refuses who may not, and nothing is left of it', async () => {
    const townOfficer = await buildAccount(test, town, 'territory-officer')
    expect(await create(plan, '柳河镇', townOfficer)).toMatchObject({
      code: 2,
      out: '',
      err: expect.stringMatching(/^您的角色不能为这个单位建立行动。/) as string,
    })
    expect(await campaigns()).toEqual([])
    expect(await acts('campaign.create')).toEqual([])
  })
})

describe('bihuan plan show for a person', () => {
  it('adds what the database knows of the plan, and is on record', async () => {
    const { code, out, err } = await run(['plan', 'show', plan])
    expect([code, err]).toEqual([1, '方案里有 1 处矛盾待定，建立行动时须逐条决定并写明理由。\n'])
    expect(out).toContain('【待定的矛盾】1 项')
    expect(out).toContain(
      '【在本系统里】\n  《青榆区重大事故隐患专项排查整治进展情况调度表》10 个数字，其中 6 个由记录自动计算。',
    )
    expect(out).toContain('系统里没有或不止一个的责任单位：青榆区安委办。')
    expect(await acts('plan.show')).toEqual([
      expect.objectContaining({
        account_id: officer.id,
        via: 'cli',
        after: { title: samplePlan().title, docNo: samplePlan().docNo, warnings: 1 },
        sealed: true,
      }),
    ])
    // Of a file alone nobody asks who looks.
    expect((await runCli(['plan', 'show', plan])).out).not.toContain('【在本系统里】')
  })

  it('shows who may not make a campaign of it the page alone, and exits 1 where none could be made', async () => {
    const leader = await buildAccount(test, tenant, 'leader')
    const { code, out } = await run(['plan', 'show', await planFile(samplePlan({ warnings: [] }))], leader)
    expect([code, out.includes('【在本系统里】')]).toEqual([0, false])
    const campaign = { name: '行动', startsOn: '2023-06-01', endsOn: '2023-05-01' }
    const reversed = await run(['plan', 'show', await planFile(samplePlan({ warnings: [], campaign }))])
    expect([reversed.code, reversed.err]).toEqual([
      1,
      expect.stringContaining('照这个方案还不能建立行动：行动的结束日期早于开始日期'),
    ])
  })
})
