import { describe, expect, it } from 'vitest'
import { creditCodeOf } from './credit-code.js'
import {
  addressCore,
  bigramDice,
  DUPLICATE_THRESHOLD,
  duplicateIndex,
  nameCore,
  similarityOf,
  type ComparableEnterprise,
} from './similarity.js'

let ids = 0
const firm = (name: string, address: string, more: Partial<ComparableEnterprise> = {}): ComparableEnterprise => ({
  id: `f${++ids}`,
  name,
  address,
  creditCode: null,
  phones: [],
  ...more,
})
const codeA = creditCodeOf('91', '360902', 1)
const codeB = creditCodeOf('91', '360902', 2)

describe('what a name comes down to', () => {
  it.each([
    ['江西省青山市云岭区恒发机械有限责任公司', '恒发机械'],
    ['云岭区恒发机械（集团）股份有限公司', '恒发机械'],
    ['恒发机械厂', '恒发机械厂'],
    ['好又多超市', '好又多超市'],
    ['ＡＢＣ 电子有限公司', 'abc电子'],
    ['有限公司', '有限公司'],
  ])('%s: %s', (name, core) => {
    expect(nameCore(name)).toBe(core)
  })

  it('an address is told from its spelling', () => {
    expect(addressCore('云岭区云岭镇工业园区三号楼')).toBe(addressCore('云岭镇工业园3栋'))
    expect(bigramDice('恒发机械', '恒发机械厂')).toBeCloseTo(6 / 7)
    expect(bigramDice('', 'a')).toBe(0)
  })
})

describe('whether two are the same', () => {
  const score = (a: ComparableEnterprise, b: ComparableEnterprise) => similarityOf(a, b).score

  it('the same code is certainty, whatever the names', () => {
    expect(
      similarityOf(
        firm('甲厂', '甲路', { creditCode: codeA }),
        firm('乙厂', '乙路', { creditCode: codeA.toLowerCase() }),
      ),
    ).toMatchObject({
      score: 1,
      reasons: [{ code: 'same-code' }],
    })
  })

  it('the same name in another legal form at the same place is worth a look, and says why', () => {
    const a = firm('青山市恒发机械有限公司', '云岭镇工业大道8号', { creditCode: codeA })
    const b = firm('恒发机械有限责任公司', '青山市云岭镇工业大道8号')
    const { score: found, reasons } = similarityOf(a, b)
    expect(found).toBeGreaterThanOrEqual(DUPLICATE_THRESHOLD)
    expect(reasons.map(({ code }) => code)).toEqual(['same-name', 'same-address'])
    expect(reasons[0]?.message).toContain('恒发机械')
  })

  it('two with codes of their own are two, though they share a name and a house', () => {
    const at = '云岭镇工业大道8号'
    expect(
      score(firm('恒发机械有限公司', at, { creditCode: codeA }), firm('恒发机械有限公司', at, { creditCode: codeB })),
    ).toBeLessThan(DUPLICATE_THRESHOLD)
  })

  it('neighbours, and namesakes elsewhere, are not the same', () => {
    expect(score(firm('恒发机械厂', '工业大道8号'), firm('顺达建材厂', '工业大道8号'))).toBeLessThan(
      DUPLICATE_THRESHOLD,
    )
    expect(score(firm('恒发机械厂', '工业大道8号'), firm('恒发机械厂', '南门街31号'))).toBeLessThan(DUPLICATE_THRESHOLD)
  })

  it('is the same both ways', () => {
    const [a, b] = [firm('恒发机械厂', '工业大道8号'), firm('恒发机械', '工业大道8号二楼')]
    expect(score(a, b)).toBe(score(b, a))
  })
})

describe('the index', () => {
  const syllables = [...'恒发顺达云岭青山金源鑫盛宏泰永安福康华美东方南海北辰天宇长江明珠']
  const trades = ['机械', '建材', '化工', '食品', '电子', '纺织', '物流', '家具']
  const nth = (n: number) => {
    const at = (step: number) => syllables[Math.floor(n / step) % syllables.length] ?? ''
    return `${at(1)}${at(32)}${at(1024)}${trades[n % 8] ?? ''}有限公司`
  }

  it('finds a misspelt double among 20,000, fast enough for an import (50,000 took 5 s where this was written)', () => {
    const start = process.cpuUsage()
    const index = duplicateIndex()
    let suspected = 0
    for (let n = 0; n < 20_000; n++) {
      const each = firm(nth(n * 7), `云岭镇工业大道${n}号`)
      suspected += index.candidatesFor(each).length
      index.add(each)
    }
    expect(process.cpuUsage(start).user / 1_000).toBeLessThan(6_000)
    expect(suspected).toBeLessThan(20_000 * 5)
    const double = firm('云岭区锦绣前程家俱公司', '青山市云岭镇石桥路3号')
    index.add({
      ...double,
      id: 'original',
      name: '锦绣前程家具有限公司',
      address: '云岭镇石桥路3号',
      phones: ['13800001234'],
    })
    const [found] = index.candidatesFor({ ...double, phones: ['13800001234'] })
    expect(found?.id).toBe('original')
  }, 30_000)
})
