import { describe, expect, it } from 'vitest'
import { matchHeader, type SheetCell } from '../organization/index.js'
import { creditCodeOf } from './credit-code.js'
import { diffEnterprise } from './difference.js'
import type { Enterprise } from './enterprise.js'
import { enterpriseImportColumns, readEnterpriseRow, rowIdentity, type EnterpriseRowContext } from './import-columns.js'

const code = creditCodeOf('91', '360902', 7)
const titles = enterpriseImportColumns.map(({ title }) => title)
const context: EnterpriseRowContext = {
  holderOfCode: () => null,
  unitCalled: (text) => (text === '长安镇' ? 'ambiguous' : text === '不知道' ? 'unknown' : { id: `u:${text}` }),
  enterpriseCalled: (text) => ({ id: `e:${text}` }),
  existing: null,
}
const row: Record<string, SheetCell> = {
  企业名称: '青山区云岭机械有限公司',
  统一社会信用代码: code,
  行业领域: '工贸',
  其他行业领域: '燃气、消防',
  规模: '小微企业',
  从业人数: '２６人',
  高危: '√',
  主要负责人: '周某',
  主要负责人电话: 13800001234,
  地址: '云岭镇工业大道8号',
  属地单位: '云岭镇',
  行业主管部门: '工信局',
  共管部门: '消防救援大队，应急管理局',
}
const cellsOf = (header: readonly string[], values: Record<string, SheetCell>) =>
  header.map((title) => values[title] ?? null)

describe('a sheet of enterprises', () => {
  it('no heading is claimed by two columns', () => {
    const names = enterpriseImportColumns.flatMap(({ title, alsoCalled }) => [title, ...alsoCalled])
    for (const name of names) {
      const matched = matchHeader(enterpriseImportColumns, [name]).indexOf
      expect([...matched.keys()], name).toHaveLength(1)
      const owner = enterpriseImportColumns.find((each) => each.title === name || each.alsoCalled.includes(name))
      expect(matched.has(owner?.key ?? 'name'), name).toBe(true)
    }
    expect(new Set(names).size).toBe(names.length)
  })

  it('is read as people fill it in', () => {
    const match = matchHeader(enterpriseImportColumns, titles)
    const reading = readEnterpriseRow(match, cellsOf(titles, row), 3, context)
    expect(reading).toMatchObject({
      ok: true,
      value: {
        creditCode: code,
        otherSectors: ['燃气', '消防'],
        size: 'small-micro',
        employees: 26,
        flags: { highRisk: true, crowded: false },
        principal: { name: '周某', phone: '13800001234' },
        territoryUnitId: 'u:云岭镇',
        otherRegulatorIds: ['u:消防救援大队', 'u:应急管理局'],
        status: 'operating',
      },
    })
    expect(rowIdentity(match, cellsOf(titles, row))).toEqual({
      name: row['企业名称'],
      creditCode: code,
      keyNumber: null,
    })
  })

  it('tells every problem of a row with its cell', () => {
    const match = matchHeader(enterpriseImportColumns, titles)
    const bad = {
      ...row,
      企业名称: null,
      统一社会信用代码: `${code.slice(0, 17)}${code.endsWith('0') ? '1' : '0'}`,
      从业人数: '二十',
      高危: '也许',
      主要负责人电话: '1380000',
      属地单位: '长安镇',
      行业主管部门: '不知道',
      共管部门: null,
      经度: '115.9',
      规模: { error: '#REF!' },
    }
    const reading = readEnterpriseRow(match, cellsOf(titles, bad), 9, context)
    const problems = reading.ok ? [] : reading.problems
    expect(problems.every((problem) => problem.row === 9)).toBe(true)
    expect(problems.map(({ title, code: problem }) => [title, problem])).toEqual([
      ['企业名称', 'import.required'],
      ['规模', 'import.formula-error'],
      ['从业人数', 'enterprise.employees'],
      ['高危', 'enterprise.yes-no'],
      ['纬度', 'enterprise.position'],
      ['属地单位', 'enterprise.ambiguous-reference'],
      ['行业主管部门', 'enterprise.unknown-reference'],
      ['统一社会信用代码', 'enterprise.credit-code-check'],
      ['主要负责人电话', 'enterprise.phone'],
    ])
    expect(problems[0]?.column).toBe('A')
  })

  it('a code that Excel took for a number is not trusted', () => {
    const match = matchHeader(enterpriseImportColumns, titles)
    const reading = readEnterpriseRow(
      match,
      cellsOf(titles, { ...row, 统一社会信用代码: 913609020000000000 }),
      3,
      context,
    )
    expect(reading.ok ? [] : reading.problems.map((each) => each.code)).toEqual(['enterprise.code-as-number'])
  })

  it('an update changes what the sheet has columns for, and nothing else', () => {
    const all = matchHeader(enterpriseImportColumns, titles)
    const first = readEnterpriseRow(all, cellsOf(titles, row), 3, context)
    if (!first.ok) throw new Error('refused')
    const existing: Enterprise = { ...first.value, id: 'e1' }
    const header = ['所属乡镇', '企业名称', '信用代码', '行业领域', '地址', '人员密集', '主要负责人']
    const match = matchHeader(enterpriseImportColumns, header)
    expect(match.usable).toBe(true)
    const cells = ['云岭镇', '青山区云岭机械有限公司', code, '工贸', '云岭镇工业大道10号', '是', '吴某']
    const reading = readEnterpriseRow(match, cells, 2, { ...context, existing })
    if (!reading.ok) throw new Error(reading.problems.map(({ message }) => message).join())
    expect(diffEnterprise(existing, reading.value).map(({ field, to }) => [field, to])).toEqual([
      ['flags.crowded', '是'],
      ['principal.name', '吴某'],
      ['address', '云岭镇工业大道10号'],
    ])
  })
})
