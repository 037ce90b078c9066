/** What the office tells the units: one circular that went out, and the next one as a draft. */
import { addDays, addMonths } from '@bihuan/domain'
import { keepUploads, storeUploads } from '../modules/document/index.js'
import { draftCircular, issueCircular } from '../modules/report/index.js'
import { scanOf } from './scan.js'
import { must, type Stage } from './stage.js'

const office = 'anban'

export async function tellOfTheMonths(stage: Stage, campaignId: string): Promise<void> {
  await stage.seal()
  const actor = await stage.as(office)
  const month = (n: number) => addMonths(stage.firstDay, n)
  const told = await tell(stage, campaignId, month(6), addDays(month(7), -1))
  const docNo = `青安办通报〔${stage.today.slice(0, 4)}〕6号`
  const bytes = scanOf(
    [docNo, told.title, '各镇街、园区，区有关部门：', '现将有关情况通报如下（数字见附表）。'],
    '区安委办',
  )
  const paper = [{ name: `${told.title}.pdf`, bytes: Buffer.from(bytes) }]
  const stored = must(await storeUploads(stage.platform.files, paper))
  const { items } = await stage.act(office, (handle) => keepUploads(handle, actor, stored, stage.clock))
  const [file] = items
  const { id, version } = told
  const issue = { id, version, docNo, issuedOn: stage.today, fileId: file?.id ?? '' }
  await stage.act(office, (handle) => issueCircular(handle, actor, issue, stage.clock))
  await stage.seal()
  await tell(stage, campaignId, month(7), addDays(month(8), -1))
}

async function tell(stage: Stage, campaignId: string, from: string, to: string) {
  return must(await draftCircular(stage.context, await stage.as(office), campaignId, { from, to }))
}
