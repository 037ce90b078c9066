import { describe, expect, it } from 'vitest'
import { documentOfBlocks, flattened, noticeText, type Cell } from '../../test/builders.js'
import { readPlan } from '../read-plan.js'
import { documentOfText } from '../text-document.js'

const annex = '附件1\n进展情况统计表'

function groupsIn(document: Parameters<typeof readPlan>[0]): string[] {
  const [first] = readPlan(document).annexes
  if (first?.kind !== 'metric-table') return [`kind: ${first?.kind ?? 'none'}`]
  return first.groups.map(({ name, metrics }) =>
    [name, ...metrics.map(({ ordinal, label, unit }) => `${ordinal} ${label} ${unit ?? '-'}`)].join(' | '),
  )
}

const inWord = (rows: readonly (readonly Cell[])[]) => groupsIn(documentOfBlocks([noticeText(), annex, rows]))
const inCells = (rows: readonly (readonly Cell[])[]) =>
  groupsIn(documentOfText(`${noticeText()}\n${annex}\n${flattened(rows)}`))
const inRows = (...lines: string[]) => groupsIn(documentOfText(`${noticeText()}\n${annex}\n${lines.join('\n')}`))

describe('the groups of a metric table', () => {
  const across: Cell[][] = [
    [{ text: '指标', columns: 2 }, '数据', { text: '指标', columns: 2 }, '数据'],
    [{ text: '自查情况', columns: 6 }],
    ['1', '自查企业（家）', '', '2', '查出隐患（项）', ''],
    [{ text: '整改情况', columns: 6 }],
    ['3', '完成整改（项）', '', '4', '停用设备（台，小时）', ''],
  ]
  const read = ['自查情况 | 1 自查企业 家 | 2 查出隐患 项', '整改情况 | 3 完成整改 项 | 4 停用设备 台，小时']

  it('are rows from side to side', () => {
    expect(inWord(across)).toEqual(read)
    expect(inCells(across)).toEqual(read)
    expect(
      inRows(
        '指标\t数据\t指标\t数据',
        '自查情况',
        '1\t自查企业（家）\t\t2\t查出隐患（项）\t',
        '整改情况',
        '3\t完成整改（项）\t\t4\t停用设备（台，小时）\t',
      ),
    ).toEqual(read)
  })

  it('stand over blocks side by side, and their metrics are read down the block', () => {
    const beside: Cell[][] = [
      [
        { text: '井下', columns: 3 },
        { text: '地面', columns: 3 },
      ],
      ['1', '检查工作面（个）', '', '1', '检查厂房（栋）', ''],
      ['2', '查出隐患（条）', '', '2', '罚款（人，元）', ''],
    ]
    const groups = ['井下 | 1 检查工作面 个 | 2 查出隐患 条', '地面 | 1 检查厂房 栋 | 2 罚款 人，元']
    expect(inWord(beside)).toEqual(groups)
    expect(inCells(beside)).toEqual(groups)
    expect(inRows('井下\t地面', ...beside.slice(1).map((row) => row.join('\t')))).toEqual(groups)
  })

  it('may stand behind the number, merged over several rows', () => {
    const behind: Cell[][] = [
      ['序号', '类别', '指标', '数值'],
      ['1', { text: '企业自查', rows: 2 }, '自查企业（家）', ''],
      ['2', '查出隐患（项）', ''],
      ['3', { text: '部门检查', rows: 2 }, '检查企业（家次）', ''],
      ['4', '处罚（起，万元）', ''],
    ]
    const groups = ['企业自查 | 1 自查企业 家 | 2 查出隐患 项', '部门检查 | 3 检查企业 家次 | 4 处罚 起，万元']
    expect(inWord(behind)).toEqual(groups)
    expect(inCells(behind)).toEqual(groups)
  })

  it('are none in a table without them, and units may have a column of their own', () => {
    const plain: Cell[][] = [
      ['序号', '指标', '单位', '数值'],
      ['1', '自查企业', '家', ''],
      ['2', '培训学时', '学时', ''],
    ]
    expect(inWord(plain)).toEqual([' | 1 自查企业 家 | 2 培训学时 学时'])
    expect(inCells(plain)).toEqual([' | 1 自查企业 家 | 2 培训学时 学时'])
  })
})

describe('a table that a page parts', () => {
  it('is one, and what was merged goes on', () => {
    const document = documentOfBlocks([
      noticeText(),
      '附件1\n任务清单',
      [
        ['序号', '行动', '重点任务', '工作要求', '责任单位', '完成时限'],
        ['1', '一、排查', '1.全面排查', '建立台账。', '各镇', '2024年5月底前'],
      ],
      [
        ['2', '', '', '每月检查1次。', '县应急局', '每月'],
        ['3', '二、整治', '2.集中整治', '挂牌督办。', '县安委办', '常态化'],
      ],
    ])
    const [first] = readPlan(document).annexes
    const tasks = first?.kind === 'task-list' ? first.tasks : []
    expect(tasks.map(({ area, task, dueText }) => [area, task, dueText])).toEqual([
      ['一、排查', '1.全面排查', '2024年5月底前'],
      ['一、排查', '1.全面排查', '每月'],
      ['二、整治', '2.集中整治', '常态化'],
    ])
  })
})

describe('a list of work to be done', () => {
  it('is no metric table, whatever its rows look like', () => {
    const rows = [
      ['序号', '领域', '任务', '责任单位', '完成时限'],
      ['1', '实验室', '清点药品', '设备处（部）', '4月底前'],
      ['2', '', '每月抽查实验室', '各学院（部）', '每月'],
    ]
    expect(inRows(...rows.map((row) => row.join('\t')))).toEqual(['kind: task-list'])
  })
})
