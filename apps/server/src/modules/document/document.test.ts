import { afterAll, beforeAll, expect, test } from 'vitest'
import { downloadFile, downloadHazardFile, showHazard, uploadFiles, type FileView } from '@bihuan/contracts'
import {
  act,
  buildHazardWorld,
  foundInFirm,
  planned,
  register,
  tryAct,
  type HazardWorld,
} from '../../../test/build-hazard-world.js'
import { ask, cookieOf, startTestApp, upload, type TestAccount, type TestApp } from '../../../test/builders.js'
import { jpegFromPhone, png, secret } from '../../../test/pictures.js'
import { FileStoreFull } from '../../platform/files/store.js'

let app: TestApp
let world: HazardWorld
beforeAll(async () => {
  app = await startTestApp()
  world = await buildHazardWorld(app)
})
afterAll(() => app.stop())

const send = (who: TestAccount, name: string, bytes: Uint8Array) =>
  upload(app, who, uploadFiles, { file: { name, bytes } })

async function sent(who: TestAccount, name: string, bytes: Uint8Array): Promise<FileView> {
  const answer = await send(who, name, bytes)
  const [file] = answer.body.items
  if (!file) throw new Error(answer.error?.message)
  return file
}

const fetchThrough = (who: TestAccount, hazardId: string, fileId: string) =>
  ask(app, who, downloadHazardFile, { params: { hazardId, fileId } })

test('a photo is kept without where and by whom it was taken, under its own Chinese name', async () => {
  const file = await sent(world.manager, '除尘器 改前.jpg', jpegFromPhone())
  expect(file).toMatchObject({ name: '除尘器 改前.jpg', mediaType: 'image/jpeg' })
  const back = await ask(app, world.manager, downloadFile, { params: { fileId: file.id } })
  expect(back.bytes.includes(secret)).toBe(false)
  expect(back.bytes).toHaveLength(file.size)
  expect(back.headers['content-type']).toBe('image/jpeg')
  expect(back.headers['content-disposition']).toContain(
    `inline; filename="_.jpg"; filename*=UTF-8''${encodeURIComponent('除尘器 改前.jpg')}`,
  )
  const [entry] = await app.db.asOwner<{ action: string; person_name: string }>(
    'select action, person_name from audit_entry where object_id = $1',
    [file.id],
  )
  expect(entry).toEqual({ action: 'file.upload', person_name: '安全员辛' })
})

test.each([
  ['照片.jpg', Buffer.from('MZ not a picture at all \0\u0001'), 'upload.unknown-type', 422],
  ['照片.png', jpegFromPhone(), 'upload.type-mismatch', 422],
  ['照片.jpg', jpegFromPhone().subarray(0, 120), 'upload.truncated', 422],
  ['空.jpg', Buffer.alloc(0), 'upload.empty', 422],
  ['说明.txt', Buffer.from('纯文本'), 'upload.kind-not-allowed', 422],
  ['打包.zip', Buffer.from('504b0506000000000000000000000000000000000000', 'hex'), 'upload.kind-not-allowed', 422],
  ['加密.docx', encrypted(), 'upload.encrypted', 422],
  ['很大.jpg', Buffer.concat([jpegFromPhone(), Buffer.alloc(51 * 1024 * 1024)]), 'upload.too-large', 413],
])('%s is refused with a sentence that says why (%#)', async (name, bytes, code, status) => {
  const files = await app.db.asOwner('select id from file')
  const answer = await send(world.manager, name, bytes)
  expect(answer.error).toMatchObject({ code })
  expect(answer.status).toBe(status)
  expect(answer.error?.message).toMatch(/请|只收/)
  expect(await app.db.asOwner('select id from file')).toHaveLength(files.length)
})

test('whoever sees the hazard sees what is attached, though the file stands elsewhere; nobody else does', async () => {
  const before = await sent(world.communityOfficer, '改前.jpg', jpegFromPhone())
  const spare = await sent(world.communityOfficer, '无关.png', png())
  let page = await register(app, world.communityOfficer, foundInFirm(world, { evidenceFileIds: [before.id] }))
  const after = await sent(world.manager, '改后.png', png())
  page = await act(app, world.manager, page, planned)
  page = await act(app, world.manager, page, {
    kind: 'report-progress',
    on: '2023-06-16',
    text: '完成一半',
    evidenceFileIds: [after.id],
  })

  for (const who of [world.manager, world.inspector, world.streetOfficer, world.communityOfficer]) {
    const seen = await ask(app, who, showHazard, { params: { hazardId: page.hazard.id } })
    expect(seen.body.files.map(({ name }) => name)).toEqual(['改前.jpg', '改后.png'])
    expect(seen.body.events.map(({ fileIds }) => fileIds)).toEqual([[before.id], [], [after.id]])
    for (const { id } of seen.body.files) expect((await fetchThrough(who, page.hazard.id, id)).status).toBe(200)
    // The hazard opens what it mentions, and nothing else.
    expect((await fetchThrough(who, page.hazard.id, spare.id)).status).toBe(404)
  }
  expect((await ask(app, world.manager, downloadFile, { params: { fileId: before.id } })).status).toBe(404)
  expect((await fetchThrough(world.otherTownOfficer, page.hazard.id, before.id)).status).toBe(404)
})

test('evidence of a re-inspection that was followed by another is still there', async () => {
  let page = await register(app, world.communityOfficer, foundInFirm(world))
  const photo = await sent(world.inspector, '复查.png', png(2))
  page = await act(app, world.manager, page, planned)
  const done = {
    kind: 'report-rectified' as const,
    rectifiedOn: '2023-06-16',
    rectifiedBy: null,
    text: '好了',
    evidenceFileIds: [],
  }
  page = await act(app, world.manager, page, done)
  page = await act(app, world.inspector, page, {
    kind: 'reinspect-failed',
    on: '2023-06-16',
    text: '没装',
    evidenceFileIds: [photo.id],
    deadline: null,
  })
  page = await act(app, world.manager, page, done)
  page = await act(app, world.inspector, page, {
    kind: 'reinspect-passed',
    on: '2023-06-16',
    text: '合格',
    evidenceFileIds: [],
  })
  expect(page.files.map(({ id }) => id)).toEqual([photo.id])
  expect((await fetchThrough(world.manager, page.hazard.id, photo.id)).status).toBe(200)
})

test('a file out of reach cannot be pulled into a hazard, and the attempt is on record', async () => {
  const theirs = await sent(world.otherTownOfficer, '别人的.png', png(3))
  let page = await register(app, world.communityOfficer, foundInFirm(world))
  page = await act(app, world.manager, page, planned)
  const stolen = await tryAct(app, world.manager, page, {
    kind: 'report-progress',
    on: '2023-06-16',
    text: '看',
    evidenceFileIds: [theirs.id],
  })
  expect(stolen.status).toBe(404)
  const [entry] = await app.db.asOwner<{ action: string }>(
    `select action from audit_entry where object_kind = 'file' and object_id = $1 and action = 'access.refused'`,
    [theirs.id],
  )
  expect(entry).toBeDefined()
})

test('a full disk is said to be one, and leaves no row behind', async () => {
  const { put } = app.platform.files
  const full = app.platform.files as { put: typeof put }
  full.put = async () => {
    throw new FileStoreFull('ENOSPC')
  }
  const answer = await send(world.manager, '满.png', png(4))
  full.put = put
  expect(answer.status).toBe(507)
  expect(answer.error).toMatchObject({ code: 'server.storage-full' })
  expect(await app.db.asOwner(`select id from file where name = '满.png'`)).toEqual([])
})

test('several at once: one that is wrong is named, and none is kept', async () => {
  const boundary = '----together'
  const part = (name: string, bytes: Buffer) =>
    Buffer.concat([
      Buffer.from(`--${boundary}\r\ncontent-disposition: form-data; name="file"; filename="${name}"\r\n\r\n`),
      bytes,
      Buffer.from('\r\n'),
    ])
  const together = async (parts: Buffer[]) =>
    app.app.inject({
      method: 'POST',
      url: uploadFiles.path,
      headers: {
        'x-requested-with': 'bihuan',
        cookie: await cookieOf(app, world.manager),
        'content-type': `multipart/form-data; boundary=${boundary}`,
      },
      payload: Buffer.concat([...parts, Buffer.from(`--${boundary}--\r\n`)]),
    })
  const wrong = await together([part('a.png', png(5)), part('b.png', Buffer.from('x'))])
  expect(wrong.json()).toMatchObject({
    error: { places: [{ path: 'files.1', message: expect.stringContaining('b.png') as string }] },
  })
  expect(await app.db.asOwner(`select id from file where name = 'a.png'`)).toEqual([])
  const right = await together([part('a.png', png(5)), part('b.png', png(6))])
  expect(right.json<{ items: FileView[] }>().items.map(({ name }) => name)).toEqual(['a.png', 'b.png'])
})

/** The head of an OLE file with the stream that Office writes for a password. */
function encrypted(): Buffer {
  const file = Buffer.alloc(512 * 4)
  Buffer.from('d0cf11e0a1b11ae1', 'hex').copy(file)
  file.writeUInt16LE(0x3e, 24)
  file.writeUInt16LE(3, 26)
  file.writeUInt16LE(0xfffe, 28)
  file.writeUInt16LE(9, 30)
  file.writeUInt16LE(6, 32)
  file.writeUInt32LE(1, 44)
  file.writeUInt32LE(1, 48)
  file.writeUInt32LE(0x1000, 56)
  file.writeUInt32LE(0xfffffffe, 60)
  file.writeUInt32LE(0xfffffffe, 68)
  file.writeUInt32LE(0, 76)
  for (let at = 80; at < 512; at += 4) file.writeUInt32LE(0xffffffff, at)
  file.fill(0xff, 512, 1024)
  file.writeUInt32LE(0xfffffffd, 512)
  file.writeUInt32LE(0xfffffffe, 516)
  const name = Buffer.from('EncryptedPackage\0', 'utf16le')
  name.copy(file, 1024)
  file.writeUInt16LE(name.length, 1024 + 64)
  file.writeUInt8(2, 1024 + 66)
  return file
}
