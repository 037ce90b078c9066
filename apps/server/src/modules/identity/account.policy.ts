/** Who may do what to which account. What no sentence allows, nobody may; nobody administers himself. */
import type { Actor } from '../../platform/actor.js'
import { covers } from '../organization/index.js'

interface Standing {
  readonly id: string
  readonly territory_path: string
}

const other = (actor: Actor, account: Standing): boolean => account.id !== actor.accountId

export const mayReadAccounts = (actor: Actor): boolean => actor.permissions.has('account.read')

/** A system administrator keeps the accounts of the units that he covers. */
export const mayCreateAt = (actor: Actor, unit: { readonly territory_path: string }): boolean =>
  actor.permissions.has('account.manage') && covers(actor, unit)

export const mayManage = (actor: Actor, account: Standing): boolean =>
  actor.permissions.has('account.manage') && covers(actor, account) && other(actor, account)

export const mayReset = (actor: Actor, account: Standing): boolean =>
  actor.permissions.has('account.reset') && covers(actor, account) && other(actor, account)

/** A security administrator gives and takes roles, to others only, at units that he covers. */
export const mayGrant = (actor: Actor, account: Standing): boolean =>
  actor.permissions.has('role.grant') && covers(actor, account) && other(actor, account)

export const mayGrantAt = (actor: Actor, unit: { readonly territory_path: string }): boolean =>
  actor.permissions.has('role.grant') && covers(actor, unit)

/** ... and sees and ends the sessions of those people. */
export const mayReadSessions = (actor: Actor, account: Standing): boolean =>
  actor.permissions.has('session.read-any') && covers(actor, account)

export const mayEndSessions = (actor: Actor, account: Standing): boolean =>
  actor.permissions.has('session.end-any') && covers(actor, account)

/** Whoever may see units sees who works there, as far as the accounts are within reach; a phone in full is a permission of its own. */
export const mayReadPeople = (actor: Actor): boolean => actor.permissions.has('unit.read')
export const mayReveal = (actor: Actor): boolean => actor.permissions.has('personal-data.reveal')

export const mayKeepTokens = (actor: Actor): boolean => actor.permissions.has('token.own') && actor.via !== 'api'
