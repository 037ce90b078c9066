import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { anyEnterprise, isSelected, type EnterpriseSelector } from '../enterprise/index.js'
import { noFlags } from '../enterprise/enterprise.js'
import { dutyRule, strayChoice } from './duty-rule.js'
import { checkPhrase, meaningWords, phraseBook, type Phrase } from './phrase.js'
import type { PlanDuty } from './plan.js'
import { readUnits, unitsMeant, wordsOf } from './unit-words.js'
import { readAction, readActor, readCondition, readingWords, type ReadBy, type WordChoice } from './word-reading.js'

const action = (
  phrase: string,
  recordKind: 'drill' | 'inspection' | 'led-check' | 'training',
  self = false,
): Phrase => ({
  subject: 'action',
  phrase,
  meaning: { recordKind, byEnterprise: self ? 'self-check' : null },
})
const condition = (phrase: string, meaning: Partial<Extract<Phrase, { subject: 'condition' }>['meaning']>): Phrase => ({
  subject: 'condition',
  phrase,
  meaning: { sizes: [], flags: [], sectors: [], employees: null, ...meaning },
})
const actor = (phrase: string, ...kinds: ('enterprise' | 'town' | 'street' | 'department')[]): Phrase => ({
  subject: 'actor',
  phrase,
  meaning: { kinds, post: null },
})

const phrases: readonly Phrase[] = [
  action('检查', 'inspection', true),
  action('带队…检查', 'led-check'),
  action('演练', 'drill'),
  action('培训', 'training'),
  condition('规上', { sizes: ['above-designated'] }),
  condition('高危', { flags: ['highRisk'] }),
  condition('人员密集场所', { flags: ['crowded'] }),
  condition('燃气', { sectors: ['燃气'] }),
  condition('#人以下', { employees: 'at-most' }),
  condition('不足#人', { employees: 'less-than' }),
  actor('企业', 'enterprise'),
  actor('镇', 'town'),
  actor('街道', 'street'),
  actor('部门', 'department'),
  { subject: 'actor', phrase: '主要负责人', meaning: { kinds: [], post: '主要负责人' } },
]
const units = [
  { id: 'u1', name: '青榆区应急管理局', kind: 'department' as const },
  { id: 'u2', name: '柳荫街道公共安全办公室', kind: 'office' as const },
  { id: 'u3', name: '桐花街道公共安全办公室', kind: 'office' as const },
]
const by: ReadBy = { book: phraseBook(phrases), choices: [], units, ownUnitId: null }
const kindOf = (words: string, level: PlanDuty['level'] = 'department') =>
  readAction(words, level, by).meaning?.recordKind
const selectors = (words: string) => readCondition(words, by).meaning?.enterprises
const duty = (over: Partial<PlanDuty> = {}): PlanDuty => ({
  level: 'enterprise',
  actor: '企业主要负责人',
  action: '带队开展安全检查',
  frequency: { times: 1, per: 'quarter' },
  deadline: null,
  condition: null,
  quota: null,
  ...over,
})

describe('an action', () => {
  it('is the record that the longest phrase in it names, a few words between its parts or not', () => {
    expect(kindOf('带队开展安全检查')).toBe('led-check')
    expect(readAction('带队开展安全检查', 'enterprise', by).phrases).toEqual(['带队…检查'])
    expect(kindOf('燃气泄漏应急演练')).toBe('drill')
  })

  it('is told by what stands last, where two phrases are of one length', () => {
    expect(kindOf('检查人员业务培训')).toBe('training')
    expect(kindOf('演练情况检查')).toBe('inspection')
  })

  it('is a self-check where the enterprise itself does it', () => {
    expect(kindOf('专项检查', 'enterprise')).toBe('self-check')
    expect(kindOf('专项检查', 'government')).toBe('inspection')
  })

  it('is asked for where no phrase tells it, and is what was chosen before for the same words', () => {
    expect(readAction('腐蚀监测', 'enterprise', by)).toMatchObject({ standing: 'open', left: '腐蚀监测' })
    const choice: WordChoice = {
      subject: 'action',
      words: '腐蚀 监测',
      meaning: { recordKind: 'proof' },
      reason: '无记录',
    }
    const reading = readAction('腐蚀监测', 'enterprise', { ...by, choices: [choice] })
    expect(reading).toMatchObject({ standing: 'found', by: 'choice', meaning: { recordKind: 'proof' } })
    const words: WordChoice = { ...choice, meaning: null }
    expect(readAction('腐蚀监测', 'enterprise', { ...by, choices: [choice, words] }).standing).toBe('wording')
  })
})

describe('a condition', () => {
  it('is either of what stands beside each other, and both of what stands together', () => {
    expect(selectors('高危企业、人员密集场所')).toEqual([
      { ...anyEnterprise, flags: ['highRisk'] },
      { ...anyEnterprise, flags: ['crowded'] },
    ])
    expect(selectors('规上高危企业')).toEqual([{ ...anyEnterprise, sizes: ['above-designated'], flags: ['highRisk'] }])
  })

  it.each([
    ['30人以下的企业', { most: 30 }],
    ['从业人员不足三十人的企业', { most: 29 }],
    ['不足一百二十人的企业', { most: 119 }],
  ])('reads %s', (words, bounds) => {
    expect(selectors(words)).toEqual([{ ...anyEnterprise, ...bounds }])
  })

  it('is asked for as soon as one word of it is not understood', () => {
    expect(readCondition('涉及深井铸造的高危企业', by)).toMatchObject({
      standing: 'open',
      left: expect.stringContaining('深井铸造') as string,
    })
    expect(readCondition('其他企业', by).standing).toBe('open')
  })
})

describe('who acts', () => {
  it('is a kind of units, a post in them, or enterprises of a class', () => {
    expect(readActor('各镇（街道）', 'government', by).meaning).toMatchObject({
      kinds: ['town', 'street'],
      unitIds: [],
    })
    expect(readActor('燃气企业主要负责人', 'enterprise', by).meaning).toEqual({
      kinds: ['enterprise'],
      unitIds: [],
      post: '主要负责人',
      enterprises: [{ ...anyEnterprise, sectors: ['燃气'] }],
    })
    expect(readActor('主要负责人', 'enterprise', by).meaning).toMatchObject({
      kinds: ['enterprise'],
      post: '主要负责人',
    })
    expect(readActor(null, 'department', by)).toMatchObject({ by: 'level', meaning: { kinds: ['department'] } })
  })

  it('is a unit by the end of its name; between several the officer is asked', () => {
    expect(readActor('区应急管理局', 'department', by)).toMatchObject({ by: 'name', meaning: { unitIds: ['u1'] } })
    const two = readActor('公共安全办公室', 'government', by)
    expect(two).toMatchObject({ standing: 'open', candidates: [{ id: 'u2' }, { id: 'u3' }] })
    expect(readActor('公共安全办公室', 'government', { ...by, ownUnitId: 'u3' }).meaning).toMatchObject({
      unitIds: ['u3'],
    })
  })

  it('is a unit by its short name, where only one is called so', () => {
    const offices = [
      { id: 'u4', name: '青榆区市场监督管理局', kind: 'department' as const },
      { id: 'u5', name: '青榆区安全生产委员会办公室', kind: 'safety-committee-office' as const },
      { id: 'u6', name: '青榆区住房和城乡建设局', kind: 'department' as const },
      { id: 'u7', name: '青榆区住房建设局', kind: 'department' as const },
    ]
    const near = { ...by, units: [...units, ...offices] }
    const idsOf = (words: string) => readActor(words, 'department', near).meaning?.unitIds
    expect(readActor('区应急局', 'department', near)).toMatchObject({ by: 'short-name', meaning: { unitIds: ['u1'] } })
    expect([idsOf('区市监局'), idsOf('市场监管局'), idsOf('区安委办')]).toEqual([['u4'], ['u4'], ['u5']])
    expect(readActor('区住建局', 'department', near)).toMatchObject({
      standing: 'open',
      candidates: [{ id: 'u6' }, { id: 'u7' }],
    })
    expect(readActor('区文旅局', 'department', near)).toMatchObject({ standing: 'open', candidates: [] })
  })

  it('of a task is each unit of the kind in the territory that is bound, and never a post alone', () => {
    const placed = [
      { id: 't1', name: '柳河镇', kind: 'town' as const, territoryPath: '/q/t1/' },
      { id: 't2', name: '别区的镇', kind: 'town' as const, territoryPath: '/r/t2/' },
    ]
    const towns = readUnits('各镇、区应急局', by)
    expect(towns.meaning).toMatchObject({ kinds: ['town'], unitIds: ['u1'] })
    expect(towns.meaning && unitsMeant(towns.meaning, placed, '/q/')).toEqual(['u1', 't1'])
    expect(readUnits('主要负责人', by)).toMatchObject({ standing: 'open', left: '主要负责人' })
  })

  it('is asked for where one of several is not known', () => {
    expect(readActor('各镇、各渔业公司', 'government', by)).toMatchObject({ standing: 'open', left: '各渔业公司' })
  })
})

describe('a duty', () => {
  it('is a rule when all its words are understood, and says what told it', () => {
    const rule = dutyRule(duty({ condition: '高危企业' }), null, by)
    expect(rule).toMatchObject({ standing: 'rule', recordKind: 'led-check', who: { post: '主要负责人' } })
    expect(rule.readings.map((one) => readingWords(one, String))).toEqual(['带队检查', '企业的主要负责人', '高危'])
  })

  it('is kept as wording when one of its words is, and is open before all is decided', () => {
    expect(dutyRule(duty({ action: '腐蚀监测' }), null, by).standing).toBe('open')
    const choice: WordChoice = { subject: 'action', words: '腐蚀监测', meaning: null, reason: '不考核' }
    expect(dutyRule(duty({ action: '腐蚀监测' }), null, { ...by, choices: [choice] }).standing).toBe('wording')
  })

  it('asks for the same words once, what is open first; a choice for words of no duty is told', () => {
    const rules = [duty(), duty({ action: '腐蚀监测' }), duty({ action: '腐蚀监测' })].map((one) =>
      dutyRule(one, null, by),
    )
    const duties = rules.flatMap(({ readings }) => readings.map((reading) => ({ reading, places: ['duty'] as const })))
    const tasks = ['企业主要负责人', '景区专班'].map((words) => ({
      reading: readActor(words, null, by),
      places: ['task'] as const,
    }))
    expect(wordsOf([...tasks, ...duties]).map(({ reading, places }) => [reading.words, ...places])).toEqual([
      ['腐蚀监测', 'duty'],
      ['景区专班', 'task'],
      ['企业主要负责人', 'task', 'duty'],
      ['带队开展安全检查', 'duty'],
    ])
    expect(strayChoice(rules, [{ subject: 'action', words: '腐蚀监测' }])).toBe(-1)
    expect(strayChoice(rules, [{ subject: 'condition', words: '腐蚀监测' }])).toBe(0)
  })
})

describe('the phrase table', () => {
  it.each([
    [action('  ', 'drill'), 'phrase.empty'],
    [action('…演练', 'drill'), 'phrase.gap'],
    [condition('#人以上', {}), 'phrase.number-bound'],
    [condition('高危', { employees: 'at-least' }), 'phrase.number-bound'],
    [condition('高危', {}), 'phrase.narrows-nothing'],
    [actor('专班'), 'phrase.nobody'],
  ])('takes no phrase that says nothing: %j', (phrase, code) => {
    const checked = checkPhrase(phrase)
    expect(checked.ok ? null : checked.refusal.code).toBe(code)
  })

  it('says what a phrase means', () => {
    expect(phrases.slice(0, 2).map(meaningWords)).toEqual(['记作监督检查；企业做的，记作企业自查', '记作带队检查'])
    expect(meaningWords(condition('#人以下', { employees: 'at-most' }))).toBe('从业人数不超过该数')
  })

  it('reads the same words alike in whatever order the phrases stand', () => {
    fc.assert(
      fc.property(fc.shuffledSubarray([...phrases], { minLength: phrases.length }), (shuffled) => {
        const other = { ...by, book: phraseBook(shuffled) }
        for (const words of ['规上高危企业', '高危、燃气企业', '不足30人的企业'])
          expect(readCondition(words, other).meaning).toEqual(readCondition(words, by).meaning)
      }),
    )
  })
})

describe('a selector', () => {
  const firm = {
    size: 'small-micro',
    flags: noFlags,
    leadSector: '工贸',
    otherSectors: ['消防'],
    employees: null,
  } as const
  it.each<[Partial<EnterpriseSelector>, boolean]>([
    [{}, true],
    [{ sectors: ['消防'] }, true],
    [{ sizes: ['above-designated'] }, false],
    [{ flags: ['crowded'] }, false],
    // Nobody knows how many work there.
    [{ most: 30 }, false],
  ])('%j means an enterprise, or does not', (selector, isMeant) => {
    expect(isSelected(firm, { ...anyEnterprise, ...selector })).toBe(isMeant)
  })
})
