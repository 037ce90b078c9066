/**
 * `decideHazard`: the one way in which a hazard comes to be and changes.
 *
 * The table says where a command may lead, the guards who may give it, the deciders what it changes; the facts follow from
 * the states before and after. Whether somebody else was faster (expected version) is the service's question.
 */
import { isCivilDate } from '../shared/civil-date.js'
import { decided, refused, type Decision } from '../shared/decision.js'
import type { HazardChange, HazardCommand, HazardContext, HazardEvent, HazardOutcome } from './command.js'
import { correct, judge, register, saveDraft } from './decide-registration.js'
import {
  answerExtension,
  planRectification,
  reportProgress,
  reportRectified,
  requestExtension,
} from './decide-rectification.js'
import { listForSupervision, reinspect, reopen, sendBack, signOff } from './decide-supervision.js'
import { answerTransfer, cancel, carryOver, transfer } from './decide-transfer.js'
import { factChanges, withFactsFrom } from './facts.js'
import { permitted } from './guards.js'
import { blankHazardDetails, type Hazard } from './hazard.js'
import { hazardCommandLabels } from './lifecycle.js'

export function decideHazard(
  state: Hazard | null,
  command: HazardCommand,
  context: HazardContext,
): Decision<HazardOutcome> {
  if (!isCivilDate(context.today)) throw new RangeError(`today is no civil date: ${context.today}`)
  const to = permitted(state, command.kind, context)
  if (!to.ok) return to
  const change = state === null ? beginning(command, context) : changeOf(state, command, context)
  if (!change.ok) return change

  const next = withFactsFrom(state, {
    ...(state ?? newborn(context)),
    ...change.value.changes,
    status: to.value,
    version: (state?.version ?? 0) + 1,
  })
  const event: HazardEvent = {
    kind: command.kind,
    hazardId: next.id,
    from: state?.status ?? null,
    to: next.status,
    on: context.today,
    by: context.actor,
    sentence: [hazardCommandLabels[command.kind], change.value.note].filter((part) => part !== '').join('：'),
  }
  const reopenedOn = command.kind === 'reopen' ? context.today : null
  return decided({ events: [event], next, ...factChanges(state, next, context.putFacts, reopenedOn) })
}

function beginning(command: HazardCommand, context: HazardContext): Decision<HazardChange> {
  if (command.kind === 'save-draft') return saveDraft(null, command, context)
  if (command.kind === 'register') return register(null, command, context)
  return refused('hazard.not-registered', '隐患尚未登记，请先登记。')
}

function changeOf(hazard: Hazard, command: HazardCommand, context: HazardContext): Decision<HazardChange> {
  switch (command.kind) {
    case 'save-draft':
      return saveDraft(hazard, command, context)
    case 'register':
      return register(hazard, command, context)
    case 'correct':
      return correct(hazard, command, context)
    case 'judge':
      return judge(hazard, command, context)
    case 'plan-rectification':
      return planRectification(hazard, command)
    case 'report-progress':
      return reportProgress(hazard, command, context)
    case 'request-extension':
      return requestExtension(hazard, command, context)
    case 'approve-extension':
    case 'refuse-extension':
      return answerExtension(hazard, command, context)
    case 'report-rectified':
      return reportRectified(hazard, command, context)
    case 'reinspect-passed':
    case 'reinspect-failed':
      return reinspect(hazard, command, context)
    case 'sign-off':
      return signOff(hazard, command, context)
    case 'send-back':
      return sendBack(hazard, command, context)
    case 'reopen':
      return reopen(hazard, command, context)
    case 'list-for-supervision':
      return listForSupervision(hazard, command, context)
    case 'transfer':
      return transfer(hazard, command, context)
    case 'accept-transfer':
    case 'decline-transfer':
    case 'withdraw-transfer':
      return answerTransfer(hazard, command, context)
    case 'carry-over':
      return carryOver(hazard, command, context)
    case 'cancel':
      return cancel(hazard, command)
  }
}

function newborn({ identity }: HazardContext): Hazard {
  if (identity === undefined) throw new Error('a new hazard needs context.identity')
  return {
    ...blankHazardDetails,
    ...identity,
    status: 'draft',
    version: 0,
    gradeJudgedBy: null,
    rectification: null,
    extensions: [],
    progress: [],
    rectifiedOn: null,
    rectifiedBy: null,
    rectifiedReportedBy: null,
    reinspection: null,
    listing: null,
    transfer: null,
    signedOffOn: null,
    signedOffBy: null,
    reopenings: [],
    cancelReason: null,
    factsFrom: null,
  }
}
