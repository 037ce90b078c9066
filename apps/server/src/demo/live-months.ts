/** Month by month: what is due is filed, taken or sent back, the tasks are reported on, and in the end the office tells who leads and who lags. */
import { addDays, addMonths } from '@bihuan/domain'
import { showCampaign, updateTask } from '../modules/campaign/index.js'
import { listActiveSchedules, openSchedule } from '../modules/report/index.js'
import { tellOfTheMonths } from './circulars.js'
import { askForReports, fileReports } from './file-reports.js'
import { askForTables, fileMonth } from './file-tables.js'
import { sendOutLater } from './sending.js'
import { morning, must, type Stage } from './stage.js'

export async function liveThroughMonths(stage: Stage, campaigns: ReadonlyMap<string, string>): Promise<void> {
  stage.clock.set(morning(stage.firstDay))
  const schedules = await askForTables(stage, campaigns)
  const reports = await askForReports(stage, campaigns)
  for (let month = 0; month < 8; month++) {
    const begins = addMonths(stage.firstDay, month)
    stage.clock.set(morning(begins))
    await openReturns(stage)
    for (const schedule of schedules) await fileMonth(stage, schedule, begins.slice(0, 7))
    for (const on of reports.past.filter((day) => day.startsWith(begins.slice(0, 7)))) {
      stage.clock.set(morning(addDays(on, -1)))
      await openReturns(stage)
      await fileReports(stage, reports, on)
    }
    stage.clock.set(morning(addMonths(begins, 1)))
    await reportTasks(stage, campaigns, addDays(addMonths(begins, 1), -1))
  }
  // This month: most have filed, two have not, and one is sent back.
  stage.clock.set(morning(addMonths(stage.firstDay, 8)))
  await sendOutLater(stage, campaigns.get('district') ?? '')
  await openReturns(stage)
  for (const schedule of schedules) await fileMonth(stage, schedule, stage.today.slice(0, 7), stage.today)
  stage.clock.set(stage.platform.clock.now())
  await openReturns(stage)
  await fileReports(stage, reports, reports.next)
  await tellOfTheMonths(stage, campaigns.get('district') ?? '')
}

async function openReturns({ platform: { database }, clock, tenantId }: Stage): Promise<void> {
  const active = await database.withScope({ purpose: 'tenant', tenantId }, listActiveSchedules)
  for (const schedule of active) await openSchedule({ database, clock }, tenantId, schedule)
}

async function reportTasks(stage: Stage, campaigns: ReadonlyMap<string, string>, on: string): Promise<void> {
  for (const [unit, by] of [
    ['street', 'jiedao'],
    ['park', 'yuanqu'],
    ['district', 'anban'],
  ] as const) {
    const campaignId = campaigns.get(unit) ?? ''
    for (const [index, taskId] of (await tasksOf(stage, by, campaignId)).entries()) {
      if (!stage.random.chance(index === 0 ? 100 : 65)) continue
      const done = { doneOn: on, finishes: true, note: '已按要求完成，材料存档。', fileIds: [], withdraws: null }
      await stage.act(by, (handle, me) => updateTask(handle, me, { campaignId, taskId, ...done }, stage.clock))
    }
  }
}

async function tasksOf(stage: Stage, by: string, campaignId: string): Promise<string[]> {
  const actor = await stage.as(by)
  return stage.platform.database.withScope(actor.reach, async (handle) => {
    const page = must(await showCampaign(handle, actor, campaignId, stage.clock.today()))
    return page.tasks.filter((task) => task.due?.kind !== 'standing').map((task) => task.id)
  })
}
