import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { draftNarrative, figuresUnder, type DraftQuestion } from './narrative-draft.js'
import {
  askedForms,
  checkDelivery,
  checkNarrative,
  isUploaded,
  narrativeFindings,
  WORD,
  type DeliverableForm,
  type Delivery,
  type Narrative,
  type OfferedFile,
  type UploadedForm,
} from './narrative.js'
import { readSections } from './narrative-sections.js'
import type { OwnPart } from './sub-plan.js'

const plain: Narrative = {
  kind: 'report',
  name: '阶段工作总结',
  mustContain: ['隐患排查情况', '下步打算'],
  deliverables: [
    { form: 'editable', receiverId: null },
    { form: 'signed-scan', receiverId: null },
  ],
  signatures: [],
  tableIds: [],
}
const known = { receiverIds: ['u-bureau'], tableIds: ['t-1'] }

function offered(overrides: Partial<OfferedFile> = {}): OfferedFile {
  return {
    fileId: 'f-1',
    name: '总结.docx',
    mediaType: WORD,
    size: 1000,
    sha256: 'a'.repeat(64),
    pages: null,
    opens: true,
    ...overrides,
  }
}

function delivered(form: UploadedForm, overrides: Partial<Delivery> = {}): Delivery {
  return {
    id: `d-${form}`,
    form,
    files: [],
    sections: form === 'editable' ? { missing: [], empty: [], blanks: 0 } : null,
    draft: null,
    ...overrides,
  }
}

describe('what may be asked for', () => {
  const code = (changes: Partial<Narrative>) => {
    const checked = checkNarrative({ ...plain, ...changes }, known)
    return checked.ok ? null : [checked.refusal.code, checked.refusal.path]
  }

  it('is refused where nobody could deliver it', () => {
    expect(code({})).toBeNull()
    expect(code({ name: ' ' })).toEqual(['narrative.name-missing', 'name'])
    expect(code({ deliverables: [] })).toEqual(['narrative.no-deliverable', 'deliverables'])
    expect(code({ deliverables: [...plain.deliverables, { form: 'editable', receiverId: null }] })).toEqual([
      'narrative.deliverable-twice',
      'deliverables.2',
    ])
    expect(code({ deliverables: [...plain.deliverables, { form: 'paper', receiverId: 'u-other' }] })).toEqual([
      'narrative.receiver-unknown',
      'deliverables.2.receiverId',
    ])
    expect(code({ mustContain: ['打算', '一、打算'] })).toEqual(['narrative.heading-twice', 'mustContain.1'])
    expect(code({ mustContain: ['一、'] })).toEqual(['narrative.heading-empty', 'mustContain.0'])
    expect(code({ deliverables: [{ form: 'signed-scan', receiverId: null }] })?.[0]).toBe('narrative.headings-unread')
    expect(code({ mustContain: [], deliverables: [{ form: 'paper', receiverId: 'u-bureau' }] })?.[0]).toBe(
      'narrative.paper-unsigned',
    )
    expect(code({ tableIds: ['t-2'] })).toEqual(['narrative.table-unknown', 'tableIds.0'])
  })
})

describe('what may be delivered', () => {
  const code = (form: UploadedForm, ...files: OfferedFile[]) => {
    const checked = checkDelivery(
      { deliverables: [...plain.deliverables, { form: 'electronic', receiverId: null }] },
      form,
      files,
    )
    return checked.ok ? null : checked.refusal.code
  }

  it('is one Word document that opens, and a scan with at least a page', () => {
    const scan = offered({ name: '签字.pdf', mediaType: 'application/pdf', pages: 3 })
    expect(code('editable', offered())).toBeNull()
    expect(code('editable', offered(), offered())).toBe('narrative.one-document')
    expect(code('editable', offered({ opens: false }))).toBe('narrative.does-not-open')
    expect(code('editable', scan)).toBe('narrative.not-word')
    expect(code('signed-scan', scan, scan)).toBeNull()
    expect(code('signed-scan', { ...scan, pages: 0 })).toBe('narrative.scan-without-page')
    expect(code('signed-scan', offered())).toBe('narrative.not-a-scan')
    expect(code('electronic', offered({ opens: false }))).toBeNull()
    expect(code('electronic')).toBe('narrative.no-file')
  })
})

describe('a report is complete', () => {
  const forms: readonly DeliverableForm[] = ['editable', 'signed-scan', 'electronic', 'paper']

  it('when each form that is asked is there, and for no other reason', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.constantFrom(...forms), { minLength: 1 }),
        fc.uniqueArray(fc.constantFrom<UploadedForm>('editable', 'signed-scan', 'electronic')),
        (asked, there) => {
          const narrative = { ...plain, deliverables: asked.map((form) => ({ form, receiverId: null })) }
          const found = narrativeFindings(
            narrative,
            there.map((form) => delivered(form)),
            'r-1',
          )
          const wanting = asked.filter(isUploaded).filter((form) => !there.includes(form))
          expect(found.filter(({ blocking }) => blocking).map(({ cells }) => cells[0])).toEqual(wanting)
        },
      ),
    )
  })

  it('when each point is written about, and no blank is left', () => {
    const sections = { missing: ['下步打算'], empty: ['隐患排查情况'], blanks: 2 }
    const found = narrativeFindings(plain, [delivered('editable', { sections }), delivered('signed-scan')], 'r-1')
    expect(found.map(({ code, blocking, cells }) => [code, blocking, ...cells])).toEqual([
      ['heading-missing', true, 'h2'],
      ['heading-empty', true, 'h1'],
      ['blank-left', true, 'editable'],
    ])
    expect(found[0]?.message).toContain('下步打算')
  })

  it('and asks about a document that was written from another draft, without stopping it', () => {
    const from = (returnId: string) =>
      narrativeFindings(
        plain,
        [
          delivered('editable', { draft: { returnId, position: 5, countedTo: '2023-06-12' } }),
          delivered('signed-scan'),
        ],
        'r-1',
      )
    expect(from('r-1')).toEqual([])
    expect(from('r-2')).toMatchObject([{ code: 'other-draft', blocking: false }])
  })

  it('names each form once, whoever it is for', () => {
    const deliverables = [...plain.deliverables, { form: 'editable' as const, receiverId: 'u-bureau' }]
    expect(askedForms({ deliverables })).toEqual(['editable', 'signed-scan'])
  })
})

describe('the draft', () => {
  const found = { label: '部门检查发现的重大事故隐患', unit: '个', period: '3', total: '8' }
  const fined = { label: '行政处罚', unit: '万元', period: null, total: null }
  const asked: DraftQuestion = {
    narrative: plain,
    unitName: '柳荫街道',
    campaignName: '排查整治行动',
    receiverNames: ['青榆区'],
    span: { from: '2023-06-01', to: '2023-06-15' },
    figures: [found, fined],
    overdue: { count: 2, annex: '超期清单' },
    tables: ['调度表'],
    own: null,
  }
  const own: OwnPart = {
    unit: { name: '柳荫街道', kind: 'street' },
    campaign: { name: '排查整治行动', title: '行动方案', issuer: '区安委办', docNo: null, unitName: '青榆区' },
    phases: [{ name: '动员部署', startsOn: null, endsOn: '2023-05-31' }],
    duties: [],
    tasks: [],
    returns: [],
    contacts: [],
  }
  const text = (question: DraftQuestion) =>
    draftNarrative(question)
      .body.map((block) => block.text)
      .join('\n')

  it('puts a figure under the point that speaks of it, and nowhere else', () => {
    expect(figuresUnder('隐患排查情况', asked.figures)).toEqual([found])
    expect(figuresUnder('执法处罚情况', asked.figures)).toEqual([found, fined])
    expect(figuresUnder('组织领导', asked.figures)).toEqual([])
    const draft = draftNarrative(asked)
    expect(draft.body.slice(1, 4).map((block) => block.text)).toEqual([
      '隐患排查情况',
      '2023年6月1日至2023年6月15日，部门检查发现的重大事故隐患3个（行动开展以来累计8个）。',
      '目前超过整改期限仍未完成整改的2个，详见附件《超期清单》。',
    ])
    expect(draft.annexes).toEqual(['调度表', '超期清单'])
  })

  it('tells no figure that nobody knows', () => {
    const punished = { ...asked, narrative: { ...plain, mustContain: ['行政处罚情况'] } }
    expect(text(punished)).toContain('行政处罚【待填：行政处罚】万元')
    expect(text({ ...asked, overdue: { count: 0, annex: '超期清单' } })).not.toContain('超期清单')
  })

  it('is never complete as it comes: what it leaves blank is found in it again', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(
          fc.constantFrom('隐患排查情况', '执法检查情况', '组织领导', '存在问题', '下步打算', '工作步骤'),
          {
            maxLength: 5,
          },
        ),
        fc.constantFrom(null, own),
        (mustContain, part) => {
          const draft = draftNarrative({ ...asked, narrative: { ...plain, mustContain }, own: part })
          const lines = draft.body.map((block) => block.text)
          const read = readSections([...lines, '柳荫街道', '2023年6月15日'], mustContain)
          expect(read.missing).toEqual([])
          expect(read.blanks).toBeGreaterThan(0)
        },
      ),
    )
  })
})
