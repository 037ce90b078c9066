/** A report on a named day, filed by communities to their street; and what tests do with its files. */
import { expect } from 'vitest'
import * as contracts from '@bihuan/contracts'
import type { BodyOf, ReturnPage, ScheduleInput } from '@bihuan/contracts'
import { writeOfficialDocument } from '@bihuan/office'
import { ask, upload, type TestAccount, type TestApp } from './builders.js'
import type { District } from './build-returns.js'

type Narrative = BodyOf<typeof contracts.addNarrativeSchedule>['narrative']

export const headings = ['重大事故隐患排查整改情况', '存在的主要问题', '下步工作打算']

export const plainNarrative: Narrative = {
  kind: 'report',
  name: '阶段工作总结',
  mustContain: headings,
  deliverables: [
    { form: 'editable', receiverId: null },
    { form: 'signed-scan', receiverId: null },
  ],
  signatures: [],
  tableIds: [],
}

export const onNamedDay: ScheduleInput = {
  title: '阶段工作总结',
  rule: {
    cadence: 'named',
    due: { kind: 'on-date' },
    shift: 'next',
    cutOff: 'due-day',
    counts: 'cumulative',
    firstDay: '2023-06-01',
    lastDay: null,
    dates: ['2023-06-20', '2023-08-15'],
  },
  respondents: [{ kinds: ['street', 'community'], unitIds: [], groups: null }],
  receiverIds: [],
  splitSectors: [],
  note: '',
}

/** The smallest PDF that a reader opens, of so many pages. */
export function pdf(pages = 1): Uint8Array {
  const kids = Array.from({ length: pages }, (_, at) => `${at + 3} 0 R`).join(' ')
  const objects = [
    '<</Type/Catalog/Pages 2 0 R>>',
    `<</Type/Pages/Kids[${kids}]/Count ${pages}>>`,
    ...Array.from({ length: pages }, () => '<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>'),
  ]
  let text = '%PDF-1.4\n'
  const places = objects.map((object, at) => {
    const place = text.length
    text += `${at + 1} 0 obj${object}endobj\n`
    return place
  })
  const start = text.length
  const rows = places.map((place) => `${String(place).padStart(10, '0')} 00000 n \n`).join('')
  text += `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${rows}`
  text += `trailer<</Size ${objects.length + 1}/Root 1 0 R>>\nstartxref\n${start}\n%%EOF\n`
  return new Uint8Array(Buffer.from(text, 'latin1'))
}

/** A report as a person would write it: each heading with something under it. */
export function report(
  sections: Readonly<Record<string, string>> = Object.fromEntries(headings.map((heading) => [heading, '已写明。'])),
): Promise<Uint8Array> {
  const body = Object.entries(sections).flatMap(([heading, text]) => [
    { heading: 1 as const, text: heading },
    ...(text === '' ? [] : [{ text }]),
  ])
  return writeOfficialDocument({ title: '阶段工作总结', body, signature: '七桥社区', issuedOn: '2023-06-15' })
}

export function narrativesOn(app: () => TestApp) {
  const add = (district: District, narrative: Partial<Narrative> = {}, schedule: Partial<ScheduleInput> = {}) =>
    ask(app(), district.office, contracts.addNarrativeSchedule, {
      params: { campaignId: district.campaignId },
      body: { ...onNamedDay, ...schedule, narrative: { ...plainNarrative, ...narrative } },
    })

  async function sent(account: TestAccount, name: string, bytes: Uint8Array): Promise<string> {
    const answer = await upload(app(), account, contracts.uploadFiles, { file: { name, bytes } })
    expect(answer.error).toBeUndefined()
    return answer.body.items[0]?.id ?? ''
  }

  async function deliver(
    account: TestAccount,
    { id, version }: Pick<ReturnPage, 'id' | 'version'>,
    form: BodyOf<typeof contracts.deliverFiles>['form'],
    files: readonly (readonly [name: string, bytes: Uint8Array])[],
  ) {
    const fileIds: string[] = []
    for (const [name, bytes] of files) fileIds.push(await sent(account, name, bytes))
    return ask(app(), account, contracts.deliverFiles, { params: { returnId: id }, body: { version, form, fileIds } })
  }

  const draft = (account: TestAccount, returnId: string) =>
    ask(app(), account, contracts.draftNarrative, { params: { returnId } })

  return { add, sent, deliver, draft }
}
