import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { draftCircular, type CircularText } from './circular-draft.js'
import {
  checkCircularSpan,
  circularPeriod,
  compareUnits,
  decideDiscard,
  decideIssue,
  rankUnits,
  rateOf,
  rateText,
  type CircularUnit,
} from './circular.js'

const none = { found: 0, rectified: 0, listed: 0 }
const filed = { onTime: 1, late: 0, missing: 0, sentBack: 0, score: 100 }

function unit(unitName: string, found: number, rectified: number, overrides: Partial<CircularUnit> = {}): CircularUnit {
  const total = { found, rectified, listed: 0 }
  return {
    unitId: unitName,
    unitName,
    side: 'territory',
    period: none,
    total,
    overdue: 0,
    known: [],
    returns: filed,
    ...overrides,
  }
}

const names = (ranked: readonly { readonly unitName: string }[]) => ranked.map(({ unitName }) => unitName)

describe('who leads and who lags', () => {
  it('goes by what is rectified, then by what is overdue, then by the returns, and never by how much was found', () => {
    const { leads, lags } = rankUnits([
      unit('甲', 2, 2),
      unit('乙', 90, 45),
      unit('丙', 4, 2, { overdue: 1 }),
      unit('丁', 4, 2, { overdue: 1, returns: { ...filed, score: 60 } }),
      unit('戊', 10, 1),
      unit('己', 0, 0),
    ])
    expect(names(leads)).toEqual(['甲', '乙'])
    expect(names(lags)).toEqual(['戊', '丁'])
    expect(lags[1]?.reason).toBe('整改率50%（发现4个，完成整改2个），超期1个，报送得分60')
  })

  it('names nobody where all are alike, nobody as slow who has done all, and nobody as quick who has done nothing', () => {
    expect(rankUnits([unit('甲', 3, 1), unit('乙', 6, 2)])).toEqual({ leads: [], lags: [] })
    const done = rankUnits([unit('甲', 1, 1), unit('乙', 1, 1, { returns: { ...filed, score: 80 } })])
    expect(done.lags).toEqual([])
    expect(rankUnits([unit('甲', 5, 0), unit('乙', 5, 0, { overdue: 5 })]).leads).toEqual([])
  })

  const counts = fc.record({
    found: fc.nat({ max: 6 }),
    done: fc.nat({ max: 6 }),
    overdue: fc.nat({ max: 2 }),
    score: fc.option(fc.constantFrom(60, 80, 100)),
  })
  const some = fc.array(counts, { maxLength: 12 }).map((all) =>
    all.map(({ found, done, overdue, score }, at) =>
      unit(`单位${String(at).padStart(2, '0')}`, found, Math.min(found, done), {
        overdue,
        returns: { ...filed, score },
      }),
    ),
  )

  it('never puts a unit on both sides, treats equals alike, and does not depend on the order asked in', () => {
    fc.assert(
      fc.property(some, (units) => {
        const { leads, lags } = rankUnits(units)
        const of = (name: string) => units.find(({ unitName }) => unitName === name) as CircularUnit
        expect(names(leads).filter((name) => names(lags).includes(name))).toEqual([])
        for (const lead of names(leads)) {
          for (const lag of names(lags)) expect(compareUnits(of(lead), of(lag))).toBeLessThan(0)
          for (const other of units) {
            if (other.total.found > 0 && compareUnits(of(lead), other) === 0)
              expect(names(leads)).toContain(other.unitName)
          }
        }
        expect(rankUnits([...units].reverse())).toEqual({ leads, lags })
      }),
    )
  })
})

describe('a rate', () => {
  it('is 100% only when all of it is done, and nothing where nothing was found', () => {
    expect(rateText(rateOf({ found: 2000, rectified: 1999 }))).toBe('99.9%')
    expect(rateText(rateOf({ found: 3, rectified: 3 }))).toBe('100%')
    expect(rateText(rateOf({ found: 0, rectified: 0 }))).toBe('—')
  })
})

describe('the days of a circular', () => {
  const campaign = { startsOn: '2023-05-20' }
  const code = (from: string, to: string) => {
    const checked = checkCircularSpan({ from, to }, campaign, '2023-07-03')
    return checked.ok ? checked.value : checked.refusal.code
  }

  it('lie in the campaign and are past', () => {
    expect(code('2023-04-01', '2023-06-30')).toEqual({ from: '2023-05-20', to: '2023-06-30' })
    expect(code('2023-07-01', '2023-09-30')).toBe('circular.not-past')
    expect(code('2023-06-30', '2023-06-01')).toBe('circular.dates-reversed')
    expect(code('2023-01-01', '2023-03-31')).toBe('circular.before-campaign')
  })

  it('are called as people call them', () => {
    expect(circularPeriod('2023-05-20', '2023-06-30', '2023-05-20')).toBe('2023年第二季度')
    expect(circularPeriod('2023-07-01', '2023-09-30', '2023-05-20')).toBe('2023年第三季度')
    expect(circularPeriod('2023-06-01', '2023-06-30', '2023-05-20')).toBe('2023年6月')
    expect(circularPeriod('2023-06-01', '2023-06-15', '2023-05-20')).toBe('2023年6月1日至2023年6月15日')
  })
})

describe('marking a circular issued', () => {
  const draft = { state: 'draft', to: '2023-06-30' } as const
  const pdf = { mediaType: 'application/pdf', name: '通报.pdf' }
  const issue = { docNo: '某安办〔2023〕9号', issuedOn: '2023-07-03' }
  const code = (
    ...[circular, what, file]: Parameters<typeof decideIssue> extends [infer A, infer B, infer C, unknown]
      ? [A, B, C]
      : never
  ) => {
    const decision = decideIssue(circular, what, file, '2023-07-05')
    return decision.ok ? null : decision.refusal.code
  }

  it('asks for its number, a day that has come, and the paper; and is done once', () => {
    expect(code(draft, issue, pdf)).toBeNull()
    expect(code({ ...draft, state: 'issued' }, issue, pdf)).toBe('circular.wrong-state')
    expect(code(draft, { ...issue, docNo: ' ' }, pdf)).toBe('circular.number-missing')
    expect(code(draft, { ...issue, issuedOn: '2023-07-06' }, pdf)).toBe('circular.issued-later')
    expect(code(draft, { ...issue, issuedOn: '2023-06-29' }, pdf)).toBe('circular.issued-before')
    expect(code(draft, issue, { mediaType: 'image/png', name: '照片.png' })).toBe('circular.file-kind')
  })

  it('cannot be put aside any more, unlike a draft', () => {
    expect(decideDiscard({ state: 'draft' })).toEqual({ ok: true, value: 'discarded' })
    expect(decideDiscard({ state: 'issued' })).toMatchObject({ ok: false, refusal: { code: 'circular.wrong-state' } })
  })
})

describe('the draft of a circular', () => {
  const units = [
    unit('柳荫街道', 4, 4, { period: { found: 2, rectified: 1, listed: 0 } }),
    unit('槐山镇', 4, 1, { overdue: 2, returns: { onTime: 0, late: 1, missing: 1, sentBack: 1, score: 40 } }),
    unit('温泉镇', 0, 0),
  ]
  const text: CircularText = {
    campaignName: '排查整治行动',
    period: '2023年第二季度',
    to: '2023-06-30',
    overdueOn: '2023-07-03',
    whole: {
      period: { found: 2, rectified: 1, listed: 0 },
      total: { found: 8, rectified: 5, listed: 1 },
      overdue: 2,
      known: [],
    },
    units,
    ...rankUnits(units),
    overdue: [
      { unitName: '槐山镇', code: 'A1', subjectName: '某厂', description: '无报警', deadline: '2023-06-01', days: 32 },
      { unitName: '槐山镇', code: 'A2', subjectName: '某店', description: '通道堵', deadline: '2023-07-01', days: 2 },
    ],
    overdueMore: 0,
  }
  const said = (of: CircularText) =>
    draftCircular(of)
      .body.map((block) => block.text)
      .join('\n')

  it('says who leads, who lags and what is overdue, and demands what follows', () => {
    const words = said(text)
    expect(words).toContain('累计发现重大事故隐患8个，完成整改5个，整改率62.5%，挂牌督办1个。')
    expect(words).toContain('柳荫街道（整改率100%')
    expect(words).toContain('槐山镇（整改率25%')
    expect(words).toContain('温泉镇行动开展以来没有发现重大事故隐患')
    expect(words).toContain('重大、重点隐患2个，其中槐山镇2个（最长超期32天）')
    expect(words).toContain('应报4次，按时上报2次，迟报1次，逾期未报1次。迟报的有槐山镇（1次）')
    expect(words).toContain('槐山镇要对附件2所列隐患逐条明确责任人')
    const { annexes } = draftCircular(text)
    expect(annexes).toHaveLength(2)
    expect(annexes[0]?.rows[1]).toEqual(['', '槐山镇', '0', '0', '4', '1', '25%', '2', '0', '0', '1', '1', '1', '40'])
  })

  it('leaves blank what the system does not know, and tells of nothing that is not there', () => {
    expect(said(text)).toContain('【待填：检查、执法处罚情况，系统没有各单位的上报数】')
    const quiet = said({ ...text, overdue: [], lags: [], whole: { ...text.whole, overdue: 0 } })
    expect(quiet).toContain('没有超过整改期限仍未完成整改的')
    expect(quiet).not.toContain('抓紧整改超期隐患')
    const known = [{ label: '行政处罚', unit: '次', text: '7' }]
    expect(said({ ...text, whole: { ...text.whole, known } })).toContain('累计行政处罚7次。')
  })
})
