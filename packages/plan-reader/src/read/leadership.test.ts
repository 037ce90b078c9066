import { describe, expect, it } from 'vitest'
import { planOf, planWith } from '../../test/builders.js'

const leadersOf = (...lines: string[]) =>
  planOf({ body: ['一、组织领导', ...lines].join('\n') }).leadership.map(({ role, name, post }) => [role, name, post])

describe('who leads', () => {
  it('reads people on lines of their own, below the role', () => {
    expect(
      leadersOf(
        '成立专项整治领导小组：',
        '组  长：甲某某  县委书记',
        '副组长：乙  某  县长',
        '        丙某    县委常委、常务副县长',
        '成  员：各乡镇主要负责人',
      ),
    ).toEqual([
      ['组长', '甲某某', '县委书记'],
      ['副组长', '乙某', '县长'],
      ['副组长', '丙某', '县委常委、常务副县长'],
      ['成员', null, '各乡镇主要负责人'],
    ])
  })

  it('reads people in one line, with their posts in brackets or without', () => {
    expect(leadersOf('领导小组名单如下：', '组长：王某（局长）', '成员：李某、赵某、孙某')).toEqual([
      ['组长', '王某', '局长'],
      ['成员', '李某', null],
      ['成员', '赵某', null],
      ['成员', '孙某', null],
    ])
  })

  it('reads offices in the place of people', () => {
    expect(leadersOf('成立工作专班，由镇长任组长，分管副镇长任副组长，各站所、各村主要负责人为成员。')).toEqual([
      ['组长', null, '镇长'],
      ['副组长', null, '分管副镇长'],
      ['成员', null, '各站所、各村主要负责人'],
    ])
    expect(leadersOf('成立由分管副局长任组长、相关科室负责人为成员的工作专班。')).toEqual([
      ['组长', null, '分管副局长'],
      ['成员', null, '相关科室负责人'],
    ])
    expect(leadersOf('成立领导小组，局长周某任组长，副局长吴某任副组长。')).toEqual([
      ['组长', '周某', '局长'],
      ['副组长', '吴某', '副局长'],
    ])
  })

  it('reads where the office is, who directs it, and who does the daily work', () => {
    expect(
      leadersOf('领导小组下设办公室，办公室设在县应急管理局，办公室主任由郑某担任，由安全监管科负责日常工作。'),
    ).toEqual([
      ['办公室', null, '县应急管理局'],
      ['办公室主任', '郑某', null],
      ['负责日常工作', null, '安全监管科'],
    ])
    expect(leadersOf('由市安委办组建工作专班，统筹推进。')).toEqual([['工作专班', null, '市安委办']])
    expect(leadersOf('领导小组办公室设在安环部，安环部部长王某兼任办公室主任。')).toEqual([
      ['办公室', null, '安环部'],
      ['办公室主任', '王某', '安环部部长'],
    ])
  })

  it.each<[string[], [string, string | null, string | null][]]>([
    [
      [
        '成立领导小组：',
        '组 长：甲某 县长',
        '成 员：各部门主要负责人',
        '领导小组办公室设在安全科，由乙某兼任办公室主任。',
      ],
      [
        ['组长', '甲某', '县长'],
        ['成员', null, '各部门主要负责人'],
        ['办公室', null, '安全科'],
        ['办公室主任', '乙某', null],
      ],
    ],
    [
      ['成立指挥部，指挥长由副县长甲某担任，副指挥长由县应急局局长乙某担任。'],
      [
        ['指挥长', '甲某', '副县长'],
        ['副指挥长', '乙某', '县应急局局长'],
      ],
    ],
    [
      ['成立由甲某同志任组长，乙某、丙某同志任副组长的领导小组。'],
      [
        ['组长', '甲某', null],
        ['副组长', '乙某', null],
        ['副组长', '丙某', null],
      ],
    ],
    [
      ['成立领导小组，镇长甲某任组长，副镇长乙某、派出所所长丙某任副组长，各站所负责人为成员。'],
      [
        ['组长', '甲某', '镇长'],
        ['副组长', '乙某', '副镇长'],
        ['副组长', '丙某', '派出所所长'],
        ['成员', null, '各站所负责人'],
      ],
    ],
    [
      [
        '领导小组组成人员如下：',
        '组长：甲某（县委常委、副县长）',
        '副组长：乙某（县政府办副主任）、丙某（县应急局局长）',
        '成员：丁某（县公安局副局长）',
      ],
      [
        ['组长', '甲某', '县委常委、副县长'],
        ['副组长', '乙某', '县政府办副主任'],
        ['副组长', '丙某', '县应急局局长'],
        ['成员', '丁某', '县公安局副局长'],
      ],
    ],
    [
      ['领导小组组成如下：', '组长：镇长甲某', '副组长：副镇长乙某、人大副主席丙某'],
      [
        ['组长', '甲某', '镇长'],
        ['副组长', '乙某', '副镇长'],
        ['副组长', '丙某', '人大副主席'],
      ],
    ],
    [
      ['领导小组名单：', '组长 甲某 局长', '副组长 乙某 副局长', '丙某 总工程师'],
      [
        ['组长', '甲某', '局长'],
        ['副组长', '乙某', '副局长'],
        ['副组长', '丙某', '总工程师'],
      ],
    ],
    [
      ['领导小组下设办公室（设在安全环保部），办公室主任由乙某兼任，副主任由丙某担任。'],
      [
        ['办公室', null, '安全环保部'],
        ['办公室主任', '乙某', null],
        ['副主任', '丙某', null],
      ],
    ],
  ])('%j', (lines, leaders) => expect(leadersOf(...lines)).toEqual(leaders))

  it('is nobody where no body is set up', () => {
    expect(leadersOf('各单位主要负责人要亲自抓。')).toEqual([])
  })
})

describe('who answers for what', () => {
  const answersOf = (...lines: string[]) =>
    planWith(...lines).responsibilities.map(({ unit, role, sectors }) => [unit, role, sectors.join('/')])

  it('reads a list of units with their fields', () => {
    expect(
      answersOf(
        '（一）责任分工。县应急局牵头负责危险化学品、工贸安全，县住建局牵头负责房屋和市政工程以及燃气安全，其他部门各负其责。',
      ),
    ).toEqual([
      ['县应急局', 'lead', '危险化学品/工贸'],
      ['县住建局', 'lead', '房屋和市政工程/燃气'],
    ])
  })

  it('reads who leads and who supports', () => {
    expect(answersOf('（一）任务分工。道路交通安全，由县交警大队牵头，县交通局、县教育局配合。')).toEqual([
      ['县交警大队', 'lead', '道路交通'],
      ['县交通局', 'support', '道路交通'],
      ['县教育局', 'support', '道路交通'],
    ])
  })

  it('reads units that stand before a colon', () => {
    expect(answersOf('（一）职责分工', '1.派出所：负责烟花爆竹运输、燃放安全监管，查处非法运输。')).toEqual([
      ['派出所', 'lead', '烟花爆竹运输/燃放'],
    ])
  })

  it('is none in what somebody must do', () => {
    expect(answersOf('安全监管科负责日常工作。由综合执法队负责严查违规动火，加大力度。')).toEqual([])
  })
})

describe('whom to ask', () => {
  const contactsOf = (line: string) =>
    planWith(line).contacts.map(({ name, phone, mail, scope }) => [name, phone, mail, scope])

  it.each([
    [
      '联系人：张某、李某；联系电话：138****0001、138****0002；邮箱：aq@example.com。',
      [
        ['张某', '138****0001', 'aq@example.com', null],
        ['李某', '138****0002', 'aq@example.com', null],
      ],
    ],
    ['（联系人：王某，电话：0712-5551234）', [['王某', '0712-5551234', null, null]]],
    ['联系人及电话：赵某 6612345', [['赵某', '6612345', null, null]]],
    ['领导小组办公室电话：****001。', [[null, '****001', null, '领导小组办公室']]],
    ['联 系 人：周  某   联系电话：7788990', [['周某', '7788990', null, null]]],
    ['公布举报电话，畅通举报渠道。', []],
  ])('%s', (line, contacts) => expect(contactsOf(line)).toEqual(contacts))
})
