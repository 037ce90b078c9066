/** The phrase table, and what the words of a plan's duties are read to mean by it, by the units' names, and by what was chosen before. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import * as contracts from '@bihuan/contracts'
import type { BodyOf, PhraseInput, WordChoiceJson } from '@bihuan/contracts'
import type { PlanDuty } from '@bihuan/domain'
import {
  ask,
  buildAccount,
  buildTenant,
  buildUnit,
  startTestApp,
  type TestAccount,
  type TestApp,
} from '../../../test/builders.js'
import { buildEnterprise } from '../../../test/build-enterprise.js'
import { samplePlan } from '../../../test/sample-plan.js'

let test: TestApp
beforeAll(async () => {
  test = await startTestApp({ now: '2023-06-16T09:00:00+08:00' })
})
afterAll(() => test.stop())

type PlanBody = BodyOf<typeof contracts.createCampaign>['plan']

const duty = (over: Partial<PlanDuty> = {}): PlanDuty => ({
  level: 'enterprise',
  actor: '企业主要负责人',
  action: '带队检查',
  frequency: { times: 1, per: 'quarter' },
  deadline: null,
  condition: null,
  quota: null,
  ...over,
})
const planWith = (...duties: PlanDuty[]) => samplePlan({ duties, warnings: [] }) as PlanBody

let district: Awaited<ReturnType<typeof buildDistrict>>
async function buildDistrict() {
  const tenant = await buildTenant(test, { name: '青榆区' })
  const town = await buildUnit(test, tenant, { kind: 'town', name: '柳河镇' })
  const office = await buildUnit(test, tenant, { kind: 'safety-committee-office', name: '青榆区安委办' })
  const bureau = await buildUnit(test, tenant, { kind: 'department', name: '青榆区应急管理局' })
  return {
    tenant,
    town,
    bureau,
    officer: await buildAccount(test, office, 'safety-office', { personName: '叶安' }),
    admin: await buildAccount(test, tenant, 'system-admin'),
    townOffice: await buildAccount(test, town, 'safety-office'),
    clerk: await buildAccount(test, town, 'territory-officer'),
  }
}
beforeEach(async () => {
  district = await buildDistrict()
})

const create = (plan: PlanBody, choices: WordChoiceJson[] = [], by = district.officer) =>
  ask(test, by, contracts.createCampaign, { body: { unitId: district.tenant.rootUnitId, plan, choices } })
const decide = (campaign: { id: string; version: number }, choices: WordChoiceJson[], by = district.officer) =>
  ask(test, by, contracts.decideWords, {
    params: { campaignId: campaign.id },
    body: { version: campaign.version, choices },
  })
const start = (campaign: { id: string; version: number }) =>
  ask(test, district.officer, contracts.startCampaign, {
    params: { campaignId: campaign.id },
    body: { version: campaign.version },
  })

describe('duties', () => {
  it('are kept as rules: who, which record, which enterprises, and what told it', async () => {
    const made = await create(
      planWith(
        duty({ condition: '高危行业企业、人员密集场所' }),
        duty({ level: 'department', actor: '区应急管理局', action: '联合检查' }),
        duty({ level: 'government', actor: '各镇（街道）', action: '排查', frequency: { times: 1, per: 'month' } }),
      ),
    )
    expect(made.error).toBeUndefined()
    expect(
      made.body.duties.map(({ standing, who, record, enterprises }) => [standing, who, record, enterprises]),
    ).toEqual([
      ['rule', '企业的主要负责人', '带队检查', '高危；或人员密集'],
      ['rule', '青榆区应急管理局', '联合检查', ''],
      ['rule', '镇、街道', '监督检查', ''],
    ])
    expect(made.body.duties[0]?.readings[0]).toMatchObject({ by: 'phrase', phrases: ['带队…检查'] })
    // Whom the campaign binds sees what it asks.
    const seen = await ask(test, district.clerk, contracts.showCampaign, { params: { campaignId: made.body.id } })
    expect(seen.body.duties).toHaveLength(3)
    expect((await start(made.body)).error).toBeUndefined()
  })

  it('that are not understood keep the campaign from starting until somebody says what they mean, or keeps them as words', async () => {
    const plan = planWith(duty({ action: '腐蚀监测' }), duty({ action: '腐蚀监测', condition: '深井铸造企业' }))
    const made = await create(plan)
    expect(made.body.duties.map(({ standing }) => standing)).toEqual(['open', 'open'])
    const early = await start(made.body)
    expect(early.error?.code).toBe('campaign.duties-open')
    expect(early.error?.message).toContain('腐蚀监测')
    const kind: WordChoiceJson = {
      subject: 'action',
      words: '腐蚀监测',
      meaning: { recordKind: 'proof' },
      reason: '由企业上传监测报告',
    }
    const words: WordChoiceJson = { subject: 'condition', words: '深井铸造企业', meaning: null, reason: '没有这个类别' }
    expect((await decide(made.body, [{ ...kind, words: '别处的词' }])).error?.code).toBe('campaign.word-unknown')
    expect((await decide(made.body, [kind], district.townOffice)).status).toBe(403)
    const decided = await decide(made.body, [kind, words])
    expect(decided.body.duties.map(({ standing, record }) => [standing, record])).toEqual([
      ['rule', '填报并附证明'],
      ['wording', '填报并附证明'],
    ])
    expect((await decide(made.body, [kind])).error?.code).toBe('campaign.changed-meanwhile')
    expect((await start(decided.body)).error).toBeUndefined()
    // Of the next notice nobody is asked again: also before it is made.
    const check = await ask(test, district.officer, contracts.checkPlan, {
      body: { plan, unitId: district.tenant.rootUnitId },
    })
    expect(check.body.words.filter(({ by }) => by === 'choice').map(({ words, reason }) => [words, reason])).toEqual([
      ['腐蚀监测', '由企业上传监测报告'],
      ['深井铸造企业', '没有这个类别'],
    ])
    const next = await create(plan)
    expect(next.body.duties.map(({ standing }) => standing)).toEqual(['rule', 'wording'])
    // Another unit decides for itself.
    const elsewhere = await ask(test, district.townOffice, contracts.checkPlan, {
      body: { plan, unitId: district.town.id },
    })
    expect(
      elsewhere.body.words.filter(({ standing, places }) => standing === 'open' && places.includes('duty')),
    ).toHaveLength(2)
  })

  it('name the unit that was chosen on the page, and no unit that is not there', async () => {
    const plan = planWith(duty({ level: 'department', actor: '专班办公室综合组', action: '联合检查' }))
    const choice = (unitId: string): WordChoiceJson => ({
      subject: 'actor',
      words: '专班办公室综合组',
      meaning: { kinds: [], unitIds: [unitId], post: null, enterprises: [] },
      reason: '设在应急管理局',
    })
    expect((await create(plan, [choice('0190a000-0000-7000-8000-000000000000')])).status).toBe(404)
    const made = await create(plan, [choice(district.bureau.id)])
    expect(made.body.duties[0]).toMatchObject({ standing: 'rule', who: '青榆区应急管理局' })
    expect((await create(plan)).body.duties[0]?.who).toBe('青榆区应急管理局')
  })
})

describe('the phrase table', () => {
  const change = (by: TestAccount, phrase: PhraseInput, to: 'meaning' | 'dropped' | 'as-shipped' = 'meaning') =>
    ask(test, by, contracts.changePhrase, { body: { phrase, change: to, reason: '按本区习惯' } })
  const patrol: PhraseInput = {
    subject: 'action',
    phrase: '夜间值守',
    meaning: { recordKind: 'inspection', byEnterprise: null },
  }
  const drill: PhraseInput = {
    subject: 'action',
    phrase: '演练',
    meaning: { recordKind: 'training', byEnterprise: null },
  }
  const originOf = async (phrase: string) =>
    (await ask(test, district.officer, contracts.listPhrases, {})).body.items.find(
      (one) => one.phrase.phrase === phrase,
    )

  it('is kept by the office of the district and its administrator, and by nobody else', async () => {
    expect((await change(district.townOffice, patrol)).status).toBe(403)
    expect((await change(district.clerk, patrol)).status).toBe(403)
    expect((await ask(test, district.clerk, contracts.listPhrases, {})).status).toBe(403)
    expect((await ask(test, district.townOffice, contracts.listPhrases, {})).body.abilities).toEqual({ manage: false })
    expect((await change(district.admin, patrol)).error).toBeUndefined()
    expect(await originOf('夜间值守')).toMatchObject({ origin: 'own', changed: { reason: '按本区习惯' } })
  })

  it('reads the next notice otherwise, and as before when a phrase is restored; the trail keeps each change', async () => {
    const plan = planWith(duty({ action: '疏散消防演练' }), duty({ action: '夜间值守' }))
    const kinds = async () => (await create(plan)).body.duties.map(({ record }) => record)
    expect(await kinds()).toEqual(['应急演练', ''])
    await change(district.officer, patrol)
    await change(district.officer, drill)
    expect(await originOf('演练')).toMatchObject({ origin: 'changed', means: '记作教育培训' })
    expect(await kinds()).toEqual(['教育培训', '监督检查'])
    expect((await change(district.officer, drill)).error?.code).toBe('phrase.nothing-new')
    await change(district.officer, drill, 'as-shipped')
    await change(district.officer, patrol, 'dropped')
    expect(await kinds()).toEqual(['应急演练', ''])
    const entries = await test.db.asOwner(
      `select 1 from audit_entry where tenant_id = $1 and action = 'phrase.change'`,
      [district.tenant.id],
    )
    expect(entries).toHaveLength(4)
    // Of another tenant nothing changed.
    const other = await buildTenant(test)
    const officer = await buildAccount(test, other, 'safety-office')
    const list = await ask(test, officer, contracts.listPhrases, {})
    expect(list.body.items.every(({ origin }) => origin === 'shipped')).toBe(true)
  })

  it('shows before a change which duties it would read otherwise, and which enterprises it selects', async () => {
    await create(planWith(duty({ action: '夜间值守' }), duty({ action: '带队检查' })))
    const preview = (phrase: PhraseInput) => ask(test, district.officer, contracts.previewPhrase, { body: { phrase } })
    expect((await preview(patrol)).body).toMatchObject({
      total: 1,
      duties: [{ words: '夜间值守', before: '没有读懂', after: '监督检查' }],
      enterprises: null,
    })
    await buildEnterprise(test, district.town, { employees: 12 })
    await buildEnterprise(test, district.town, { employees: null })
    const few: PhraseInput = {
      subject: 'condition',
      phrase: '#人规模以内',
      meaning: { sizes: [], flags: [], sectors: [], employees: 'at-most' },
    }
    expect((await preview(few)).body.enterprises).toMatchObject({ count: 1, of: 2, unknown: 1 })
    expect((await preview({ ...few, phrase: '小厂' })).error?.code).toBe('phrase.number-bound')
  })
})
