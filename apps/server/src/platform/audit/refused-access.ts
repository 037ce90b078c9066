import type { Actor } from '../actor.js'
import type { Clock } from '../clock.js'
import type { Database } from '../db/scope.js'
import { recordAct } from './record.js'

/**
 * Somebody asked for a thing by its id and may not know of it: an id that was guessed, kept from another post, or sent by somebody
 * else. Stands in a transaction of its own, since the refused one is undone. Serving does this for a `notFound(what, sought)`;
 * called by hand only where no HTTP answer is given.
 */
export async function recordRefusedAccess(
  database: Database,
  actor: Actor,
  objectKind: string,
  objectId: string,
  clock: Clock,
): Promise<void> {
  await database.withScope(actor.reach, (handle) =>
    recordAct(handle, actor, { action: 'access.refused', objectKind, objectId }, clock.now()),
  )
}
