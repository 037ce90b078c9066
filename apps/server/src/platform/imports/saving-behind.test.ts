import { describe, expect, it } from 'vitest'
import { savingBehind } from './saving-behind.js'

const soon = () => new Promise<void>((resolve) => setTimeout(resolve, 5))

describe('saving behind', () => {
  it('makes the next ready while one is saved, and saves in order, one at a time', async () => {
    const said: string[] = []
    await savingBehind(async (begin) => {
      for (const name of ['a', 'b', 'c']) {
        said.push(`ready ${name}`)
        await begin(async () => {
          said.push(`begin ${name}`)
          await soon()
          said.push(`saved ${name}`)
        })
      }
    })
    expect(said).toEqual([
      ...['ready a', 'begin a', 'ready b', 'saved a'],
      ...['begin b', 'ready c', 'saved b', 'begin c', 'saved c'],
    ])
  })

  it('tells of a save that failed, and begins no other', async () => {
    const begun: number[] = []
    const failing = savingBehind(async (begin) => {
      for (const number of [1, 2, 3]) {
        await begin(async () => {
          begun.push(number)
          await soon()
          if (number === 2) throw new Error('disk full')
        })
      }
    })
    await expect(failing).rejects.toThrow('disk full')
    expect(begun).toEqual([1, 2])
  })

  it('tells of the last save', async () => {
    const failing = savingBehind((begin) => begin(() => Promise.reject(new Error('the last one'))))
    await expect(failing).rejects.toThrow('the last one')
  })

  it('waits for the save that runs when what is made ready fails', async () => {
    let saved = false
    const failing = savingBehind(async (begin) => {
      await begin(async () => {
        await soon()
        saved = true
      })
      throw new Error('unreadable')
    })
    await expect(failing).rejects.toThrow('unreadable')
    expect(saved).toBe(true)
  })
})
