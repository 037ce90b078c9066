import { describe, expect, it } from 'vitest'
import { blankHazardDetails, bareTitle, type HazardDetails } from './hazard.js'
import {
  buildContext,
  buildDetails,
  failed,
  HazardStory,
  listed,
  passed,
  planned,
  rectified,
  selfFound,
} from './test-builders.js'
import { decideHazard } from './decide.js'

const register = (overrides: Partial<HazardDetails> = {}) =>
  ({ kind: 'register', details: buildDetails(overrides) }) as const
const nothing = () => new HazardStory()
const general = { grade: 'general', gradeReason: '能立即整改' } as const

describe('registering', () => {
  it('a complete hazard is registered, with its grade judged by who registers it', () => {
    const { state, last } = nothing().does('inspector', register())
    expect(state).toMatchObject({ id: 'h-1', code: 'YH-0001', status: 'registered', version: 1 })
    expect(state.gradeJudgedBy).toEqual({ personId: 'p-inspector', name: '检查员甲' })
    expect(state.named.finding).toEqual({ personId: 'p-inspector', name: '检查员甲' })
    expect(last?.events).toMatchObject([
      { kind: 'register', from: null, to: 'registered', sentence: '登记：重大隐患，2023年6月16日发现' },
    ])
  })

  it.each<[string, Partial<HazardDetails>, string, string]>([
    ['检查日期 in the future', { foundOn: '2023-06-21' }, 'hazard.date-in-future', 'foundOn'],
    ['a day that does not exist', { foundOn: '2023-02-30' }, 'hazard.date-invalid', 'foundOn'],
    ['no 检查日期', { foundOn: null }, 'hazard.field-missing', 'foundOn'],
    ['a grade without its reason', { gradeReason: ' ' }, 'hazard.reason-missing', 'gradeReason'],
    ['no grade', { grade: null }, 'hazard.field-missing', 'grade'],
    ['a time limit before 检查日期', { deadline: '2023-06-15' }, 'hazard.date-too-early', 'deadline'],
    ['no description', { description: '' }, 'hazard.text-missing', 'description'],
    ['no source', { source: null }, 'hazard.field-missing', 'source'],
    ['no enterprise', { subject: null }, 'hazard.field-missing', 'subject'],
    ['a department as the finder of 企业自查', { source: 'self-check' }, 'hazard.source-finder', 'finder'],
    ['nobody who answers for it', { responsibleUnitId: null }, 'hazard.field-missing', 'responsibleUnitId'],
    ['nobody who supervises it', { authorityUnitId: null }, 'hazard.field-missing', 'authorityUnitId'],
    ['another campaign than the one looked up', { campaignId: 'c-other' }, 'hazard.campaign-unknown', 'campaignId'],
  ])('is refused with %s', (_, overrides, code, path) => {
    expect(nothing().asks('inspector', register(overrides))).toMatchObject({ ok: false, refusal: { code, path } })
  })

  it('an enterprise cannot register a hazard as found by the department', () => {
    expect(nothing().answer('manager', register())).toBe('hazard.source-not-yours')
    expect(nothing().answer('manager', register(selfFound))).toBe('ok')
  })

  it('nothing is registered in a campaign that is closed', () => {
    const campaign = { id: 'c-2023', startsOn: '2023-05-01', endsOn: '2023-12-31', closed: true }
    expect(nothing().answer('inspector', register(), { campaign })).toBe('hazard.campaign-closed')
  })

  it('a draft may lack everything, puts no facts, and is registered when it is complete', () => {
    const story = nothing().does('inspector', {
      kind: 'save-draft',
      details: { ...blankHazardDetails, description: '排水器' },
    })
    expect(story.counts()).toEqual({})
    expect(story.answer('inspector', { kind: 'register', details: null })).toBe('hazard.field-missing')
    story
      .does('inspector', { kind: 'save-draft', details: buildDetails() })
      .does('inspector', { kind: 'register', details: null })
    expect(story.state).toMatchObject({ status: 'registered', version: 3 })
    expect(story.counts()).toEqual({ 'hazard/found/major/department': 1 })
  })

  it('takes the details and nothing else from what a caller sends', () => {
    const forged = { ...buildDetails(), id: 'h-forged', status: 'closed', signedOffOn: '2023-06-20' }
    const { state } = nothing().does('inspector', { kind: 'register', details: forged })
    expect(state).toMatchObject({ id: 'h-1', status: 'registered', signedOffOn: null })
  })
})

describe('judging', () => {
  const judge = (grade: 'major' | 'key' | 'general', reason = '复核判定') =>
    ({ kind: 'judge', grade, reason, criteriaItem: null }) as const

  it('a grade needs a reason', () => {
    expect(HazardStory.registered().answer('officer', judge('key', ''))).toBe('hazard.reason-missing')
  })

  it('an enterprise may raise the grade of its hazard but not lower it', () => {
    const story = HazardStory.registered({ grade: 'key' })
    expect(story.answer('manager', judge('major'))).toBe('ok')
    expect(story.answer('manager', judge('general'))).toBe('hazard.lowering')
    expect(story.answer('officer', judge('general'))).toBe('ok')
  })

  it('a listed hazard does not become a general one', () => {
    expect(HazardStory.registered().does('officer', listed()).answer('officer', judge('general'))).toBe(
      'hazard.listing-grade',
    )
  })

  it('moves the facts to the new grade on their own dates', () => {
    const story = HazardStory.registered().does('officer', listed('2023-06-18')).does('officer', judge('key'))
    expect(story.counts('2023-06-17')).toEqual({ 'hazard/found/key/department': 1 })
    expect(story.counts('2023-06-18')).toEqual({ 'hazard/found/key/department': 1, 'hazard/listed/key/department': 1 })
  })
})

describe('planning the rectification', () => {
  const plan = (changes: object) => ({ kind: 'plan-rectification', rectification: { ...planned, ...changes } }) as const

  it.each([
    ['责任人', { responsible: null }, 'rectification.responsible'],
    ['措施', { measures: ' ' }, 'rectification.measures'],
    ['资金', { funds: null }, 'rectification.funds'],
    ['时限', { deadline: null }, 'rectification.deadline'],
    ['预案', { contingency: '' }, 'rectification.contingency'],
  ])('the missing element %s is named', (name, changes, path) => {
    const answer = HazardStory.registered().asks('manager', plan(changes))
    expect(answer).toMatchObject({ ok: false, refusal: { code: 'hazard.element-missing', path } })
    expect(answer.ok ? '' : answer.refusal.message).toMatch(new RegExp(`缺“[^”]*${name}[^”]*”`))
  })

  it('no money needed is zero, and zero is an answer', () => {
    expect(HazardStory.registered().answer('manager', plan({ funds: 0 }))).toBe('ok')
    expect(HazardStory.registered().answer('manager', plan({ funds: -1 }))).toBe('hazard.funds-invalid')
    expect(HazardStory.registered().answer('manager', plan({ funds: Number.NaN }))).toBe('hazard.funds-invalid')
  })

  it('计划整改时限 is not before 检查日期', () => {
    expect(HazardStory.registered().answer('manager', plan({ deadline: '2023-06-15' }))).toBe('hazard.date-too-early')
  })

  it('another plan does not move the time limit later: that is what extensions are for', () => {
    const story = HazardStory.rectifying()
    expect(story.answer('manager', plan({ deadline: '2023-08-01' }))).toBe('hazard.plan-past-deadline')
    expect(story.answer('manager', plan({ deadline: '2023-07-01' }))).toBe('ok')
    expect(HazardStory.registered({ deadline: '2023-07-01' }).answer('manager', plan({}))).toBe(
      'hazard.plan-past-deadline',
    )
  })

  it('a major hazard that was put right on the spot needs no plan', () => {
    const immediate = { kind: 'plan-rectification', rectification: { mode: 'immediate' } } as const
    const story = HazardStory.registered().does('manager', immediate)
    expect(story.answer('manager', rectified('2023-06-16'))).toBe('ok')
    expect(story.answer('manager', rectified('2023-06-19'))).toBe('hazard.plan-needed')
    expect(story.does('manager', plan({})).answer('manager', rectified('2023-06-19'))).toBe('ok')
    expect(HazardStory.registered(general).does('manager', immediate).answer('manager', rectified('2023-06-19'))).toBe(
      'ok',
    )
  })

  it('is nobody else’s to plan', () => {
    expect(HazardStory.registered().answer('other', plan({}))).toBe('hazard.not-yours')
  })
})

describe('progress', () => {
  const progress = (on: string, text = '正在更换') =>
    ({ kind: 'report-progress', on, text, evidenceFileIds: [] }) as const

  it('is dated between 检查日期 and today', () => {
    const story = HazardStory.rectifying()
    expect(story.answer('manager', progress('2023-06-15'))).toBe('hazard.date-too-early')
    expect(story.answer('manager', progress('2023-06-21'))).toBe('hazard.date-in-future')
    expect(story.answer('manager', progress('2023-06-16', ' '))).toBe('hazard.text-missing')
  })

  it('stands in the order of its dates, however late it is told', () => {
    const { state } = HazardStory.rectifying()
      .does('manager', progress('2023-06-19', '乙'))
      .does('manager', progress('2023-06-17', '甲'))
      .does('manager', progress('2023-06-19', '丙'))
    expect(state.progress.map(({ text }) => text)).toEqual(['甲', '乙', '丙'])
  })
})

describe('extensions', () => {
  const ask = (deadline = '2023-08-15', reason = '配件未到货') =>
    ({ kind: 'request-extension', deadline, reason }) as const
  const approve = { kind: 'approve-extension' } as const

  it('is asked before the deadline passes, with a reason and a later date', () => {
    const story = HazardStory.rectifying()
    expect(story.answer('manager', ask(), { today: '2023-07-15' })).toBe('ok')
    expect(story.answer('manager', ask(), { today: '2023-07-16' })).toBe('hazard.deadline-passed')
    expect(story.answer('manager', ask('2023-08-15', ''))).toBe('hazard.reason-missing')
    expect(story.answer('manager', ask('2023-07-15'))).toBe('hazard.extension-not-later')
    expect(story.answer('manager', ask('2023-08-32'))).toBe('hazard.extension-not-later')
    expect(HazardStory.registered().answer('manager', ask())).toBe('hazard.no-deadline')
  })

  it('is approved by the authority and moves the time limit of the plan too', () => {
    const story = HazardStory.rectifying().does('manager', ask())
    expect(story.answer('manager', ask())).toBe('hazard.extension-pending')
    expect(story.answer('worker', approve)).toBe('hazard.inside-enterprise')
    expect(story.answer('other', approve)).toBe('hazard.not-yours')
    story.does('officer', approve)
    expect(story.state).toMatchObject({ deadline: '2023-08-15', rectification: { deadline: '2023-08-15' } })
    expect(story.answer('officer', approve)).toBe('hazard.no-extension-asked')
  })

  it('is not approved by the person who asked', () => {
    expect(HazardStory.rectifying().does('officer', ask()).answer('officer', approve)).toBe('hazard.own-extension')
    expect(HazardStory.rectifying().does('officer', ask()).answer('inspector', approve)).toBe('ok')
  })

  it('of a listed hazard is the listing authority’s to approve', () => {
    const story = HazardStory.rectifying().does('officer', listed()).does('manager', ask())
    expect(story.answer('officer', approve)).toBe('hazard.not-yours')
    expect(story.answer('government', approve)).toBe('ok')
  })

  it('is refused with a reason, and may be asked again', () => {
    const story = HazardStory.rectifying().does('manager', ask())
    expect(story.answer('officer', { kind: 'refuse-extension', reason: '' })).toBe('hazard.reason-missing')
    story.does('officer', { kind: 'refuse-extension', reason: '工期充足' })
    expect(story.state.deadline).toBe('2023-07-15')
    expect(story.answer('manager', ask())).toBe('ok')
  })

  it('asked against a time limit that has moved since is not approved', () => {
    const story = HazardStory.rectifying()
      .does('manager', ask())
      .does('manager', rectified())
      .does('officer', failed('2023-06-20', '2023-09-01'))
    expect(story.answer('officer', approve)).toBe('hazard.extension-stale')
    expect(story.state.deadline).toBe('2023-09-01')
  })
})

describe('re-inspection and sign-off', () => {
  it('nobody re-inspects or signs off what they rectified themselves', () => {
    const own = HazardStory.rectifying().does('officer', rectified())
    expect(own.answer('officer', passed())).toBe('hazard.same-person')
    expect(own.answer('inspector', passed())).toBe('ok')
    expect(own.does('inspector', passed()).answer('officer', { kind: 'sign-off' })).toBe('hazard.same-person')
    const small = HazardStory.awaitingReinspection({ ...general, ...selfFound })
    expect(small.answer('manager', passed())).toBe('hazard.same-person')
    expect(small.answer('worker', passed())).toBe('ok')
  })

  it('a rectifier who is known by name only is still the same person', () => {
    const plan = { ...planned, responsible: { personId: null, name: '班长丁' } }
    const story = HazardStory.registered({ ...general, ...selfFound })
      .does('manager', { kind: 'plan-rectification', rectification: plan })
      .does('manager', rectified())
    expect(story.answer('worker', passed())).toBe('hazard.same-person')
  })

  it.each<[string, Partial<HazardDetails>]>([
    ['major', selfFound],
    ['found by the department', general],
    ['a tip', { ...general, source: 'tip' }],
    ['assigned from above', { ...general, source: 'assigned' }],
  ])('a hazard that is %s is never re-inspected inside the enterprise', (_, overrides) => {
    const story = HazardStory.awaitingReinspection(overrides)
    expect(story.answer('worker', passed())).toBe('hazard.inside-enterprise')
    expect(story.answer('other', passed())).toBe('hazard.not-yours')
    expect(story.answer('officer', passed(), {}, { actorInsideEnterprise: true })).toBe('hazard.inside-enterprise')
    story.does('officer', passed())
    expect(story.answer('worker', { kind: 'sign-off' })).toBe('hazard.inside-enterprise')
    expect(story.answer('officer', { kind: 'sign-off' })).toBe('ok')
  })

  it('a general hazard that the enterprise found is closed inside it, by another person', () => {
    const story = HazardStory.awaitingReinspection({ ...general, ...selfFound })
      .does('worker', passed())
      .does('worker', { kind: 'sign-off' })
    expect(story.state).toMatchObject({
      status: 'closed',
      signedOffOn: '2023-06-20',
      signedOffBy: { personId: 'p-worker' },
    })
  })

  it('a hazard listed after an inside re-inspection must be re-inspected from outside', () => {
    const story = HazardStory.awaitingReinspection({ ...selfFound, grade: 'key' })
      .does('worker', passed())
      .does('officer', listed())
    expect(story.answer('officer', { kind: 'sign-off' })).toBe('hazard.reinspected-inside')
    story
      .does('officer', { kind: 'send-back', reason: '须由监管部门复查', deadline: null })
      .does('manager', rectified())
      .does('officer', passed())
    expect(story.answer('officer', { kind: 'sign-off' })).toBe('ok')
  })

  it('nothing is signed off before a passed re-inspection', () => {
    expect(HazardStory.awaitingReinspection().answer('officer', { kind: 'sign-off' })).toBe('hazard.wrong-state')
    expect(HazardStory.rectifying().answer('officer', { kind: 'sign-off' })).toBe('hazard.wrong-state')
  })

  it('re-inspection lies between completion and today', () => {
    const story = HazardStory.awaitingReinspection()
    expect(story.answer('officer', passed('2023-06-18'))).toBe('hazard.date-too-early')
    expect(story.answer('officer', passed('2023-06-21'))).toBe('hazard.date-in-future')
  })

  it('实际完成 lies between 检查日期 and today, and after a failed re-inspection', () => {
    const story = HazardStory.rectifying()
    expect(story.answer('manager', rectified('2023-06-15'))).toBe('hazard.date-too-early')
    expect(story.answer('manager', rectified('2023-06-21'))).toBe('hazard.date-in-future')
    story.does('manager', rectified('2023-06-17')).does('officer', failed('2023-06-19'))
    expect(story.state).toMatchObject({ status: 'rectifying', rectifiedOn: null })
    expect(story.answer('manager', rectified('2023-06-18'))).toBe('hazard.date-too-early')
    expect(story.answer('manager', rectified('2023-06-19'))).toBe('ok')
  })

  it('sending back needs a reason', () => {
    const story = HazardStory.awaitingSignOff()
    expect(story.answer('officer', { kind: 'send-back', reason: ' ', deadline: null })).toBe('hazard.reason-missing')
    expect(story.answer('officer', { kind: 'send-back', reason: '缺照片', deadline: '2023-06-19' })).toBe(
      'hazard.date-too-early',
    )
    story.does('officer', { kind: 'send-back', reason: '缺照片', deadline: '2023-07-30' })
    expect(story.state).toMatchObject({
      status: 'rectifying',
      rectifiedOn: null,
      deadline: '2023-07-30',
      reinspection: null,
    })
  })
})

describe('facts', () => {
  it('signing off counts as rectified on the day of sign-off, of a listed one for both', () => {
    const story = HazardStory.awaitingSignOff()
      .does('officer', listed('2023-06-18'))
      .does('officer', { kind: 'sign-off' }, { today: '2023-06-25' })
    expect(story.counts('2023-06-24')).toEqual({
      'hazard/found/major/department': 1,
      'hazard/listed/major/department': 1,
    })
    expect(story.counts('2023-06-25')).toEqual({
      'hazard/found/major/department': 1,
      'hazard/listed/major/department': 1,
      'hazard/rectified/major/department': 1,
      'hazard/listed-rectified/major/department': 1,
    })
  })

  it('belong to the enterprise’s unit, or to the territory of a place', () => {
    expect(HazardStory.registered().last?.facts).toEqual([
      {
        measure: 'hazard/found/major/department',
        occurredOn: '2023-06-16',
        amount: 1,
        sector: '工贸',
        unitId: 'u-enterprise',
        doerUnitIds: ['u-department'],
        subjectId: 'u-enterprise',
        recordId: 'h-1',
      },
    ])
    const place = HazardStory.registered({ subject: { kind: 'place', id: null, name: '文化广场' } })
    expect(place.last?.facts).toMatchObject([{ unitId: 'u-town', subjectId: 'h-1' }])
  })

  it('reopening takes the rectification back on the day of reopening, not before', () => {
    const story = HazardStory.closed().does(
      'officer',
      { kind: 'reopen', reason: 'superficial', text: '水封是假的', deadline: '2023-08-31' },
      { today: '2023-07-10' },
    )
    expect(story.state).toMatchObject({
      status: 'rectifying',
      signedOffOn: null,
      deadline: '2023-08-31',
      reopenings: [{ on: '2023-07-10', reason: 'superficial' }],
    })
    expect(story.counts('2023-07-09')).toEqual({
      'hazard/found/major/department': 1,
      'hazard/rectified/major/department': 1,
    })
    expect(story.counts('2023-07-10')).toEqual({ 'hazard/found/major/department': 1 })
  })

  it('cancelling needs a reason and leaves no trace in the counts', () => {
    const story = HazardStory.closed()
    expect(story.answer('officer', { kind: 'cancel', reason: '' })).toBe('hazard.reason-missing')
    story.does('officer', { kind: 'cancel', reason: '重复登记' })
    for (const day of ['2023-06-16', '2023-06-20', '2024-01-01']) expect(story.counts(day)).toEqual({})
  })

  it('cancelling what was once signed off and reopened leaves what was reported before the reopening', () => {
    const story = HazardStory.closed()
      .does('officer', { kind: 'reopen', reason: 'false', text: '虚假', deadline: null }, { today: '2023-07-10' })
      .does('officer', { kind: 'cancel', reason: '重复登记' }, { today: '2023-07-12' })
    expect(story.counts('2023-07-09')).toEqual({
      'hazard/found/major/department': 1,
      'hazard/rectified/major/department': 1,
    })
    expect(story.counts('2023-07-10')).toEqual({})
  })

  it('correcting the date moves the fact, correcting a word does not', () => {
    const story = HazardStory.registered().does('officer', {
      kind: 'correct',
      changes: { description: '排水器水封不足' },
      reason: '笔误',
    })
    expect(story.last).toMatchObject({ facts: [], reversals: [] })
    story.does('officer', { kind: 'correct', changes: { foundOn: '2023-06-10' }, reason: '日期录错' })
    expect(story.counts('2023-06-10')).toEqual({ 'hazard/found/major/department': 1 })
    expect(story.counts('2023-06-16')).toEqual({ 'hazard/found/major/department': 1 })
  })

  it('transferring supervision leaves the facts where they are', () => {
    const story = HazardStory.registered()
      .does('officer', { kind: 'transfer', of: 'supervision', toUnitId: 'u-other', reason: '属燃气领域' })
      .does('other', { kind: 'accept-transfer' })
    expect(story.state.authorityUnitId).toBe('u-other')
    expect(story.last).toMatchObject({ facts: [], reversals: [] })
  })
})

describe('correcting', () => {
  const correct = (changes: object, reason = '录入错误') => ({ kind: 'correct', changes, reason }) as const

  it('needs a reason and a change', () => {
    expect(HazardStory.registered().answer('officer', correct({ sector: '消防' }, ''))).toBe('hazard.reason-missing')
    expect(HazardStory.registered().answer('officer', correct({ sector: '工贸' }))).toBe('hazard.nothing-corrected')
    expect(
      HazardStory.registered().answer(
        'officer',
        correct({ subject: { name: '某某机械厂', kind: 'enterprise', id: 'u-enterprise' } }),
      ),
    ).toBe('hazard.nothing-corrected')
  })

  it('does not touch what has commands of its own', () => {
    expect(HazardStory.registered().answer('officer', correct({ status: 'closed', grade: 'general' }))).toBe(
      'hazard.nothing-corrected',
    )
  })

  it('检查日期 does not move past what was done', () => {
    expect(HazardStory.awaitingReinspection().answer('officer', correct({ foundOn: '2023-06-20' }))).toBe(
      'hazard.found-too-late',
    )
    const reopened = HazardStory.closed().does(
      'officer',
      { kind: 'reopen', reason: 'recurred', text: '复发', deadline: null },
      { today: '2023-07-10' },
    )
    expect(reopened.answer('officer', correct({ foundOn: '2023-06-21' }), { today: '2023-07-10' })).toBe(
      'hazard.found-too-late',
    )
  })

  it('of a closed hazard is the authority’s alone', () => {
    const closed = HazardStory.closed(selfFound)
    expect(closed.answer('manager', correct({ sector: '消防' }), {}, { actorIsOfFinderUnit: true })).toBe(
      'hazard.inside-enterprise',
    )
    closed.does('officer', correct({ sector: '消防' }))
    expect(closed.last?.facts.map(({ sector }) => sector)).toEqual(['消防', '消防'])
  })
})

describe('supervision listing', () => {
  it('names the document and its number', () => {
    const story = HazardStory.registered()
    expect(story.answer('officer', { ...listed(), documentNumber: '' } as never)).toBe('hazard.text-missing')
    story.does('officer', listed())
    expect(story.state.listing).toEqual({
      documentName: '关于挂牌督办重大事故隐患的通知',
      documentNumber: '某安委〔2023〕5号',
      on: '2023-06-18',
      authorityUnitId: 'u-government',
    })
    expect(story.answer('officer', listed())).toBe('hazard.already-listed')
  })

  it('is for major and key hazards that are open, and not by the enterprise', () => {
    expect(HazardStory.registered(general).answer('officer', listed())).toBe('hazard.listing-grade')
    expect(HazardStory.registered({ grade: 'key' }).answer('government', listed())).toBe('ok')
    expect(HazardStory.closed().answer('officer', listed())).toBe('hazard.wrong-state')
    expect(HazardStory.registered().answer('manager', listed())).toBe('hazard.inside-enterprise')
  })

  it('keeps titles inside the title', () => {
    expect(bareTitle('《关于《某标准》的通知》')).toBe('关于《某标准》的通知')
    expect(bareTitle('《甲》和《乙》')).toBe('《甲》和《乙》')
    expect(bareTitle('通知')).toBe('通知')
  })
})

describe('transfer', () => {
  const send = (toUnitId = 'u-other', of: 'supervision' | 'rectification' = 'supervision') =>
    ({ kind: 'transfer', of, toUnitId, reason: '不属本部门监管' }) as const

  it('waits for the receipt, and meanwhile nobody else changes the hazard', () => {
    const story = HazardStory.awaitingReinspection().does('officer', send())
    expect(story.state.status).toBe('transferring')
    for (const who of ['officer', 'manager', 'other'] as const)
      expect(story.answer(who, passed())).toBe('hazard.in-transfer')
    expect(story.answer('officer', { kind: 'cancel', reason: '误登' })).toBe('hazard.in-transfer')
    expect(story.answer('officer', { kind: 'accept-transfer' })).toBe('hazard.not-yours')
    story.does('other', { kind: 'accept-transfer' })
    expect(story.state).toMatchObject({
      status: 'awaiting-reinspection',
      authorityUnitId: 'u-other',
      transfer: { state: 'accepted' },
    })
  })

  it('is declined with a reason, and the hazard stands where it stood', () => {
    const story = HazardStory.rectifying().does('officer', send())
    expect(story.answer('other', { kind: 'decline-transfer', reason: '' })).toBe('hazard.reason-missing')
    story.does('other', { kind: 'decline-transfer', reason: '属贵单位监管' })
    expect(story.state).toMatchObject({
      status: 'rectifying',
      authorityUnitId: 'u-department',
      transfer: { state: 'declined' },
    })
  })

  it('is taken back by the sender when no answer comes', () => {
    const story = HazardStory.rectifying().does('officer', send())
    expect(story.answer('manager', { kind: 'withdraw-transfer', reason: '久未签收' })).toBe('hazard.not-yours')
    expect(story.does('inspector', { kind: 'withdraw-transfer', reason: '久未签收' }).state.status).toBe('rectifying')
  })

  it('of supervision is not the enterprise’s to start, and does not go to who has it', () => {
    expect(HazardStory.registered().answer('manager', send())).toBe('hazard.not-yours')
    expect(HazardStory.registered().answer('manager', send('u-landlord', 'rectification'))).toBe('ok')
    expect(HazardStory.registered().answer('officer', send('u-department'))).toBe('hazard.transfer-to-holder')
  })
})

describe('carrying over', () => {
  const next = { id: 'c-2024', startsOn: '2024-01-01', endsOn: null, closed: false }
  const carry = { kind: 'carry-over', toCampaignId: 'c-2024' } as const

  it('only when the campaign is closing, only open hazards, only to a running campaign', () => {
    const story = HazardStory.rectifying()
    const campaign = { id: 'c-2023', startsOn: '2023-05-01', endsOn: '2023-12-31', closed: false }
    expect(story.answer('officer', carry, { carryOverTo: next })).toBe('hazard.campaign-running')
    expect(story.answer('officer', carry, { carryOverTo: next, today: '2023-12-31' })).toBe('ok')
    const closing = { campaign: { ...campaign, closing: true } }
    expect(story.answer('officer', carry, closing)).toBe('hazard.campaign-unknown')
    expect(story.answer('officer', carry, { ...closing, carryOverTo: { ...next, closed: true } })).toBe(
      'hazard.carry-over-target',
    )
    expect(HazardStory.closed().answer('officer', carry, { ...closing, carryOverTo: next })).toBe('hazard.wrong-state')
    story.does('officer', carry, { ...closing, carryOverTo: next })
    expect(story.state).toMatchObject({ campaignId: 'c-2024', status: 'rectifying' })
    expect(story.last).toMatchObject({ facts: [], reversals: [] })
  })
})

describe('the caller', () => {
  it('who gives no civil date as today, or no identity to a new hazard, has a bug', () => {
    expect(() => decideHazard(null, register(), buildContext('inspector', { today: '20230620' }))).toThrow(RangeError)
    const { identity: _, ...context } = buildContext()
    expect(() => decideHazard(null, register(), context)).toThrow('identity')
  })
})
