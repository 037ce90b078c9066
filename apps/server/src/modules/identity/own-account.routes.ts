import * as contracts from '@bihuan/contracts'
import { serveRead, serveWrite, type Served } from '../../platform/http/serve.js'
import type { Platform } from '../../platform/platform.js'
import { createToken, listTokens, revokeToken } from './access-token.service.js'
import { createOwnAccount } from './own-account.service.js'
import { createOwnMail } from './own-mail.service.js'
import { tokenOf } from './session.routes.js'
import type { Sessions } from './session.service.js'

export function ownAccountRoutes(served: Served, platform: Platform, sessions: Sessions): void {
  const { clock } = platform
  const own = createOwnAccount(platform, sessions)
  const mail = createOwnMail(platform)

  serveRead(served, contracts.changeMyself, async ({ actor, body, request, read }) => {
    const changed = await read((handle) => own.changeMyself(handle, actor, body))
    return changed.ok ? { ok: true, value: await sessions.meOf(actor, tokenOf(request)) } : changed
  })

  // Not as writes: a wrong password counts towards the lock, and a refused write would undo the count.
  serveRead(served, contracts.beginSecondFactor, ({ actor }) => own.beginSecondFactor(actor))
  serveRead(served, contracts.confirmSecondFactor, ({ actor, body }) => own.confirmSecondFactor(actor, body))
  serveRead(served, contracts.removeSecondFactor, ({ actor, body }) => own.removeSecondFactor(actor, body))

  serveRead(served, contracts.listTokens, ({ actor, read }) => read((handle) => listTokens(handle, actor, clock)))
  serveWrite(served, contracts.createToken, (handle, { actor, body }) => createToken(handle, actor, body, clock))
  serveWrite(served, contracts.revokeToken, (handle, { actor, params }) =>
    revokeToken(handle, actor, params.tokenId, clock),
  )

  serveRead(served, contracts.showMyMail, ({ actor, read }) => read((handle) => mail.show(handle, actor)))
  serveWrite(served, contracts.askMailCode, (handle, { actor, body }) => mail.ask(handle, actor, body.address))
  // Not as a write: a wrong code counts, and a refused write would undo the count.
  serveRead(served, contracts.confirmMail, ({ actor, body, read }) =>
    read((handle) => mail.confirm(handle, actor, body.code)),
  )
  serveWrite(served, contracts.removeMail, (handle, { actor }) => mail.remove(handle, actor))
  serveWrite(served, contracts.chooseMailKinds, (handle, { actor, body }) => mail.choose(handle, actor, body.wanted))
}
