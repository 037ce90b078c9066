import { describe, expect, it } from 'vitest'
import { flattened, noticeText } from '../../test/builders.js'
import { readPlan } from '../read-plan.js'
import { documentOfText } from '../text-document.js'

describe('lines of plain text', () => {
  it('are read whether or not the intake made paragraphs of those without words', () => {
    const tasks = flattened([
      ['序号', '重点任务', '工作要求', '责任单位', '完成时限'],
      ['1', { text: '一、排查', rows: 2 }, '建立台账。', '各镇', '2024年5月底前'],
      ['2', '每月检查1次。', '县应急局', '每月'],
    ])
    const document = documentOfText(`${noticeText()}\n附件1\n任务清单\n${tasks}`)
    const words = document.blocks.filter(({ start, end }) => document.text.slice(start, end).trim() !== '')
    expect(words.length).toBeLessThan(document.blocks.length)
    const annexOf = (blocks: typeof document.blocks) => readPlan({ ...document, blocks }).annexes[0]
    expect(annexOf(words)).toEqual(annexOf(document.blocks))
    expect(annexOf(words)).toMatchObject({ kind: 'task-list', tasks: [{ task: '一、排查' }, { task: '一、排查' }] })
  })

  it('of a short notice whose longest are headings are none that a program broke', () => {
    const body = [
      '专项行动自2024年3月1日开始，至2024年12月31日结束。',
      '（一）动员部署（2024年3月1日至2024年3月31日）',
      '（二）自查自改（2024年4月1日至2024年8月31日）',
      '（三）精准执法（2024年9月1日至2024年10月31日）',
      '（四）总结提高（2024年11月1日至2024年12月31日）',
      '二、工作任务',
      '各镇对照工作任务清单（附件）抓好落实。',
      '三、组织领导',
      '办公室设在青石县应急管理局，负责日常工作。',
    ].join('\n')
    const opening = '为防范化解重大风险，制定本方案。\n一、时间安排'
    const text = noticeText({ opening, body, title: '青石县排查整治方案', annexes: '附件：青石县排查整治工作任务清单' })
    const names = readPlan(documentOfText(text)).phases.map(({ name }) => name)
    expect(names).toEqual(['动员部署', '自查自改', '精准执法', '总结提高'])
  })
})
