/** Handing a hazard to another unit, to another campaign, or out of the books. */
import { decided, refused, type Decision } from '../shared/decision.js'
import { needsReason } from './checks.js'
import type { HazardChange, HazardCommandOf, HazardContext } from './command.js'
import { personOf, type Hazard, type HazardTransfer } from './hazard.js'

export function transfer(
  hazard: Hazard,
  command: HazardCommandOf<'transfer'>,
  { actor, authorities, today }: HazardContext,
): Decision<HazardChange> {
  const refusal = needsReason(command.reason, '移送的原因')
  if (refusal !== null) return refusal
  const mayGive =
    command.of === 'supervision'
      ? (authorities.actorIsOfAuthority || authorities.actorIsOfFinderUnit) && !authorities.actorInsideEnterprise
      : authorities.actorIsOfAuthority || authorities.actorIsOfResponsibleUnit
  if (!mayGive) {
    return command.of === 'supervision'
      ? refused('hazard.not-yours', '监管责任须由发现或监管部门移送，您所在的单位不能移送。', 'of')
      : refused('hazard.not-yours', '整改责任须由整改责任单位或监管部门移送，您所在的单位不能移送。', 'of')
  }
  const holder = command.of === 'supervision' ? hazard.authorityUnitId : hazard.responsibleUnitId
  if (command.toUnitId === holder) {
    return refused('hazard.transfer-to-holder', '接收单位已经是现在的承办单位，请另选接收单位。', 'toUnitId')
  }
  const sent: HazardTransfer = {
    of: command.of,
    fromUnitId: actor.unitId,
    toUnitId: command.toUnitId,
    reason: command.reason.trim(),
    on: today,
    state: 'pending',
    cameFrom: hazard.status,
    answer: null,
  }
  return decided({
    changes: { transfer: sent },
    note: `${command.of === 'supervision' ? '监管责任' : '整改责任'}，原因：${sent.reason}`,
  })
}

export function answerTransfer(
  hazard: Hazard,
  command:
    HazardCommandOf<'accept-transfer'> | HazardCommandOf<'decline-transfer'> | HazardCommandOf<'withdraw-transfer'>,
  { actor, today }: HazardContext,
): Decision<HazardChange> {
  const sent = hazard.transfer
  if (sent === null) return refused('hazard.no-transfer', '没有待签收的移送。')
  const reason = command.kind === 'accept-transfer' ? '' : command.reason.trim()
  if (command.kind !== 'accept-transfer' && reason === '') {
    return refused('hazard.reason-missing', '请写明退回或撤回移送的原因。', 'reason')
  }
  const answer = { on: today, by: personOf(actor), reason }
  if (command.kind !== 'accept-transfer') {
    const state = command.kind === 'decline-transfer' ? 'declined' : 'withdrawn'
    return decided({ changes: { transfer: { ...sent, state, answer } }, note: `原因：${reason}` })
  }
  const holder = sent.of === 'supervision' ? { authorityUnitId: sent.toUnitId } : { responsibleUnitId: sent.toUnitId }
  return decided({ changes: { ...holder, transfer: { ...sent, state: 'accepted', answer } }, note: '' })
}

export function carryOver(
  hazard: Hazard,
  command: HazardCommandOf<'carry-over'>,
  { carryOverTo }: HazardContext,
): Decision<HazardChange> {
  if (carryOverTo === undefined || carryOverTo.id !== command.toCampaignId) {
    return refused('hazard.campaign-unknown', '找不到要结转到的行动，请重新选择。', 'toCampaignId')
  }
  if (carryOverTo.closed || carryOverTo.id === hazard.campaignId) {
    return refused('hazard.carry-over-target', '只能结转到另一个进行中的行动，请重新选择。', 'toCampaignId')
  }
  return decided({ changes: { campaignId: carryOverTo.id }, note: '' })
}

export function cancel(_: Hazard, command: HazardCommandOf<'cancel'>): Decision<HazardChange> {
  const refusal = needsReason(command.reason, '作废的原因')
  if (refusal !== null) return refusal
  return decided({ changes: { cancelReason: command.reason.trim() }, note: `原因：${command.reason.trim()}` })
}
