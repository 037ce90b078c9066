/** What `verify` finds: whatever is changed behind the server's back, by who has the owner's connection. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readHead } from '../src/platform/audit/verify.js'
import { verifyDatabase } from '../src/platform/audit/verification.js'
import type { Actor } from '../src/platform/actor.js'
import { actOnCampaign, confirmCampaign, sendOut, updateTask } from '../src/modules/campaign/index.js'
import { moveUnit } from '../src/modules/organization/index.js'
import { typeFigures } from '../src/modules/report/index.js'
import {
  actorFor,
  buildAccount,
  buildTenant,
  buildUnit,
  inTenant,
  startTestApp,
  type TestApp,
  type TestTenant,
  type TestUnit,
} from './builders.js'
import { buildCampaign, buildHazard, detailsOf, reopenedLife } from './build-hazards.js'
import { runCli } from './run-command.js'

let test: TestApp
let folder: string
beforeAll(async () => {
  test = await startTestApp()
  folder = await mkdtemp(join(tmpdir(), 'bihuan-verify-'))
})
afterAll(async () => {
  await test.stop()
  await rm(folder, { recursive: true, force: true })
})

interface District {
  readonly tenant: TestTenant
}

/** Units one of which has moved, two people, a campaign with a task done and a figure typed, and a hazard with facts and their reversal. */
async function buildDistrict(): Promise<District> {
  const tenant = await buildTenant(test)
  const [first, second] = [await buildUnit(test, tenant), await buildUnit(test, tenant)]
  const village = await buildUnit(test, tenant, { kind: 'village', parentId: first.id })
  const moved = await inTenant(test, tenant.id, (handle) =>
    moveUnit(
      handle,
      { tenantId: tenant.id, via: 'maintenance', personName: '测试', address: 'local' },
      { unitId: village.id, axis: 'territory', parentId: second.id, validFrom: '2023-05-01', corrects: null },
      test.clock,
    ),
  )
  if (!moved.ok) throw new Error(moved.refusal.message)
  const worker = await actorFor(test, await buildAccount(test, tenant, 'safety-office'))
  const inspector = await actorFor(test, await buildAccount(test, tenant, 'safety-office'))
  const campaignId = await buildCampaign(test, worker, tenant.rootUnitId)
  const finder = { personId: worker.accountId, name: worker.personName }
  const details = detailsOf({ campaignId, unitId: tenant.rootUnitId, finder })
  await buildHazard(test, worker, details, reopenedLife(worker, inspector))
  await test.database.withScope(worker.reach, async (handle) => {
    const started = await actOnCampaign(handle, worker, campaignId, 1, { kind: 'start' }, test.clock)
    if (!started.ok) throw new Error(started.refusal.message)
    const { tasks, tables } = started.value
    const done = { doneOn: '2023-06-02', finishes: true, note: '已召开', fileIds: [], withdraws: null }
    const figures = {
      tableId: tables[0]?.id ?? '',
      unitId: tenant.rootUnitId,
      asOf: '2023-06-16',
      values: { 'g2.m1': '7' },
    }
    for (const answer of [
      await updateTask(handle, worker, { campaignId, taskId: tasks[0]?.id ?? '', ...done }, test.clock),
      await typeFigures(handle, worker, figures, test.clock),
    ]) {
      if (!answer.ok) throw new Error(answer.refusal.message)
    }
  })
  await confirmAt(first, worker, campaignId)
  await test.platform.sealer.sealNow(tenant.id)
  return { tenant }
}

/** The campaign is sent to the unit, where somebody confirms it. */
async function confirmAt(unit: TestUnit, sender: Actor, campaignId: string) {
  const reader = await actorFor(test, await buildAccount(test, unit, 'territory-officer'))
  const rule = { kinds: [], unitIds: [unit.id] }
  const sent = await test.database.withScope(sender.reach, (handle) =>
    sendOut(handle, sender, campaignId, rule, test.clock),
  )
  if (!sent.ok) throw new Error(sent.refusal.message)
  const read = { campaignId, unitId: unit.id, noticeFileId: null }
  const confirmed = await test.database.withScope(reader.reach, (handle) =>
    confirmCampaign(handle, reader, read, test.clock),
  )
  if (!confirmed.ok) throw new Error(confirmed.refusal.message)
}

async function verify(tenant: TestTenant) {
  const [verdict] = await verifyDatabase(test.platform, test.modules.verifiers, { of: ({ id }) => id === tenant.id })
  return verdict
}

const settings = () => ({ DATABASE_URL: test.db.ownerUrl, BIHUAN_DATA: folder })

describe('verify', () => {
  it('passes what the services wrote, and says how much it looked at', async () => {
    const { tenant } = await buildDistrict()
    const verdict = await verify(tenant)
    expect(verdict?.difference).toBeNull()
    // Four units stand on two axes, and one has moved: nine placements. Found, rectified, and the reversal of that: three facts.
    expect(verdict?.checked.slice(1)).toEqual([
      { subject: '上传文件', count: 0 },
      { subject: '隶属关系', count: 9 },
      { subject: '事实账', count: 3 },
      { subject: '汇总底数', count: 0 },
      { subject: '手填数字', count: 1 },
      { subject: '任务填报', count: 1 },
      { subject: '阅读确认', count: 1 },
      { subject: '隐患台账', count: 1 },
      { subject: '上报的报表', count: 0 },
      { subject: '报送的文件', count: 0 },
      { subject: '通报', count: 0 },
      { subject: '节假日安排', count: 0 },
      { subject: '发出的数据包', count: 0 },
    ])
  })

  // Each statement is of one tenant: $1.
  const tamperings: readonly (readonly [what: string, statements: readonly string[], message: RegExp])[] = [
    [
      'a fact is worth more',
      ['update fact set amount = 2 where tenant_id = $1 and reverses is null'],
      /事实 \S+ 与第 \d+ 号记录不符：数量应为 1，现为 2。/,
    ],
    [
      'a fact happened earlier',
      ["update fact set occurred_on = '2023-01-01' where tenant_id = $1 and reverses is null"],
      /日期应为 \S+，现为 2023-01-01/,
    ],
    [
      'a fact counts for another sector',
      ["update fact set sector = '工贸' where tenant_id = $1"],
      /行业应为 消防，现为 工贸/,
    ],
    [
      'a fact belongs to another unit',
      [
        "update fact set unit_id = (select id from unit where tenant_id = $1 and kind = 'village') where tenant_id = $1",
      ],
      /属地单位应为/,
    ],
    ['a fact is counted for nobody', ["update fact set doer_unit_ids = '{}' where tenant_id = $1"], /办理单位应为/],
    [
      'a reversal does not take all back',
      ['update fact set amount = 0 where tenant_id = $1 and reverses is not null'],
      /不是一正一负的同一件事/,
    ],
    [
      'a reversal takes back on another day',
      ["update fact set occurred_on = '2023-06-01' where tenant_id = $1 and reverses is not null"],
      /日期应为 2023-06-16，现为 2023-06-01/,
    ],
    ['a fact is gone', ["delete from fact where tenant_id = $1 and measure like 'hazard/found/%'"], /事实 \S+ 不见了/],
    ['a reversal is gone', ['delete from fact where tenant_id = $1 and reverses is not null'], /事实 \S+ 不见了/],
    [
      'a fact was slipped in',
      [
        `insert into fact (tenant_id, id, territory_path, parties, entry_id, measure, unit_id, doer_unit_ids, subject_id,
           record_kind, record_id, sector, amount, occurred_on, recorded_at)
         select tenant_id, gen_random_uuid(), territory_path, parties, entry_id, measure, unit_id, doer_unit_ids, subject_id,
           record_kind, record_id, sector, amount, occurred_on, recorded_at
         from fact where tenant_id = $1 and measure like 'hazard/found/%'`,
      ],
      /事实 \S+ 没有来历/,
    ],
    [
      'a typed figure was changed',
      ['update typed_figure set amount = 70 where tenant_id = $1'],
      /手填数字 \S+ 与第 \d+ 号记录不符：数字应为 7，现为 70/,
    ],
    ['a typed figure is gone', ['delete from typed_figure where tenant_id = $1'], /手填数字 \S+ 不见了/],
    [
      'a task was done earlier than reported',
      ["update task_update set done_on = '2023-05-30' where tenant_id = $1"],
      /任务填报 \S+ 与第 \d+ 号记录不符：日期应为 2023-06-02，现为 2023-05-30/,
    ],
    [
      'a confirmation is another person’s',
      ["update campaign_confirmation set person_name = '别人' where tenant_id = $1"],
      /阅读确认 \S+ 与第 \d+ 号记录不符：姓名应为 \S+，现为 别人/,
    ],
    ['a confirmation is gone', ['delete from campaign_confirmation where tenant_id = $1'], /阅读确认 \S+ 不见了/],
    [
      'a unit stands elsewhere',
      ["update unit_placement set valid_from = '2022-01-01' where tenant_id = $1 and valid_from = '2023-05-01'"],
      /隶属关系 \S+ 与第 \d+ 号记录不符：起始日期应为 2023-05-01，现为 2022-01-01/,
    ],
    [
      'a move is gone',
      ["delete from unit_placement where tenant_id = $1 and valid_from = '2023-05-01'"],
      /隶属关系 \S+ 不见了/,
    ],
    [
      'a hazard is described otherwise',
      [`update hazard set detail = jsonb_set(detail, '{description}', '"小事"') where tenant_id = $1`],
      /隐患 YH\d+（\S+）：description 与审计记录逐步推算的结果不同/,
    ],
    [
      'a hazard was closed in the ledger alone',
      [`update hazard set detail = jsonb_set(detail, '{status}', '"closed"'), state = 'closed' where tenant_id = $1`],
      /status 与审计记录逐步推算的结果不同/,
    ],
    [
      'a column was changed that lists filter by',
      ["update hazard set state = 'closed' where tenant_id = $1"],
      /列与内容不符：state 列应为 rectifying，现为 closed/,
    ],
    [
      'a deadline was moved for the lists alone',
      ["update hazard set deadline = '2024-01-01' where tenant_id = $1"],
      /deadline 列应为 2023-07-20，现为 2024-01-01/,
    ],
    ['a hazard is hidden from a party', ["update hazard set parties = '{}' where tenant_id = $1"], /parties 列应为/],
    [
      'a sentence of the history was rewritten',
      [
        `update hazard_event set payload = jsonb_set(payload, '{sentence}', '"复查不通过"')
         where tenant_id = $1 and type = 'reinspect-passed'`,
      ],
      /第 4 步的经过文字应为/,
    ],
    [
      'somebody else re-inspected',
      ["update hazard_event set person_name = '王某' where tenant_id = $1 and type = 'reinspect-passed'"],
      /第 4 步的经过姓名应为/,
    ],
    [
      'a step of the history is gone',
      ["delete from hazard_event where tenant_id = $1 and type = 'reopen'"],
      /第 6 步的经过不见了/,
    ],
    [
      'a hazard is gone with all that hangs on it but its facts',
      ['delete from hazard_event where tenant_id = $1', 'delete from hazard where tenant_id = $1'],
      /隐患 \S+ 不见了：第 \d+ 号记录里登记过它/,
    ],
    [
      'an entry was edited',
      [
        `update audit_entry set after = jsonb_set(after, '{description}', '"小事"')
         where tenant_id = $1 and action = 'hazard.register'`,
      ],
      /的记录被改过/,
    ],
  ]

  it.each(tamperings)('finds that %s', async (_, statements, message) => {
    const { tenant } = await buildDistrict()
    for (const statement of statements) await test.db.asOwner(statement, [tenant.id])
    const verdict = await verify(tenant)
    expect(verdict?.ok).toBe(false)
    expect(verdict?.difference?.message).toMatch(message)
  })

  it('does not look at another tenant’s rows', async () => {
    const [sound, spoilt] = [await buildDistrict(), await buildDistrict()]
    await test.db.asOwner('update fact set amount = 9 where tenant_id = $1', [spoilt.tenant.id])
    expect((await verify(sound.tenant))?.ok).toBe(true)
    expect((await verify(spoilt.tenant))?.ok).toBe(false)
  })
})

describe('bihuan verify', () => {
  it('exits 0 when all is sound, prints the head, and is on record itself', async () => {
    const { tenant } = await buildDistrict()
    const { code, out } = await runCli(['verify', '--tenant', tenant.code], settings())
    expect([code, out]).toEqual([0, expect.stringMatching(/全部相符[\s\S]*链头 \d+:[0-9a-f]{64}/)])
    const acts = await test.db.asOwner<{ via: string; after: { ok: boolean } }>(
      "select via, after from audit_entry where tenant_id = $1 and action = 'audit.verified'",
      [tenant.id],
    )
    expect(acts).toEqual([{ via: 'maintenance', after: expect.objectContaining({ ok: true }) as unknown }])
  })

  it('exits 1 at the first difference and says on stderr where it is', async () => {
    const { tenant } = await buildDistrict()
    await test.db.asOwner('update fact set amount = 5 where tenant_id = $1 and reverses is null', [tenant.id])
    const { code, err } = await runCli(['verify', '--tenant', tenant.code], settings())
    expect([code, err]).toEqual([
      1,
      expect.stringMatching(/^青榆区\S+：事实账核对不通过。事实 \S+ 与第 \d+ 号记录不符：数量应为 1，现为 5。\n$/),
    ])
  })

  it('holds the chain against a head that was kept outside, on the command line or in a receipt', async () => {
    const { tenant } = await buildDistrict()
    const head = await inTenant(test, tenant.id, readHead)
    const receipt = join(folder, 'receipt.txt')
    await writeFile(receipt, `回执\n报送单位 青榆镇\n链头 ${head.position}:${head.chainHash}\n`)
    const against = async (kept: string) =>
      (await runCli(['verify', '--tenant', tenant.code, '--head', kept], settings())).code
    expect(await against(`${head.position}:${head.chainHash}`)).toBe(0)
    expect(await against(receipt)).toBe(0)
    await writeFile(receipt, JSON.stringify({ receipt: { head } }))
    expect(await against(receipt)).toBe(0)
    expect(await against(`${head.position}:${'0'.repeat(64)}`)).toBe(1)
    expect(await against(`${head.position + 1000}:${head.chainHash}`)).toBe(1)
    expect(await against('nothing of the kind')).toBe(2)
  })

  it('finds by the kept head, and by nothing else, a chain that was sealed anew after a forgery', async () => {
    const { tenant } = await buildDistrict()
    const head = await inTenant(test, tenant.id, readHead)
    await test.db.asOwner('delete from audit_seal where tenant_id = $1', [tenant.id])
    await test.db.asOwner(
      "update audit_entry set person_name = '王某' where tenant_id = $1 and action = 'account.create'",
      [tenant.id],
    )
    await test.db.asOwner(
      'insert into audit_pending (tenant_id, entry_id) select tenant_id, id from audit_entry where tenant_id = $1',
      [tenant.id],
    )
    await test.platform.sealer.sealNow(tenant.id)
    const argv = ['verify', '--tenant', tenant.code]
    expect((await runCli(argv, settings())).code).toBe(0)
    const { code, err } = await runCli([...argv, '--head', `${head.position}:${head.chainHash}`], settings())
    expect([code, err]).toEqual([1, expect.stringContaining('整条链在出具回执之后被重写过')])
  })

  it('asks which tenant when there are several and a head is given, and names those there are', async () => {
    const [one, other] = [await buildTenant(test), await buildTenant(test)]
    const { code, err } = await runCli(['verify', '--head', `1:${'0'.repeat(64)}`], settings())
    expect(code).toBe(2)
    expect(err).toContain(one.code)
    expect(err).toContain(other.code)
    expect((await runCli(['verify', '--tenant', 'nowhere'], settings())).code).toBe(2)
  })
})
