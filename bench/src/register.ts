/**
 * Registering a hazard: state, event, audit entry with its place in the sealer's queue, fact and job in one transaction, decided by
 * the rules. Compared in one run with the same rows written by bare `pg`, as a superuser past all row security.
 */
import pg from 'pg'
import { v7 as uuidv7 } from 'uuid'
import { blankHazardDetails, type HazardDetails } from '@bihuan/domain'
import { beginHazard } from '../../apps/server/src/modules/hazard/index.js'
import { buildBenchDistrict, hammer, quantile, type BenchDistrict } from './district.js'
import type { Figure } from './figure.js'

export const name = 'register'
export const setting =
  'one hazard a transaction (hazard, event, audit entry and queue, fact, job) into 100,000 hazards, fsync on; the service in its scope against the same rows by bare pg; 1 and 32 at once, pool of 16, in turn'

export async function run(smoke: boolean): Promise<readonly Figure[]> {
  const district = await buildBenchDistrict(smoke ? 500 : 100_000)
  const pool = new pg.Pool({ connectionString: district.superUrl, max: 16 })
  pool.on('error', () => undefined)
  try {
    const figures: Figure[] = []
    for (const clients of smoke ? [1] : [1, 32]) {
      const rates = { plain: [] as number[], product: [] as number[] }
      let p99 = 0
      for (let round = 0; round < (smoke ? 1 : 4); round++) {
        const long = smoke ? 200 : 4000
        const plain = await hammer(clients, long, () => registerPlainly(district, pool))
        const product = await hammer(clients, long, () => registerByRules(district))
        // The first round warms up.
        if (round > 0 || smoke) {
          rates.plain.push(plain.perSecond)
          rates.product.push(product.perSecond)
          p99 = quantile(product.times, 0.99)
        }
      }
      const median = (values: number[]) => values.sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0
      const share = median(rates.product) / median(rates.plain)
      figures.push(
        { what: `bare pg, ${clients} at once`, value: `${median(rates.plain).toFixed(0)} /s` },
        {
          what: `registering by the rules, ${clients} at once`,
          value: `${median(rates.product).toFixed(0)} /s, p99 ${p99.toFixed(1)} ms`,
        },
        {
          what: `share, ${clients} at once`,
          value: `${(share * 100).toFixed(0)} %`,
          limit: '≥ 50 %',
          kept: share >= 0.5,
        },
      )
    }
    return figures
  } finally {
    await pool.end()
    await district.stop()
  }
}

function detailsAt(district: BenchDistrict, enterpriseId: string, townId: string): HazardDetails {
  return {
    ...blankHazardDetails,
    campaignId: district.campaignId,
    subject: { kind: 'enterprise', id: enterpriseId, name: '测试厂' },
    territoryUnitId: townId,
    sector: '工贸',
    source: 'inspection',
    finder: { personId: null, name: '检查员', unitId: townId, side: 'government' },
    foundOn: '2025-11-01',
    description: '配电柜未安装漏电保护装置，线路接头裸露，现场负责人不能说明处置措施，须限期整改并报送材料。',
    grade: 'major',
    gradeReason: '对照判定标准',
    deadline: '2025-12-01',
    responsibleUnitId: enterpriseId,
    authorityUnitId: townId,
  }
}

function somewhere(district: BenchDistrict): { enterpriseId: string; townId: string } {
  const at = Math.floor(Math.random() * district.enterpriseIds.length)
  return { enterpriseId: district.enterpriseIds[at] ?? '', townId: district.townIds[Math.floor(at / 20)] ?? '' }
}

async function registerByRules(district: BenchDistrict): Promise<void> {
  const { enterpriseId, townId } = somewhere(district)
  const actor = await actorOf(district)
  const { database, clock } = district.platform
  const answer = await database.withScope(actor.reach, (handle) =>
    beginHazard(handle, actor, { details: detailsAt(district, enterpriseId, townId), draft: false }, clock),
  )
  if (!answer.ok) throw new Error(answer.refusal.message)
}

const actors = new WeakMap<
  BenchDistrict,
  Promise<NonNullable<Awaited<ReturnType<BenchDistrict['modules']['sessions']['actAs']>>>>
>()
function actorOf(district: BenchDistrict) {
  const known = actors.get(district)
  if (known) return known
  const found = district.modules.sessions.actAs('bench', 'anban', 'bench').then((actor) => {
    if (actor === null) throw new Error('no actor')
    return actor
  })
  actors.set(district, found)
  return found
}

/** The same rows and the same job, with nothing asked and nothing checked. */
async function registerPlainly(district: BenchDistrict, pool: pg.Pool): Promise<void> {
  const { enterpriseId, townId } = somewhere(district)
  const details = detailsAt(district, enterpriseId, townId)
  const [hazardId, entryId, eventId, factId] = [uuidv7(), uuidv7(), uuidv7(), uuidv7()]
  const now = new Date()
  const detail = JSON.stringify({ ...details, id: hazardId, status: 'registered', version: 1 })
  const parties = [enterpriseId, townId]
  const client = await pool.connect()
  try {
    await client.query('begin')
    const { rows } = await client.query<{ number: number }>({
      name: 'n',
      text: `select nextval('hazard_number') as number`,
    })
    await client.query({
      name: 'h',
      text: `insert into hazard (tenant_id, id, territory_path, parties, campaign_id, code, subject_id, subject_name, territory_unit_id,
        responsible_unit_id, authority_unit_id, sector, source, grade, state, found_on, deadline, listed, description, detail, version, created_at, changed_at)
        values ($1,$2,'/000000/000000/',$3,$4,$5,$6,'测试厂',$7,$6,$7,'工贸','inspection','major','registered','2025-11-01','2025-12-01',false,$8,$9,1,$10,$10)`,
      values: [
        district.tenantId,
        hazardId,
        parties,
        district.campaignId,
        `P${rows[0]?.number}`,
        enterpriseId,
        townId,
        details.description,
        detail,
        now,
      ],
    })
    await client.query({
      name: 'a',
      text: `with e as (insert into audit_entry (tenant_id, id, at, person_name, via, address, action, object_kind, object_id, after, detail)
        values ($1,$2,$3,'测试','web','local','hazard.register','hazard',$4,$5,$6)) insert into audit_pending (tenant_id, entry_id) values ($1,$2)`,
      values: [
        district.tenantId,
        entryId,
        now,
        hazardId,
        detail,
        JSON.stringify({ facts: [{ id: factId, measure: 'hazard/found/major/department' }] }),
      ],
    })
    await client.query({
      name: 'e',
      text: `insert into hazard_event (tenant_id, id, hazard_id, ordinal, territory_path, parties, type, payload, occurred_on, recorded_at, person_name, entry_id)
        values ($1,$2,$3,1,'/000000/000000/',$4,'register','{"sentence":"登记：重大隐患"}','2025-11-01',$5,'测试',$6)`,
      values: [district.tenantId, eventId, hazardId, parties, now, entryId],
    })
    await client.query({
      name: 'f',
      text: `insert into fact (tenant_id, id, territory_path, parties, entry_id, measure, unit_id, doer_unit_ids, subject_id, record_kind, record_id, sector, amount, occurred_on, recorded_at)
        values ($1,$2,'/000000/000000/',$3,$4,'hazard/found/major/department',$5,$6,$5,'hazard',$7,'工贸',1,'2025-11-01',$8)`,
      values: [district.tenantId, factId, parties, entryId, enterpriseId, [townId], hazardId, now],
    })
    await client.query({
      name: 'j',
      text: `select graphile_worker.add_job('hazard.remind', $1::json, run_at => '2025-12-01', job_key => $2)`,
      values: [JSON.stringify({ tenantId: district.tenantId, hazardId }), `hazard.remind:${hazardId}`],
    })
    await client.query('commit')
  } catch (cause) {
    await client.query('rollback')
    throw cause
  } finally {
    client.release()
  }
}
