import { describe, expect, it } from 'vitest'
import { planOf, planWith } from '../../test/builders.js'
import { LABEL_RULES, labelOf } from './contact-words.js'

const contactsIn = (...lines: string[]) =>
  planWith(...lines).contacts.map(({ name, phone, mail, scope }) => [name, phone, mail, scope])

describe('whom to ask', () => {
  it.each(LABEL_RULES.map(({ example, kind }) => [example, kind] as const))('%s announces a %s', (example, kind) =>
    expect(labelOf(example)).toBe(kind),
  )

  it.each([
    [
      '（联系人：王某，联系电话：0712-5551234；电子邮箱：aw@example.com）',
      [['王某', '0712-5551234', 'aw@example.com', null]],
    ],
    ['联系人：县应急局 张某，办公电话：0712-5551234。', [['张某', '0712-5551234', null, '县应急局']]],
    ['联系人：县应急局王小明，0712-5551234。', [['王小明', '0712-5551234', null, '县应急局']]],
    [
      '县安委办联系人：张某、李某；电话：5551234。',
      [
        ['张某', '5551234', null, '县安委办'],
        ['李某', '5551234', null, '县安委办'],
      ],
    ],
    [
      '联系人：张某（综合），电话5551234；李某（数据），电话5551235。',
      [
        ['张某', '5551234', null, '综合'],
        ['李某', '5551235', null, '数据'],
      ],
    ],
    [
      '联系人：张某 13812340001 李某 13812340002',
      [
        ['张某', '13812340001', null, null],
        ['李某', '13812340002', null, null],
      ],
    ],
    [
      '联系人：张某（13812340001）、李某（13812340002）。',
      [
        ['张某', '13812340001', null, null],
        ['李某', '13812340002', null, null],
      ],
    ],
    ['联系人：张某同志，手机号码：138****0001。', [['张某', '138****0001', null, null]]],
    ['联系人：王科长，联系方式：138****0001。', [['王科长', '138****0001', null, null]]],
    ['联系电话：0712-5551234，联系人：张某。', [['张某', '0712-5551234', null, null]]],
    ['监管一科电话：0712-5551234，传真：0712-5551235。', [[null, '0712-5551234', null, '监管一科']]],
    ['值班电话：5551234。举报电话：12350。', [[null, '5551234', null, null]]],
    ['有疑问请与县安委办联系，联系电话：（0712）5551234。', [[null, '（0712）5551234', null, '县安委办']]],
    [
      '执行中的问题，请及时向市局危化处反馈。联系人：孙某，电话：0712－5551234转806。',
      [['孙某', '0712－5551234转806', null, null]],
    ],
    ['各单位明确一名联络员，并于3月20日前报县安委办。', []],
    ['各镇要公布举报电话和邮箱，有奖举报电话：12350。', []],
    ['填报人： 联系电话：', []],
  ])('%s', (line, contacts) => expect(contactsIn(line)).toEqual(contacts))

  it('reads people on lines of their own below the label', () => {
    expect(
      contactsIn('联系人及电话：', '综合科 张某 0712-5551234', '危化科 李某 0712-5551235', '电子邮箱：aw@example.com'),
    ).toEqual([
      ['张某', '0712-5551234', 'aw@example.com', '综合科'],
      ['李某', '0712-5551235', 'aw@example.com', '危化科'],
    ])
    expect(contactsIn('联系人：张某', '联系电话：0712-5551234', '邮箱：aw@example.com')).toEqual([
      ['张某', '0712-5551234', 'aw@example.com', null],
    ])
  })

  it('reads a table of those who answer, and none that is to be filled in', () => {
    const tabled = (...rows: string[]) => planOf({ body: `一、联系方式\n${rows.join('\n')}` }).contacts
    expect(
      tabled('序号\t单位\t联系人\t联系电话', '1\t县应急局\t张某\t5551234', '2\t县住建局\t李某\t5551235').map(
        ({ name, phone, scope }) => [name, phone, scope],
      ),
    ).toEqual([
      ['张某', '5551234', '县应急局'],
      ['李某', '5551235', '县住建局'],
    ])
    expect(tabled('序号\t单位\t联系人\t联系电话', '1\t\t\t', '2\t\t\t')).toEqual([])
  })
})
