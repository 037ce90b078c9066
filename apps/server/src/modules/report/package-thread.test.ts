import { expect, it } from 'vitest'
import type { TablePackage } from '@bihuan/contracts'
import { signingKeyOf } from '../../platform/signing.js'
import { signedText } from './package-form.js'
import { readPackageAside } from './package-thread.js'

const key = signingKeyOf(Buffer.from('a secret'), 'a tenant')

function packageOf(rows: number): Buffer {
  const blank: TablePackage = {
    schema: 'bihuan.return-package',
    version: 1,
    issuedAt: '2023-06-12T01:00:00.000Z',
    sender: { tenant: '青榆区', unit: '柳荫街道', publicKey: key.publicKey },
    return: {
      table: '进展情况调度表',
      title: '进展情况调度表',
      periodKey: '2023-06',
      periodTitle: '2023年6月',
      sector: '',
      cutOff: '2023-06-16',
      countedTo: '2023-06-16',
      dueOn: '2023-06-16',
      round: 1,
      nil: false,
      submittedAt: '2023-06-12T01:00:00.000Z',
      contentHash: 'f'.repeat(64),
      signatures: [],
      figures: [],
    },
    ledger: Array.from({ length: rows }, (_, n) => ({
      code: `YH${n}`,
      subjectName: '青榆市场',
      description: '疏散通道堆放杂物',
      state: 'rectifying',
      foundOn: '2023-06-10',
    })),
    signature: { algorithm: 'ed25519', value: '' },
  }
  const value = key.sign(signedText(blank))
  return Buffer.from(JSON.stringify({ ...blank, signature: { algorithm: 'ed25519', value } }))
}

it('a package is read in a thread as it is read here', async () => {
  const bytes = packageOf(3)
  const here = await readPackageAside(bytes)
  expect(here).toMatchObject({ ok: true, value: { isSigned: true, content: { return: { periodKey: '2023-06' } } } })
  expect(await readPackageAside(bytes, { hereBytes: 0 })).toEqual(here)
})

it('what is no package is refused with what is wrong, from a thread too', async () => {
  const strange = Buffer.from(JSON.stringify({ schema: 'bihuan.return-package', version: 1 }))
  const refused = await readPackageAside(strange, { hereBytes: 0 })
  expect(refused).toMatchObject({ ok: false, refusal: { code: 'request.invalid' } })
  expect(refused.ok ? [] : refused.refusal.places?.map(({ path }) => path)).toContain('return')
  expect(await readPackageAside(Buffer.from('{'))).toMatchObject({ refusal: { code: 'request.invalid' } })
  const halved = Buffer.from('{"schema":"\\ud800"}')
  expect(await readPackageAside(halved)).toMatchObject({
    refusal: { message: expect.stringContaining('不能保存') as string },
  })
})

it('one that takes all memory of the thread is refused, and the next one is read', async () => {
  const heavy = Buffer.from(`[${'[],'.repeat(2_000_000)}[]]`)
  expect(await readPackageAside(heavy, { heapMb: 48 })).toMatchObject({ refusal: { code: 'package.too-large' } })
  expect(await readPackageAside(packageOf(1), { hereBytes: 0 })).toMatchObject({ ok: true })
})

it('one that takes longer than its sender waits is to be sent again', async () => {
  const slow = await readPackageAside(packageOf(1), { hereBytes: 0, wholeMs: 1 })
  expect(slow).toMatchObject({ refusal: { code: 'package.unavailable' } })
})
