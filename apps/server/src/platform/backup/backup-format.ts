/**
 * A backup is one file:
 *
 *     bihuan-backup 1                                   so that anybody can see what it is
 *     {"migrations": ..., "tenants": ..., ...}          the header, one line of JSON: `head -2` reads it
 *     gzip                                              the sections
 *     sha256 <64 hex>                                   over everything before this line
 *
 * Sections follow each other in frames, a length of four bytes and so many bytes: first a frame of JSON that says what comes, then the
 * content, then an empty frame. No length has to be known before its content, so nothing is ever held whole.
 */
import { createHash, type Hash } from 'node:crypto'
import { open } from 'node:fs/promises'
import type { ChainHead } from '../audit/verify.js'

export const magic = 'bihuan-backup 1\n'
export const trailerLength = 'sha256 '.length + 64 + 1

export interface BackupHeader {
  readonly createdAt: string
  /** What made it. */
  readonly version: string
  readonly postgres: string
  readonly migrations: readonly { readonly number: number; readonly name: string; readonly checksum: string }[]
  readonly tenants: readonly {
    readonly id: string
    readonly code: string
    readonly name: string
    readonly head: ChainHead
  }[]
  /** Tells whether the secret of the data folder is the one that one-time codes were encrypted with; not the secret. */
  readonly secretMark: string
}

export type Section =
  | { readonly kind: 'table'; readonly name: string; readonly columns: readonly string[] }
  | { readonly kind: 'sequence'; readonly name: string; readonly last: string; readonly called: boolean }
  | { readonly kind: 'file'; readonly sha256: string; readonly size: number }
  /** A file that has a row, and is not in the store. */
  | { readonly kind: 'lost-file'; readonly sha256: string }
  | { readonly kind: 'end'; readonly tables: number; readonly rows: number; readonly files: number }

/** Not a backup, cut off, altered, or of another making. The message says which. */
export class BackupFileError extends Error {}

const noMore = Buffer.alloc(4)

export function frame(bytes: Buffer): Buffer {
  const length = Buffer.alloc(4)
  length.writeUInt32BE(bytes.length)
  return Buffer.concat([length, bytes])
}

export function* openSection(section: Section): Generator<Buffer> {
  yield frame(Buffer.from(JSON.stringify(section)))
}

export function* closeSection(): Generator<Buffer> {
  yield noMore
}

const chunkSize = 64 * 1024

/** Gathers small chunks: COPY gives one a row, and each frame costs four bytes and a turn of the pipeline. */
export async function* framed(chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let held: Buffer[] = []
  let size = 0
  for await (const chunk of chunks) {
    if (chunk.length === 0) continue
    held.push(chunk)
    size += chunk.length
    if (size < chunkSize) continue
    yield frame(Buffer.concat(held))
    held = []
    size = 0
  }
  if (size > 0) yield frame(Buffer.concat(held))
}

/** Takes frames off a stream of bytes. */
export class FrameReader {
  private held: Buffer[] = []
  private size = 0
  private readonly source: AsyncIterator<Buffer>

  constructor(bytes: AsyncIterable<Buffer>) {
    this.source = bytes[Symbol.asyncIterator]()
  }

  private async take(count: number): Promise<Buffer> {
    while (this.size < count) {
      const next = await this.source.next()
      if (next.done === true) throw new BackupFileError('备份文件的内容不完整。没有恢复任何内容，请换一份备份。')
      this.held.push(next.value)
      this.size += next.value.length
    }
    const all = this.held.length === 1 ? (this.held[0] as Buffer) : Buffer.concat(this.held)
    this.held = all.length === count ? [] : [all.subarray(count)]
    this.size = all.length - count
    return all.subarray(0, count)
  }

  async section(): Promise<Section> {
    const length = (await this.take(4)).readUInt32BE()
    if (length === 0 || length > 1024 * 1024) throw new BackupFileError('备份文件的结构不对。请换一份备份。')
    return JSON.parse((await this.take(length)).toString('utf8')) as Section
  }

  /** The content of the section that was opened last; to be read to its end before the next one is. */
  async *content(): AsyncGenerator<Buffer> {
    for (;;) {
      const length = (await this.take(4)).readUInt32BE()
      if (length === 0) return
      yield await this.take(length)
    }
  }

  /** Nothing may follow the last section. */
  async finish(): Promise<void> {
    const { done } = await this.source.next()
    if (done !== true || this.size > 0) throw new BackupFileError('备份文件的末尾多出了内容。请换一份备份。')
  }
}

export interface SoundBackup {
  readonly header: BackupHeader
  /** Where the compressed sections begin and end in the file. */
  readonly from: number
  readonly to: number
}

/** Reads the whole file once, before anything of it is believed: a file that was cut off or altered is refused. */
export async function checkBackupFile(path: string): Promise<SoundBackup> {
  const file = await open(path, 'r').catch((cause: NodeJS.ErrnoException) => {
    throw new BackupFileError(
      cause.code === 'ENOENT' ? `没有这个文件：${path}。` : `备份文件 ${path} 读不了（${cause.code ?? ''}）。`,
    )
  })
  try {
    const { size } = await file.stat()
    const foreign = new BackupFileError(`${path} 不是闭环的备份文件，或者开头已损坏。`)
    if (size < magic.length + trailerLength) throw foreign
    const first = Buffer.alloc(magic.length)
    await file.read(first, 0, first.length, 0)
    if (!first.toString('latin1').startsWith('bihuan-backup ')) throw foreign
    if (first.toString('latin1') !== magic) {
      throw new BackupFileError(`${path} 是另一个版本的备份格式。请用做它的那个版本来恢复。`)
    }

    const to = size - trailerLength
    const trailer = Buffer.alloc(trailerLength)
    await file.read(trailer, 0, trailerLength, to)
    const hash = await hashOf(file, to)
    if (trailer.toString('latin1') !== trailerOf(hash)) {
      throw new BackupFileError(`${path} 不完整或被改过：末尾的摘要与内容不符。没有恢复任何内容，请换一份备份。`)
    }
    const line = await firstLine(file, magic.length, to)
    return { header: JSON.parse(line.toString('utf8')) as BackupHeader, from: magic.length + line.length + 1, to }
  } finally {
    await file.close()
  }
}

export function trailerOf(hash: Hash): string {
  return `sha256 ${hash.copy().digest('hex')}\n`
}

type OpenFile = Awaited<ReturnType<typeof open>>

async function hashOf(file: OpenFile, to: number): Promise<Hash> {
  const hash = createHash('sha256')
  const stream = file.createReadStream({ start: 0, end: to - 1, autoClose: false, highWaterMark: 1024 * 1024 })
  for await (const chunk of stream) hash.update(chunk as Buffer)
  return hash
}

async function firstLine(file: OpenFile, from: number, to: number): Promise<Buffer> {
  const chunks: Buffer[] = []
  for (let at = from; at < to; at += chunkSize) {
    const chunk = Buffer.alloc(Math.min(chunkSize, to - at))
    await file.read(chunk, 0, chunk.length, at)
    const end = chunk.indexOf('\n')
    if (end !== -1) return Buffer.concat([...chunks, chunk.subarray(0, end)])
    chunks.push(chunk)
  }
  throw new BackupFileError('备份文件没有头部。请换一份备份。')
}
