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
})
