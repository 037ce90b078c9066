import { describe, expect, it } from 'vitest'
import { planWith } from '../../test/builders.js'
import { CanonicalText } from '../normalise/canonical-text.js'
import { namedPlaces, PLACE_RULES } from './named-places.js'

const targetsIn = (...lines: string[]) => planWith(...lines).targets.map(({ name, type }) => [name, type])

describe('enterprises and places by name', () => {
  it.each(PLACE_RULES.map(({ example }) => example))('%s', (text, count) => {
    const whole = CanonicalText.of(text)
    expect(namedPlaces(whole.words(0, whole.length))).toHaveLength(count)
  })

  it('are read from a sentence', () => {
    expect(targetsIn('本次行动重点检查3个小区：东湖花园、西山名邸、南岸大厦。')).toEqual([
      ['东湖花园', null],
      ['西山名邸', null],
      ['南岸大厦', null],
    ])
    expect(targetsIn('（一）对青禾食品有限公司、长岭机械厂和东关农贸市场等3家单位逐一检查。')).toEqual([
      ['青禾食品有限公司', null],
      ['长岭机械厂', null],
      ['东关农贸市场', null],
    ])
  })

  it('are read from a table, with their kind', () => {
    expect(targetsIn('序号\t企业名称\t行业类型', '1\t青禾食品有限公司\t食品加工', '2\t长岭机械厂\t机械制造')).toEqual([
      ['青禾食品有限公司', '食品加工'],
      ['长岭机械厂', '机械制造'],
    ])
  })

  it.each([
    '聚焦危险化学品企业、烟花爆竹企业、粉尘涉爆企业等3类重点企业。',
    '重点场所包括大型商场、农贸市场、民办幼儿园、敬老院。',
    '每月检查不少于5家企业，其中高危企业、规模以上企业不少于2家。',
    '对各镇人民政府、县应急局、县住建局等8个单位进行督导。',
  ])('are none in kinds of them: %s', (line) => expect(targetsIn(line)).toEqual([]))
})
