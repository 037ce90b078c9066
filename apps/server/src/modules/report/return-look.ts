/**
 * Fills and checks the returns that wait, each morning, behind the job that opens them: so that a list can say which has something that
 * cannot be right, and which is zero all through, before anybody opens it.
 */
import { addDays } from '@bihuan/domain'
import type { Clock } from '../../platform/clock.js'
import type { Database, Handle } from '../../platform/db/scope.js'
import { comparisonOf, computeContent, findingsOf } from './return-content.js'
import { countedNow } from './return-page.service.js'
import * as repo from './return-look.repo.js'
import { findReturns, type ReturnRecord } from './return.repo.js'

/** One transaction: a run that is broken off has lost no more than this. */
const PAGE = 50
const AHEAD_DAYS = 3

export interface LookContext {
  readonly database: Database
  readonly clock: Clock
}

/** Gives how many were looked at. Begun again anywhere it goes on with what is left. */
export async function lookAtReturns(
  { database, clock }: LookContext,
  tenantId: string,
  scheduleId: string,
): Promise<number> {
  const today = clock.today()
  let looked = 0
  for (;;) {
    const done = await database.withScope({ purpose: 'tenant', tenantId }, async (handle) => {
      const ids = await repo.listToLookAt(handle, scheduleId, today, addDays(today, AHEAD_DAYS), PAGE)
      const looks: { id: string; look: repo.ReturnLook }[] = []
      for (const record of await findReturns(handle, ids))
        looks.push({ id: record.id, look: await lookAt(handle, record, clock) })
      if (looks.length > 0) await repo.saveLooks(handle, looks, today)
      return ids.length
    })
    looked += done
    if (done < PAGE) return looked
  }
}

async function lookAt(handle: Handle, record: ReturnRecord, clock: Clock): Promise<repo.ReturnLook> {
  const content = await computeContent(handle, record, countedNow(record, clock))
  const findings = findingsOf(record, content, await comparisonOf(handle, record, content))
  return {
    version: record.version,
    blocking: findings.filter(({ blocking, code }) => blocking && code !== 'blank').length,
    asked: findings.filter(({ blocking }) => !blocking).length,
    blank: findings.filter(({ code }) => code === 'blank').length,
    isNil: content.isNil,
  }
}
