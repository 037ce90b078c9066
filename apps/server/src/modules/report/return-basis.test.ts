/** The sentence on which a return rests: read by both its sides, and opened in the whole notice by those whom the campaign binds. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import * as contracts from '@bihuan/contracts'
import { buildNoticeDistrict, type NoticeDistrict } from '../../../test/build-notice-campaign.js'
import {
  actorFor,
  ask,
  buildAccount,
  runJobs,
  startTestApp,
  type TestAccount,
  type TestApp,
} from '../../../test/builders.js'
import { showReturn } from './return-page.service.js'
import { mayReadBasis } from './return.policy.js'

let test: TestApp
let district: NoticeDistrict
beforeAll(async () => {
  test = await startTestApp({ now: '2023-06-05T09:00:00+08:00', environment: { BIHUAN_LOG: 'error' } })
  district = await buildNoticeDistrict(test)
})
afterAll(() => test.stop())

const sentence =
  '各镇自6月份开始，每月28日前将《青榆区重大事故隐患排查整治进展情况调度表》（附件1）报送至区安委办，没有相关情况的也要零报送。'

async function returnOf(who: TestAccount) {
  await runJobs(test)
  const { items } = (await ask(test, who, contracts.listReturns, { query: { side: 'mine', show: 'all' } })).body
  return items[0]?.id ?? ''
}

async function basisFor(who: TestAccount, returnId: string) {
  const shown = await ask(test, who, contracts.showReturn, { params: { returnId } })
  expect(shown.error).toBeUndefined()
  return shown.body.basis
}

describe('the basis of a return', () => {
  it('is the sentence of the notice that asks for it, and the place where the notice is opened at it', async () => {
    const { clerk, officer, campaign } = district
    const returnId = await returnOf(clerk)
    const basis = await basisFor(clerk, returnId)
    expect(basis).toEqual({ sentence, place: 'report:0' })
    expect(await basisFor(officer, returnId)).toEqual(basis)
    const { items } = (await ask(test, officer, contracts.listSchedules, { query: { campaign: campaign.id } })).body
    expect(items.map(({ hasBasis, planReport }) => [hasBasis, planReport])).toEqual([[true, 0]])
    // The place is one of the plan's, and its words stand in the notice.
    const notice = (await ask(test, clerk, contracts.showCampaignNotice, { params: { campaignId: campaign.id } })).body
    const source = campaign.plan.reports[0]?.source
    expect(sentence).toContain(notice.document.text.slice(source?.start, source?.end))
  })

  it('is the one sentence and not the notice for a side of it that may read no campaigns, and nothing for anybody else', async () => {
    const { clerk, officer, tenant } = district
    const returnId = await returnOf(clerk)
    const context = { database: test.database, clock: test.clock }
    const told = async (who: TestAccount) => {
      const actor = await actorFor(test, who)
      const shown = await showReturn(
        context,
        { ...actor, permissions: new Set(['table.read', 'return.file']) },
        returnId,
      )
      return shown.ok ? shown.value.basis : shown.refusal
    }
    expect(await told(clerk)).toEqual({ sentence, place: null })
    expect(await told(officer)).toEqual({ sentence, place: null })
    // From elsewhere: it goes by whether one may read the notice.
    const elsewhere = await actorFor(test, await buildAccount(test, district.otherTown, 'territory-officer'))
    const sides = { unit_id: district.town.id, receiver_ids: [tenant.rootUnitId] }
    expect(mayReadBasis(elsewhere, sides)).toBe(true)
    expect(mayReadBasis({ ...elsewhere, permissions: new Set(['table.read']) }, sides)).toBe(false)
  })
})
