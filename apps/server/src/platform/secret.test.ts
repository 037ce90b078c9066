import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { randomBytes } from 'node:crypto'
import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { decrypt, encrypt, readSecret } from './secret.js'
import { readSettings } from './settings.js'

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'bihuan-secret-'))
})
afterEach(() => rm(folder, { recursive: true }))

describe('the secret', () => {
  it('is made once, for the owner’s eyes, and is the same after every start', async () => {
    const settings = readSettings({ BIHUAN_DATA: join(folder, 'new', 'data') })
    const first = await readSecret(settings)
    expect(first).toHaveLength(32)
    expect(await readSecret(settings)).toEqual(first)
    expect((await stat(join(settings.dataFolder, 'secret'))).mode & 0o777).toBe(0o600)
  })

  it('is one for twenty servers that start at once, and nothing else stays behind', async () => {
    const settings = readSettings({ BIHUAN_DATA: folder })
    const secrets = await Promise.all(Array.from({ length: 20 }, () => readSecret(settings)))
    expect(new Set(secrets.map((secret) => secret.toString('hex'))).size).toBe(1)
    expect(await readdir(folder)).toEqual(['secret'])
  })

  it('comes from the setting when there is one, and then no file is made', async () => {
    const of = (secret: string) => readSecret(readSettings({ BIHUAN_DATA: folder, BIHUAN_SECRET: secret }))
    expect(await of('one')).toEqual(await of('one'))
    expect(await of('one')).not.toEqual(await of('two'))
    expect(await readdir(folder)).toEqual([])
  })

  it.each(['', 'abc\n'])('that was cut off is refused, not used: %j', async (cut) => {
    await writeFile(join(folder, 'secret'), cut)
    await expect(readSecret(readSettings({ BIHUAN_DATA: folder }))).rejects.toThrow(/secret.*BIHUAN_SECRET/)
    expect(await readFile(join(folder, 'secret'), 'utf8')).toBe(cut)
  })
})

describe('what is encrypted', () => {
  const secret = randomBytes(32)

  it('is read back with the same secret', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        expect(decrypt(secret, encrypt(secret, text))).toBe(text)
      }),
    )
  })

  it('looks different every time, and holds nothing of the text', () => {
    expect(encrypt(secret, 'JBSWY3DPEHPK3PXP')).not.toBe(encrypt(secret, 'JBSWY3DPEHPK3PXP'))
    expect(Buffer.from(encrypt(secret, 'JBSWY3DPEHPK3PXP'), 'base64').includes('JBSWY3DP')).toBe(false)
  })

  it('is refused with another secret, with any byte turned, or cut at any place', () => {
    const sealed = Buffer.from(encrypt(secret, 'JBSWY3DPEHPK3PXP'), 'base64')
    expect(() => decrypt(randomBytes(32), sealed.toString('base64'))).toThrow()
    for (let at = 0; at < sealed.length; at++) {
      const turned = Buffer.from(sealed)
      turned[at] = (turned[at] ?? 0) ^ 1
      expect(() => decrypt(secret, turned.toString('base64')), `byte ${at}`).toThrow()
      expect(() => decrypt(secret, sealed.subarray(0, at).toString('base64')), `cut at ${at}`).toThrow()
    }
  })

  it('is refused with a shorter tag, which would be easier to forge', () => {
    const sealed = Buffer.from(encrypt(secret, ''), 'base64')
    expect(() => decrypt(secret, sealed.subarray(0, 12 + 4).toString('base64'))).toThrow()
  })
})
