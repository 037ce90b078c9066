/** Who may do what to which unit. What no sentence allows, nobody may. */
import type { Actor } from '../../platform/actor.js'
import type { UnitRow } from './unit.repo.js'

type Standing = Pick<UnitRow, 'territory_path'>

/** The unit stands at or under the one that the actor works for. */
export function covers(actor: Actor, unit: Standing): boolean {
  const { path, scope } = actor.reach
  return [...(path === null ? [] : [path]), ...scope].some((own) => unit.territory_path.startsWith(own))
}

/** Whoever holds a role may look at the directory of offices; enterprises only where they are within reach (the database sees to it). */
export const mayRead = (actor: Actor): boolean => actor.permissions.has('unit.read')

/** A system administrator adds units under those that he covers. */
export const mayAddUnder = (actor: Actor, parent: Standing): boolean =>
  actor.permissions.has('unit.manage') && covers(actor, parent)

/** ... renames and dissolves those that he covers; never the one that he works for, which is his superior's to change. */
export const mayChange = (actor: Actor, unit: Standing): boolean =>
  actor.permissions.has('unit.manage') && covers(actor, unit)

export const mayDissolve = (actor: Actor, unit: UnitRow): boolean => mayChange(actor, unit) && unit.parent_id !== null

/** ... and moves them between units that he covers, both where it comes from and where it goes. */
export const mayMove = (actor: Actor, unit: UnitRow): boolean => mayChange(actor, unit) && unit.parent_id !== null

export const mayExport = (actor: Actor): boolean => actor.permissions.has('unit.export')
export const mayImport = (actor: Actor): boolean => actor.permissions.has('unit.import')

/** An officer of the safety office keeps the division of duties among the units that his unit covers. */
export const mayKeepResponsibility = (actor: Actor, unit: Standing): boolean =>
  actor.permissions.has('responsibility.manage') && covers(actor, unit)

export function unitAbilities(actor: Actor, unit: UnitRow): Record<string, boolean> {
  const stands = unit.dissolved_on === null
  const isOffice = unit.kind !== 'enterprise'
  return {
    rename: stands && isOffice && mayChange(actor, unit),
    move: stands && isOffice && mayMove(actor, unit),
    dissolve: stands && isOffice && mayDissolve(actor, unit),
    addBelow: stands && isOffice && mayAddUnder(actor, unit),
    addResponsibility: stands && isOffice && mayKeepResponsibility(actor, unit),
  }
}
