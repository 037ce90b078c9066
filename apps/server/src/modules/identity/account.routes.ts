import * as contracts from '@bihuan/contracts'
import { serveRead, serveWrite, type Served } from '../../platform/http/serve.js'
import type { Platform } from '../../platform/platform.js'
import * as desk from './account.desk.js'

export function accountRoutes(served: Served, { clock, settings }: Platform): void {
  serveRead(served, contracts.listAccounts, ({ actor, query, read }) =>
    read((handle) => desk.listAccounts(handle, actor, query, clock)),
  )
  serveRead(served, contracts.showAccount, ({ actor, params, read }) =>
    read((handle) => desk.showAccount(handle, actor, params.accountId, clock)),
  )
  serveRead(served, contracts.listRoles, async ({ actor }) => desk.listRoles(actor))

  serveWrite(served, contracts.createAccount, (handle, { actor, body }) => desk.openAccount(handle, actor, body, clock))
  serveWrite(served, contracts.changeAccount, (handle, { actor, params, body }) =>
    desk.changeAccount(handle, actor, { id: params.accountId, ...body }, clock),
  )
  serveWrite(served, contracts.setAccountStatus, (handle, { actor, params, body }) =>
    desk.setAccountStatus(handle, actor, { id: params.accountId, ...body }, clock),
  )
  serveWrite(served, contracts.resetPassword, (handle, { actor, params }) =>
    desk.resetPassword(handle, actor, params.accountId, clock),
  )
  serveWrite(served, contracts.unlockAccount, (handle, { actor, params }) =>
    desk.unlockAccount(handle, actor, params.accountId, clock),
  )
  serveWrite(served, contracts.resetSecondFactor, (handle, { actor, params }) =>
    desk.resetSecondFactor(handle, actor, params.accountId, clock),
  )

  serveWrite(served, contracts.grantRole, (handle, { actor, params, body }) =>
    desk.grantRole(handle, actor, { id: params.accountId, ...body }, clock),
  )
  serveWrite(served, contracts.revokeRole, (handle, { actor, params }) =>
    desk.revokeRole(handle, actor, { id: params.accountId, grantId: params.grantId }, clock),
  )

  serveRead(served, contracts.listSessionsOf, ({ actor, params, read }) =>
    read((handle) =>
      desk.listSessionsOf(
        handle,
        actor,
        params.accountId,
        new Date(clock.now().getTime() - settings.idleMinutes * 60_000),
      ),
    ),
  )
  serveWrite(served, contracts.endSessionOf, (handle, { actor, params }) =>
    desk.endSessionsOf(handle, actor, { id: params.accountId, sessionId: params.sessionId }, clock),
  )
  serveWrite(served, contracts.endSessionsOf, (handle, { actor, params }) =>
    desk.endSessionsOf(handle, actor, { id: params.accountId, sessionId: null }, clock),
  )

  serveRead(served, contracts.listPeople, ({ actor, params, read }) =>
    read((handle) => desk.listPeople(handle, actor, params.unitId)),
  )
  serveWrite(served, contracts.revealPersonPhone, (handle, { actor, params }) =>
    desk.revealPhone(handle, actor, params.accountId, clock),
  )
}
