import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { checkLifecycle } from '../shared/lifecycle-check.js'
import {
  decideReturn,
  signingOrder,
  type ReturnCommand,
  type ReturnContent,
  type ReturnContext,
  type ReturnEvent,
  type ReturnState,
} from './return.js'
import { drawReturnLifecycle, returnLifecycle } from './return-lifecycle.js'
import { timelinessOf } from './timeliness.js'

const clerk = { personId: 'p-clerk', name: '林某' }
const head = { personId: 'p-head', name: '周某' }
const district = { personId: 'p-district', name: '秦某' }
const figures: ReturnContent = { hash: 'h1', isNil: false, blockers: [], questions: [] }
const nothing: ReturnContent = { ...figures, hash: 'h0', isNil: true }

const asRespondent = (actor = clerk, changes: Partial<ReturnContext> = {}): ReturnContext => ({
  today: '2023-06-15',
  actor,
  isRespondent: true,
  isReceiver: false,
  content: figures,
  isProved: true,
  hasBegun: true,
  ...changes,
})
const asReceiver: ReturnContext = { ...asRespondent(district), isRespondent: false, isReceiver: true }

function done(state: ReturnState | null, command: ReturnCommand, context: ReturnContext): ReturnState {
  const answer = decideReturn(state, command, context)
  if (!answer.ok) throw new Error(answer.refusal.code)
  return answer.value.next
}
function refusal(state: ReturnState | null, command: ReturnCommand, context: ReturnContext): string {
  const answer = decideReturn(state, command, context)
  return answer.ok ? 'ok' : answer.refusal.code
}

const sign = (label: string, changes: Partial<Extract<ReturnCommand, { kind: 'sign' }>> = {}): ReturnCommand => ({
  kind: 'sign',
  label,
  nil: false,
  seenHash: 'h1',
  answers: {},
  ...changes,
})
const opened = (signatureLabels: readonly string[] = ['填报人']) =>
  done(null, { kind: 'open', id: 'r-1', dueOn: '2023-06-16', signatureLabels }, asRespondent())
const two = ['填表人', '审核人']
const submit: ReturnCommand = { kind: 'submit', seenHash: 'h1' }
const filed = () => done(done(opened(), sign('填报人'), asRespondent()), submit, asRespondent())

const timely = (state: ReturnState, today: string) => timelinessOf({ ...state, dissolvedOn: null }, today)

describe('the life of a return', () => {
  it('is a sound table, and is drawn with the way to the last signature', () => {
    expect(checkLifecycle(returnLifecycle)).toEqual([])
    expect(drawReturnLifecycle()).toContain('signing --> signed: 签齐')
  })

  it('goes from signature to submission to acceptance', () => {
    const accepted = done(filed(), { kind: 'accept' }, asReceiver)
    expect(accepted).toMatchObject({ status: 'accepted', round: 1, firstSubmittedOn: '2023-06-15' })
    expect(refusal(accepted, { kind: 'edit' }, asRespondent())).toBe('return.wrong-state')
    expect(refusal(accepted, submit, asRespondent())).toBe('return.wrong-state')
  })

  it('asks two people where the form asks for two signatures', () => {
    const first = done(opened(two), sign('填表人'), asRespondent(clerk))
    expect(first.status).toBe('signing')
    expect(refusal(first, sign('审核人'), asRespondent(clerk))).toBe('return.same-signatory')
    expect(refusal(first, sign('填表人'), asRespondent(head))).toBe('return.wrong-signature')
    expect(done(first, sign('审核人'), asRespondent(head)).status).toBe('signed')
    expect(refusal(opened(two), sign('审核人'), asRespondent(head))).toBe('return.wrong-signature')
  })

  it.each([
    [
      ['审核人', '填表人'],
      ['填表人', '审核人'],
    ],
    [
      ['单位负责人', '审核人', '填报人'],
      ['填报人', '审核人', '单位负责人'],
    ],
    [['填报人'], ['填报人']],
  ])('of a form that prints %j is signed in the order %j', (printed, signed) => {
    expect(signingOrder(printed)).toEqual(signed)
  })

  it('lets the signatures fall when something is changed', () => {
    const first = done(opened(two), sign('填表人'), asRespondent(clerk))
    expect(done(first, { kind: 'edit' }, asRespondent(clerk))).toMatchObject({ status: 'open', signatures: [] })
  })

  it('signs what was seen, or nothing', () => {
    expect(refusal(opened(), sign('填报人', { seenHash: 'h-old' }), asRespondent())).toBe('return.changed')
    expect(refusal(opened(), sign('填报人'), asRespondent(clerk, { isProved: false }))).toBe('return.proof-missing')
    expect(refusal(opened(), sign('填报人'), asRespondent(clerk, { hasBegun: false }))).toBe('return.not-begun')
    const signed = done(opened(), sign('填报人'), asRespondent())
    const changed = { ...figures, hash: 'h2' }
    expect(refusal(signed, { kind: 'submit', seenHash: 'h2' }, asRespondent(clerk, { content: changed }))).toBe(
      'return.changed-since-signed',
    )
    const anew = done(signed, sign('填报人', { seenHash: 'h2' }), asRespondent(clerk, { content: changed }))
    expect(anew.signatures.map(({ contentHash }) => contentHash)).toEqual(['h2'])
    expect(refusal(signed, sign('填报人'), asRespondent())).toBe('return.signed-already')
  })

  it('stops at a hard rule, and asks a sentence for a soft one, which travels with it', () => {
    const hard = { ...figures, blockers: ['“整改”大于“发现”；请核对两个数。'] }
    expect(refusal(opened(), sign('填报人'), asRespondent(clerk, { content: hard }))).toBe('return.checks-failed')
    const question = { key: 'fell:g1.m1', cell: 'g1.m1', message: '由5降为3' }
    const soft = asRespondent(clerk, { content: { ...figures, questions: [question] } })
    expect(refusal(opened(), sign('填报人'), soft)).toBe('return.remark-wanted')
    const signed = done(opened(), sign('填报人', { answers: { 'fell:g1.m1': '上月误报两项' } }), soft)
    expect(signed.remarks).toMatchObject([{ cell: 'g1.m1', text: '上月误报两项', byName: '林某', round: 0 }])
  })

  it('is nil only when a person says so and nothing is there', () => {
    expect(refusal(opened(), sign('填报人', { nil: true }), asRespondent())).toBe('return.not-nil')
    const context = asRespondent(clerk, { content: nothing })
    const zeros = done(opened(), sign('填报人', { seenHash: 'h0' }), context)
    expect(zeros.nil).toBe(false)
    expect(done(opened(), sign('填报人', { seenHash: 'h0', nil: true }), context).nil).toBe(true)
    const first = done(opened(two), sign('填表人', { seenHash: 'h0', nil: true }), context)
    const second = asRespondent(head, { content: nothing })
    expect(refusal(first, sign('审核人', { seenHash: 'h0' }), second)).toBe('return.nil-differs')
  })

  it('is sent back with a remark at a cell, and is filed again as another version', () => {
    const sentBack = done(filed(), { kind: 'send-back', remarks: [{ cell: 'g1.m3', text: '与清单不符' }] }, asReceiver)
    expect(sentBack).toMatchObject({ status: 'sent-back', timesSentBack: 1, signatures: [], round: 1 })
    const again = done(done(sentBack, sign('填报人'), asRespondent()), submit, asRespondent())
    expect(again).toMatchObject({ status: 'submitted', round: 2 })
    expect(again.remarks).toMatchObject([{ cell: 'g1.m3', text: '与清单不符', round: 1 }])
    expect(refusal(filed(), { kind: 'send-back', remarks: [{ cell: null, text: ' ' }] }, asReceiver)).toBe(
      'return.remark-missing',
    )
  })

  it('filed to two receivers at once is locked when both have taken it', () => {
    const all = ['office', 'bureau']
    const first = done(filed(), { kind: 'accept' }, { ...asReceiver, receivers: { all, own: ['office'] } })
    expect(first.status).toBe('submitted')
    expect(refusal(first, { kind: 'accept' }, { ...asReceiver, receivers: { all, own: ['office'] } })).toBe(
      'return.taken-already',
    )
    const second = done(first, { kind: 'accept' }, { ...asReceiver, receivers: { all, own: ['bureau'] } })
    expect(second.status).toBe('accepted')
    // Sent back by one it is filed anew, and taken anew by both.
    const back = done(first, { kind: 'send-back', remarks: [{ cell: null, text: '不符' }] }, asReceiver)
    const again = done(done(back, sign('填报人'), asRespondent()), submit, asRespondent())
    expect(again.takenBy).toEqual([])
  })

  it('is unlocked by its receiver alone, with a reason', () => {
    const accepted = done(filed(), { kind: 'accept' }, asReceiver)
    expect(refusal(accepted, { kind: 'reopen', reason: '漏报' }, asRespondent())).toBe('return.not-allowed')
    expect(refusal(accepted, { kind: 'reopen', reason: ' ' }, asReceiver)).toBe('return.reason-missing')
    expect(done(accepted, { kind: 'reopen', reason: '漏报一项' }, asReceiver)).toMatchObject({
      status: 'sent-back',
      round: 1,
      remarks: [{ text: '漏报一项' }],
    })
  })

  it('is late by the day of its first filing, and by the day that was allowed instead', () => {
    const late = { today: '2023-06-20' }
    expect(timely(opened(), '2023-06-15')).toEqual({ state: 'not-due', daysLate: 0 })
    expect(timely(opened(), '2023-06-16')).toEqual({ state: 'due', daysLate: 0 })
    expect(timely(opened(), '2023-06-18')).toEqual({ state: 'overdue', daysLate: 2 })
    const signed = done(opened(), sign('填报人'), asRespondent(clerk, late))
    expect(timely(done(signed, submit, asRespondent(clerk, late)), '2023-07-01')).toEqual({
      state: 'late',
      daysLate: 4,
    })
    const excused = done(signed, { kind: 'excuse', until: '2023-06-25', reason: '汛情' }, asReceiver)
    expect(timely(done(excused, submit, asRespondent(clerk, late)), '2023-07-01').state).toBe('on-time')
    expect(refusal(signed, { kind: 'excuse', until: '2023-06-16', reason: '汛情' }, asReceiver)).toBe(
      'return.excuse-too-early',
    )
  })

  it('gets another due day when a holiday moves, until it was filed once, and is never late for a day that is past', () => {
    const bySystem = { ...asReceiver, isReceiver: false, isRespondent: false }
    const later = done(opened(), { kind: 're-date', dueOn: '2023-06-19' }, bySystem)
    expect(later).toMatchObject({ dueOn: '2023-06-19', status: 'open' })
    expect(refusal(later, { kind: 're-date', dueOn: '2023-06-19' }, bySystem)).toBe('return.same-day')
    const afterwards = { ...bySystem, today: '2023-06-18' }
    expect(refusal(later, { kind: 're-date', dueOn: '2023-06-16' }, afterwards)).toBe('return.day-past')
    // Overdue by a day that turned out to be a day off: not overdue.
    const overdue = done(opened(), { kind: 're-date', dueOn: '2023-06-17' }, afterwards)
    expect(timely(overdue, '2023-06-18')).toEqual({ state: 'overdue', daysLate: 1 })
    const signed = done(opened(), sign('填报人'), asRespondent(clerk))
    const kept = done(signed, { kind: 're-date', dueOn: '2023-06-19' }, bySystem)
    expect(kept).toMatchObject({ status: 'signed', signatures: [{ name: clerk.name }] })
    const filed = done(kept, submit, asRespondent(clerk))
    expect(refusal(filed, { kind: 're-date', dueOn: '2023-06-20' }, bySystem)).toBe('return.wrong-state')
    const back = done(filed, { kind: 'send-back', remarks: [{ cell: null, text: '请核对' }] }, asReceiver)
    expect(refusal(back, { kind: 're-date', dueOn: '2023-06-20' }, bySystem)).toBe('return.filed-already')
  })

  it('goes to another receiver when its unit stands elsewhere, with the signatures that it has, until it was filed once', () => {
    const bySystem = { ...asReceiver, isReceiver: false, isRespondent: false }
    const address = { kind: 're-address' as const, receivers: ['槐安街道'] }
    const signed = done(opened(), sign('填报人'), asRespondent(clerk))
    expect(done(signed, address, bySystem)).toMatchObject({ status: 'signed', signatures: [{ name: clerk.name }] })
    expect(refusal(signed, { ...address, receivers: [] }, bySystem)).toBe('return.no-receiver')
    const filed = done(signed, submit, asRespondent(clerk))
    expect(refusal(filed, address, bySystem)).toBe('return.wrong-state')
    const back = done(filed, { kind: 'send-back', remarks: [{ cell: null, text: '请核对' }] }, asReceiver)
    expect(refusal(back, address, bySystem)).toBe('return.wrong-state')
    const typed = done(back, { kind: 'edit' }, asRespondent(clerk))
    expect(refusal(typed, address, bySystem)).toBe('return.filed-already')
  })

  it('keeps the day that a receiver allowed while that is the later one', () => {
    const bySystem = { ...asReceiver, isReceiver: false, isRespondent: false }
    const excused = done(opened(), { kind: 'excuse', until: '2023-06-25', reason: '汛情' }, asReceiver)
    expect(done(excused, { kind: 're-date', dueOn: '2023-06-19' }, bySystem).excusedUntil).toBe('2023-06-25')
    expect(done(excused, { kind: 're-date', dueOn: '2023-06-25' }, bySystem).excusedUntil).toBeNull()
  })
})

// --- Whatever anybody tries, in whatever order.

const people = [clerk, head, district]
const hash = fc.constantFrom('h1', 'h1', 'h1', 'h0')
const mostly = (usual: boolean) => fc.constantFrom(usual, usual, usual, !usual)
const anyCommand: fc.Arbitrary<ReturnCommand> = fc.oneof(
  fc.constant({ kind: 'edit' as const }),
  {
    weight: 5,
    arbitrary: fc.record({
      kind: fc.constant('sign' as const),
      label: fc.constantFrom(...two),
      nil: mostly(false),
      seenHash: hash,
      answers: fc.constantFrom({}, { q: '已核实' }),
    }),
  },
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('submit' as const), seenHash: hash }) },
  fc.constant({ kind: 'accept' as const }),
  fc.record({
    kind: fc.constant('send-back' as const),
    remarks: fc.array(fc.record({ cell: fc.constantFrom(null, 'g1.m1'), text: fc.constantFrom('', '不符') }), {
      maxLength: 2,
    }),
  }),
  fc.record({ kind: fc.constant('reopen' as const), reason: fc.constantFrom('', '漏报') }),
  fc.record({
    kind: fc.constant('receive' as const),
    contentHash: hash,
    nil: mostly(false),
    signatures: fc
      .constantFrom(['林某'], ['林某', '林某'], ['林某', '周某'], [])
      .map((names) => names.map((name, index) => ({ label: two[index] ?? '', name, on: '2023-06-15' }))),
  }),
  fc.record({
    kind: fc.constant('excuse' as const),
    until: fc.constantFrom('2023-06-10', '2023-06-30'),
    reason: fc.constantFrom('', '汛情'),
  }),
  fc.record({
    kind: fc.constant('re-date' as const),
    dueOn: fc.constantFrom('2023-06-16', '2023-06-19', '2023-06-12'),
  }),
  fc.record({ kind: fc.constant('re-address' as const), receivers: fc.constantFrom([], ['槐安街道']) }),
)
const anyStep = fc.record({
  command: anyCommand,
  actor: fc.constantFrom(...people),
  side: fc.constantFrom('respondent', 'receiver', 'both', 'both', 'both', 'neither'),
  hash,
  asks: mostly(false),
  blocked: mostly(false),
  isProved: mostly(true),
  // Of two receivers, those that the actor works for.
  takes: fc.constantFrom([], ['office'], ['bureau'], ['office', 'bureau']),
})
type Step = typeof anyStep extends fc.Arbitrary<infer T> ? T : never

function play(decide: typeof decideReturn, steps: readonly Step[]) {
  let state = opened(two)
  const events: ReturnEvent[] = []
  const states = [state]
  for (const { command, actor, side, hash: now, asks, blocked, isProved, takes } of steps) {
    const answer = decide(state, command, {
      today: '2023-06-15',
      actor,
      isRespondent: side === 'respondent' || side === 'both',
      isReceiver: side === 'receiver' || side === 'both',
      isProved,
      hasBegun: true,
      receivers: { all: ['office', 'bureau'], own: takes },
      content: {
        hash: now,
        isNil: now === 'h0',
        blockers: blocked ? ['不对'] : [],
        questions: asks ? [{ key: 'q', cell: 'g1.m1', message: '为什么' }] : [],
      },
    })
    if (!answer.ok) continue
    state = answer.value.next
    states.push(state)
    events.push(answer.value.event)
  }
  return { states, events }
}

/** What must never be, read off the log of a life, a sentence each. */
function wrongs({ states, events }: ReturnType<typeof play>): string[] {
  const found: string[] = []
  let mayFile = true
  events.forEach((event, index) => {
    const [before, after] = [states[index], states[index + 1]]
    if (before === undefined || after === undefined) return
    if (event.kind === 'submit' || event.kind === 'receive') {
      if (!mayFile) found.push('filed twice')
      mayFile = false
      const signatories = (event.kind === 'submit' ? before : after).signatures.map(({ name }) => name)
      if (signatories.length !== two.length) found.push('filed without every signature')
      if (new Set(signatories).size !== signatories.length) found.push('one person signed twice')
      const hashes = new Set(after.signatures.map(({ contentHash }) => contentHash))
      if (hashes.size > 1) found.push('signed two contents')
    }
    if (event.kind === 'send-back' || event.kind === 'reopen') mayFile = true
    if (event.kind === 're-date' && before.firstSubmittedOn !== null) found.push('re-dated after it was filed')
    if (event.kind === 're-address' && before.firstSubmittedOn !== null) found.push('readdressed after it was filed')
    if (before.status === 'accepted' && event.kind !== 'reopen') found.push('unlocked silently')
    if (event.kind === 'reopen' && after.remarks.length === before.remarks.length) found.push('unlocked silently')
    const taken = new Set(after.takenBy.map(({ unitId }) => unitId))
    if (event.to === 'accepted' && taken.size < 2 && event.kind !== 'reopen') found.push('locked before all took it')
    if (JSON.stringify(after.remarks.slice(0, before.remarks.length)) !== JSON.stringify(before.remarks)) {
      found.push('a remark was lost')
    }
    if (after.round < before.round) found.push('a version was lost')
  })
  return found
}

describe('no sequence of actions', () => {
  it('files twice, loses a remark, unlocks silently, or lets one person give both signatures', () => {
    let submissions = 0
    fc.assert(
      fc.property(fc.array(anyStep, { minLength: 60, maxLength: 80 }), (steps) => {
        const life = play(decideReturn, steps)
        submissions += life.events.filter(({ kind }) => kind === 'submit').length
        expect(wrongs(life)).toEqual([])
      }),
      { numRuns: 3000 },
    )
    // A property that never gets as far as filing says nothing.
    expect(submissions).toBeGreaterThan(100)
  }, 60_000)

  it('would pass unseen: each planted fault is found', () => {
    const faults: Readonly<Record<string, typeof decideReturn>> = {
      // Whoever signs is taken for another, and the log has them by their names.
      'one person signed twice': (state, command, context) =>
        decideReturn(state, command, {
          ...context,
          actor: { ...context.actor, personId: `${context.actor.personId}-${state?.signatures.length ?? 0}` },
        }),
      'a remark was lost': (state, command, context) => {
        const answer = decideReturn(state, command, context)
        return answer.ok && command.kind === 'edit'
          ? { ok: true, value: { ...answer.value, next: { ...answer.value.next, remarks: [] } } }
          : answer
      },
      'unlocked silently': (state, command, context) =>
        decideReturn(state && state.status === 'accepted' ? { ...state, status: 'open' } : state, command, context),
      'filed twice': (state, command, context) =>
        decideReturn(state && state.status === 'submitted' ? { ...state, status: 'signed' } : state, command, context),
    }
    for (const [name, faulty] of Object.entries(faults)) {
      const steps = fc.sample(fc.array(anyStep, { minLength: 60, maxLength: 80 }), { numRuns: 600, seed: 7 })
      const found = new Set(steps.flatMap((each) => wrongs(play(faulty, each))))
      expect([...found], name).toContain(name)
    }
  }, 60_000)
})

describe('a return of files', () => {
  const opened = (signatureLabels: readonly string[]) => {
    const decision = decideReturn(
      null,
      { kind: 'open', id: 'r', dueOn: '2023-06-20', signatureLabels, mayBeUnsigned: true },
      { today: '2023-06-12', actor: clerk, isRespondent: false, isReceiver: false },
    )
    if (!decision.ok) throw new Error(decision.refusal.message)
    return decision.value.next
  }
  const context: ReturnContext = {
    today: '2023-06-15',
    actor: clerk,
    isRespondent: true,
    isReceiver: false,
    content: figures,
    isProved: true,
    hasBegun: true,
  }
  const deliver: ReturnCommand = { kind: 'deliver', what: '可编辑文档“总结.docx”' }

  it('is opened without a signature only where it may be unsigned', () => {
    const decision = decideReturn(
      null,
      { kind: 'open', id: 'r', dueOn: '2023-06-20', signatureLabels: [] },
      { today: '2023-06-12', actor: clerk, isRespondent: false, isReceiver: false },
    )
    expect(decision).toMatchObject({ ok: false, refusal: { code: 'return.no-signature' } })
  })

  it('loses its signatures with every file that comes', () => {
    const delivered = decideReturn(opened(['负责人']), deliver, context)
    if (!delivered.ok) throw new Error(delivered.refusal.message)
    expect(delivered.value).toMatchObject({
      next: { status: 'open' },
      event: { sentence: '交文件：可编辑文档“总结.docx”' },
    })
    const signing = { kind: 'sign', label: '负责人', nil: false, seenHash: 'h1', answers: {} } as const
    const signed = decideReturn(delivered.value.next, signing, context)
    if (!signed.ok) throw new Error(signed.refusal.message)
    expect(signed.value.next).toMatchObject({ status: 'signed', signatures: [{ label: '负责人' }] })
    const again = decideReturn(signed.value.next, deliver, context)
    expect(again).toMatchObject({ ok: true, value: { next: { status: 'open', signatures: [] } } })
  })

  it('is filed unsigned only when nothing stands against it and what it asks is answered', () => {
    const delivered = decideReturn(opened([]), deliver, context)
    if (!delivered.ok) throw new Error(delivered.refusal.message)
    const { next } = delivered.value
    expect(next.status).toBe('signed')
    const submit = (content: Partial<ReturnContent>, answers: Record<string, string> = {}) =>
      decideReturn(
        next,
        { kind: 'submit', seenHash: 'h1', answers },
        { ...context, content: { ...figures, ...content } },
      )
    const question = { key: 'other-draft', cell: 'editable', message: '请核对。' }
    expect(submit({ blockers: ['还没有交签字盖章扫描件。'] })).toMatchObject({
      ok: false,
      refusal: { code: 'return.checks-failed' },
    })
    expect(submit({ questions: [question] })).toMatchObject({ ok: false, refusal: { code: 'return.remark-wanted' } })
    expect(submit({ questions: [question] }, { 'other-draft': '已核对' })).toMatchObject({
      ok: true,
      value: { next: { status: 'submitted', round: 1 }, remarks: [{ finding: 'other-draft', text: '已核对' }] },
    })
  })

  it('says with its taking that the paper has come', () => {
    const filed = { ...opened(['负责人']), status: 'submitted' as const }
    const taken = decideReturn(filed, { kind: 'accept' }, { ...context, isReceiver: true, asksPaper: true })
    expect(taken).toMatchObject({ ok: true, value: { event: { sentence: '接收：纸质件已收到' } } })
  })
})
