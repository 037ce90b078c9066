import { describe, expect, it } from 'vitest'
import { planOf, planWith } from '../../test/builders.js'

type Told = readonly [actor: string | null, action: string, often: string | null, deadline?: string | null]

const often = (frequency: { times: number; per: string } | null, quota: { atLeast: number; unit: string } | null) =>
  [
    frequency === null ? null : `${frequency.times}/${frequency.per}`,
    quota === null ? null : `${quota.atLeast}${quota.unit}`,
  ]
    .filter((one) => one !== null)
    .join(' ') || null

const dutiesOf = (...paragraphs: string[]): Told[] =>
  planWith(...paragraphs).duties.map(({ actor, action, frequency, quota, deadline }): Told =>
    deadline === null ? [actor, action, often(frequency, quota)] : [actor, action, often(frequency, quota), deadline],
  )

describe('what is owed so often', () => {
  it.each<[string, ...Told[]]>([
    ['企业主要负责人每月至少召开1次安全生产例会。', ['企业主要负责人', '召开安全生产例会', '1/month']],
    ['各企业要每季度开展不少于两次有限空间应急演练。', ['各企业', '有限空间应急演练', '2/quarter']],
    ['各加油站至少每半年组织一次灭火疏散演练。', ['各加油站', '灭火疏散演练', '1/half-year']],
    ['县安委办每月通报一次整治进展。', ['县安委办', '通报整治进展', '1/month']],
    ['县安委办每季度通报整治进展情况。', ['县安委办', '通报整治进展情况', '1/quarter']],
    ['各镇党委政府主要负责同志每季度至少听取一次专题汇报。', ['各镇党委政府主要负责同志', '听取专题汇报', '1/quarter']],
    ['分管负责人每两个月至少带队检查1次。', ['分管负责人', '带队检查', '1/two-months']],
    ['专项整治期间，各村每周至少开展3次夜间巡查。', ['各村', '夜间巡查', '3/week']],
    ['企业要按月排查用电线路。', ['企业', '排查用电线路', '1/month']],
    ['各矿山企业应当至少组织开展1次全员警示教育。', ['各矿山企业', '全员警示教育', '1/campaign']],
    ['各学校要开展一次“安全第一课”活动。', ['各学校', '“安全第一课”活动', '1/campaign']],
    [
      '区消防救援大队要对辖区大型商业综合体每季度至少检查1次。',
      ['区消防救援大队', '辖区大型商业综合体检查', '1/quarter'],
    ],
  ])('%s', (sentence, ...told) => expect(dutiesOf(sentence)).toEqual(told))

  it('tells the rule from its exception in brackets', () => {
    const [rule, exception] = planWith('主要负责人每季度至少带队检查1次（涉氨制冷企业每月不少于1次）。').duties
    expect(rule).toMatchObject({ action: '带队检查', frequency: { times: 1, per: 'quarter' }, condition: null })
    expect(exception).toMatchObject({
      actor: '主要负责人',
      action: '带队检查',
      frequency: { times: 1, per: 'month' },
      condition: '涉氨制冷企业',
    })
  })

  it('takes an actor that is the narrowing for both', () => {
    expect(planWith('高危行业企业每半年至少组织1次综合演练。').duties).toMatchObject([
      { actor: '高危行业企业', condition: '高危行业企业', level: 'enterprise' },
    ])
  })

  it('divides what several do each in a rhythm of their own', () => {
    expect(dutiesOf('董事长每半年、总经理每季度、车间主任每周至少带队检查1次。')).toEqual([
      ['董事长', '带队检查', '1/half-year'],
      ['总经理', '带队检查', '1/quarter'],
      ['车间主任', '带队检查', '1/week'],
    ])
  })

  it('finds the one who acts behind the act, before the number', () => {
    expect(dutiesOf('原则上每季度查处违法行为各乡不少于2起。每季度上报典型经验，各局不少于2篇。')).toEqual([
      ['各乡', '查处违法行为', '1/quarter 2起'],
      ['各局', '上报典型经验', '1/quarter 2篇'],
    ])
  })

  it('goes on with the one who was named, over sentences and behind a semicolon with the first', () => {
    expect(
      dutiesOf(
        '1.强化培训。企业主要负责人要抓好教育培训。每年至少组织1次安全培训；人员密集场所经营单位每半年至少组织1次疏散演练；每月至少召开1次例会。',
      ),
    ).toEqual([
      ['企业主要负责人', '安全培训', '1/year'],
      ['人员密集场所经营单位', '疏散演练', '1/half-year'],
      ['企业主要负责人', '召开例会', '1/month'],
    ])
  })

  it('names nobody where the paragraph names nobody', () => {
    expect(dutiesOf('（一）企业主要负责人责任。', '1.吸取事故教训，组织开展1次警示教育。')).toEqual([
      [null, '警示教育', '1/campaign'],
    ])
  })

  it('gives the subject of a list to its fragments', () => {
    expect(dutiesOf('客运企业主要负责人要做到：', '（1）每月召开1次安全例会；', '（2）每年组织2次应急演练。')).toEqual([
      ['客运企业主要负责人', '召开安全例会', '1/month'],
      ['客运企业主要负责人', '应急演练', '2/year'],
    ])
  })
})

describe('what is owed in numbers', () => {
  it.each<[string, ...Told[]]>([
    ['各镇每月至少检查5家企业。', ['各镇', '检查企业', '1/month 5家']],
    ['各部门每季度至少公布1起典型执法案例。', ['各部门', '公布典型执法案例', '1/quarter 1起']],
    ['各社区张贴宣传海报不少于50张。', ['各社区', '张贴宣传海报', '50张']],
    [
      '东山镇明确1家双重预防示范企业和2家标准化示范企业。',
      ['东山镇', '明确双重预防示范企业', '1家'],
      ['东山镇', '明确标准化示范企业', '2家'],
    ],
  ])('%s', (sentence, ...told) => expect(dutiesOf(sentence)).toEqual(told))

  it('is no duty as a share, nor 定期, nor a slogan in quotation marks', () => {
    expect(dutiesOf('各镇抽查比例不低于20%。各部门要定期开展检查。企业要做好“十个一次”工作。')).toEqual([])
  })
})

describe('what is owed by a date', () => {
  it.each<[string, ...Told[]]>([
    ['各镇要于4月15日前制定工作方案。', ['各镇', '制定工作方案', null, '2024-04-15']],
    [
      '4月20日前，各镇各有关部门制定印发实施方案，明确重点检查事项；4月底前，召开部署会议。',
      ['各镇各有关部门', '制定印发实施方案', null, '2024-04-20'],
      ['各镇各有关部门', '明确重点检查事项', null, '2024-04-20'],
      ['各镇各有关部门', '召开部署会议', null, '2024-04-30'],
    ],
    ['纺织、造纸等行业领域要在今年7月底前完成摸底排查。', ['纺织、造纸等行业领域', '摸底排查', null, '2024-07-31']],
    ['组织开展好6月份“安全生产月”主题活动。', [null, '“安全生产月”主题活动', null, '2024-06-30']],
    ['各企业要在2024年6月底前至少开展1次全员培训。', ['各企业', '全员培训', '1/campaign', '2024-06-30']],
  ])('%s', (sentence, ...told) => expect(dutiesOf(sentence)).toEqual(told))

  it('is none in what was before, in goals, or where something only begins', () => {
    expect(dutiesOf('各企业对去年12月检查发现的隐患要及时整改。各镇自5月1日起严格执行新标准。')).toEqual([])
    const goal = planOf({ body: '一、工作目标\n到2024年12月底前，实现重大隐患动态清零。' })
    expect(goal.duties).toEqual([])
  })

  it('is none in the words that say when a phase is', () => {
    const plan = planOf({
      body: '一、实施步骤\n（一）动员部署（2024年3月底前）。各镇制定方案。\n（二）排查整治（4月至10月）。5月10日前，各企业完成首轮自查。',
    })
    expect(plan.duties.map(({ action, deadline }) => [action, deadline])).toEqual([['首轮自查', '2024-05-10']])
  })
})

describe('the level of a duty', () => {
  it.each([
    ['各村每周巡查1次。', 'government'],
    ['县安委办每月调度1次。', 'government'],
    ['各镇各有关部门每月检查1次。', 'government'],
    ['管委会安全环保部每月检查1次。', 'department'],
    ['各县（市、区）应急管理局每月检查1次。', 'department'],
    ['园区各企业每月检查1次。', 'enterprise'],
    ['各学校每月检查1次。', 'enterprise'],
    ['各校每月检查1次。', 'enterprise'],
    ['加气站每月检查1次。', 'enterprise'],
    ['各矿山单位每月检查1次。', 'enterprise'],
    ['领导小组办公室每月调度1次。', 'government'],
    ['街道应急站每周通报1次。', 'government'],
  ])('%s', (sentence, level) => expect(planWith(sentence).duties.map((duty) => duty.level)).toEqual([level]))

  it('is that of the heading when the words do not tell', () => {
    expect(planWith('（一）压实企业主体责任', '1.每月检查1次安全设施。').duties[0]?.level).toBe('enterprise')
    expect(planWith('（一）强化部门监管责任', '1.主要负责人每月检查1次。').duties[0]?.level).toBe('department')
  })
})

describe('who acts, and whom it is narrowed to', () => {
  it.each([
    ['每个班组每月上报隐患不少于2条。', '每个班组'],
    ['总工程师每月检查1次。', '总工程师'],
    ['经营单位5月30日前更换老化电缆。', '经营单位'],
    ['农机合作社每季度组织1次安全学习。', '农机合作社'],
  ])('%s', (sentence, actor) => expect(planWith(sentence).duties.map((duty) => duty.actor)).toEqual([actor]))

  it('is narrowed by no word that its own heading is about', () => {
    const [own] = planWith('（一）重大危险源整治', '1.重大危险源企业每月检查1次。').duties
    const [other] = planWith('（一）企业自查', '1.重大危险源企业每月检查1次。').duties
    expect([own?.condition, other?.condition]).toEqual([null, '重大危险源企业'])
  })

  it('keeps where somebody goes when that alone tells the check from another', () => {
    expect(planWith('县领导每季度到联系企业检查1次。').duties[0]?.action).toBe('到联系企业检查')
  })
})
