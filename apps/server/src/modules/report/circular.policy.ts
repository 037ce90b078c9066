/** Who may do what with a circular: those of a campaign one manages are drafted and issued; issued ones are read by whom it binds. */
import type { Actor } from '../../platform/actor.js'

export function mayReadCirculars(actor: Actor): boolean {
  return actor.permissions.has('circular.read')
}

/** The campaign's own unit, or one above it. */
export function mayIssue(actor: Actor, { territory_path: at }: { readonly territory_path: string }): boolean {
  const { path, scope } = actor.reach
  return (
    actor.permissions.has('circular.issue') &&
    [...(path === null ? [] : [path]), ...scope].some((own) => at.startsWith(own))
  )
}
