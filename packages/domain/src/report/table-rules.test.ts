import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { figureText, parseFigure } from './figure-text.js'
import { hazardMetric, typedMetric, type Metric } from './metric.js'
import { checkTable, type CheckedCell } from './table-check.js'
import { cellFigures, typedFigures, type TypedValue } from './typed-figure.js'

describe('figures as people write them', () => {
  it('are exact both ways', () => {
    fc.assert(
      fc.property(fc.nat({ max: Number.MAX_SAFE_INTEGER }), fc.constantFrom(1, 100, 1_000_000), (value, scale) => {
        expect(parseFigure(figureText(value, scale), scale)).toEqual({ ok: true, value })
      }),
    )
    expect(figureText(1_234_500, 1_000_000)).toBe('1.2345')
    expect(figureText(-50, 100)).toBe('-0.5')
    expect(figureText(300, 1)).toBe('300')
  })

  it.each([
    ['', 1, null],
    [' １，２３４ ', 1, 1234],
    ['0', 1, 0],
    ['1.5', 1, 'report.too-precise'],
    ['1.50', 1_000_000, 1_500_000],
    ['0.00000001', 1_000_000, 'report.too-precise'],
    ['-1', 1, 'report.not-a-number'],
    ['无', 1, 'report.not-a-number'],
    ['9999999999999', 1_000_000, 'report.too-large'],
    ['12345678901234567', 1, 'report.not-a-number'],
  ])('%s at %d: %s', (text, scale, expected) => {
    const answer = parseFigure(text, scale)
    expect(answer.ok ? answer.value : answer.refusal.code).toBe(expected)
  })
})

const study = typedMetric('study', '专题学习', '次', 'count', null)
const column = typedMetric('column', '是否设置专题栏目', null, 'flag', null)
const staff = typedMetric('staff', '技术检查员数量', '人', 'stock', null)
let ids = 0
const typed = (unitId: string, value: number | null, more: Partial<TypedValue> = {}): TypedValue => ({
  id: `v${++ids}`,
  unitId,
  metricId: 'study',
  value,
  asOf: '2023-06-30',
  position: ids,
  typedBy: `clerk of ${unitId}`,
  ...more,
})
const selection = { unitIds: new Set(['town', 'v1', 'v2']), ownUnitId: 'town', cutOff: '2023-06-30', knownAt: null }
const figureOfStudy = (values: TypedValue[], more: Partial<typeof selection> = {}) =>
  typedFigures(values, [study], { ...selection, ...more })[0]

describe('typed figures', () => {
  it('are the own and the children’s, each the latest, with who typed them', () => {
    const values = [
      typed('town', 1),
      typed('v1', 2, { asOf: '2023-05-31' }),
      typed('v1', 3),
      typed('v2', 4),
      typed('other', 9),
    ]
    const figure = figureOfStudy(values)
    expect(figure?.value).toBe(8)
    expect(figure?.typedBy.map(({ unitId, value, typedBy }) => [unitId, value, typedBy])).toEqual([
      ['town', 1, 'clerk of town'],
      ['v1', 3, 'clerk of v1'],
      ['v2', 4, 'clerk of v2'],
    ])
    expect(figureOfStudy(values, { cutOff: '2023-05-31' })?.value).toBe(2)
  })

  it('a later correction of the same month replaces, a value taken back is blank, and blank is not zero', () => {
    const first = typed('v1', 3)
    const values = [first, typed('v1', 2)]
    expect(figureOfStudy(values)?.value).toBe(2)
    expect(typedFigures(values, [study], { ...selection, knownAt: Number(first.position) })[0]?.value).toBe(3)
    expect(figureOfStudy([...values, typed('v1', null)])?.value).toBeNull()
    expect(figureOfStudy([typed('v1', 0)])?.value).toBe(0)
    expect(figureOfStudy([], {})?.value).toBeNull()
    expect(figureOfStudy(values, { unitIds: new Set() })).toMatchObject({ value: null, typedBy: [] })
  })

  it('a unit that states it sector by sector states one figure, and its whole replaces its parts, as they replace it', () => {
    const parts = [typed('v1', 3, { sector: '消防' }), typed('v1', 4, { sector: '燃气' })]
    expect(figureOfStudy(parts)?.value).toBe(7)
    expect(figureOfStudy([...parts, typed('v1', 5, { sector: '消防' })])?.value).toBe(9)
    expect(figureOfStudy([...parts, typed('v1', 6)])?.value).toBe(6)
    expect(figureOfStudy([typed('v1', 6, { asOf: '2023-05-31' }), ...parts])?.value).toBe(7)
    expect(figureOfStudy([...parts, typed('v1', null, { sector: '燃气' })])?.value).toBe(3)
    expect(figureOfStudy(parts)?.typedBy).toHaveLength(1)
    const answers = [
      typed('town', 0, { metricId: 'column', sector: '消防' }),
      typed('town', 1, { metricId: 'column', sector: '燃气' }),
    ]
    expect(typedFigures(answers, [column], selection)[0]).toMatchObject({ value: 1, answers: { yes: 1, of: 1 } })
  })

  it('flags are not added, stocks are', () => {
    const flags = [typed('town', 0, { metricId: 'column' }), typed('v1', 1, { metricId: 'column' })]
    expect(typedFigures(flags, [column], selection)[0]).toMatchObject({ value: 0, answers: { yes: 1, of: 2 } })
    const people = [typed('town', 2, { metricId: 'staff' }), typed('v1', 1, { metricId: 'staff' })]
    expect(typedFigures(people, [staff], selection)[0]?.value).toBe(3)
  })

  it('stand beside what the records give, and never inside it', () => {
    const found = hazardMetric('hazard.major.enterprise.all')
    const derived = [{ metricId: found.id, value: 5, recordIds: ['h1'], answers: null }]
    const cells = cellFigures(
      [found, study],
      derived,
      typedFigures([typed('v1', 3), typed('v1', 2, { metricId: found.id })], [found, study], selection),
    )
    expect(cells).toMatchObject([
      { derived: 5, typed: 2, value: 7, recordIds: ['h1'] },
      { derived: null, typed: 3, value: 3, recordIds: [] },
    ])
  })
})

describe('checks before signing', () => {
  const cell = (metric: Metric, value: number | null, more: Partial<CheckedCell> = {}): CheckedCell => ({
    metric,
    value,
    previous: null,
    reason: null,
    ...more,
  })
  const whole = hazardMetric('hazard.major.enterprise.all')
  const part = hazardMetric('hazard.major.enterprise.rectified')
  const fines = typedMetric('fines', '行政处罚', '次', 'count', null)
  const money = typedMetric('money', '行政处罚', '万元', 'sum', null)
  const codes = (...cells: CheckedCell[]) => checkTable(cells).map(({ code, cells: where }) => [code, ...where])

  it('find nothing in a sound table', () => {
    expect(
      codes(
        cell(whole, 5),
        cell(part, 5),
        cell(fines, 2),
        cell(money, 3_500_000),
        cell(column, 0),
        cell(staff, 3, { previous: 9 }),
      ),
    ).toEqual([])
  })

  it('point at the cells that cannot be', () => {
    expect(codes(cell(whole, 4), cell(part, 5))).toEqual([['part-exceeds-whole', part.id, whole.id]])
    expect(codes(cell(study, null))).toEqual([['blank', 'study']])
    expect(codes(cell(study, -1))).toEqual([['negative', 'study']])
    expect(codes(cell(study, 0.5))).toEqual([['not-whole', 'study']])
    expect(codes(cell(column, 2))).toEqual([['flag-neither', 'column']])
    expect(codes(cell(fines, 0), cell(money, 100))).toEqual([['money-without-act', 'fines', 'money']])
  })

  it('ask why a cumulative figure fell', () => {
    expect(codes(cell(study, 3, { previous: 4 }))).toEqual([['fell', 'study']])
    expect(checkTable([cell(study, 3, { previous: 4 })])[0]?.blocking).toBe(false)
    expect(codes(cell(study, 3, { previous: 4, reason: '上月多计一次' }))).toEqual([])
  })
})
