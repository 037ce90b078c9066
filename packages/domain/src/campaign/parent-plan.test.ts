import { expect, it } from 'vitest'
import { parentNamed } from './parent-plan.js'

const district = { name: '青榆区重大事故隐患专项排查整治行动', title: '青榆区重大事故隐患专项排查整治行动工作方案' }
const autumn = { name: '青榆区秋季消防检查', title: '关于开展青榆区秋季消防检查的通知' }

it('finds the campaign whose notice a plan names, however the title is put', () => {
  const all = [district, autumn]
  expect(parentNamed('《关于印发〈青榆区重大事故隐患专项排查整治行动工作方案〉的通知》', all)).toBe(district)
  expect(parentNamed('青榆区重大事故隐患专项排查整治行动实施方案', all)).toBe(district)
  expect(parentNamed('青榆区秋季消防检查', all)).toBe(autumn)
})

it('takes none where nobody is named so, or two are', () => {
  expect(parentNamed('某市重大事故隐患专项排查整治行动方案', [district])).toBeNull()
  expect(parentNamed('工作方案', [{ name: '方案', title: '工作方案' }])).toBeNull()
  expect(parentNamed(district.title, [district, { ...district }])).toBeNull()
  expect(parentNamed(null, [district])).toBeNull()
})
