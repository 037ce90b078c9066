import { describe, expect, it } from 'vitest'
import { documentOfText } from '../text-document.js'
import { readPlan } from '../read-plan.js'
import { noticeText, planOf } from '../../test/builders.js'

describe('who issues what, and when', () => {
  it('reads a notice that issues a plan', () => {
    expect(planOf()).toMatchObject({
      title: '青石县重大事故隐患排查整治工作方案',
      issuer: '青石县安全生产委员会',
      docNo: '青安委〔2024〕9号',
      issuedOn: '2024-03-11',
      recipients: ['各乡镇人民政府', '县安委会各成员单位'],
    })
  })

  it.each([
    ['青安委﹝2024﹞9号', '青安委〔2024〕9号'],
    ['青安委[2024] 9 号', '青安委〔2024〕9号'],
    ['青安委（２０２４）第９号', '青安委〔2024〕第９号'],
    ['青 安 委 〔 2024 〕 9 号', '青安委〔2024〕9号'],
  ])('reads the number %s', (docNo, read) => expect(planOf({ docNo }).docNo).toBe(read))

  it.each([
    ['2024年3月11日', '2024-03-11'],
    ['二〇二四年三月十一日', '2024-03-11'],
    ['2024 年 3 月 11 日', '2024-03-11'],
    ['2024.3.11', '2024-03-11'],
  ])('reads the date %s', (issuedOn, read) => expect(planOf({ issuedOn }).issuedOn).toBe(read))

  it.each([
    ['各部、办、中心，园区各企业：', ['各部、办、中心', '园区各企业']],
    ['各镇人民政府、各街道办事处，区直各部门：', ['各镇人民政府', '各街道办事处', '区直各部门']],
    ['各县（市、区）安委会，市安委会各成员单位：', ['各县（市、区）安委会', '市安委会各成员单位']],
    ['县应急局、县公安局、县住建局：', ['县应急局', '县公安局', '县住建局']],
    ['各分（子）公司、各项目部，机关各部室:', ['各分（子）公司', '各项目部', '机关各部室']],
  ])('reads the addressees %s', (recipients, read) => expect(planOf({ recipients }).recipients).toEqual(read))

  it('joins the lines of a title, and finds the plan behind them', () => {
    const title = '青石县重大事故隐患排查整治工作方案'
    const broken = noticeText().replace(`\n${title}\n`, '\n青石县重大事故隐患\n排查整治工作方案\n')
    expect(readPlan(documentOfText(broken)).title).toBe(title)
  })

  it('takes several that sign together, and the heading where nobody signs', () => {
    const joint = noticeText().replace(
      '                    青石县安全生产委员会\n',
      '                    青石县应急管理局\n                    青石县公安局\n',
    )
    expect(readPlan(documentOfText(joint)).issuer).toBe('青石县应急管理局、青石县公安局')
    const unsigned = noticeText().replace('                    青石县安全生产委员会\n', '')
    expect(readPlan(documentOfText(unsigned)).issuer).toBe('青石县安全生产委员会')
  })

  it('reads a notice that is the plan itself', () => {
    const plan = readPlan(
      documentOfText(
        '白河市应急管理局关于开展粉尘涉爆企业专项整治的通知\n各区应急管理局：\n经研究，决定于2024年4月至6月开展粉尘涉爆企业专项整治。\n一、整治内容\n企业每月至少检查1次除尘系统。\n白河市应急管理局\n2024年3月28日\n',
      ),
    )
    expect(plan).toMatchObject({
      title: '白河市应急管理局关于开展粉尘涉爆企业专项整治的通知',
      issuer: '白河市应急管理局',
      issuedOn: '2024-03-28',
      campaign: { name: '粉尘涉爆企业专项整治', startsOn: '2024-04-01', endsOn: '2024-06-30' },
      phases: [],
      reports: [],
    })
    expect(plan.duties).toHaveLength(1)
  })

  it('reads the plan that is the first annex of its notice', () => {
    const plan = readPlan(
      documentOfText(
        '关于印发《柳河镇消防安全整治方案》的通知\n各村：\n现将《柳河镇消防安全整治方案》印发给你们。\n附件：柳河镇消防安全整治方案\n柳河镇人民政府\n2024年5月6日\n附件\n柳河镇消防安全整治方案\n根据《柳河县消防安全整治方案》，制定本方案。\n一、组织领导\n各村要加强领导。\n二、时间安排\n（一）动员部署（5月底前）。\n（二）集中整治（6月至10月）。\n三、工作要求\n各村每月至少检查1次。\n',
      ),
    )
    expect(plan).toMatchObject({ title: '柳河镇消防安全整治方案', issuedOn: '2024-05-06', annexes: [] })
    expect(plan.phases).toHaveLength(2)
    expect(plan.duties).toHaveLength(1)
  })
})

describe('what is carried out', () => {
  it.each([
    ['决定从即日起在全县范围内开展矿山安全专项整治行动（以下简称“专项整治”），制定本方案。', '矿山安全专项整治行动'],
    ['现就开展为期6个月的燃气安全排查整治（以下简称排查整治）制定如下方案。', '燃气安全排查整治'],
    ['为扎实做好我镇夏季消防检查工作，现制定本方案。', '夏季消防检查工作'],
    ['县委、县政府决定在全县开展安全生产大检查，特制定本方案。', '安全生产大检查'],
    ['为加强安全生产，制定本方案。', '青石县重大事故隐患排查整治'],
  ])('%s', (opening, name) => expect(planOf({ opening }).campaign.name).toBe(name))

  it.each([
    ['决定自即日起至2024年12月底，在全县开展专项整治。', '2024-03-11', '2024-12-31'],
    ['决定自2024年4月至9月，在全县开展专项整治。', '2024-04-01', '2024-09-30'],
    ['决定即日起在全县开展专项整治。', '2024-03-11', null],
    ['为加强安全生产，制定本方案。', null, null],
  ])('%s', (opening, startsOn, endsOn) => expect(planOf({ opening }).campaign).toMatchObject({ startsOn, endsOn }))

  it('takes from the phases what it does not state', () => {
    const body =
      '一、时间安排\n（一）动员部署（2024年3月）。\n（二）全面整治（4月至10月）。\n（三）总结提升（11月1日至11月20日）。'
    expect(planOf({ body }).campaign).toMatchObject({ startsOn: '2024-03-01', endsOn: '2024-11-20' })
  })
})

describe('what it is made under', () => {
  const opening =
    '根据《中华人民共和国安全生产法》、省安委会《关于印发〈青原省重大事故隐患排查整治方案〉的通知》（青安〔2024〕1号）和《河阳市重大事故隐患排查整治方案》，制定本方案。'

  it('names the titles in their order, without the plan itself', () => {
    expect(planOf({ opening }).basis).toEqual([
      '中华人民共和国安全生产法',
      '关于印发〈青原省重大事故隐患排查整治方案〉的通知',
      '河阳市重大事故隐患排查整治方案',
    ])
  })

  it('takes the last plan of the same campaign for the one above', () => {
    expect(planOf({ opening }).parentPlan).toBe('河阳市重大事故隐患排查整治方案')
    expect(planOf({ opening: '根据《安全生产法》《青石县财政资金管理办法》，制定本方案。' }).parentPlan).toBeNull()
  })
})

describe('fields and standards', () => {
  it('names the fields of the focus, as written, without those that are only looked at besides', () => {
    const body =
      '一、总体要求\n（一）思路。突出危险化学品、矿山、交通运输（含水上）、房屋和市政工程以及特种设备等重点行业领域，兼顾电动自行车等新业态。'
    expect(planOf({ body }).sectors).toEqual(['危险化学品', '矿山', '交通运输（含水上）', '房屋和市政工程', '特种设备'])
    expect(planOf({ body: '一、总体要求\n坚持人民至上，统筹发展和安全。' }).sectors).toEqual([])
  })

  it('names each standard once', () => {
    const body =
      '一、任务\n对照《工贸企业重大事故隐患判定标准》《重大火灾隐患判定方法》排查，严格执行《工贸企业重大事故隐患判定标准》和《青石县举报奖励办法》。'
    expect(planOf({ body }).criteria).toEqual(['工贸企业重大事故隐患判定标准', '重大火灾隐患判定方法'])
  })
})
