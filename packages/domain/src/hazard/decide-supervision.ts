/** Re-inspecting, signing off, sending back, reopening and listing: what the supervising side does. */
import { formatChinese, type CivilDate } from '../shared/civil-date.js'
import { decided, refused, type Decision } from '../shared/decision.js'
import { firstOf, needsDate, needsReason, needsText } from './checks.js'
import type { HazardChange, HazardCommandOf, HazardContext } from './command.js'
import type { Refused } from './guards.js'
import { bareTitle, personOf, reopenReasonLabels, type Hazard, type HazardReinspection } from './hazard.js'

export function reinspect(
  hazard: Hazard,
  command: HazardCommandOf<'reinspect-passed'> | HazardCommandOf<'reinspect-failed'>,
  context: HazardContext,
): Decision<HazardChange> {
  const { actor, authorities, today } = context
  const passed = command.kind === 'reinspect-passed'
  const refusal = firstOf(
    needsDate(command.on, {
      name: '复查日期',
      path: 'on',
      notBefore: [['实际整改完成时间', hazard.rectifiedOn]],
      notAfterToday: today,
    }),
    needsText(command.text, passed ? '复查意见' : '复查不通过的原因', 'text'),
  )
  if (refusal !== null) return refusal
  const reinspection: HazardReinspection = {
    on: command.on,
    by: personOf(actor),
    unitId: actor.unitId,
    byAuthority: authorities.actorIsOfAuthority && !authorities.actorInsideEnterprise,
    passed,
    text: command.text.trim(),
    evidenceFileIds: command.evidenceFileIds,
  }
  const note = `${formatChinese(command.on)}复查：${reinspection.text}`
  if (command.kind === 'reinspect-passed') return decided({ changes: { reinspection }, note })
  const back = sentBack(hazard, command.deadline, today)
  return back.ok ? decided({ changes: { ...back.value, reinspection }, note }) : back
}

export function signOff(
  _: Hazard,
  command: HazardCommandOf<'sign-off'>,
  { actor, today }: HazardContext,
): Decision<HazardChange> {
  return decided({
    changes: { signedOffOn: today, signedOffBy: personOf(actor) },
    note: command.text?.trim() ?? '',
  })
}

export function sendBack(
  hazard: Hazard,
  command: HazardCommandOf<'send-back'>,
  { today }: HazardContext,
): Decision<HazardChange> {
  const refusal = needsReason(command.reason, '退回的原因')
  if (refusal !== null) return refusal
  const back = sentBack(hazard, command.deadline, today)
  if (!back.ok) return back
  return decided({ changes: { ...back.value, reinspection: null }, note: `原因：${command.reason.trim()}` })
}

export function reopen(
  hazard: Hazard,
  command: HazardCommandOf<'reopen'>,
  { actor, today }: HazardContext,
): Decision<HazardChange> {
  const refusal = needsText(command.text, '重新打开的情况说明', 'text')
  if (refusal !== null) return refusal
  const back = sentBack(hazard, command.deadline, today)
  if (!back.ok) return back
  const reopening = {
    on: today,
    by: personOf(actor),
    reason: command.reason,
    text: command.text.trim(),
  }
  return decided({
    changes: {
      ...back.value,
      reinspection: null,
      signedOffOn: null,
      signedOffBy: null,
      reopenings: [...hazard.reopenings, reopening],
    },
    note: `${reopenReasonLabels[command.reason]}：${reopening.text}`,
  })
}

/**
 * Back to the rectifier: completion no longer holds, and the supervising side may set a new time limit. The people who
 * did the work stay named until completion is reported again, so they cannot re-inspect their own first attempt.
 */
function sentBack(
  hazard: Hazard,
  deadline: CivilDate | null,
  today: CivilDate,
): Decision<Pick<Partial<Hazard>, 'rectifiedOn' | 'deadline' | 'rectification'>> {
  if (deadline === null) return decided({ rectifiedOn: null })
  const refusal: Refused | null = needsDate(deadline, {
    name: '新的整改时限',
    path: 'deadline',
    notBefore: [['今天', today]],
  })
  if (refusal !== null) return refusal
  const { rectification } = hazard
  return decided({
    rectifiedOn: null,
    deadline,
    rectification: rectification?.mode === 'planned' ? { ...rectification, deadline } : rectification,
  })
}

export function listForSupervision(
  hazard: Hazard,
  command: HazardCommandOf<'list-for-supervision'>,
  { actor, today }: HazardContext,
): Decision<HazardChange> {
  const refusal = firstOf(
    needsText(command.documentName, '挂牌督办文件名称', 'documentName'),
    needsText(command.documentNumber, '挂牌督办文号', 'documentNumber'),
    needsDate(command.on, {
      name: '挂牌督办日期',
      path: 'on',
      notBefore: [['检查日期', hazard.foundOn]],
      notAfterToday: today,
    }),
  )
  if (refusal !== null) return refusal
  const documentName = bareTitle(command.documentName)
  const documentNumber = command.documentNumber.trim()
  if (hazard.listing !== null) return refused('hazard.already-listed', '隐患已挂牌督办，不能重复挂牌。')
  return decided({
    changes: {
      listing: {
        documentName,
        documentNumber,
        on: command.on,
        authorityUnitId: command.authorityUnitId ?? actor.unitId,
      },
    },
    note: `《${documentName}》（${documentNumber}）`,
  })
}
