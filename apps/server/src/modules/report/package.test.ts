/** Two districts as two servers would be: what the one files, the other takes; once, unaltered, and from whom it knows. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import * as contracts from '@bihuan/contracts'
import type { BodyOf, ReturnPackage } from '@bihuan/contracts'
import {
  ask,
  buildAccount,
  buildTenant,
  buildUnit,
  startTestApp,
  testPassword,
  type TestAccount,
  type TestApp,
} from '../../../test/builders.js'
import { samplePlan } from '../../../test/sample-plan.js'
import { verifyDatabase } from '../../platform/audit/verification.js'
import { signingKeyOf } from '../../platform/signing.js'
import { listActiveSchedules, openSchedule } from './index.js'
import { signedText } from './package-form.js'
import { readFiledBelow } from './return-below.repo.js'
import { readPeerFigures } from './return-comparison.repo.js'

let test: TestApp
beforeAll(async () => {
  test = await startTestApp({ environment: { BIHUAN_LOG: 'error' } })
})
afterAll(() => test.stop())
beforeEach(() => test.clock.set(new Date('2023-06-12T09:00:00+08:00')))

const schedule: BodyOf<typeof contracts.addSchedule> = {
  title: '进展情况调度表',
  rule: {
    cadence: 'monthly',
    due: { kind: 'day-of-month', day: 16, after: 0 },
    shift: 'next',
    cutOff: 'due-day',
    counts: 'cumulative',
    firstDay: '2023-06-01',
    lastDay: null,
    dates: [],
  },
  respondents: [{ kinds: ['street'], unitIds: [], groups: null }],
  receiverIds: [],
  splitSectors: [],
  note: '',
}

async function buildServer() {
  const tenant = await buildTenant(test)
  const safety = await buildUnit(test, tenant, { kind: 'safety-committee-office', name: '青榆区安委办' })
  const street = await buildUnit(test, tenant, { kind: 'street', name: '柳荫街道' })
  const office = await buildAccount(test, safety, 'safety-office')
  const clerk = await buildAccount(test, street, 'territory-officer', { personName: '林某' })
  const created = await ask(test, office, contracts.createCampaign, {
    body: {
      unitId: tenant.rootUnitId,
      plan: samplePlan({ warnings: [] }) as BodyOf<typeof contracts.createCampaign>['plan'],
    },
  })
  await ask(test, office, contracts.startCampaign, {
    params: { campaignId: created.body.id },
    body: { version: created.body.version },
  })
  await ask(test, office, contracts.addSchedule, {
    params: { tableId: created.body.tables[0]?.id ?? '' },
    body: schedule,
  })
  await openReturns(tenant.id)
  return { tenant, street, office, clerk }
}

async function openReturns(tenantId: string) {
  for (const row of await test.database.withScope({ purpose: 'tenant', tenantId }, listActiveSchedules))
    await openSchedule(test, tenantId, row)
}
type Server = Awaited<ReturnType<typeof buildServer>>

async function only(account: TestAccount, side: 'mine' | 'received' = 'mine') {
  const { body } = await ask(test, account, contracts.listReturns, { query: { side, show: 'all' } })
  const [row] = body.items
  if (row === undefined) throw new Error('no return')
  const shown = await ask(test, account, contracts.showReturn, { params: { returnId: row.id } })
  return shown.body
}

async function fileThere({ clerk }: Server, first = '3'): Promise<string> {
  const draft = await only(clerk)
  const cells = draft.figures.filter(({ metric }) => metric === null)
  const values = Object.fromEntries(cells.map(({ key, kind }) => [key, kind === 'flag' ? '否' : '0']))
  values[cells.find(({ kind }) => kind === 'count')?.key ?? ''] = first
  const typed = await ask(test, clerk, contracts.typeIntoReturn, {
    params: { returnId: draft.id },
    body: { version: draft.version, values },
  })
  const { version, contentHash, wants } = typed.body
  const signed = await ask(test, clerk, contracts.signReturn, {
    params: { returnId: draft.id },
    body: { version, label: wants ?? '', nil: false, contentHash, answers: {}, password: testPassword, submit: true },
  })
  expect(signed.error).toBeUndefined()
  return draft.id
}

async function packageFrom({ clerk }: Server, returnId: string): Promise<ReturnPackage> {
  const file = await ask(test, clerk, contracts.exportPackage, { params: { returnId } })
  expect(file.status).toBe(200)
  return file.body
}

const receive = ({ office }: Server, given: unknown) =>
  ask(test, office, contracts.receivePackage, { body: given as ReturnPackage })

async function introduce(here: Server, there: Server) {
  const known = await ask(test, there.clerk, contracts.listPackageSenders, {})
  const added = await ask(test, here.office, contracts.addPackageSender, {
    body: {
      name: '柳荫街道的系统',
      unitId: here.street.id,
      publicKey: known.body.ownPublicKey,
      fingerprint: known.body.ownFingerprint.toLowerCase(),
    },
  })
  expect(added.error).toBeUndefined()
}

describe('a package', () => {
  it('brings a return to another server, once however often it is brought, and counts there', async () => {
    const [there, here] = [await buildServer(), await buildServer()]
    await introduce(here, there)
    const given = await packageFrom(there, await fileThere(there))
    const first = await receive(here, given)
    expect(first.body).toMatchObject({ already: false })
    const again = await receive(here, given)
    expect(again.body).toMatchObject({ already: true, returnId: first.body.returnId })

    const taken = await only(here.office, 'received')
    expect(taken).toMatchObject({ status: 'submitted', signatures: [{ label: '填报人', name: '林某' }] })
    expect(taken.figures.map(({ text }) => text)).toEqual(given.return.figures.map(({ text }) => text))
    expect(taken.events.filter(({ filed }) => filed)).toHaveLength(1)

    await test.platform.sealer.sealNow(here.tenant.id)
    const [verdict] = await verifyDatabase(test.platform, test.modules.verifiers, {
      of: ({ id }) => id === here.tenant.id,
    })
    expect(verdict?.difference).toBeNull()
  })

  it('is refused when it was altered, when its sender is unknown, or when nobody asked for it', async () => {
    const [there, here] = [await buildServer(), await buildServer()]
    const given = await packageFrom(there, await fileThere(there))
    expect((await receive(here, given)).error).toMatchObject({ code: 'package.unknown-sender' })
    await introduce(here, there)
    const altered = structuredClone(given)
    const figure = altered.return.figures.find(({ value }) => value === 3)
    if (figure) figure.value = 4
    expect((await receive(here, altered)).error).toMatchObject({ code: 'package.altered' })
    // Signed anew by somebody else, it is that stranger's.
    expect((await receive(here, { ...given, sender: { ...given.sender, publicKey: 'AAAA' } })).error).toMatchObject({
      code: 'package.unknown-sender',
    })
    const july = structuredClone(given)
    july.return.periodKey = '2023-07'
    expect((await receive(here, july)).error).toMatchObject({ code: 'package.altered' })
    expect((await only(here.office, 'received')).status).toBe('open')
  })

  it('is refused where a cell is missing, blank, or not in the form here, by its name, and nothing is filed', async () => {
    const [there, here] = [await buildServer(), await buildServer()]
    await introduce(here, there)
    const given = await packageFrom(there, await fileThere(there))
    type Figures = ReturnPackage['return']['figures']
    const brought = async (change: (figures: Figures) => Figures) => {
      const changed = { ...given, return: { ...given.return, figures: change(given.return.figures) } }
      const value = signingKeyOf(test.platform.secret, there.tenant.id).sign(signedText(changed))
      return (await receive(here, { ...changed, signature: { ...given.signature, value } })).error
    }
    const one = given.return.figures.find(({ value }) => value === 3)
    if (one === undefined) throw new Error('three was filed')
    const without = await brought((figures) => figures.filter(({ key }) => key !== one.key))
    expect([without?.code, without?.message]).toEqual([
      'package.other-form',
      `本系统表里的“${one.label}”在数据包里没有，没有收下。请核对两边的表是否同一版。`,
    ])
    const blank = await brought((figures) =>
      figures.map((figure) => (figure.key === one.key ? { ...figure, value: null, typed: null, text: '' } : figure)),
    )
    expect(blank?.code).toBe('package.blank')
    expect(blank?.message).toContain(`数据包里的“${one.label}”是空白`)
    expect((await brought((figures) => [...figures, { ...one, key: 'g9.m9' }]))?.code).toBe('package.other-form')
    expect((await only(here.office, 'received')).status).toBe('open')
    expect((await receive(here, given)).error).toBeUndefined()
  })

  it('of another version is refused with what is wrong', async () => {
    const [there, here] = [await buildServer(), await buildServer()]
    await introduce(here, there)
    const given = await packageFrom(there, await fileThere(there))
    const strange = await receive(here, { ...given, version: 2 })
    expect(strange.status).toBe(400)
  })

  it('comes again after it was sent back, as another version', async () => {
    const [there, here] = [await buildServer(), await buildServer()]
    await introduce(here, there)
    const returnId = await fileThere(there)
    await receive(here, await packageFrom(there, returnId))
    const first = await packageFrom(there, returnId)
    const taken = await only(here.office, 'received')
    const back = await ask(test, here.office, contracts.actOnReturn, {
      params: { returnId: taken.id },
      body: { version: taken.version, act: { kind: 'send-back', remarks: [{ cell: null, text: '与清单不符' }] } },
    })
    expect(back.error).toBeUndefined()
    const filed = await only(there.clerk)
    const officeThere = await ask(test, there.office, contracts.actOnReturn, {
      params: { returnId },
      body: { version: filed.version, act: { kind: 'send-back', remarks: [{ cell: null, text: '上级退回' }] } },
    })
    expect(officeThere.error).toBeUndefined()
    // What was sent back does not come in again by being brought again.
    expect((await receive(here, first)).body).toMatchObject({ already: true })
    expect((await only(here.office, 'received')).status).toBe('sent-back')
    await fileThere(there, '5')
    expect((await receive(here, await packageFrom(there, returnId))).error).toBeUndefined()
    const second = await only(here.office, 'received')
    expect(second).toMatchObject({ status: 'submitted', timesSentBack: 1 })
    expect(second.figures.map(({ text }) => text)).toContain('5')
  })

  it('is what the next period is compared with, as anything that was filed here', async () => {
    const [there, here] = [await buildServer(), await buildServer()]
    await introduce(here, there)
    const given = await packageFrom(there, await fileThere(there, '8'))
    const received = await receive(here, given)
    expect(received.error).toBeUndefined()
    test.clock.set(new Date('2023-07-10T09:00:00+08:00'))
    await openReturns(here.tenant.id)
    const { items } = (await ask(test, here.clerk, contracts.listReturns, { query: { side: 'mine', show: 'all' } }))
      .body
    const july = items.find(({ periodKey }) => periodKey === '2023-07')
    const draft = await ask(test, here.clerk, contracts.showReturn, { params: { returnId: july?.id ?? '' } })
    const cell = given.return.figures.find(({ value }) => value === 8)?.key ?? ''
    expect(draft.body.previous?.texts[cell]).toBe('8')
    const typed = await ask(test, here.clerk, contracts.typeIntoReturn, {
      params: { returnId: draft.body.id },
      body: { version: draft.body.version, values: { [cell]: '5' } },
    })
    const fell = typed.body.findings.find(({ code }) => code === 'fell')
    expect(fell).toMatchObject({ key: `fell:${cell}`, blocking: false })
    expect(fell?.message).toContain('由上次的8降为5')
    const seen = await test.database.withScope({ purpose: 'tenant', tenantId: here.tenant.id }, async (handle) => {
      const below = await readFiledBelow<{ key: string; value: number | null }>(handle, [received.body.returnId])
      const peers = { schedule_id: july?.scheduleId ?? '', sector: '', period_from: '2023-07-01', unit_kind: 'street' }
      const among = await readPeerFigures(handle, peers as Parameters<typeof readPeerFigures>[1], null)
      return [below[0]?.figures, among[0]?.last.figures].map((all) => all?.find(({ key }) => key === cell)?.value)
    })
    expect(seen).toEqual([8, 8])
  })

  it('is not taken by whoever may not take returns', async () => {
    const [there, here] = [await buildServer(), await buildServer()]
    const firm = await buildUnit(test, here.tenant, { kind: 'enterprise', parentId: here.street.id })
    const worker = await buildAccount(test, firm, 'enterprise-safety')
    const given = await packageFrom(there, await fileThere(there))
    const taken = await ask(test, worker, contracts.receivePackage, { body: given })
    expect(taken.status).toBe(403)
  })
})
