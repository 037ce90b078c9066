import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ledgerFieldOf, readLedgerForm } from './ledger-form.js'
import { printProgress, readProgress } from './ledger-progress.js'
import { readLedgerRow, renderLedgerRow, type LedgerCell, type LedgerRowContext } from './ledger-row.js'
import { HazardStory, listed } from './test-builders.js'

const nine = [
  '序号',
  '乡镇/部门',
  '企业（项目）',
  '所属行业领域',
  '重大隐患（重点隐患）描述',
  '整改措施',
  '挂牌督办文件名称及文号',
  '整改期限',
  '整改进展',
]
const thirteen = [
  '序号',
  '专题领域',
  '重大隐患',
  '涉及层面',
  '整改措施',
  '检查日期',
  '计划整改时限',
  '责任单位',
  '整改阶段',
  '实际整改完成时间',
  '整改进展',
  '整改进展时间',
  '备注',
]
const nineFields = [
  'ordinal',
  'unit',
  'subject',
  'sector',
  'description',
  'measures',
  'listing',
  'deadline',
  'progress',
]
const thirteenFields = [
  'ordinal',
  'sector',
  'description',
  'level',
  'measures',
  'foundOn',
  'deadline',
  'responsible',
  'stage',
  'rectifiedOn',
  'progress',
  'progressOn',
  'remark',
]

const fieldsOf = (titles: readonly string[]) => readLedgerForm(titles).columns.map(({ field }) => field)

describe('the columns of a ledger', () => {
  it('of both notices are known by their meaning, in any order', () => {
    expect(fieldsOf(nine)).toEqual(nineFields)
    expect(fieldsOf(thirteen)).toEqual(thirteenFields)
    expect(fieldsOf([...thirteen].reverse())).toEqual([...thirteenFields].reverse())
    expect(readLedgerForm(nine).problems).toEqual([])
    expect(readLedgerForm(thirteen).problems).toEqual([])
  })

  it.each([
    ['企业名称', 'subject'],
    ['单位名称', 'subject'],
    ['存在隐患单位', 'subject'],
    ['被检查单位', 'subject'],
    ['场所名称', 'subject'],
    ['隐患企业', 'subject'],
    ['问题隐患', 'description'],
    ['存在的主要问题', 'description'],
    ['隐患\n描述', 'description'],
    ['重大事故隐患内容', 'description'],
    ['企业存在的重大隐患', 'description'],
    ['行业领域', 'sector'],
    ['发现时间', 'foundOn'],
    ['排查日期', 'foundOn'],
    ['检查　日期', 'foundOn'],
    ['整改时限', 'deadline'],
    ['计划完成时间', 'deadline'],
    ['完成时限', 'deadline'],
    ['实际完成时间', 'rectifiedOn'],
    ['整改完成时间', 'rectifiedOn'],
    ['销号时间', 'rectifiedOn'],
    ['整改责任单位', 'responsible'],
    ['责任单位及责任人', 'responsible'],
    ['整改责任人', 'responsiblePerson'],
    ['监管责任单位', 'authority'],
    ['挂牌督办单位', 'authority'],
    ['是否挂牌督办', 'listingName'],
    ['挂牌文号', 'listingNumber'],
    ['整改资金（万元）', 'funds'],
    ['应急预案', 'contingency'],
    ['隐患等级', 'grade'],
    ['隐患级别', 'grade'],
    ['隐患来源', 'source'],
    ['检查方式', 'source'],
    ['整改状态', 'stage'],
    ['是否完成整改', 'stage'],
    ['进展情况', 'progress'],
    ['整改情况', 'progress'],
    ['备注：', 'remark'],
    ['隐患编号', 'code'],
    ['具体位置', 'place'],
    ['镇街（社区）', 'unit'],
    ['属地', 'unit'],
    ['检查人', 'finder'],
    ['判定依据', null],
    ['联系电话', null],
  ])('%s is read as %s', (title, field) => {
    expect(ledgerFieldOf(title)).toBe(field)
  })

  it('that are doubled or missing are named', () => {
    const form = readLedgerForm(['序号', '企业名称', '单位名称'])
    expect(form.problems.map(({ code }) => code)).toEqual([
      'hazard.ledger-column-doubled',
      'hazard.ledger-column-missing',
    ])
    expect(form.problems[0]?.message).toBe('“企业名称”和“单位名称”都是企业或场所，请只留一列。')
  })

  it('leave to be asked what the form lacks', () => {
    expect(readLedgerForm(nine).asks).toEqual(['campaign', 'source', 'finder', 'foundOn', 'grade', 'responsible'])
    expect(readLedgerForm(thirteen).asks).toEqual(['campaign', 'source', 'subject', 'finder', 'grade', 'authority'])
  })
})

describe('整改进展', () => {
  const dates = fc
    .integer({ min: 0, max: 2000 })
    .map((days) => new Date(Date.UTC(2022, 0, 1 + days)).toISOString().slice(0, 10))
  const texts = fc
    .oneof(
      fc.string({ unit: 'grapheme' }),
      fc.string({ unit: fc.constantFrom('\n', '\u2028', '　', ' ', '：', '2023-06-16', '6月1日', '完成', '1.', '无') }),
    )
    .map((text) => text.replace(/\r/g, ''))

  it('reads back exactly as it was printed', () => {
    fc.assert(
      fc.property(fc.array(fc.record({ on: dates, text: texts }), { maxLength: 6 }), (entries) => {
        expect(readProgress(printProgress(entries))).toEqual({ ok: true, value: entries })
      }),
      { numRuns: 1000 },
    )
  })

  it('is one entry a line, a line break inside an entry set in', () => {
    expect(
      printProgress([
        { on: '2023-06-16', text: '已制定方案\n已停产' },
        { on: '2023-06-20', text: '完成' },
      ]),
    ).toBe('2023-06-16：已制定方案\n　　已停产\n2023-06-20：完成')
  })

  const read = (cell: string, given: string[] = [], year = 2023) => {
    const answer = readProgress(cell, given, { year })
    return answer.ok ? answer.value.map(({ on, text }) => `${on} ${text}`) : answer.refusal.code
  }

  it('is read as people type it', () => {
    expect(read('1.2023年6月16日，制定方案\n2、6月20日：完成采购')).toEqual([
      '2023-06-16 制定方案',
      '2023-06-20 完成采购',
    ])
    expect(read('2023.6.16 制定方案\r\n正在采购\r\n2023.6.20 完成')).toEqual([
      '2023-06-16 制定方案\n正在采购',
      '2023-06-20 完成',
    ])
    expect(read('（1）6.16：制定方案')).toEqual(['2023-06-16 制定方案'])
    expect(read('２０２３年６月１６日：制定方案')).toEqual(['2023-06-16 制定方案'])
    expect(read('20230616完成')).toEqual(['2023-06-16 完成'])
    expect(read('')).toEqual([])
  })

  it('takes its dates from 整改进展时间 when it has none of its own', () => {
    expect(read('已完成整改', ['2023-06-20'])).toEqual(['2023-06-20 已完成整改'])
    expect(read('制定方案\n完成采购', ['2023-06-16', '2023-06-20'])).toEqual([
      '2023-06-16 制定方案',
      '2023-06-20 完成采购',
    ])
    expect(read('制定方案\n完成采购\n验收', ['2023-06-16', '2023-06-20'])).toBe('hazard.progress-undated')
    expect(read('已完成整改')).toBe('hazard.progress-undated')
    expect(read('3.5吨废料已清运', ['2023-06-20'])).toEqual(['2023-06-20 3.5吨废料已清运'])
    expect(read('2023年6月31日：完成')).toBe('date.invalid')
  })
})

describe('a row of a ledger', () => {
  const context: LedgerRowContext = { sheet: '清单', row: 5, today: '2023-07-01' }
  const names = {
    ordinal: 1,
    unitName: (id: string) => ({ 'u-department': '应急管理局', 'u-enterprise': '某某机械厂' })[id] ?? id,
  }
  const form13 = readLedgerForm(thirteen)
  const form9 = readLedgerForm(nine)
  const row13 = (changes: Record<number, LedgerCell> = {}) => {
    const cells: LedgerCell[] = [
      1,
      '工贸',
      '未设水封',
      '县区',
      '更换',
      '2023-06-16',
      '2023-07-15',
      '某某机械厂',
      '整改中',
      null,
      '2023-06-17：制定方案',
      '2023-06-17',
      '',
    ]
    return readLedgerRow(Object.assign(cells, changes), form13, context)
  }
  const problemsOf = (changes: Record<number, LedgerCell>) =>
    row13(changes).problems.map(({ column, code }) => `${column} ${code}`)

  const story = HazardStory.rectifying({ level: '县区', remark: '重点关注' })
    .does('officer', listed())
    .does('manager', { kind: 'report-progress', on: '2023-06-17', text: '已下单', evidenceFileIds: [] })
    .does('manager', { kind: 'report-progress', on: '2023-06-19', text: '到货\n待安装', evidenceFileIds: [] })

  it('prints a hazard in the nine columns of one notice and the thirteen of the other', () => {
    expect(renderLedgerRow(story.state, form9, names)).toEqual([
      '1',
      '应急管理局',
      '某某机械厂',
      '工贸',
      '煤气管道排水器未设水封',
      '更换排水器',
      '《关于挂牌督办重大事故隐患的通知》（某安委〔2023〕5号）',
      '2023-07-15',
      '2023-06-17：已下单\n2023-06-19：到货\n　　待安装',
    ])
    expect(renderLedgerRow(story.state, form13, names)).toEqual([
      '1',
      '工贸',
      '煤气管道排水器未设水封',
      '县区',
      '更换排水器',
      '2023-06-16',
      '2023-07-15',
      '某某机械厂',
      '整改中',
      '',
      '2023-06-17：已下单\n2023-06-19：到货\n　　待安装',
      '2023-06-17\n2023-06-19',
      '重点关注',
    ])
  })

  it('leaves a column that nobody here knows empty', () => {
    expect(renderLedgerRow(story.state, readLedgerForm(['重大隐患', '照片']), names)).toEqual([
      '煤气管道排水器未设水封',
      '',
    ])
  })

  it('reads back what was printed, without a problem', () => {
    for (const form of [form9, form13]) {
      const { draft, problems, disposition } = readLedgerRow(renderLedgerRow(story.state, form, names), form, context)
      expect(problems).toEqual([])
      expect(disposition).toBe('ready')
      expect(draft).toMatchObject({
        description: story.state.description,
        deadline: '2023-07-15',
        measures: '更换排水器',
        sector: '工贸',
      })
      expect(draft.progress).toEqual(story.state.progress.map(({ on, text }) => ({ on, text })))
    }
    const nine9 = readLedgerRow(renderLedgerRow(story.state, form9, names), form9, context).draft
    expect(nine9.listing).toEqual({
      documentName: '关于挂牌督办重大事故隐患的通知',
      documentNumber: '某安委〔2023〕5号',
    })
  })

  it('with every date in another spelling is read all the same', () => {
    const { draft, problems } = row13({
      5: 45_093,
      6: '２０２３年７月１５日前',
      9: '2023.6.30',
      8: '已完成整改',
      10: '6月20日：到货',
      11: null,
    })
    expect(problems).toEqual([])
    expect(draft).toMatchObject({
      foundOn: '2023-06-16',
      deadline: '2023-07-15',
      rectifiedOn: '2023-06-30',
      stage: 'rectified',
      progress: [{ on: '2023-06-20', text: '到货' }],
    })
  })

  it('has no date before 检查日期, and says where one is', () => {
    expect(problemsOf({ 6: '2023-06-15' })).toEqual(['计划整改时限 hazard.date-too-early'])
    expect(problemsOf({ 8: '已销号', 9: '2023-06-15' })).toEqual(['实际整改完成时间 hazard.date-too-early'])
    expect(problemsOf({ 10: '2023-06-01：已制定方案', 11: null })).toEqual(['整改进展 hazard.date-too-early'])
    expect(row13({ 6: '2023-06-15' }).problems[0]?.message).toBe(
      '工作表“清单”第5行“计划整改时限”列：2023年6月15日早于检查日期2023年6月16日，请核对。',
    )
  })

  it('has nothing done in the future', () => {
    expect(problemsOf({ 5: '2023-07-02', 6: '2023-08-01', 10: null, 11: null })).toEqual([
      '检查日期 hazard.date-in-future',
    ])
    expect(problemsOf({ 8: '已完成', 9: '2023-07-02' })).toEqual(['实际整改完成时间 hazard.date-in-future'])
  })

  it('names every cell that it cannot read', () => {
    expect(problemsOf({ 5: '上周', 8: '不清楚', 2: '' })).toEqual([
      '检查日期 date.unreadable',
      '整改阶段 hazard.ledger-cell-unreadable',
      '重大隐患 hazard.field-missing',
    ])
    expect(problemsOf({ 8: '已完成整改' })).toEqual(['实际整改完成时间 hazard.field-missing'])
  })

  it('without 检查日期 stays a draft where the form has that column, and is registered where it has not', () => {
    expect(row13({ 5: '' }).disposition).toBe('draft')
    expect(row13({ 5: '/' }).disposition).toBe('draft')
    expect(readLedgerRow([1, '应急局', '某厂', '工贸', '未设水封', '', '无', '', ''], form9, context)).toMatchObject({
      disposition: 'ready',
      problems: [],
      draft: { listing: null },
    })
  })

  it('that holds a number only is blank', () => {
    expect(readLedgerRow([20, null, ' ', ''], form13, context)).toMatchObject({ disposition: 'blank', problems: [] })
  })

  it.each([
    ['《关于挂牌的通知》（某安委办〔2023〕12号）', '关于挂牌的通知', '某安委办〔2023〕12号'],
    ['关于挂牌的通知 某安委办[2023]12号', '关于挂牌的通知', '某安委办[2023]12号'],
    ['《关于印发《办法》的通知》，某政发〔2023〕3号', '关于印发《办法》的通知', '某政发〔2023〕3号'],
    ['关于挂牌的通知', '关于挂牌的通知', ''],
  ])('reads the listing %s', (cell, documentName, documentNumber) => {
    expect(readLedgerRow([1, '', '', '', '隐患', '', cell, '', ''], form9, context).draft.listing).toEqual({
      documentName,
      documentNumber,
    })
  })

  it.each([
    ['未整改', 'not-started'],
    ['制定方案', 'not-started'],
    ['正在整改', 'rectifying'],
    ['未完成整改', 'rectifying'],
    ['已完成整改', 'rectified'],
    ['已完成整改，待销号', 'rectified'],
    ['已销号', 'closed'],
    ['已闭环', 'closed'],
  ])('reads the stage %s', (cell, stage) => {
    expect(row13({ 8: cell }).draft.stage).toBe(stage)
  })
})
