/** Narrative reports over HTTP: drafted with figures, delivered as a pair, refused while anything is missing, filed, sent back, filed again. */
import { unzipSync, zipSync } from 'fflate'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import * as contracts from '@bihuan/contracts'
import type { ReturnPage } from '@bihuan/contracts'
import { readWordTables } from '@bihuan/office'
import { headings, narrativesOn, onNamedDay, pdf, plainNarrative, report } from '../../../test/build-narratives.js'
import { ask, buildAccount, buildUnit, startTestApp, type TestAccount, type TestApp } from '../../../test/builders.js'
import { returnsOn, type District } from '../../../test/build-returns.js'
import { png } from '../../../test/pictures.js'
import { verifyDatabase } from '../../platform/audit/verification.js'

let test: TestApp
beforeAll(async () => {
  test = await startTestApp({ environment: { BIHUAN_LOG: 'error' } })
})
afterAll(() => test.stop())
beforeEach(() => test.clock.set(new Date('2023-06-12T09:00:00+08:00')))

const { act, buildDistrict, hazardIn, list, open, page, sign } = returnsOn(() => test)
const { add, deliver, draft, sent } = narrativesOn(() => test)

interface Filing {
  readonly district: District
  readonly clerk: TestAccount
  readonly page: ReturnPage
}

async function begin(
  ...given: Parameters<typeof add> extends [unknown, ...infer Rest] ? Rest : never
): Promise<Filing> {
  const district = await buildDistrict()
  const added = await add(district, ...given)
  expect(added.error).toBeUndefined()
  await open(district)
  const [clerk] = district.clerks as [TestAccount]
  return { district, clerk, page: await page(clerk, await returnOf(clerk)) }
}

async function returnOf(account: TestAccount): Promise<string> {
  const { items } = await list(account, 'mine', 'all')
  const row = items.find(({ narrative }) => narrative !== null)
  if (row === undefined) throw new Error('no narrative return')
  return row.id
}

const wordOf = async (account: TestAccount, id: string) => readWordTables((await draft(account, id)).bytes)
const linesOf = (document: ReturnType<typeof readWordTables>) =>
  document.paragraphs.map(({ text }) => text.replace(/\n/g, '')).filter((text) => text !== '')

/** As a person would: every blank of the draft is written over. */
function filledIn(bytes: Uint8Array, words = '已写明'): Uint8Array {
  const files = unzipSync(bytes)
  const xml = Buffer.from(files['word/document.xml'] ?? []).toString('utf8')
  files['word/document.xml'] = new Uint8Array(Buffer.from(xml.replace(/【待填[^】]*】/g, words), 'utf8'))
  return zipSync(files)
}

async function verdictOf({ tenant }: District) {
  const of = { of: ({ id }: { id: string }) => id === tenant.id }
  return (await verifyDatabase(test.platform, test.modules.verifiers, of))[0]
}

const codes = ({ findings }: ReturnPage) => findings.map(({ code }) => code)

describe('the schedule of a report', () => {
  it('opens a return fifteen days before each named day, and shows what it asks', async () => {
    const { page: shown } = await begin()
    expect(shown).toMatchObject({ title: '阶段工作总结', narrative: 'report', dueOn: '2023-06-20', status: 'open' })
    expect(shown.content).toMatchObject({
      mustContain: headings.map((heading, at) => ({ key: `h${at + 1}`, heading })),
      asked: [
        { form: 'editable', delivery: null },
        { form: 'signed-scan', delivery: null },
      ],
      signed: false,
    })
    expect(codes(shown)).toEqual(['not-delivered', 'not-delivered'])
  })

  it('is refused where it asks for what cannot be', async () => {
    const district = await buildDistrict()
    const code = async (...given: Parameters<typeof add> extends [unknown, ...infer Rest] ? Rest : never) =>
      (await add(district, ...given)).error?.code
    expect(await code({ deliverables: [] })).toBe('narrative.no-deliverable')
    expect(await code({ deliverables: [{ form: 'signed-scan', receiverId: null }] })).toBe('narrative.headings-unread')
    expect(await code({ tableIds: [district.campaignId] })).toBe('narrative.table-unknown')
    expect(await code({}, { splitSectors: ['消防'] })).toBe('narrative.split')
    const byClerk = await ask(test, district.streetClerk, contracts.addNarrativeSchedule, {
      params: { campaignId: district.campaignId },
      body: { ...onNamedDay, narrative: plainNarrative },
    })
    expect(byClerk.status).toBe(403)
  })

  it('asks the new version of those that are opened later, and the old one of those that are open', async () => {
    const { district, clerk, page: before } = await begin()
    const shown = await ask(test, district.office, contracts.listSchedules, { query: {} })
    const schedule = shown.body.items.find(({ narrative }) => narrative !== null)
    if (schedule === undefined || schedule.narrative === null) throw new Error('no schedule')
    const { id, version, active, narrative, title, rule, respondents, receiverIds, splitSectors, note } = schedule
    const input = { title, rule, respondents, receiverIds, splitSectors, note, version, active }
    const changed = await ask(test, district.office, contracts.changeSchedule, {
      params: { scheduleId: id },
      body: { ...input, narrative: { ...narrative, mustContain: ['工作情况'] } },
    })
    expect(changed.body.narrative?.mustContain).toEqual(['工作情况'])
    test.clock.set(new Date('2023-08-10T09:00:00+08:00'))
    await open(district)
    expect((await page(clerk, before.id)).content?.mustContain).toHaveLength(3)
    const later = (await list(clerk)).items.find(({ periodKey }) => periodKey === '2023-08-15')
    expect((await page(clerk, later?.id ?? '')).content?.mustContain).toMatchObject([{ heading: '工作情况' }])
  })
})

describe('the draft', () => {
  it('has the points as headings, the figures of the records under them, and blanks for what is not known', async () => {
    const { district, clerk, page: shown } = await begin()
    const [unit] = district.communities
    if (unit === undefined) throw new Error('no community')
    await hazardIn(district, unit, clerk)
    const answer = await draft(clerk, shown.id)
    expect(answer.headers['content-type']).toContain('wordprocessingml')
    const lines = linesOf(readWordTables(answer.bytes))
    expect(lines.slice(0, 4)).toEqual([
      `七桥社区关于${shown.campaignName}的阶段工作总结`,
      '柳荫街道：',
      `现将2023年5月20日至2023年6月12日开展${shown.campaignName}的有关情况报告如下。`,
      `一、${headings[0]}`,
    ])
    expect(lines[4]).toContain('部门检查发现的重大事故隐患1个，部门检查发现重大事故隐患中已完成整改的0个')
    expect(lines.filter((line) => line.startsWith('【待填'))).toHaveLength(3)
    expect(lines.slice(-2)).toEqual(['七桥社区', '2023年6月12日'])
    const [entry] = await test.db.asOwner<{ count: number }>(
      `select count(*)::int as count from audit_entry where action = 'return.draft' and object_id = $1`,
      [shown.id],
    )
    expect(entry?.count).toBe(1)
  })

  it('tells of what happened since the report before, attaches the table, and lists what is overdue', async () => {
    const district = await buildDistrict()
    const [clerk] = district.clerks as [TestAccount]
    const [unit] = district.communities
    if (unit === undefined) throw new Error('no community')
    await add(district, { tableIds: [district.tableId] })
    await open(district)
    await hazardIn(district, unit, clerk, '2023-06-05')
    test.clock.set(new Date('2023-08-10T09:00:00+08:00'))
    await open(district)
    await hazardIn(district, unit, clerk, '2023-06-25')
    const later = (await list(clerk)).items.find(({ periodKey }) => periodKey === '2023-08-15')
    const document = await wordOf(clerk, later?.id ?? '')
    const lines = linesOf(document)
    // The first report was never filed: it told, or will tell, of what lies before its day.
    expect(lines[2]).toContain('2023年6月21日至2023年8月10日')
    expect(lines.join('\n')).toContain('部门检查发现的重大事故隐患1个（行动开展以来累计2个）')
    expect(lines.join('\n')).toMatch(/目前超过整改期限仍未完成整改的2个，详见附件《七桥社区超期未整改隐患清单》/)
    expect(document.tables).toHaveLength(2)
    expect(document.tables[1]?.rows[1]?.cells.map(({ text }) => text)).toContain('31')
  })

  it('is for the unit that files, and for nobody else', async () => {
    const { district, page: shown } = await begin()
    expect((await draft(district.streetClerk, shown.id)).status).toBe(403)
    expect((await draft(district.clerks[1] as TestAccount, shown.id)).status).toBe(404)
  })
})

describe('a report is complete', () => {
  it('only with every form that is asked, every point written about, and no blank left', async () => {
    const { clerk, page: shown } = await begin()
    const partly = await report({ [headings[0] as string]: '排查3家。', [headings[1] as string]: '' })
    const first = await deliver(clerk, shown, 'editable', [['总结.docx', partly]])
    expect(first.error).toBeUndefined()
    expect(first.body.findings.map(({ code, cells }) => [code, ...cells])).toEqual([
      ['not-delivered', 'signed-scan'],
      ['heading-missing', 'h3'],
      ['heading-empty', 'h2'],
    ])
    expect(first.body.findings[1]?.message).toContain('下步工作打算')
    const refused = await act(clerk, first.body, { kind: 'submit', contentHash: first.body.contentHash })
    expect(refused.error).toMatchObject({ code: 'return.checks-failed' })
    expect(refused.error?.message).toContain('下步工作打算')

    const unfilled = (await draft(clerk, shown.id)).bytes
    const second = await deliver(clerk, first.body, 'editable', [['草稿.docx', unfilled]])
    expect(codes(second.body)).toEqual(['not-delivered', 'heading-empty', 'heading-empty', 'blank-left'])
    const third = await deliver(clerk, second.body, 'editable', [['总结.docx', filledIn(unfilled)]])
    expect(third.body.content?.asked[0]?.delivery?.draft).toMatchObject({ ownReturn: true, countedTo: '2023-06-12' })
    const whole = await deliver(clerk, third.body, 'signed-scan', [['签字.pdf', pdf(2)]])
    expect(whole.body).toMatchObject({ status: 'signed', findings: [] })
    expect(whole.body.content?.asked[1]?.delivery?.files).toMatchObject([{ name: '签字.pdf', pages: 2 }])
    expect(whole.body.content?.earlier).toHaveLength(2)
  })

  it('and takes nothing that is not what it should be', async () => {
    const { clerk, page: shown } = await begin()
    const code = async (
      ...given: Parameters<typeof deliver> extends [unknown, unknown, ...infer Rest] ? Rest : never
    ) => (await deliver(clerk, shown, ...given)).error?.code
    expect(await code('editable', [['照片.png', png()]])).toBe('narrative.not-word')
    expect(await code('editable', [])).toBe('narrative.no-file')
    expect(await code('signed-scan', [['总结.docx', await report()]])).toBe('narrative.not-a-scan')
    expect(await code('signed-scan', [['空白.pdf', pdf(0)]])).toBe('narrative.scan-without-page')
    expect(await code('electronic', [['总结.docx', await report()]])).toBe('narrative.form-not-asked')
    const foreign = await ask(test, clerk, contracts.deliverFiles, {
      params: { returnId: shown.id },
      body: { version: shown.version, form: 'editable', fileIds: [shown.id] },
    })
    expect(foreign.status).toBe(404)
  })

  it('asks about a document that was written from the draft of another report', async () => {
    const { district, clerk, page: shown } = await begin({ deliverables: [{ form: 'editable', receiverId: null }] })
    const other = district.clerks[1] as TestAccount
    const theirs = filledIn((await draft(other, await returnOf(other))).bytes)
    const delivered = await deliver(clerk, shown, 'editable', [['总结.docx', theirs]])
    expect(delivered.body.findings).toMatchObject([{ code: 'other-draft', blocking: false }])
    const { contentHash } = delivered.body
    const silent = await act(clerk, delivered.body, { kind: 'submit', contentHash })
    expect(silent.error).toMatchObject({ code: 'return.remark-wanted' })
    const [finding] = delivered.body.findings
    const filed = await act(clerk, delivered.body, {
      kind: 'submit',
      contentHash,
      answers: { [finding?.key ?? '']: '数字已改为本社区的' },
    })
    expect(filed.body).toMatchObject({ status: 'submitted', remarks: [{ text: '数字已改为本社区的' }] })
  })
})

describe('a report goes up the line', () => {
  async function filed(given: Filing): Promise<ReturnPage> {
    const { clerk, page: shown } = given
    const one = await deliver(clerk, shown, 'editable', [['总结.docx', await report()]])
    const two = await deliver(clerk, one.body, 'signed-scan', [['签字.pdf', pdf()]])
    const done = await act(clerk, two.body, { kind: 'submit', contentHash: two.body.contentHash })
    expect(done.error).toBeUndefined()
    return done.body
  }

  it('is sent back at a heading, comes again, and stays as it was filed each time', async () => {
    const filing = await begin()
    const { district, clerk } = filing
    const first = await filed(filing)
    expect(first).toMatchObject({ status: 'submitted', abilities: { deliver: false, draft: false } })
    const seen = await page(district.streetClerk, first.id)
    const [scan] = seen.content?.asked[1]?.delivery?.files ?? []
    const file = await ask(test, district.streetClerk, contracts.downloadReturnFile, {
      params: { returnId: first.id, fileId: scan?.fileId ?? '' },
    })
    expect(Buffer.from(file.bytes).equals(Buffer.from(pdf()))).toBe(true)
    const back = await act(district.streetClerk, seen, {
      kind: 'send-back',
      remarks: [{ cell: 'h2', text: '问题写得太笼统' }],
    })
    expect(back.body).toMatchObject({ status: 'sent-back' })
    const now = await page(clerk, first.id)
    expect(now.remarks).toMatchObject([{ cell: 'h2', text: '问题写得太笼统', round: 1 }])
    const better = await report(Object.fromEntries(headings.map((heading) => [heading, `${heading}：共5项。`])))
    const again = await deliver(clerk, now, 'editable', [['总结（修改）.docx', better]])
    const second = await act(clerk, again.body, { kind: 'submit', contentHash: again.body.contentHash })
    expect((await act(district.streetClerk, second.body, { kind: 'accept' })).body.status).toBe('accepted')

    const then = await ask(test, clerk, contracts.showFiledReturn, { params: { returnId: first.id, round: 1 } })
    expect(then.body.deliveries.map(({ files }) => files[0]?.name)).toEqual(['总结.docx', '签字.pdf'])
    const after = await ask(test, clerk, contracts.showFiledReturn, { params: { returnId: first.id, round: 2 } })
    expect(after.body.deliveries.map(({ files }) => files[0]?.name)).toEqual(['总结（修改）.docx', '签字.pdf'])
    const old = then.body.deliveries[0]?.files[0]?.fileId ?? ''
    const kept = await ask(test, clerk, contracts.downloadReturnFile, { params: { returnId: first.id, fileId: old } })
    expect(kept.status).toBe(200)
    const receipt = await ask(test, clerk, contracts.returnReceipt, { params: { returnId: first.id } })
    expect(receipt.body.contentHash).toBe(after.body.contentHash)

    await test.platform.sealer.sealNow(district.tenant.id)
    const verdict = await verdictOf(district)
    expect(verdict?.difference).toBeNull()
  })

  it('loses its signature with a file that comes after it', async () => {
    const { clerk, page: shown } = await begin({ signatures: ['负责人'] })
    const one = await deliver(clerk, shown, 'editable', [['总结.docx', await report()]])
    expect(one.body.status).toBe('open')
    const two = await deliver(clerk, one.body, 'signed-scan', [['签字.pdf', pdf()]])
    const signed = await sign(clerk, two.body, { submit: false })
    expect(signed.body).toMatchObject({ status: 'signed', signatures: [{ label: '负责人' }] })
    const replaced = await deliver(clerk, signed.body, 'signed-scan', [['重扫.png', png()]])
    expect(replaced.body).toMatchObject({ status: 'open', signatures: [], wants: '负责人' })
    expect(replaced.body.contentHash).not.toBe(signed.body.contentHash)
    const now = await sign(clerk, replaced.body)
    expect(now.body).toMatchObject({ status: 'submitted', position: expect.any(Number) as number })
  })

  it('is taken by each of two receivers, and taking it says that the paper has come', async () => {
    const district = await buildDistrict()
    const bureau = await buildUnit(test, district.tenant, { kind: 'department', name: '应急局' })
    const officer = await buildAccount(test, bureau, 'department-officer')
    await add(
      district,
      {
        deliverables: [
          { form: 'editable', receiverId: null },
          { form: 'paper', receiverId: bureau.id },
        ],
      },
      { receiverIds: [bureau.id, district.street.id] },
    )
    await open(district)
    const [clerk] = district.clerks as [TestAccount]
    const shown = await page(clerk, await returnOf(clerk))
    expect(shown.content?.asked[1]).toMatchObject({ form: 'paper', receivers: [{ name: '应急局' }], delivery: null })
    const one = await deliver(clerk, shown, 'editable', [['总结.docx', await report()]])
    const filing = await act(clerk, one.body, { kind: 'submit', contentHash: one.body.contentHash })
    const byStreet = await act(district.streetClerk, filing.body, { kind: 'accept' })
    expect(byStreet.body.status).toBe('submitted')
    const byBureau = await act(officer, byStreet.body, { kind: 'accept' })
    expect(byBureau.body.status).toBe('accepted')
    const sentences = byBureau.body.events.map(({ sentence }) => sentence)
    expect(sentences.filter((sentence) => sentence.includes('纸质件已收到'))).toHaveLength(1)
  })

  it('puts plans of units below on record the same way', async () => {
    const { clerk, page: shown } = await begin({
      kind: 'plan-for-record',
      name: '实施方案',
      mustContain: ['责任分工'],
      deliverables: [{ form: 'editable', receiverId: null }],
    })
    expect(shown.narrative).toBe('plan-for-record')
    expect(linesOf(await wordOf(clerk, shown.id))).toContain('一、责任分工')
    const one = await deliver(clerk, shown, 'editable', [['方案.docx', await report({ 责任分工: '由网格员负责。' })]])
    const filedPlan = await act(clerk, one.body, { kind: 'submit', contentHash: one.body.contentHash })
    expect(filedPlan.body.status).toBe('submitted')
  })

  it('is found out when a delivered file is exchanged behind its back', async () => {
    const filing = await begin()
    const { district } = filing
    await filed(filing)
    await test.platform.sealer.sealNow(district.tenant.id)
    await test.db.asOwner(
      `update return_delivery set files = jsonb_set(files, '{0,sha256}', to_jsonb(repeat('0', 64))) where return_id = $1 and form = 'signed-scan'`,
      [filing.page.id],
    )
    const verdict = await verdictOf(district)
    expect(verdict?.difference?.subject).toMatch(/上报的报表|报送的文件/)
  })

  it('has no form to export', async () => {
    const filing = await begin()
    const done = await filed(filing)
    const { district } = filing
    const params = { returnId: done.id }
    const form = await ask(test, district.streetClerk, contracts.exportReturn, { params, query: { format: 'docx' } })
    expect(form.error?.code).toBe('return.without-form')
    expect(await sent(filing.clerk, '备.png', png())).not.toBe('')
  })
})
