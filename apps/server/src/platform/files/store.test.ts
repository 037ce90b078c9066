import { execFileSync } from 'node:child_process'
import { createHash, randomBytes } from 'node:crypto'
import { mkdir, mkdtemp, open, readdir, rm, writeFile } from 'node:fs/promises'
import type { FileHandle } from 'node:fs/promises'
import { createServer, type Server } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { buffer } from 'node:stream/consumers'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { readSettings } from '../settings.js'
import { createFileStore } from './choose-store.js'
import { createFolderStore, FileStoreFull, type FileStore } from './store.js'

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'bihuan-files-'))
})
afterEach(async () => {
  vi.restoreAllMocks()
  await rm(folder, { recursive: true })
})

const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex')
/** Buffers compared byte by byte, not element by element, which takes seconds. */
const same = (one: Buffer | null, two: Uint8Array) => one !== null && Buffer.compare(one, two) === 0
const read = async (store: FileStore, hash: string) => {
  const stream = await store.get(hash)
  return stream === null ? null : buffer(stream)
}
const everyFile = async (at = folder) =>
  (await readdir(at, { recursive: true, withFileTypes: true }))
    .filter((entry) => entry.isFile())
    .map((entry) => entry.name)

describe('the folder store', () => {
  it('gives back what was put, under the hash of its content', async () => {
    const store = createFolderStore(folder)
    const bytes = randomBytes(100_000)
    expect(await store.put(bytes)).toEqual({ sha256: sha256(bytes), size: 100_000 })
    expect(same(await read(store, sha256(bytes)), bytes)).toBe(true)
    expect(await read(store, sha256(Buffer.from('something else')))).toBeNull()
  })

  it('keeps the same bytes once, however often and however many at once they come', async () => {
    const store = createFolderStore(folder)
    const bytes = randomBytes(50_000)
    await Promise.all(Array.from({ length: 20 }, () => store.put(bytes)))
    await store.put(Buffer.from(bytes))
    expect(await everyFile()).toEqual([sha256(bytes)])
    expect(same(await read(store, sha256(bytes)), bytes)).toBe(true)
  })

  it('keeps an empty file too', async () => {
    const store = createFolderStore(folder)
    const { sha256: hash } = await store.put(new Uint8Array())
    expect(await read(store, hash)).toEqual(Buffer.alloc(0))
  })

  it('mends a file that an earlier crash cut short', async () => {
    const store = createFolderStore(folder)
    const bytes = randomBytes(1000)
    await mkdir(join(folder, sha256(bytes).slice(0, 2)))
    await writeFile(join(folder, sha256(bytes).slice(0, 2), sha256(bytes)), bytes.subarray(0, 10))
    await store.put(bytes)
    expect(same(await read(store, sha256(bytes)), bytes)).toBe(true)
  })

  it.each(['', '..', '../../etc/passwd', 'ab', 'AB'.repeat(32), `${'a'.repeat(62)}/.`, 'a'.repeat(65)])(
    'gives nothing for what is no hash: %s',
    async (hash) => {
      await writeFile(join(folder, 'passwd'), 'x')
      expect(await createFolderStore(join(folder, 'files')).get(hash)).toBeNull()
    },
  )
})

describe('a disk that is full', () => {
  /** The disk gives out in the middle of the bytes. */
  async function writesFail(code: string): Promise<void> {
    const probe = await open(join(folder, 'probe'), 'w')
    const prototype = Object.getPrototypeOf(probe) as FileHandle
    await probe.close()
    await rm(join(folder, 'probe'))
    vi.spyOn(prototype, 'writeFile').mockImplementation(async function (this: FileHandle, bytes) {
      await this.write((bytes as Buffer).subarray(0, 100))
      throw Object.assign(new Error('disk'), { code })
    })
  }

  it.each(['ENOSPC', 'EDQUOT', 'EROFS'])('%s is said as such, and leaves nothing half-written', async (code) => {
    await writesFail(code)
    const store = createFolderStore(folder)
    const bytes = randomBytes(1000)
    await expect(store.put(bytes)).rejects.toBeInstanceOf(FileStoreFull)
    expect(await everyFile()).toEqual([])
    expect(await store.get(sha256(bytes))).toBeNull()
    vi.restoreAllMocks()
    await store.put(bytes)
    expect(same(await read(store, sha256(bytes)), bytes)).toBe(true)
  })

  it('is not said of any other failure', async () => {
    await writesFail('EIO')
    const putting = createFolderStore(folder).put(randomBytes(1000))
    await expect(putting).rejects.toMatchObject({ code: 'EIO' })
    await expect(putting).rejects.not.toBeInstanceOf(FileStoreFull)
    expect(await everyFile()).toEqual([])
  })

  it('is met on a real one: as many files as go in, and of the rest nothing', async () => {
    const disk = tinyDisk(folder)
    try {
      const store = createFolderStore(disk.folder)
      const kept: Buffer[] = []
      let refused: Buffer | null = null
      while (refused === null && kept.length < 40) {
        const bytes = randomBytes(100_000)
        await store.put(bytes).then(
          () => kept.push(bytes),
          (cause: unknown) => {
            expect(cause).toBeInstanceOf(FileStoreFull)
            refused = bytes
          },
        )
        if (kept.length === 12 && disk.simulated) await writesFail('ENOSPC')
      }
      expect(refused).not.toBeNull()
      expect((await everyFile(disk.folder)).sort()).toEqual(kept.map(sha256).sort())
      for (const bytes of kept) expect(same(await read(store, sha256(bytes)), bytes)).toBe(true)
    } finally {
      disk.remove()
    }
  })
})

/** Two megabytes of memory as a disk; where one may not mount, the test fills it by itself. */
function tinyDisk(at: string): { folder: string; simulated: boolean; remove(): void } {
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=2m', 'bihuan-test', at], { stdio: 'ignore' })
    return { folder: at, simulated: false, remove: () => execFileSync('umount', [at]) }
  } catch {
    return { folder: at, simulated: true, remove: () => undefined }
  }
}

describe('S3-compatible storage', () => {
  let server: Server
  let objects: Map<string, Buffer>
  let asked: string[]
  let status: number | null

  beforeEach(async () => {
    objects = new Map()
    asked = []
    status = null
    server = createServer((request, response) => {
      void (async () => {
        const path = new URL(request.url ?? '/', 'http://s3').pathname
        asked.push(`${request.method} ${path}`)
        const body = await buffer(request)
        if (status !== null) response.writeHead(status).end()
        else if (request.method === 'PUT') {
          objects.set(path, body)
          response.writeHead(200, { etag: '"x"' }).end()
        } else {
          const found = objects.get(path)
          if (found === undefined) response.writeHead(404).end()
          else
            response
              .writeHead(200, { 'content-length': found.length })
              .end(request.method === 'HEAD' ? undefined : found)
        }
      })()
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  })
  afterEach(() => new Promise((resolve) => server.close(resolve)))

  const storeOf = () => {
    const { port } = server.address() as { port: number }
    const s3 = {
      BIHUAN_S3_URL: `http://127.0.0.1:${port}`,
      BIHUAN_S3_BUCKET: 'bihuan',
      BIHUAN_S3_KEY: 'k',
      BIHUAN_S3_SECRET: 's',
    }
    return createFileStore(readSettings({ BIHUAN_DATA: folder, ...s3 }))
  }

  it('keeps the same bytes once under their hash and gives them back', async () => {
    const store = await storeOf()
    const bytes = randomBytes(10_000)
    const hash = sha256(bytes)
    expect(await store.get(hash)).toBeNull()
    expect(await store.put(bytes)).toEqual({ sha256: hash, size: 10_000 })
    await store.put(bytes)
    expect([...objects.keys()]).toEqual([`/bihuan/${hash.slice(0, 2)}/${hash}`])
    expect(asked.filter((line) => line.startsWith('PUT'))).toHaveLength(1)
    expect(same(await read(store, hash), bytes)).toBe(true)
    expect(await readdir(folder)).toEqual([])
  })

  it('does not take a refusal for a missing file', async () => {
    const store = await storeOf()
    status = 403
    await expect(store.put(randomBytes(10))).rejects.toThrow()
    await expect(store.get('a'.repeat(64))).rejects.toThrow()
  })
})
