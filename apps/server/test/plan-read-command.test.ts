/** `bihuan plan read`: from a notice in a file to its Plan, with no database and no data folder. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import * as contracts from '@bihuan/contracts'
import { runCli, type CommandOutcome } from './run-command.js'

const notice = `青榆区安全生产委员会办公室关于印发《青榆区冬春火灾防控行动方案》的通知

各镇人民政府：
现将《青榆区冬春火灾防控行动方案》印发给你们，请认真贯彻落实。

青榆区安全生产委员会办公室
2024年5月6日

青榆区冬春火灾防控行动方案
一、总体要求
（一）工作目标。坚决防范遏制重特大火灾事故。
二、时间安排
（一）动员部署（2024年5月31日前）。各镇制定实施方案。
（二）集中整治（2024年6月至2024年9月）。各镇对排查发现的隐患限期整改。
三、工作要求
（一）强化信息报送。各镇每月25日前向区安委办报送工作进展情况。
`

let folder: string

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'bihuan-plan-read-'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

async function read(name: string, content: string | Uint8Array, ...options: string[]): Promise<CommandOutcome> {
  const file = join(folder, name)
  await writeFile(file, content)
  return runCli(['plan', 'read', file, ...options], { BIHUAN_DATA: join(folder, 'none') })
}

describe('bihuan plan read', () => {
  it('gives the Plan as JSON that fits the contract, and nothing on standard error when nothing contradicts', async () => {
    const { code, out, err } = await read('通知.txt', notice)
    expect([code, err]).toEqual([0, ''])
    const plan = contracts.plan.parse(JSON.parse(out))
    expect(plan).toMatchObject({ title: '青榆区冬春火灾防控行动方案', issuedOn: '2024-05-06' })
    expect(plan.phases).toHaveLength(2)
  })

  it('gives a page for people with --report', async () => {
    const { code, out } = await read('通知.txt', notice, '--report')
    expect(code).toBe(0)
    expect(out).toContain('青榆区冬春火灾防控行动方案\n')
    expect(out).toContain('【阶段】2 项')
  })

  it('names what contradicts itself on standard error, and exits 1', async () => {
    const wrong = notice.replace('（2024年5月31日前）', '（2022年5月31日前）')
    const { code, out, err } = await read('通知.txt', wrong)
    expect(code).toBe(1)
    expect(contracts.plan.parse(JSON.parse(out)).warnings.length).toBeGreaterThan(0)
    expect(err).toMatch(/^(年份不对|早于印发日期)：/)
  })

  it.each([
    ['a file of another kind', '通知.docx', '不是 Word', '扩展名是 .docx'],
    ['a file that is not whole', '通知.pdf', '%PDF-1.7\n1 0 obj', '不完整'],
    ['an empty file', '通知.txt', '', '空的'],
  ])('refuses %s with the reason, and exits 2', async (_, name, content, reason) => {
    const { code, out, err } = await read(name, content)
    expect([code, out]).toEqual([2, ''])
    expect(err).toContain(reason)
  })

  it('refuses a file that is not there', async () => {
    const { code, err } = await runCli(['plan', 'read', join(folder, '没有.txt')])
    expect([code, err]).toEqual([2, expect.stringContaining('没有这个文件')])
  })
})
