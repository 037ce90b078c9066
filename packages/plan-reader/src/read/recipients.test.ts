import { describe, expect, it } from 'vitest'
import { readPlan } from '../read-plan.js'
import { documentOfText } from '../text-document.js'
import { planOf } from '../../test/builders.js'

describe('those who are addressed', () => {
  it.each([
    ['各镇人民政府、街道办事处，县安委会各成员单位：', ['各镇人民政府、街道办事处', '县安委会各成员单位']],
    ['各街道办事处、青石镇人民政府，县应急局：', ['各街道办事处', '青石镇人民政府', '县应急局']],
    ['局机关各科室、直属单位：', ['局机关各科室、直属单位']],
    ['园区各企业、管委会各部门、东岭派出所：', ['园区各企业', '管委会各部门', '东岭派出所']],
    ['各部、办、中心：', ['各部、办、中心']],
    ['各区卫生健康局、民政局，市属各医院：', ['各区卫生健康局、民政局', '市属各医院']],
    ['各农家乐、民宿、养殖合作社：', ['各农家乐、民宿、养殖合作社']],
    ['各镇人民政府、教育局、县直各单位：', ['各镇人民政府', '教育局', '县直各单位']],
  ])('%s', (recipients, units) => expect(planOf({ recipients }).recipients).toEqual(units))
})

describe('a letter', () => {
  const letter = `青石景区管理委员会办公室文件
青景函〔2024〕3号
关于集中开展客运索道安全
“体检”工作的函
景区各经营单位、东岭派出所：
管委会决定即日起在景区范围内集中开展客运索道安全“体检”。现将要求函告如下。
一、工作要求
（一）索道站每月检查1次。
青石景区管理委员会办公室
2024年4月14日`

  it('has its title over two lines, and carries out what stands in quotation marks', () => {
    const plan = readPlan(documentOfText(letter))
    expect(plan).toMatchObject({
      title: '关于集中开展客运索道安全“体检”工作的函',
      issuer: '青石景区管理委员会办公室',
      issuedOn: '2024-04-14',
      recipients: ['景区各经营单位', '东岭派出所'],
      campaign: { name: '客运索道安全“体检”', startsOn: '2024-04-14', endsOn: null },
    })
  })
})
