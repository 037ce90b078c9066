/** To whom the example district sends its campaign, and who has read it: at the start the towns and areas, now those below. */
import type { ReceiverRule } from '@bihuan/domain'
import { confirmCampaign, remindReceivers, sendOut, showCampaign } from '../modules/campaign/index.js'
import { people } from './district.js'
import { must, type Stage } from './stage.js'

const firstReceivers: ReceiverRule = { kinds: ['street', 'township', 'functional-area'], unitIds: [] }

/** The scenic area has to be reminded. */
const confirmedAtOnce: readonly string[] = ['jiedao', 'xiang', 'yuanqu']

const laterReceivers: ReceiverRule = {
  kinds: ['community', 'village', 'enterprise'],
  enterprises: 'high-risk',
  unitIds: [],
}

/** Of the people of communities and villages every one but the first of each and one in three: theirs is what a visitor sees waiting. */
function confirmedLate(logIns: readonly string[]): readonly string[] {
  return logIns.filter((one) => /^(?:shequ|cun)\d+$/.test(one) && !/[1358]$/.test(one))
}

export function sendOutFirst(stage: Stage, campaignId: string): Promise<void> {
  return sendOutTo(stage, campaignId, firstReceivers, confirmedAtOnce)
}

export function sendOutLater(stage: Stage, campaignId: string): Promise<void> {
  return sendOutTo(stage, campaignId, laterReceivers, confirmedLate(people.map(({ loginName }) => loginName)))
}

async function sendOutTo(
  stage: Stage,
  campaignId: string,
  rule: ReceiverRule,
  readers: readonly string[],
): Promise<void> {
  const { clock } = stage
  await stage.act('anban', (handle, actor) => sendOut(handle, actor, campaignId, rule, clock))
  for (const reader of readers) {
    const { reach } = await stage.as(reader)
    const page = await stage.platform.database.withScope(reach, async (handle) =>
      must(await showCampaign(handle, await stage.as(reader), campaignId, clock.today())),
    )
    const own = page.receipts.find(({ unitId, state }) => reach.parties.includes(unitId) && state === 'waiting')
    if (own === undefined) throw new Error(`${reader} was sent nothing`)
    const command = { campaignId, unitId: own.unitId, noticeFileId: page.noticeFileId }
    await stage.act(reader, (handle, actor) => confirmCampaign(handle, actor, command, clock))
  }
  await stage.act('anban', (handle, actor) => remindReceivers(handle, actor, campaignId, '请尽快阅读并确认。', clock))
}
