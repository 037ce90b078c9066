/**
 * Opening the month's returns of 3,000 respondents, each filled from a million facts and checked, in the job's own steps; broken off in
 * the middle and begun again. And the board of 3,000 × 12 against the best SQL for the same rows.
 */
import { lookAtReturns, openSchedule, showBoard } from '../../apps/server/src/modules/report/index.js'
import { quantile } from './district.js'
import type { Figure } from './figure.js'
import { buildReturnsDistrict, type ReturnsDistrict } from './reporting/returns-district.js'

export const name = 'returns'
export const setting =
  '3,000 respondents (12 towns, 2,988 villages), a table of 40 cells (12 from records, 28 typed), 1,000,000 facts, 11 months filed before; the job that opens, fills and checks; the board against one SQL statement as a superuser'

export async function run(smoke: boolean): Promise<readonly Figure[]> {
  const built = await buildReturnsDistrict(
    smoke
      ? { villages: 60, facts: 2_000, monthsFiled: 3 }
      : { villages: 2_988, facts: Number(process.env.FACTS ?? 1_000_000), monthsFiled: 11 },
  )
  try {
    return [...(await opening(built)), ...(await board(built, smoke ? 3 : 40))]
  } finally {
    await built.stop()
  }
}

async function opening({ district, plain, schedule, respondents }: ReturnsDistrict): Promise<Figure[]> {
  const { platform, tenantId } = district
  const count = async (what: string) =>
    Number(
      (await plain.query<{ n: string }>(`select count(*) as n from report_return where period_key = '2025-11' ${what}`))
        .rows[0]?.n,
    )
  const began = performance.now()
  const opened = await openSchedule(platform, tenantId, schedule)
  const afterOpening = performance.now()
  // Broken off after a while, as a killed server would: what was looked at stays, and nothing is done twice.
  const broken = await breakOff(() => lookAtReturns(platform, tenantId, schedule.id), platform)
  const kept = await count('and looked_on is not null')
  const again = await lookAtReturns(platform, tenantId, schedule.id)
  const seconds = (performance.now() - began) / 1000
  const [there, looked] = [await count(''), await count('and looked_on is not null')]
  const twice = await openSchedule(platform, tenantId, schedule)
  const whole = opened === respondents && there === respondents && looked === respondents && twice === 0
  return [
    { what: 'opening', value: `${((afterOpening - began) / 1000).toFixed(1)} s, ${opened} returns` },
    {
      what: 'opened, filled and checked',
      value: `${seconds.toFixed(1)} s (${((seconds * 1000) / respondents).toFixed(1)} ms each)`,
      limit: '≤ 60 s',
      kept: seconds <= 60,
    },
    {
      what: 'broken off and begun again',
      value: `${kept} were looked at when it ${broken ? 'was broken off' : 'ended'}, ${again} after; ${there} returns, ${looked} looked at, ${twice} opened twice`,
      limit: 'each once',
      kept: whole,
    },
  ]
}

class BrokenOff extends Error {}

/** The clock is asked for each page: from the third second on it throws. */
async function breakOff(
  work: () => Promise<unknown>,
  platform: ReturnsDistrict['district']['platform'],
): Promise<boolean> {
  const { clock } = platform
  const today = clock.today.bind(clock)
  const until = performance.now() + 3_000
  clock.today = () => {
    if (performance.now() > until) throw new BrokenOff()
    return today()
  }
  try {
    await work()
    return false
  } catch (cause) {
    if (!(cause instanceof BrokenOff)) throw cause
    return true
  } finally {
    clock.today = today
  }
}

const best = `select r.unit_id, u.name, r.sector, r.id, r.period_key, r.status, r.due_on, r.detail ->> 'excusedUntil', r.detail ->> 'firstSubmittedOn',
    (r.detail ->> 'nil')::boolean, (r.detail ->> 'timesSentBack')::int
  from (select distinct territory_path, unit_id from report_return where tenant_id = $1 and schedule_id = $2 order by territory_path, unit_id limit $4) page
  join report_return r on r.tenant_id = $1 and r.schedule_id = $2 and r.unit_id = page.unit_id and r.period_key = any($3)
  join unit u on u.tenant_id = r.tenant_id and u.id = r.unit_id
  order by page.territory_path, page.unit_id, r.period_key`
const bestSummary = `select count(*), count(*) filter (where status in ('submitted', 'accepted')),
    count(*) filter (where (detail ->> 'firstSubmittedOn')::date > coalesce((detail ->> 'excusedUntil')::date, due_on)),
    count(*) filter (where detail ->> 'firstSubmittedOn' is null and coalesce((detail ->> 'excusedUntil')::date, due_on) < current_date),
    count(*) filter (where status = 'sent-back'), count(*) filter (where status in ('submitted', 'accepted') and (detail ->> 'nil')::boolean)
  from report_return where tenant_id = $1 and schedule_id = $2 and period_key = $3`

async function board({ district, plain, schedule }: ReturnsDistrict, rounds: number): Promise<Figure[]> {
  const { platform, tenantId } = district
  const keys = (
    await plain.query<{ period_key: string }>(
      'select distinct period_key from report_return where schedule_id = $1 order by period_key desc limit 12',
      [schedule.id],
    )
  ).rows.map(({ period_key }) => period_key)
  const actor = await district.modules.sessions.actAs('bench', 'anban', 'bench')
  if (actor === null) throw new Error('no account anban')
  const figures: Figure[] = []
  for (const limit of [100, 500]) {
    const times = { plain: [] as number[], product: [] as number[] }
    for (let round = 0; round < rounds + 2; round++) {
      const t0 = performance.now()
      await plain.query({ name: `b${limit}`, text: best, values: [tenantId, schedule.id, keys, limit] })
      await plain.query({ name: 's', text: bestSummary, values: [tenantId, schedule.id, keys[0]] })
      const t1 = performance.now()
      const answer = await platform.database.withScope(actor.reach, (handle) =>
        showBoard(handle, actor, { scheduleId: schedule.id, periods: 12, limit }, platform.clock),
      )
      const t2 = performance.now()
      if (!answer.ok || answer.value.rows.length === 0) throw new Error('no board')
      if (round < 2) continue
      times.plain.push(t1 - t0)
      times.product.push(t2 - t1)
    }
    const p50 = (list: number[]) =>
      quantile(
        list.sort((a, b) => a - b),
        0.5,
      )
    const ratio = p50(times.product) / p50(times.plain)
    figures.push({
      what: `board of ${keys.length} periods, ${limit} respondents a page, p50`,
      value: `${p50(times.product).toFixed(1)} ms against ${p50(times.plain).toFixed(1)} ms of SQL: ${ratio.toFixed(2)}×`,
      limit: '≤ 2×',
      kept: ratio <= 2,
    })
  }
  return figures
}
