/** The monthly tables: asked for once, then filled in, signed, filed, and taken or sent back. */
import { addDays } from '@bihuan/domain'
import {
  actOnReturn,
  addSchedule,
  listReturns,
  listTableRows,
  showReturn,
  signReturn,
  typeIntoReturn,
} from '../modules/report/index.js'
import { daysLate, inventSchedules, typedValues, type DemoSchedule } from './returns.js'
import { morning, must, type Stage } from './stage.js'

export async function askForTables(
  stage: Stage,
  campaigns: ReadonlyMap<string, string>,
): Promise<readonly DemoSchedule[]> {
  const schedules = inventSchedules(stage.firstDay)
  for (const schedule of schedules) {
    await stage.act(schedule.by, async (handle, actor) => {
      const [table] = await listTableRows(handle, campaigns.get(schedule.campaign) ?? null)
      if (table === undefined) throw new Error(`no table of ${schedule.campaign}`)
      return addSchedule(handle, actor, table.id, schedule.input, stage.clock)
    })
  }
  return schedules
}

/** `until`: what is due later waits; and of the month that runs, the first and the last filer let theirs wait. */
export async function fileMonth(
  stage: Stage,
  { input, filers, receiver }: DemoSchedule,
  month: string,
  until: string | null = null,
): Promise<void> {
  const find = async (login: string, side: 'mine' | 'received') => {
    const { items } = await stage.act(login, (handle, actor) =>
      listReturns(handle, actor, { side, show: 'todo', limit: 200 }, stage.clock),
    )
    return items.filter((row) => row.periodKey === month && row.title === input.title)
  }
  for (const login of until === null ? filers : filers.slice(1, -1)) {
    const [waiting] = await find(login, 'mine')
    if (waiting === undefined || (until !== null && waiting.dueOn > until)) continue
    stage.clock.set(morning(until === null ? addDays(waiting.dueOn, daysLate(stage.random)) : waiting.dueOn))
    await fileTable(stage, login, waiting.id)
  }
  const remark = { cell: 'g1.m3', text: '与清单上的条数不符，请核对' }
  for (const [index, { id, version }] of (await find(receiver, 'received')).entries()) {
    const act =
      until !== null && index === 0
        ? ({ kind: 'send-back', remarks: [remark] } as const)
        : ({ kind: 'accept' } as const)
    // What came last this month nobody has looked at yet.
    if (until !== null && index > 2) continue
    await stage.act(receiver, (handle, actor) => actOnReturn(handle, actor, { id, version, act }, stage.clock))
  }
}

async function fileTable(stage: Stage, login: string, id: string): Promise<void> {
  const { context } = stage
  const actor = await stage.as(login)
  const draft = must(await showReturn(context, actor, id))
  const values = typedValues(draft, stage.random)
  await stage.act(login, (handle) => typeIntoReturn(handle, actor, { id, version: draft.version, values }, stage.clock))
  await stage.seal()
  const filled = must(await showReturn(context, actor, id))
  const answers = Object.fromEntries(
    filled.findings.map(({ key, code }) => [
      key,
      code === 'fell' ? '销号后又重新打开，已核实' : '当月集中开展排查整治，数字已核实',
    ]),
  )
  const { version, wants, isNil, contentHash } = filled
  const signature = { id, version, label: wants ?? '', nil: isNil, contentHash, answers, submit: true }
  // The script that tells the story is no thief of the session.
  must(await signReturn(context, actor, signature, { ok: true, value: undefined }))
}
