import { describe, expect, it } from 'vitest'
import { checkLedger, ledgerMetrics, type LedgerBeside } from './ledger-check.js'
import { hazardMetric, typedMetric } from './metric.js'

const found = hazardMetric('hazard.major.department.all')
const rectified = hazardMetric('hazard.major.department.rectified')
const beside = (changes: Partial<LedgerBeside> = {}): LedgerBeside => ({
  filed: 'ledger',
  title: '重大事故隐患清单',
  periodTitle: '2023年6月',
  figures: [{ metric: found, value: 3 }],
  rows: new Map([[found.id, 3]]),
  ...changes,
})

describe('a table beside the ledger of the same days', () => {
  it('is not asked about where the rows of each grade are as many as the metric counts', () => {
    expect(checkLedger(beside())).toEqual([])
    expect(checkLedger(beside({ figures: [{ metric: found, value: 0 }], rows: new Map() }))).toEqual([])
  })

  it('is asked about where they are not, by the figures of both, and may be signed with a sentence', () => {
    expect(checkLedger(beside({ rows: new Map([[found.id, 2]]) }))).toEqual([
      {
        code: 'ledger-differs',
        blocking: false,
        message:
          '“部门检查发现的重大事故隐患”为3个，已上报的《重大事故隐患清单》（2023年6月）里列出2条；请核对两边，属实的请写明原因。',
        cells: [found.id],
      },
    ])
    const [other] = checkLedger(beside({ filed: 'table', title: '进展情况调度表', rows: new Map() }))
    expect(other?.message).toBe(
      '清单里列出0条“部门检查发现的重大事故隐患”，已上报的《进展情况调度表》（2023年6月）里是3个；请核对两边，属实的请写明原因。',
    )
  })

  it('is not asked about a blank, a part, or what no ledger lists', () => {
    const typed = typedMetric('g2.m1', '行政处罚', '次', 'count', null)
    const figures = [
      { metric: found, value: null },
      { metric: rectified, value: 9 },
      { metric: typed, value: 9 },
    ]
    expect(checkLedger(beside({ figures }))).toEqual([])
    expect(ledgerMetrics.map(({ id }) => id)).toEqual([
      'hazard.major.enterprise.all',
      'hazard.major.department.all',
      'hazard.key.enterprise.all',
      'hazard.key.department.all',
    ])
  })
})
