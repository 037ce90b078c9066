/** A big district for measuring: a throw-away cluster with the product's schema, and as many hazards as asked for. */
import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { createAccount, grantRole } from '../../apps/server/src/modules/identity/index.js'
import { addUnit, foundTenant } from '../../apps/server/src/modules/organization/index.js'
import { createModules, type Modules } from '../../apps/server/src/modules.js'
import { ManualClock } from '../../apps/server/src/platform/clock.js'
import { startPlatform, type Platform } from '../../apps/server/src/platform/platform.js'
import { readSettings } from '../../apps/server/src/platform/settings.js'

export interface BenchDistrict {
  readonly platform: Platform
  readonly modules: Modules
  readonly tenantId: string
  readonly rootUnitId: string
  readonly townIds: readonly string[]
  readonly enterpriseIds: readonly string[]
  readonly campaignId: string
  readonly settings: Readonly<Record<string, string>>
  /** Past all row security: the plain alternative. */
  readonly superUrl: string
  stop(): Promise<void>
}

export const benchPassword = 'Ceshi-Liangchi-01'

function must<T>(answer: { ok: true; value: T } | { ok: false; refusal: { message: string } }): T {
  if (!answer.ok) throw new Error(answer.refusal.message)
  return answer.value
}

export async function buildBenchDistrict(hazards: number): Promise<BenchDistrict> {
  const folder = mkdtempSync(join(tmpdir(), 'bihuan-bench-'))
  chmodSync(folder, 0o755)
  const settings = { BIHUAN_DATA: folder, BIHUAN_LOG: 'silent', DATABASE_POOL: '16', PORT: '0' }
  const clock = new ManualClock(new Date('2025-11-03T09:00:00+08:00'))
  const platform = await startPlatform(readSettings(settings), { clock })
  const modules = createModules(platform)
  const superUrl = platform.ownerUrl.replace('bihuan_owner:', 'postgres:')
  const townIds: string[] = []
  const enterpriseIds: string[] = []
  const founded = await foundTenant(
    platform.database,
    clock,
    { code: 'bench', name: '测试区', rootKind: 'district', rootCode: null, existsFrom: '2000-01-01' },
    async () => undefined,
  )
  const { tenantId, rootUnitId } = founded
  const by = { tenantId, via: 'maintenance', personName: '测试', address: 'local' } as const
  await platform.database.withScope({ purpose: 'tenant', tenantId }, async (handle) => {
    const add = async (kind: 'town' | 'enterprise' | 'safety-committee-office', name: string, parentId: string) =>
      must(
        await addUnit(
          handle,
          by,
          { kind, name, code: null, parentId, lineParentId: null, existsFrom: '2000-01-01' },
          clock,
        ),
      ).id
    for (let town = 0; town < 12; town++) {
      const townId = await add('town', `第${town + 1}镇`, rootUnitId)
      townIds.push(townId)
      for (let firm = 0; firm < 20; firm++)
        enterpriseIds.push(await add('enterprise', `第${town + 1}镇第${firm + 1}厂`, townId))
    }
    const office = await add('safety-committee-office', '测试区安委办', rootUnitId)
    for (const [loginName, unitId, role] of [
      ['anban', office, 'safety-office'],
      ['zhen', townIds[0] ?? '', 'territory-officer'],
    ] as const) {
      const account = must(
        await createAccount(
          handle,
          by,
          {
            loginName,
            personName: loginName,
            post: null,
            phone: null,
            unitId,
            password: benchPassword,
            mustChangePassword: false,
          },
          clock,
        ),
      )
      must(await grantRole(handle, by, { accountId: account.id, unitId, role }, clock))
    }
  })
  const campaignId = await fill(superUrl, tenantId, rootUnitId, hazards)
  return {
    platform,
    modules,
    tenantId,
    rootUnitId,
    townIds,
    enterpriseIds,
    campaignId,
    settings,
    superUrl,
    async stop() {
      await platform.stop()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

/** The same rows every time: 70 % closed, 15 % rectifying; due over two years; some 65 characters of text each. */
async function fill(superUrl: string, tenantId: string, rootUnitId: string, hazards: number): Promise<string> {
  const client = new pg.Client({ connectionString: superUrl })
  await client.connect()
  try {
    const campaignId = '00000000-0000-7000-8000-000000000001'
    await client.query(
      `insert into campaign (tenant_id, id, unit_id, territory_path, bound_path, name, title, issuer, starts_on, ends_on, sectors, state, plan, detail, version, created_at)
       select $1, $2, u.id, u.territory_path, u.territory_path, '测试行动', '测试行动方案', '测试区', '2023-01-01', '2026-12-31', '{}', 'running', '{}', '{"questions":[],"decisions":[]}', 1, now()
       from unit u where u.tenant_id = $1 and u.id = $3`,
      [tenantId, campaignId, rootUnitId],
    )
    await client.query(
      `insert into hazard (tenant_id, id, territory_path, line_path, parties, campaign_id, code, subject_id, subject_name, territory_unit_id,
         responsible_unit_id, authority_unit_id, sector, source, grade, state, found_on, deadline, closed_on, listed, description, detail, version, created_at, changed_at)
       select $1, gen_random_uuid(), e.territory_path, null, array[e.id, e.parent_id], $2, 'B' || lpad(n::text, 8, '0'), e.id, e.name, e.parent_id,
         e.id, e.parent_id, (array['工贸','消防','燃气','建筑施工','危险化学品'])[1 + n % 5], (array['self-check','inspection'])[1 + n % 2],
         case when n % 20 = 0 then 'major' else 'general' end,
         case when n % 20 < 14 then 'closed' when n % 20 < 17 then 'rectifying' when n % 20 < 18 then 'registered' when n % 20 < 19 then 'awaiting-reinspection' else 'awaiting-sign-off' end,
         date '2023-11-01' + (n::bigint * 7919 % 700)::int, date '2023-12-01' + (n::bigint * 104729 % 700)::int, case when n % 20 < 14 then date '2023-12-01' + (n::bigint * 104729 % 700)::int end,
         n % 200 = 0,
         '第' || n || '号：' || (array['配电柜未安装漏电保护装置，线路接头裸露','疏散通道堆放杂物，安全出口上锁','除尘系统积粉超标，未落实清扫制度','用气场所未装可燃气体报警装置'])[1 + n % 4] || '，现场负责人不能说明处置措施，须限期整改并报送材料。',
         jsonb_build_object('id', n, 'measures', repeat('停用、检修、复查。', 8)), 3, now(), now()
       from generate_series(1, $3::int) n
       join (select *, row_number() over (order by territory_path) - 1 as place, count(*) over () as many from unit where tenant_id = $1 and kind = 'enterprise') e
         on e.place = (n * 31) % e.many`,
      [tenantId, campaignId, hazards],
    )
    await client.query('vacuum analyze hazard')
    await client.query('analyze')
    return campaignId
  } finally {
    await client.end()
  }
}

/** Runs `work` again and again by so many at once, for so long; gives counts and the times of each, sorted, in ms. */
export async function hammer(
  clients: number,
  milliseconds: number,
  work: (client: number) => Promise<void>,
): Promise<{ perSecond: number; times: number[] }> {
  const times: number[] = []
  const until = performance.now() + milliseconds
  const began = performance.now()
  await Promise.all(
    Array.from({ length: clients }, async (_, client) => {
      while (performance.now() < until) {
        const start = performance.now()
        await work(client)
        times.push(performance.now() - start)
      }
    }),
  )
  times.sort((a, b) => a - b)
  return { perSecond: (times.length / (performance.now() - began)) * 1000, times }
}

export function quantile(times: readonly number[], share: number): number {
  return times[Math.min(times.length - 1, Math.floor(times.length * share))] ?? 0
}
