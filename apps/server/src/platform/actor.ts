/** Who acts, as every service and policy sees them. Made by the identity module; platform only carries it. */
import type { Reach } from './db/scope.js'

export interface Actor {
  readonly tenantId: string
  readonly accountId: string
  readonly personName: string
  readonly unitId: string
  readonly unitName: string
  readonly unitKind: string
  readonly reach: Reach
  /** Permissions of the roles held at the unit worked in, `<module>.<verb>`; a token may hold fewer. */
  readonly permissions: ReadonlySet<string>
  readonly via: 'web' | 'api' | 'cli' | 'job'
  /** Network address, or the machine's name for the command line. */
  readonly address: string
  readonly sessionId: string | null
}
