import { expect, it } from 'vitest'
import { readNoticeInThread } from './notice-thread.js'

const text = (words: string, name = '通知.txt') => ({ bytes: new TextEncoder().encode(words), name })

/** Rows of a table without end: many megabytes of memory out of few of text. */
const heavy = text(`<table>${'<tr><td>甲<td>乙<td>丙'.repeat(110_000)}`, '通知.html')

it('a notice is read in a thread as it is read here', async () => {
  const notice = await readNoticeInThread(text('各镇：\n请认真落实。'))
  expect(notice).toMatchObject({ form: 'text', text: '各镇：\n请认真落实。\n' })
  expect(notice.blocks).toHaveLength(2)
})

it('what the file is refused for comes back as a refusal of the request', async () => {
  const refused = readNoticeInThread(text('不是 Word', '通知.docx'))
  await expect(refused).rejects.toMatchObject({ refusal: { code: 'upload.type-mismatch' } })
  await expect(refused).rejects.toMatchObject({ refusal: { message: expect.stringContaining('请') as string } })
})

it('one that takes all memory of the thread is refused, and the server goes on', async () => {
  await expect(readNoticeInThread(heavy, { heapMb: 96 })).rejects.toMatchObject({
    refusal: { code: 'upload.too-heavy' },
  })
})

it('one that takes longer than anybody waits is refused', async () => {
  await expect(readNoticeInThread(text('各镇：'), { silenceMs: 1 })).rejects.toMatchObject({
    refusal: { code: 'upload.too-heavy' },
  })
})
