/** Who may do what with a table: read those of units in reach, type into them, design those of campaigns one manages. */
import type { Actor } from '../../platform/actor.js'

export interface UnitPlace {
  readonly territory_path: string
  readonly line_path: string | null
}

export function mayReadTables(actor: Actor): boolean {
  return actor.permissions.has('table.read')
}

export function mayExport(actor: Actor): boolean {
  return mayReadTables(actor) && actor.permissions.has('table.export')
}

/** The second axis counts as well: a department asks for the tables of the offices on its line. */
export function isInReach(actor: Actor, unit: UnitPlace): boolean {
  const { path, scope, lines } = actor.reach
  return (
    [...(path === null ? [] : [path]), ...scope].some((own) => unit.territory_path.startsWith(own)) ||
    lines.some((own) => unit.line_path?.startsWith(own) === true)
  )
}

export function mayType(actor: Actor, unit: UnitPlace): boolean {
  return actor.permissions.has('table.type') && isInReach(actor, unit)
}

/** The campaign's own unit, or one above it. */
export function mayDesign(actor: Actor, campaign: { readonly territory_path: string }): boolean {
  return (
    actor.permissions.has('table.design') &&
    isInReach(actor, { territory_path: campaign.territory_path, line_path: null })
  )
}

export function tableAbilities(
  actor: Actor,
  unit: UnitPlace,
  campaign: { readonly territory_path: string },
): Record<string, boolean> {
  return { type: mayType(actor, unit), design: mayDesign(actor, campaign), export: mayExport(actor) }
}
