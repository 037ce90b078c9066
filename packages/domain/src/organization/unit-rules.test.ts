import { describe, expect, it } from 'vitest'
import { columnLetter, matchHeader, readYesNo, type SheetCell } from './import-sheet.js'
import { decideResponsibility, leadUnitOf, responsibleUnits, type SectorResponsibility } from './responsibility.js'
import { decideUnitCode } from './unit-code.js'
import { readUnitRow, unitImportColumns } from './unit-import.js'
import { kindsAbove, mayBeRoot, mayStandUnder, unitKindCalled, unitKindLabel, unitKinds } from './unit-kind.js'

describe('kinds of unit', () => {
  it('every kind but a root has somewhere to stand, and is known by its own label', () => {
    for (const kind of unitKinds) {
      expect(mayBeRoot(kind) || kindsAbove(kind, 'territory').length > 0).toBe(true)
      expect(unitKindCalled(unitKindLabel(kind))).toBe(kind)
      expect(mayStandUnder(kind, 'enterprise', 'territory')).toBe(false)
    }
  })
})

describe('the division of duties', () => {
  const line = (more: Partial<SectorResponsibility>): SectorResponsibility => ({
    id: 'r',
    unitId: '住建局',
    sector: '燃气',
    role: 'lead',
    validFrom: '2023-01-01',
    validUntil: null,
    basis: null,
    ...more,
  })

  it('finds the lead of a day, whatever the spelling', () => {
    const lines = [line({ validUntil: '2023-05-31' }), line({ unitId: '综合执法局', validFrom: '2023-06-01' })]
    expect(leadUnitOf(lines, '燃气安全', '2023-05-31')).toBe('住建局')
    expect(leadUnitOf(lines, '燃气', '2023-06-01')).toBe('综合执法局')
    expect(leadUnitOf(lines, '燃气', '2022-12-31')).toBeNull()
    expect(responsibleUnits(lines, '工贸', 'lead', '2023-06-01')).toEqual([])
  })

  it('has one lead at a time', () => {
    const answer = decideResponsibility([line({})], line({ unitId: '综合执法局', validFrom: '2023-06-01' }))
    expect(answer).toMatchObject({ ok: false, refusal: { code: 'organization.two-leads' } })
    expect(decideResponsibility([line({})], line({ unitId: '综合执法局', role: 'support' })).ok).toBe(true)
    expect(decideResponsibility([line({ validUntil: '2023-05-31' })], line({ validFrom: '2023-06-01' })).ok).toBe(true)
  })
})

describe('unit codes', () => {
  it.each([
    ['street', '360902001000', true],
    ['street', '360902100000', false],
    ['town', '３６０９０２１０００００', true],
    ['village', '360902100201', true],
    ['community', '360902001001', true],
    ['village', '360902001001', false],
    ['town', '36090210000', false],
    ['town', '990902100000', false],
    ['town', '360900100000', false],
    ['functional-area', 'MYS-01', true],
    ['department', '123456789012', true],
    ['department', '应急局', false],
    ['department', '', false],
  ] as const)('%s %s: %s', (kind, code, ok) => {
    expect(decideUnitCode(kind, code).ok).toBe(ok)
  })
})

describe('a sheet of units', () => {
  const header = ['名称*', '类别（必填）', '上级单位(块)', '条线上级', '代码', '负责行业（多个用、分隔）', '起始日期']
  const match = matchHeader(unitImportColumns, header)
  const context = {
    today: '2023-06-01',
    unitCalled: (text: string) => (text === '青山区' ? 'district' : text === '两个' ? 'ambiguous' : 'unknown') as never,
  }
  const read = (cells: SheetCell[]) => readUnitRow(match, cells, 5, context)

  it('is read by what its columns mean', () => {
    expect(match.problems).toEqual([])
    expect(read(['应急管理局', '部门', '青山区', null, 'yjj', '危险化学品、烟花爆竹安全', '2023年5月1日'])).toEqual({
      ok: true,
      value: {
        name: '应急管理局',
        kind: 'department',
        parent: '青山区',
        lineParent: null,
        code: 'YJJ',
        sectors: ['危险化学品', '烟花爆竹安全'],
        validFrom: '2023-05-01',
      },
    })
  })

  it('says of every wrong cell where it stands and what to do', () => {
    const answer = read([null, '公司', '两个', null, null, null, '2023-02-30'])
    const problems = answer.ok ? [] : answer.problems
    expect(problems.map(({ row, column, code }) => [row, column, code])).toEqual([
      [5, 'A', 'import.required'],
      [5, 'B', 'organization.unknown-kind'],
      [5, 'C', 'organization.ambiguous-unit'],
      [5, 'G', 'date.invalid'],
    ])
  })

  it('reports columns that are missing, doubled, moved or unknown, by their letters', () => {
    const codes = (cells: string[]) => matchHeader(unitImportColumns, cells).problems.map((p) => [p.code, p.column])
    expect(codes(['名称', '上级单位（块）', '条线上级', '代码', '负责行业', '起始日期'])).toEqual([['missing', null]])
    expect(codes(['名称', '类别', '单位名称', '上级单位（块）', '条线上级', '代码', '负责行业', '起始日期'])).toEqual([
      ['doubled', 'C'],
    ])
    expect(codes(['类别', '名称', '上级单位（块）', '条线上级', '代码', '负责行业', '起始日期', '备注'])).toEqual([
      ['unknown', 'H'],
      ['moved', 'B'],
      ['moved', 'A'],
    ])
    expect(matchHeader(unitImportColumns, ['名称', '类别']).usable).toBe(true)
  })

  it('counts columns as Excel does', () => {
    expect([0, 25, 26, 51, 52, 701, 702].map(columnLetter)).toEqual(['A', 'Z', 'AA', 'AZ', 'BA', 'ZZ', 'AAA'])
    expect(['是', '√', 'Ｙ', '否', '无', '也许'].map(readYesNo)).toEqual([true, true, true, false, false, null])
  })
})
