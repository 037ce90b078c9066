import { createHash, createCipheriv, createDecipheriv, randomBytes, randomUUID } from 'node:crypto'
import { existsSync } from 'node:fs'
import { link, mkdir, readFile, unlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Settings } from './settings.js'

/** From the setting, or made once and kept in the data folder. Several servers on one database must be given the same. */
export async function readSecret(settings: Settings): Promise<Buffer> {
  if (settings.secret !== null) return createHash('sha256').update(settings.secret).digest()
  const path = join(settings.dataFolder, 'secret')
  await mkdir(settings.dataFolder, { recursive: true })
  if (!existsSync(path)) {
    // Under its name it stands whole or not at all: a server killed here, or a second one that starts now, reads no half of it.
    const draft = `${path}.${randomUUID()}`
    await writeFile(draft, randomBytes(32).toString('hex') + '\n', { mode: 0o600, flush: true })
    await link(draft, path).catch((cause: NodeJS.ErrnoException) => {
      if (cause.code !== 'EEXIST') throw cause
    })
    await unlink(draft)
  }
  const kept = (await readFile(path, 'utf8')).trim()
  if (kept.length < 32)
    throw new Error(`密钥文件 ${path} 是空的或不完整。请从备份恢复它，或用 BIHUAN_SECRET 给出原来的密钥。`)
  return createHash('sha256').update(kept).digest()
}

/** AES-256-GCM; the result carries its nonce and tag, base64. */
export function encrypt(secret: Buffer, text: string): string {
  const nonce = randomBytes(12)
  const cipher = createCipheriv('aes-256-gcm', secret, nonce)
  const sealed = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()])
  return Buffer.concat([nonce, cipher.getAuthTag(), sealed]).toString('base64')
}

export function decrypt(secret: Buffer, sealed: string): string {
  const bytes = Buffer.from(sealed, 'base64')
  const decipher = createDecipheriv('aes-256-gcm', secret, bytes.subarray(0, 12), { authTagLength: 16 })
  decipher.setAuthTag(bytes.subarray(12, 28))
  return Buffer.concat([decipher.update(bytes.subarray(28)), decipher.final()]).toString('utf8')
}
