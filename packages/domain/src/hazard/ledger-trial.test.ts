import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { HazardCommand } from './command.js'
import type { Hazard } from './hazard.js'
import { readLedgerForm, type LedgerField } from './ledger-form.js'
import { readLedgerRow, renderLedgerRow, type LedgerCell } from './ledger-row.js'
import type { LedgerAsking } from './ledger-steps.js'
import { changedFields, ledgerDetails, missingDetails, spokenFields, tryLedgerRow } from './ledger-trial.js'
import type { people } from './test-builders.js'
import { buildContext, failed, HazardStory, listed, passed, planned, rectified } from './test-builders.js'

const titles = [
  '序号',
  '隐患编号',
  '企业名称',
  '所属行业领域',
  '重大隐患描述',
  '位置',
  '隐患等级',
  '隐患来源',
  '涉及层面',
  '检查日期',
  '检查人',
  '整改措施',
  '整改资金（万元）',
  '应急预案',
  '挂牌督办文件名称及文号',
  '整改时限',
  '责任单位',
  '整改责任人',
  '监管单位',
  '整改阶段',
  '实际整改完成时间',
  '整改进展',
  '整改进展时间',
  '备注',
]
const form = readLedgerForm(titles)
const at = (field: LedgerField) => form.columns.findIndex((column) => column.field === field)
const context = { sheet: '清单', row: 5, today: '2023-06-20' }
const names = { ordinal: 1, unitName: (id: string) => `单位${id}` }
const print = (hazard: Hazard) => renderLedgerRow(hazard, form, names)

/** Prints the hazard, changes cells as a clerk would, and asks what the row comes to. */
function edited(
  hazard: Hazard,
  edits: Partial<Record<LedgerField, LedgerCell>>,
  { who = 'manager', isOurs = true, parties = {} } = {},
) {
  const printed = print(hazard)
  const cells: LedgerCell[] = [...printed]
  for (const [field, cell] of Object.entries(edits)) cells[at(field as LedgerField)] = cell
  const { draft } = readLedgerRow(cells, form, context)
  const asking: LedgerAsking = {
    draft,
    parties: {
      subject: null,
      territoryUnitId: null,
      responsibleUnitId: hazard.responsibleUnitId,
      authorityUnitId: hazard.authorityUnitId,
      finder: hazard.finder,
      ...parties,
    },
    fields: isOurs ? changedFields(cells, printed, form, context) : spokenFields(draft),
    isOurs,
    gradeReason: '按清单',
    listedOn: '2023-06-20',
    listingUnitId: null,
    reason: '按清单更正',
  }
  const trial = tryLedgerRow(hazard, null, asking, {
    mayAct: () => true,
    contextOf: () => buildContext(who as keyof typeof people, { identity: { id: 'h', code: 'YH' } }),
  })
  return { ...trial, kinds: trial.commands.map(({ kind }) => kind), fields: asking.fields }
}

const codesOf = (problems: readonly { field: string; code: string }[]) =>
  problems.map(({ field, code }) => `${field} ${code}`)

describe('a row that was exported and is unchanged', () => {
  const text = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 30 }).filter((each) => each.trim() !== '')
  const moves: fc.Arbitrary<readonly [keyof typeof people, HazardCommand][]> = fc.constantFrom(
    [],
    [['manager', { kind: 'plan-rectification', rectification: planned }]],
    [['manager', { kind: 'plan-rectification', rectification: { mode: 'immediate', measures: '立即清理' } }]],
    [
      ['manager', { kind: 'plan-rectification', rectification: planned }],
      ['manager', rectified()],
    ],
    [
      ['manager', { kind: 'plan-rectification', rectification: planned }],
      ['manager', rectified()],
      ['officer', failed()],
    ],
    [
      ['officer', listed()],
      ['manager', { kind: 'plan-rectification', rectification: planned }],
      ['manager', rectified()],
      ['officer', passed()],
      ['officer', { kind: 'sign-off' }],
    ],
  )

  it('asks for nothing, whatever the hazard says and however far it has come', () => {
    fc.assert(
      fc.property(
        text,
        text,
        text,
        fc.constantFrom('2023-06-16', '2023-06-01'),
        fc.constantFrom(null, '2023-08-01'),
        moves,
        fc.array(fc.tuple(fc.constantFrom('2023-06-17', '2023-06-19'), text), { maxLength: 3 }),
        (description, remark, placeText, foundOn, deadline, acts, progress) => {
          const story = HazardStory.registered({ description, remark, placeText, foundOn, deadline })
          for (const [who, act] of acts) {
            if (act.kind === 'report-rectified') {
              for (const [on, told] of progress) {
                story.does('manager', { kind: 'report-progress', on, text: told, evidenceFileIds: [] })
              }
            }
            story.does(who, act)
          }
          const outcome = edited(story.state, {})
          expect([...outcome.fields]).toEqual([])
          expect(outcome.kinds).toEqual([])
          // Typed again by somebody who has no identity for it, the row says nothing new either.
          const again = edited(story.state, {}, { isOurs: false })
          expect(again.kinds).toEqual([])
        },
      ),
      { numRuns: 400 },
    )
  })

  it('is unchanged in another spelling: serial numbers, full-width digits, other line breaks', () => {
    const story = HazardStory.rectifying().does('manager', {
      kind: 'report-progress',
      on: '2023-06-17',
      text: '下单\n已付款',
      evidenceFileIds: [],
    })
    const spelt = {
      foundOn: 45_093,
      deadline: '２０２３年７月１５日前',
      progress: '2023-06-17：下单\r\n　　已付款',
      description: ' 煤气管道排水器未设水封 ',
    }
    expect([...edited(story.state, spelt).fields]).toEqual([])
  })
})

describe('a row that was exported and edited', () => {
  it('comes to a correction of what it describes, with all changed fields at once', () => {
    const { commands, next } = edited(
      HazardStory.registered().state,
      { remark: '重点', place: '二车间', sector: '冶金' },
      { who: 'officer' },
    )
    expect(commands).toEqual([
      { kind: 'correct', reason: '按清单更正', changes: { sector: '冶金', placeText: '二车间', remark: '重点' } },
    ])
    expect(next).toMatchObject({ remark: '重点', placeText: '二车间', sector: '冶金', version: 2 })
  })

  it('comes to a plan when all five elements are there, to measures on the spot when they are alone', () => {
    const elements = {
      measures: '换阀',
      funds: 2,
      contingency: '停气',
      responsiblePerson: '丙',
      deadline: '2023-07-01',
    }
    expect(edited(HazardStory.registered().state, elements)).toMatchObject({
      kinds: ['plan-rectification'],
      next: { status: 'rectifying', deadline: '2023-07-01', rectification: { mode: 'planned', funds: 2 } },
    })
    expect(edited(HazardStory.registered().state, { measures: '换阀' })).toMatchObject({
      kinds: ['plan-rectification'],
      next: { rectification: { mode: 'immediate', measures: '换阀' } },
    })
  })

  it('brings a plan forward but never pushes a time limit back: that is an extension', () => {
    const story = HazardStory.rectifying()
    expect(edited(story.state, { deadline: '2023-07-01' })).toMatchObject({
      kinds: ['plan-rectification'],
      next: { deadline: '2023-07-01' },
    })
    expect(codesOf(edited(story.state, { deadline: '2023-09-01' }).problems)).toEqual([
      'deadline hazard.plan-past-deadline',
    ])
    const unplanned = HazardStory.registered({ deadline: '2023-07-15' })
    expect(codesOf(edited(unplanned.state, { deadline: '2023-09-01' }).problems)).toEqual([
      'deadline hazard.ledger-deadline',
    ])
  })

  it('adds entries of progress and leaves those that stand alone', () => {
    const story = HazardStory.rectifying().does('manager', {
      kind: 'report-progress',
      on: '2023-06-17',
      text: '下单',
      evidenceFileIds: [],
    })
    const more = edited(story.state, { progress: '2023-06-17：下单\n2023-06-19：到货' })
    expect(more.commands).toEqual([{ kind: 'report-progress', on: '2023-06-19', text: '到货', evidenceFileIds: [] }])
    expect(codesOf(edited(story.state, { progress: '2023-06-17：已下单' }).problems)).toEqual([
      'progress hazard.ledger-progress-kept',
    ])
  })

  it('reports completion by the proper act, and says so when the rules do not allow it yet', () => {
    const done = { stage: '已完成整改', rectifiedOn: '2023-06-19', progress: '2023-06-19：排水器已更换' }
    const { kinds, next } = edited(HazardStory.rectifying().state, done)
    expect(kinds).toEqual(['report-rectified'])
    expect(next).toMatchObject({ status: 'awaiting-reinspection', rectifiedOn: '2023-06-19' })
    expect(next?.progress.map(({ on, text }) => `${on} ${text}`)).toEqual(['2023-06-19 排水器已更换'])
    // A major hazard without the five elements was not put right on the spot three days later.
    expect(codesOf(edited(HazardStory.registered().state, done).problems)).toEqual(['stage hazard.plan-needed'])
  })

  it('signs off only what was re-inspected, and only for who may', () => {
    expect(edited(HazardStory.awaitingSignOff().state, { stage: '已销号' }, { who: 'officer' })).toMatchObject({
      kinds: ['sign-off'],
      next: { status: 'closed', signedOffOn: '2023-06-20' },
    })
    expect(codesOf(edited(HazardStory.awaitingSignOff().state, { stage: '已销号' }).problems)).toEqual([
      'stage hazard.inside-enterprise',
    ])
    expect(
      codesOf(edited(HazardStory.awaitingReinspection().state, { stage: '已销号' }, { who: 'officer' }).problems),
    ).toEqual(['stage hazard.ledger-not-reinspected'])
  })

  it('goes back in no way, and hands nothing over', () => {
    expect(codesOf(edited(HazardStory.closed().state, { stage: '整改中' }, { who: 'officer' }).problems)).toEqual([
      'stage hazard.ledger-stage-back',
    ])
    const other = { parties: { authorityUnitId: 'u-other' }, who: 'officer' }
    expect(codesOf(edited(HazardStory.registered().state, { authority: '另一个局' }, other).problems)).toEqual([
      'authority hazard.ledger-by-transfer',
    ])
  })

  it('does all or nothing', () => {
    const outcome = edited(HazardStory.rectifying().state, { remark: '新的', stage: '已销号' }, { who: 'officer' })
    expect(outcome.commands).toEqual([])
    expect(codesOf(outcome.problems)).toEqual(['stage hazard.field-missing', 'stage hazard.ledger-not-reinspected'])
  })
})

describe('a row typed by hand', () => {
  const row = (cells: Partial<Record<LedgerField, LedgerCell>>) => {
    const typed = titles.map((): LedgerCell => null)
    for (const [field, cell] of Object.entries(cells)) typed[at(field as LedgerField)] = cell
    return readLedgerRow(typed, form, context).draft
  }
  const parties: LedgerAsking['parties'] = {
    subject: { kind: 'enterprise', id: 'u-enterprise', name: '某某机械厂' },
    territoryUnitId: 'u-town',
    responsibleUnitId: 'u-enterprise',
    authorityUnitId: 'u-department',
    finder: { personId: null, name: '甲', unitId: 'u-department', side: 'department' },
  }
  const defaults = {
    campaignId: 'c-2023',
    sector: '工贸',
    source: 'inspection',
    grade: 'major',
    gradeReason: '按清单',
    foundOn: null,
  } as const

  const brought = (cells: Partial<Record<LedgerField, LedgerCell>>, who: keyof typeof people = 'officer') => {
    const draft = row(cells)
    const details = ledgerDetails(null, draft, parties, defaults)
    const asking = {
      draft,
      parties,
      fields: spokenFields(draft),
      isOurs: false,
      gradeReason: '按清单',
      listedOn: '2023-06-20',
      listingUnitId: null,
      reason: '更正',
    }
    const trial = tryLedgerRow(null, { kind: 'register', details }, asking, {
      mayAct: (kind) => kind !== 'list-for-supervision',
      contextOf: () => buildContext(who, { identity: { id: 'h', code: 'YH' } }),
    })
    return { ...trial, kinds: trial.commands.map(({ kind }) => kind), details }
  }

  it('is registered and taken as far as the rules let it, step by step', () => {
    const outcome = brought({
      description: '未设水封',
      grade: '一般',
      foundOn: '2023-06-10',
      deadline: '2023-07-01',
      measures: '加装',
      stage: '已完成整改',
      rectifiedOn: '2023-06-15',
      progress: '2023-06-12：下单\n2023-06-15：装好',
    })
    expect(outcome.kinds).toEqual(['register', 'plan-rectification', 'report-progress', 'report-rectified'])
    expect(outcome.next).toMatchObject({
      status: 'awaiting-reinspection',
      grade: 'general',
      sector: '工贸',
      version: 4,
    })
    expect(outcome.notes).toEqual([])
  })

  it('that says 已销号 comes in unsigned, with a word at the cell', () => {
    const outcome = brought({
      description: '未设水封',
      grade: '一般',
      foundOn: '2023-06-10',
      stage: '已销号',
      rectifiedOn: '2023-06-15',
    })
    expect(outcome.next?.status).toBe('awaiting-reinspection')
    expect(codesOf(outcome.notes)).toEqual(['stage hazard.ledger-not-reinspected'])
  })

  it('says what could not be done with the rest of it', () => {
    const outcome = brought({
      description: '未设水封',
      foundOn: '2023-06-10',
      stage: '已完成',
      rectifiedOn: '2023-06-15',
      listing: '《关于挂牌的通知》（某安委〔2023〕5号）',
    })
    expect(outcome.next?.status).toBe('rectifying')
    expect(codesOf(outcome.notes)).toEqual(['listing request.not-allowed', 'stage hazard.plan-needed'])
  })

  it('names all that registration still asks for', () => {
    const bare = { subject: null, territoryUnitId: null, responsibleUnitId: null, authorityUnitId: null, finder: null }
    const details = ledgerDetails(null, row({ description: '未设水封' }), bare, {
      ...defaults,
      sector: null,
      source: null,
      grade: null,
    })
    expect(missingDetails(details).map(({ field }) => field)).toEqual([
      'subject',
      'unit',
      'sector',
      'source',
      'finder',
      'grade',
      'authority',
    ])
  })
})
