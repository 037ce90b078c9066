/** Planning, doing and reporting the rectification, and asking for more time. */
import { formatChinese, isCivilDate, type CivilDate } from '../shared/civil-date.js'
import { decided, refused, type Decision } from '../shared/decision.js'
import { firstOf, needsDate, needsReason, needsText } from './checks.js'
import type { HazardChange, HazardCommandOf, HazardContext, RectificationInput } from './command.js'
import type { Refused } from './guards.js'
import {
  hazardGradeLabels,
  lastReopenedOn,
  pendingExtension,
  personOf,
  type Hazard,
  type HazardRectification,
  type PlannedRectification,
} from './hazard.js'

export function planRectification(
  hazard: Hazard,
  command: HazardCommandOf<'plan-rectification'>,
): Decision<HazardChange> {
  const rectification = rectificationFrom(command.rectification, hazard)
  if (!rectification.ok) return rectification
  const plan = rectification.value
  const named = { ...hazard.named, ...command.named }
  if (plan.mode === 'immediate') {
    return decided({ changes: { rectification: plan, named }, note: '立即整改' })
  }
  return decided({
    changes: {
      rectification: plan,
      named: { ...named, rectifying: named.rectifying ?? plan.responsible },
      deadline: plan.deadline,
    },
    note: `责任人${plan.responsible.name}，${formatChinese(plan.deadline)}前完成`,
  })
}

function rectificationFrom(input: RectificationInput, hazard: Hazard): Decision<HazardRectification> {
  if (input.mode === 'immediate') return decided({ mode: 'immediate', measures: input.measures?.trim() ?? '' })
  const { responsible, measures, funds, deadline, contingency } = input
  const path = (field: string) => `rectification.${field}`
  if (responsible === null || responsible.name.trim() === '') return elementMissing('责任人', path('responsible'))
  if (measures.trim() === '') return elementMissing('整改措施', path('measures'))
  if (funds === null) return elementMissing('整改资金', path('funds'), '不需要资金的请填 0')
  if (!Number.isFinite(funds) || funds < 0) {
    return refused('hazard.funds-invalid', '整改资金应是不小于 0 的数（万元），请核对。', path('funds'))
  }
  if (deadline === null) return elementMissing('整改时限', path('deadline'))
  const refusal = firstOf(
    needsDate(deadline, {
      name: '计划整改时限',
      path: path('deadline'),
      notBefore: [['检查日期', hazard.foundOn]],
    }),
    deadlineNotLater(deadline, hazard),
  )
  if (refusal !== null) return refusal
  if (contingency.trim() === '') return elementMissing('应急预案', path('contingency'))
  const plan: PlannedRectification = {
    mode: 'planned',
    responsible: { personId: responsible.personId, name: responsible.name.trim() },
    measures: measures.trim(),
    funds,
    deadline,
    contingency: contingency.trim(),
  }
  return decided(plan)
}

/** The time limit that was set is moved by an approved extension only, never by writing another plan. */
function deadlineNotLater(deadline: CivilDate, hazard: Hazard): Refused | null {
  if (hazard.deadline === null || deadline <= hazard.deadline) return null
  return refused(
    'hazard.plan-past-deadline',
    `计划整改时限${formatChinese(deadline)}晚于限定的${formatChinese(hazard.deadline)}，需要延期的请申请延期。`,
    'rectification.deadline',
  )
}

function elementMissing(name: string, path: string, hint?: string): Refused {
  return refused(
    'hazard.element-missing',
    `整改方案缺“${name}”，责任人、措施、资金、时限、预案五项须齐全${hint === undefined ? '' : `，${hint}`}。`,
    path,
  )
}

export function reportProgress(
  hazard: Hazard,
  command: HazardCommandOf<'report-progress'>,
  { actor, today }: HazardContext,
): Decision<HazardChange> {
  const text = tidyProgressText(command.text)
  const refusal = firstOf(
    needsDate(command.on, {
      name: '整改进展时间',
      path: 'on',
      notBefore: [['检查日期', hazard.foundOn]],
      notAfterToday: today,
    }),
    needsText(text, '整改进展', 'text'),
  )
  if (refusal !== null) return refusal
  const entry = { on: command.on, text, byPersonId: actor.personId, evidenceFileIds: command.evidenceFileIds }
  // Entries stand by date; one told late takes its place behind those of its day.
  const place = hazard.progress.findLastIndex(({ on }) => on <= entry.on) + 1
  return decided({
    changes: { progress: hazard.progress.toSpliced(place, 0, entry) },
    note: `${formatChinese(command.on)}，${text}`,
  })
}

/** One kind of line break, so that a printed ledger reads back as it was. */
export function tidyProgressText(text: string): string {
  return text.replace(/\r\n?/g, '\n').trim()
}

export function requestExtension(
  hazard: Hazard,
  command: HazardCommandOf<'request-extension'>,
  { actor, today }: HazardContext,
): Decision<HazardChange> {
  const { deadline } = hazard
  if (deadline === null) return refused('hazard.no-deadline', '隐患没有整改时限，不需要申请延期。')
  const refusal = needsReason(command.reason, '延期的原因')
  if (refusal !== null) return refusal
  if (!isCivilDate(command.deadline) || command.deadline <= deadline) {
    return refused(
      'hazard.extension-not-later',
      `新的时限应晚于现在的时限${formatChinese(deadline)}，请核对。`,
      'deadline',
    )
  }
  const asked = {
    askedOn: today,
    askedBy: personOf(actor),
    reason: command.reason.trim(),
    from: deadline,
    to: command.deadline,
    answer: null,
  }
  return decided({
    changes: { extensions: [...hazard.extensions, asked] },
    note: `申请延至${formatChinese(command.deadline)}，原因：${asked.reason}`,
  })
}

export function answerExtension(
  hazard: Hazard,
  command: HazardCommandOf<'approve-extension'> | HazardCommandOf<'refuse-extension'>,
  { actor, today }: HazardContext,
): Decision<HazardChange> {
  const pending = pendingExtension(hazard)
  if (pending === null) return refused('hazard.no-extension-asked', '没有待审批的延期申请。')
  const approved = command.kind === 'approve-extension'
  if (approved && pending.from !== hazard.deadline) {
    return refused(
      'hazard.extension-stale',
      '申请之后整改时限已另行调整，请不同意这项申请，由申请人按新的时限重新申请。',
    )
  }
  const reason = command.reason?.trim() ?? ''
  if (!approved && reason === '') return refused('hazard.reason-missing', '请写明不同意延期的原因。', 'reason')
  const answered = { ...pending, answer: { on: today, by: personOf(actor), approved, reason } }
  const extensions = [...hazard.extensions.slice(0, -1), answered]
  if (!approved) return decided({ changes: { extensions }, note: `原因：${reason}` })
  const { rectification } = hazard
  return decided({
    changes: {
      extensions,
      deadline: pending.to,
      rectification: rectification?.mode === 'planned' ? { ...rectification, deadline: pending.to } : rectification,
    },
    note: `整改时限延至${formatChinese(pending.to)}`,
  })
}

export function reportRectified(
  hazard: Hazard,
  command: HazardCommandOf<'report-rectified'>,
  { actor, today }: HazardContext,
): Decision<HazardChange> {
  const failedOn = hazard.reinspection?.passed === false ? hazard.reinspection.on : null
  const refusal = firstOf(
    needsDate(command.rectifiedOn, {
      name: '实际整改完成时间',
      path: 'rectifiedOn',
      notBefore: [
        ['检查日期', hazard.foundOn],
        ['重新打开的日期', lastReopenedOn(hazard)],
        ['上次复查日期', failedOn],
      ],
      notAfterToday: today,
    }),
    needsText(command.text, '整改完成情况', 'text'),
    needsPlanUnlessOnTheSpot(hazard, command.rectifiedOn),
  )
  if (refusal !== null) return refusal
  const text = tidyProgressText(command.text)
  const rectifiedBy = command.rectifiedBy ?? personOf(actor)
  const entry = { on: command.rectifiedOn, text, byPersonId: actor.personId, evidenceFileIds: command.evidenceFileIds }
  const place = hazard.progress.findLastIndex(({ on }) => on <= entry.on) + 1
  return decided({
    changes: {
      rectifiedOn: command.rectifiedOn,
      rectifiedBy,
      rectifiedReportedBy: personOf(actor),
      progress: hazard.progress.toSpliced(place, 0, entry),
      reinspection: null,
    },
    note: `${formatChinese(command.rectifiedOn)}由${rectifiedBy.name}完成整改，${text}`,
  })
}

/** 即查即改: without the five elements a major or key hazard may only have been put right on the day it was found. */
function needsPlanUnlessOnTheSpot(hazard: Hazard, rectifiedOn: CivilDate): Refused | null {
  if (hazard.grade === 'general' || hazard.grade === null || hazard.rectification?.mode === 'planned') return null
  if (rectifiedOn === hazard.foundOn) return null
  return refused(
    'hazard.plan-needed',
    `${hazardGradeLabels[hazard.grade]}隐患没有当场改完的，须先制定整改方案（责任人、措施、资金、时限、预案）。`,
    'rectification',
  )
}
