import { describe, expect, it } from 'vitest'
import type { PlanAnnex } from '@bihuan/domain'
import { documentOfText } from '../text-document.js'
import { readPlan } from '../read-plan.js'
import { documentOfBlocks, flattened, noticeText, type Cell } from '../../test/builders.js'

/** The annex as it is read from a real table, and the same from its lines: both must be alike. */
function annexOf(above: string, table: readonly (readonly Cell[])[], below = ''): PlanAnnex {
  const [real, lines] = plansOf(above, table, below)
  expect(bare(lines)).toEqual(bare(real))
  const [annex] = real.annexes
  if (annex === undefined) throw new Error('The annex was not found.')
  return annex
}

function plansOf(above: string, table: readonly (readonly Cell[])[], below: string) {
  const front = noticeText()
  const real = readPlan(documentOfBlocks([`${front}\n${above}`, table, below]))
  const lines = readPlan(documentOfText(`${front}\n${above}\n${flattened(table)}\n\n${below}`))
  return [real, lines] as const
}

const bare = ({ annexes, targets }: ReturnType<typeof readPlan>) =>
  JSON.parse(
    JSON.stringify({ annexes, targets }, (key, value: unknown) => (key === 'source' ? undefined : value)),
  ) as object

describe('a table of metrics', () => {
  const table: Cell[][] = [
    [{ text: '总体\n情况', rows: 2 }, '1', '企业自查隐患（个）', '', '2', '其中已整改（个）', ''],
    ['3', '行政处罚（次，万元）', '', '4', '公布案例（个），其中危险作业罪案例（个）', ''],
    [{ text: '组织领导', rows: 2 }, '1', '是否开设专栏', '', '2', '专题研究（次）', ''],
    ['3', '举报奖励（万元），其中：匿名奖励（万元）', '', '4', '配备检查员（人）', ''],
  ]

  it('is read by its shape: groups over several rows, metrics side by side, figures of a cell', () => {
    const annex = annexOf('附件1\n整治情况调度表\n单位：______   时间：2024年  月', table, '填报人：      联系电话：')
    expect(annex).toMatchObject({
      ordinal: 1,
      title: '整治情况调度表',
      kind: 'metric-table',
      head: ['单位：______ 时间：2024年 月'],
      foot: ['填报人： 联系电话：'],
      signatures: ['填报人'],
    })
    if (annex.kind !== 'metric-table') throw new Error('No table of metrics.')
    expect(
      annex.groups.map(({ name, metrics }) => [
        name,
        metrics.map(({ ordinal, label, unit }) => `${ordinal}${label}:${unit}`),
      ]),
    ).toEqual([
      ['总体情况', ['1企业自查隐患:个', '2其中已整改:个', '3行政处罚:次，万元', '4公布案例，其中危险作业罪案例:个']],
      ['组织领导', ['1是否开设专栏:null', '2专题研究:次', '3举报奖励，其中：匿名奖励:万元', '4配备检查员:人']],
    ])
    expect(annex.groups[0]?.metrics[2]?.parts).toEqual([
      { label: '行政处罚', unit: '次', partOf: null },
      { label: '行政处罚', unit: '万元', partOf: null },
    ])
    expect(annex.groups[0]?.metrics[3]?.parts).toEqual([
      { label: '公布案例', unit: '个', partOf: null },
      { label: '危险作业罪案例', unit: '个', partOf: '公布案例' },
    ])
  })

  it('keeps the numbers of its notes, also in a row of the table', () => {
    const noted: Cell[][] = [...table, [{ text: '注：1.本表每月5日前报送。2.统计累计数据。', columns: 7 }]]
    const annex = annexOf('附件1\n整治情况调度表', noted)
    expect(annex).toMatchObject({ notes: ['1.本表每月5日前报送。', '2.统计累计数据。'] })
  })

  it('may have its units in a column of their own', () => {
    const annex = annexOf('附件1\n情况统计表', [
      ['序号', '指标名称', '单位', '数量'],
      ['1', '检查企业数', '家', ''],
      ['2', '罚款金额', '万元', ''],
    ])
    expect(annex).toMatchObject({
      kind: 'metric-table',
      groups: [
        {
          name: '',
          metrics: [
            { label: '检查企业数', unit: '家' },
            { label: '罚款金额', unit: '万元' },
          ],
        },
      ],
    })
  })

  it('may have its metrics as headings of columns', () => {
    const annex = annexOf('附件1\n情况汇总表', [
      ['乡镇', '检查企业（家）', '发现隐患（个）', '罚款（万元）'],
      ['', '', '', ''],
      ['合计', '', '', ''],
    ])
    expect(annex).toMatchObject({
      kind: 'metric-table',
      groups: [{ metrics: [{ unit: '家' }, { unit: '个' }, { unit: '万元' }] }],
    })
  })
})

describe('a ledger', () => {
  it('is a form of headings, with nothing below but numbers', () => {
    const annex = annexOf(
      '附件2\n重大隐患台账\n填报单位：',
      [
        ['序号', '企业名称', '隐患描述', '整改\n期限', '责任人', '备注'],
        ['1', '', '', '', '', ''],
        ['2', '', '', '', '', ''],
      ],
      '说明：\n1.“整改期限”不得早于检查日期。\n2.一条一行。\n\n审核人：      填表人：      填报时间：',
    )
    expect(annex).toMatchObject({
      ordinal: 2,
      kind: 'ledger',
      head: ['填报单位：'],
      columns: ['序号', '企业名称', '隐患描述', '整改期限', '责任人', '备注'],
      notes: ['1.“整改期限”不得早于检查日期。', '2.一条一行。'],
      foot: ['审核人： 填表人： 填报时间：'],
      signatures: ['审核人', '填表人'],
    })
  })
})

describe('a task list', () => {
  const table: Cell[][] = [
    ['专项行动', '任务', '工作要求', '责任单位', '时限要求'],
    [
      { text: '一、压实责任', rows: 3 },
      { text: '1.动员部署', rows: 2 },
      '（1）召开1次部署会。',
      '安全部、工程部',
      '2024年3月30日前',
    ],
    ['（2）每月开展1次检查。', '安全部', '每月'],
    ['2.强化宣传', '（1）各部至少培育2个示范班组。', '党政办', '5月中旬、9月中旬'],
    ['二、排查整治', '1.自查自改', '（1）持续排查整治。（重点部位每周至少1次）', '各企业', '常态化'],
  ]

  it('repeats merged cells, and reads dues of every kind', () => {
    const annex = annexOf('附件1\n工作清单和责任清单', table)
    if (annex.kind !== 'task-list') throw new Error('No task list.')
    expect(annex.tasks.map(({ area, task, requirement }) => [area, task, requirement])).toEqual([
      ['一、压实责任', '1.动员部署', '（1）召开1次部署会。'],
      ['一、压实责任', '1.动员部署', '（2）每月开展1次检查。'],
      ['一、压实责任', '2.强化宣传', '（1）各部至少培育2个示范班组。'],
      ['二、排查整治', '1.自查自改', '（1）持续排查整治。（重点部位每周至少1次）'],
    ])
    expect(annex.tasks.map(({ responsible }) => responsible)).toEqual([
      ['安全部', '工程部'],
      ['安全部'],
      ['党政办'],
      ['各企业'],
    ])
    expect(annex.tasks.map(({ due }) => due)).toEqual([
      { kind: 'date', date: '2024-03-30' },
      { kind: 'recurring', per: 'month' },
      {
        kind: 'dates',
        windows: [
          { from: '2024-05-11', to: '2024-05-20' },
          { from: '2024-09-11', to: '2024-09-20' },
        ],
      },
      { kind: 'standing' },
    ])
    expect(annex.tasks.map(({ frequency, quota }) => [frequency, quota])).toEqual([
      [{ times: 1, per: 'campaign' }, null],
      [{ times: 1, per: 'month' }, null],
      [null, { atLeast: 2, unit: '个' }],
      [null, null],
    ])
  })

  const divided: Cell[][] = [
    ['序号', '任务', '措施', '责任单位', '完成时限'],
    [{ text: '一、宣传发动', columns: 5 }],
    ['1', '动员', '召开部署会。', '安监站\n各村民委员会', '2024年3月底前'],
    [{ text: '二、排查整治', columns: 5 }],
    ['2', '自查', '全面自查。', '县公安局、县市场监督管理\n局\n各企业', '长期坚持'],
  ]
  const inAreas = [
    ['一、宣传发动', '动员', ['安监站', '各村民委员会']],
    ['二、排查整治', '自查', ['县公安局', '县市场监督管理局', '各企业']],
  ]

  it('is divided by headings from side to side, and units stand in lines of their own', () => {
    const annex = annexOf('附件1\n任务清单', divided)
    if (annex.kind !== 'task-list') throw new Error('No task list.')
    expect(annex.tasks.map(({ area, task, responsible }) => [area, task, responsible])).toEqual(inAreas)
  })

  it('is divided so as lines too', () => {
    const lines = divided.map((row) => row.map((cell) => `\t${typeof cell === 'string' ? cell : cell.text}`).join('\n'))
    const plan = readPlan(documentOfText(`${noticeText()}\n附件1\n任务清单\n${lines.join('\n\n')}\n`))
    const [annex] = plan.annexes
    if (annex?.kind !== 'task-list') throw new Error('No task list.')
    expect(annex.tasks.map(({ area, task, responsible }) => [area, task, responsible])).toEqual(inAreas)
  })

  it('is put together where merged cells were left out, and rows end in an empty cell', () => {
    const lines = [
      ' \t专项行动\n\t任务\n\t工作要求\n\t责任单位\n\t时限要求',
      ' \t1\n\t一、压实责任\n\t1.动员部署\n\t（1）召开1次部署会。\n\t安全部\n\t2024年3月30日前',
      ' \t（2）每月开展1次检查。\n\t安全部\n\t每月',
      ' \t2.强化宣传\n\t（1）张贴标语。\n\t党政办\n\t2024年5月底前\n\t\n',
      '\t4\n\t二、排查整治\n\t1.自查自改\n\t（1）排查隐患。\n\t各企业\n\t常态化\n\t\n',
    ]
    const plan = readPlan(documentOfText(`${noticeText()}\n附件1\n工作清单\n${lines.join('\n')}\n`))
    const [annex] = plan.annexes
    if (annex?.kind !== 'task-list') throw new Error('No task list.')
    expect(annex.tasks.map(({ area, task, requirement, dueText }) => [area, task, requirement, dueText])).toEqual([
      ['一、压实责任', '1.动员部署', '（1）召开1次部署会。', '2024年3月30日前'],
      ['一、压实责任', '1.动员部署', '（2）每月开展1次检查。', '每月'],
      ['一、压实责任', '2.强化宣传', '（1）张贴标语。', '2024年5月底前'],
      ['二、排查整治', '1.自查自改', '（1）排查隐患。', '常态化'],
    ])
  })
})

describe('a list of places', () => {
  const places: Cell[][] = [
    [
      { text: '序号', rows: 2 },
      { text: '摸底企业信息', columns: 2 },
    ],
    ['单位名称', '类型'],
    ['1', '某某商场', '零售业'],
    ['2', '某某宾馆', '住宿业'],
  ]

  it('gives the targets, each with what kind it is', () => {
    const [plan] = plansOf('附件1\n重点单位名单', places, '')
    expect(plan.annexes).toMatchObject([{ kind: 'other', title: '重点单位名单' }])
    expect(plan.targets).toMatchObject([
      { name: '某某商场', type: '零售业' },
      { name: '某某宾馆', type: '住宿业' },
    ])
    annexOf('附件1\n重点单位名单', places)
  })

  it('is read as well where white space is all that divides its cells', () => {
    const plan = readPlan(
      documentOfText(`${noticeText()}\n附件1\n企业名单\n序号 企业名称 行业\n1 某某气体公司 危化\n2 某某纺织厂 纺织\n`),
    )
    expect(plan.targets).toMatchObject([
      { name: '某某气体公司', type: '危化' },
      { name: '某某纺织厂', type: '纺织' },
    ])
  })
})

describe('annexes that are named', () => {
  it('and not attached are said to be missing, in one warning', () => {
    const plan = readPlan(
      documentOfText(
        `${noticeText()}\n附件：1.情况统计表\n2.联络员名单\n3.企业清单\n附件1\n情况统计表\n\t检查（家）\n\t发现（个）\n\t整改（个）\n\n\t\n\t\n\t\n`,
      ),
    )
    expect(plan.annexes.map(({ ordinal, title, kind }) => [ordinal, title, kind])).toEqual([
      [1, '情况统计表', 'metric-table'],
      [2, '联络员名单', 'other'],
      [3, '企业清单', 'other'],
    ])
    expect(plan.annexes.slice(1)).toMatchObject([{ attached: false }, { attached: false }])
    expect(plan.warnings.map(({ code }) => code)).toEqual(['missing-annex'])
  })
})

describe('lines around a form', () => {
  const ledger: Cell[][] = [
    [
      { text: '序号', rows: 2 },
      { text: '单位', rows: 2 },
      { text: '整改情况', columns: 3 },
      { text: '验收情况', columns: 2 },
      { text: '备注', rows: 2 },
    ],
    ['措施', '责任人', '时限', '验收人', '日期'],
    ['1', '', '', '', '', '', '', ''],
    ['2', '', '', '', '', '', '', ''],
  ]

  it('have the columns of a heading that is divided unevenly, and are signed below by whoever has a label there', () => {
    const annex = annexOf(
      '附件1\n整改台账\n检查人：      填报单位：',
      ledger,
      '库主任：      安全科长：      联系电话：',
    )
    expect(annex).toMatchObject({
      kind: 'ledger',
      head: ['检查人： 填报单位：'],
      columns: ['序号', '单位', '措施', '责任人', '时限', '验收人', '日期', '备注'],
      foot: ['库主任： 安全科长： 联系电话：'],
      signatures: ['库主任', '安全科长'],
    })
  })
})
