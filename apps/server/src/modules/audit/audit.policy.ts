/** The audit trail is read by those whose work it is: 安全审计员, 责任倒查人员. Everybody else sees the history of a thing on its own page. */
import type { Actor } from '../../platform/actor.js'

export const mayRead = (actor: Actor): boolean => actor.permissions.has('audit.read')
export const mayVerify = (actor: Actor): boolean => actor.permissions.has('audit.verify')
export const mayExport = (actor: Actor): boolean => actor.permissions.has('audit.export')
