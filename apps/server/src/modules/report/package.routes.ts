import * as contracts from '@bihuan/contracts'
import { recordAct } from '../../platform/audit/record.js'
import { serveLarge, serveRead, serveWrite, type Served } from '../../platform/http/serve.js'
import type { Platform } from '../../platform/platform.js'
import { signingKeyOf } from '../../platform/signing.js'
import { mostPackageBytes } from './package-form.js'
import { packageOf } from './package-making.js'
import { listPushes, pushAgain } from './package-push.service.js'
import { addReceiver, changeReceiver, listReceivers } from './package-receiver.service.js'
import { addSender, changeSender, listSenders } from './package-sender.service.js'
import { listReceived, mayReceive, takePackage } from './package.service.js'

export function packageRoutes(served: Served, platform: Platform): void {
  const { clock, database, files, sealer, secret, settings } = platform
  const context = { clock, database, files }
  const receiving = () => ({ secret, privateHosts: settings.privateReceivers, now: clock.now() })

  serveRead(served, contracts.exportPackage, async ({ actor, params, read, reply }) => {
    const made = await packageOf(context, actor, params.returnId, signingKeyOf(secret, actor.tenantId))
    if (!made.ok) return made
    const { contentHash } = made.value.return
    await read((handle) =>
      recordAct(
        handle,
        actor,
        {
          action: 'return.export',
          objectKind: 'return',
          objectId: params.returnId,
          after: { format: 'package', contentHash },
        },
        clock.now(),
      ),
    )
    const { table, periodTitle } = made.value.return
    const name = `${made.value.sender.unit}${table}${periodTitle}.json`
    reply.header('content-disposition', `attachment; filename*=UTF-8''${encodeURIComponent(name)}`)
    return made
  })

  serveLarge(
    served,
    contracts.receivePackage,
    ({ actor, bytes }) => takePackage({ ...context, seal: (tenantId) => sealer.sealNow(tenantId) }, actor, bytes),
    { bytes: mostPackageBytes, mayAsk: mayReceive, what: '接收报表数据包' },
  )

  serveRead(served, contracts.listReceivedPackages, ({ actor, read }) => read((handle) => listReceived(handle, actor)))

  serveRead(served, contracts.listPackageSenders, ({ actor, read }) =>
    read((handle) => listSenders(handle, actor, signingKeyOf(secret, actor.tenantId))),
  )

  serveWrite(served, contracts.addPackageSender, (handle, { actor, body }) =>
    addSender(handle, actor, body, clock.now()),
  )

  serveWrite(served, contracts.changePackageSender, (handle, { actor, params, body }) =>
    changeSender(handle, actor, { id: params.senderId, active: body.active }, clock.now()),
  )

  serveRead(served, contracts.listPackageReceivers, ({ actor, read }) => read((handle) => listReceivers(handle, actor)))

  serveWrite(served, contracts.addPackageReceiver, (handle, { actor, body }) =>
    addReceiver(handle, actor, body, receiving()),
  )

  serveWrite(served, contracts.changePackageReceiver, (handle, { actor, params, body }) =>
    changeReceiver(handle, actor, { ...body, id: params.receiverId }, receiving()),
  )

  serveRead(served, contracts.listPackagePushes, ({ actor, query, read }) =>
    read((handle) => listPushes(handle, actor, query)),
  )

  serveWrite(served, contracts.pushAgain, (handle, { actor, params }) =>
    pushAgain(handle, actor, params.pushId, clock.now()),
  )
}
