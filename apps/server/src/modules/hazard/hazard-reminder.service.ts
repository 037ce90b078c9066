/** 催办: whoever supervises reminds the unit whose turn it is, of one hazard or of all that were picked in the ledger. */
import { v7 as uuidv7 } from 'uuid'
import { whoseTurn } from '@bihuan/domain'
import type { Actor } from '../../platform/actor.js'
import { recordAct } from '../../platform/audit/record.js'
import type { Clock } from '../../platform/clock.js'
import type { Handle } from '../../platform/db/scope.js'
import { notAllowed } from '../../platform/http/refusal.js'
import type { Answer } from '../../platform/http/serve.js'
import { giveNotice } from '../../platform/notices/notices.js'
import { mayAct } from './hazard.policy.js'
import { findHazard } from './hazard.repo.js'
import { noHazard } from './hazard.service.js'

export async function remindHazards(
  handle: Handle,
  actor: Actor,
  command: { readonly hazardIds: readonly string[]; readonly text: string },
  clock: Clock,
): Promise<Answer<{ reminded: number; passed: number }>> {
  if (actor.unitKind === 'enterprise' || !mayAct(actor, 'send-back')) return { ok: false, refusal: notAllowed('催办') }
  const ids = [...new Set(command.hazardIds)]
  let reminded = 0
  for (const id of ids) {
    const found = await findHazard(handle, id)
    if (found === null) return { ok: false, refusal: noHazard(id) }
    const turn = whoseTurn(found.hazard)
    if (
      turn === null ||
      turn.unitId === null ||
      found.hazard.status === 'draft' ||
      actor.reach.parties.includes(turn.unitId)
    )
      continue
    const { code, subject } = found.hazard
    const until = turn.until === null ? '' : `，时限 ${turn.until}`
    await giveNotice(handle, {
      id: uuidv7(),
      territoryPath: found.territoryPath,
      linePath: found.linePath,
      unitIds: [turn.unitId],
      kind: 'hazard-reminder',
      text: `${actor.unitName}催办：隐患 ${code}（${subject?.name ?? ''}）该${turn.what}${until}。${command.text}`,
      link: `/hazards/${id}`,
      dedupeKey: `hazard-reminder:${id}:${actor.unitId}:${clock.today()}`,
      now: clock.now(),
    })
    await recordAct(
      handle,
      actor,
      { action: 'hazard.remind', objectKind: 'hazard', objectId: id, detail: { to: turn.unitId, text: command.text } },
      clock.now(),
    )
    reminded += 1
  }
  return { ok: true, value: { reminded, passed: ids.length - reminded } }
}
