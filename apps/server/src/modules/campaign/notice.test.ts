/** A notice in, a campaign out: what was read, where it stands in the text, and who may look at it afterwards. */
import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import * as contracts from '@bihuan/contracts'
import {
  ask,
  buildAccount,
  buildTenant,
  buildUnit,
  startTestApp,
  upload,
  type TestAccount,
  type TestApp,
} from '../../../test/builders.js'

let test: TestApp
beforeAll(async () => {
  test = await startTestApp({ environment: { BIHUAN_LOG: 'error' } })
})
afterAll(() => test.stop())

const sample = (name: string) =>
  readFileSync(new URL(`../../../../../packages/plan-reader/samples/${name}`, import.meta.url))

async function buildStreet() {
  const tenant = await buildTenant(test)
  const street = await buildUnit(test, tenant, { kind: 'street', name: '柳荫街道' })
  const community = await buildUnit(test, tenant, { kind: 'community', name: '七桥社区', parentId: street.id })
  return {
    street,
    officer: await buildAccount(test, street, 'safety-office'),
    clerk: await buildAccount(test, community, 'territory-officer'),
  }
}

const take = (by: TestAccount, name: string, bytes: Uint8Array) =>
  upload(test, by, contracts.importNotice, { file: { name, bytes } })

describe('a notice', () => {
  it.each(['street-highrise.docx', 'street-highrise.txt', 'city-gas.pdf'])(
    'is read from %s, each item with its place',
    async (name) => {
      const { officer } = await buildStreet()
      const read = await take(officer, name, sample(name))
      expect(read.error).toBeUndefined()
      const { document, plan, fileId } = read.body
      const phase = plan.phases[0]
      expect(phase?.source).toBeDefined()
      const words = document.text.slice(phase?.source?.start, phase?.source?.end)
      expect(words.replace(/\s/g, '')).toContain(phase?.name.replace(/\s/g, ''))
      // Read again, it is the same: a draft is gone on with tomorrow.
      const again = await ask(test, officer, contracts.showImportedNotice, { params: { fileId } })
      expect(again.body).toEqual(read.body)
    },
  )

  it('stays with its campaign, and is read by whom the campaign binds', async () => {
    const { officer, clerk, street } = await buildStreet()
    const { body } = await take(officer, '通知.docx', sample('street-highrise.docx'))
    const created = await ask(test, officer, contracts.createCampaign, {
      body: { unitId: street.id, plan: body.plan, noticeFileId: body.fileId },
    })
    expect(created.error).toBeUndefined()
    const params = { campaignId: created.body.id }
    const shown = await ask(test, clerk, contracts.showCampaignNotice, { params })
    expect(shown.body.document).toEqual(body.document)
    const file = await ask(test, clerk, contracts.downloadCampaignNotice, { params })
    expect(Buffer.compare(file.bytes, sample('street-highrise.docx'))).toBe(0)
    // The draft itself is its issuer's.
    expect((await ask(test, clerk, contracts.showImportedNotice, { params: { fileId: body.fileId } })).status).toBe(404)
  })

  it('holds the words of each task of its list, and of none that the office adds', async () => {
    const { officer, street } = await buildStreet()
    const { body } = await take(officer, '通知.docx', sample('district-campaign.docx'))
    const created = await ask(test, officer, contracts.createCampaign, {
      body: { unitId: street.id, plan: body.plan, noticeFileId: body.fileId },
    })
    const { tasks } = created.body
    expect(tasks.length).toBeGreaterThan(10)
    for (const { source, requirement } of tasks)
      expect(body.document.text.slice(source?.start, source?.end).replace(/\s/g, '')).toBe(
        requirement.replace(/\s/g, ''),
      )
    const extra = {
      ...{ area: '其他', task: '', requirement: '街道另加的一项', responsible: [], responsibleUnitIds: [] },
      ...{ frequency: null, quota: null, dueText: '', due: { kind: 'standing' as const } },
    }
    const added = await ask(test, officer, contracts.addTask, { params: { campaignId: created.body.id }, body: extra })
    expect(added.body.tasks.at(-1)).toMatchObject({ requirement: '街道另加的一项', source: null })
  })

  it('is refused in a sentence, and leaves nothing, when it cannot be read or is not one file', async () => {
    const { officer, clerk } = await buildStreet()
    const count = async () => (await test.db.asOwner<{ n: string }>('select count(*) as n from imported_notice'))[0]?.n
    const before = await count()
    const lying = await take(officer, '通知.docx', new TextEncoder().encode('%PDF-1.4 不是 Word'))
    expect(lying.status).toBe(422)
    expect(lying.error?.message).toMatch(/请/)
    expect((await take(officer, '空.txt', new TextEncoder().encode('  \n'))).status).toBe(422)
    expect((await take(clerk, '通知.docx', sample('street-highrise.docx'))).status).toBe(403)
    expect(await count()).toBe(before)
  })
})
