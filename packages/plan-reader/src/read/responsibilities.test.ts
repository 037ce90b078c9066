import { describe, expect, it } from 'vitest'
import { planOf } from '../../test/builders.js'

const answersIn = (...lines: string[]) =>
  planOf({ body: ['一、责任分工', ...lines].join('\n') }).responsibilities.map(
    ({ unit, role, sectors }) => `${unit} ${role} ${sectors.join('/')}`,
  )

describe('who answers for which fields', () => {
  it.each([
    [
      '县公安局配合做好瓶装气道路运输安全；县消防救援大队参与餐饮场所用气安全。',
      ['县公安局 support 瓶装气道路运输', '县消防救援大队 support 餐饮场所用气'],
    ],
    [
      '县住建局牵头负责建筑施工、城镇燃气以及自建房安全，其他部门各负其责。',
      ['县住建局 lead 建筑施工/城镇燃气/自建房'],
    ],
    [
      '由县交通局牵头，县公安局、县农业农村局配合，负责道路运输、渔业船舶安全。',
      [
        '县交通局 lead 道路运输/渔业船舶',
        '县公安局 support 道路运输/渔业船舶',
        '县农业农村局 support 道路运输/渔业船舶',
      ],
    ],
    [
      '校园安全由县教育局牵头负责，县公安局、县市场监管局配合。',
      ['县教育局 lead 校园', '县公安局 support 校园', '县市场监管局 support 校园'],
    ],
    ['1.县住建局：负责建筑施工、城镇燃气安全。', ['县住建局 lead 建筑施工/城镇燃气']],
    ['县应急局负责危险化学品、烟花爆竹、工贸等行业领域安全监管工作。', ['县应急局 lead 危险化学品/烟花爆竹/工贸']],
    [
      '（一）危险化学品领域（牵头单位：县应急局；配合单位：县公安局、县交通局）',
      ['县应急局 lead 危险化学品', '县公安局 support 危险化学品', '县交通局 support 危险化学品'],
    ],
    ['县消防救援大队牵头负责人员密集场所消防安全。', ['县消防救援大队 lead 人员密集场所消防']],
    ['安全生产科负责日常工作，负责汇总上报。', []],
  ])('%s', (line, answers) => expect(answersIn(line)).toEqual(answers))

  it('reads a table', () => {
    expect(
      answersIn(
        '序号\t行业领域\t牵头单位\t配合单位',
        '1\t工贸\t县经信局\t县应急局、县消防大队',
        '2\t校园\t县教育局\t县公安局',
      ),
    ).toEqual([
      '县经信局 lead 工贸',
      '县应急局 support 工贸',
      '县消防大队 support 工贸',
      '县教育局 lead 校园',
      '县公安局 support 校园',
    ])
  })
})
