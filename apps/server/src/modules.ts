/** The modules, made on the ground and wired to each other. The only place that knows all of them. */
import { auditRoutes } from './modules/audit/index.js'
import {
  campaignForRules,
  campaignRoutes,
  confirmationVerifier,
  findCampaign,
  taskVerifier,
  type CarryOver,
} from './modules/campaign/index.js'
import { documentRoutes } from './modules/document/index.js'
import { enterpriseImport, enterpriseRoutes } from './modules/enterprise/index.js'
import {
  continueHazard,
  hazardBriefOf,
  hazardJobs,
  hazardRoutes,
  hazardVerifier,
  ledgerImport,
  ledgerRoutes,
  remindAfterRestore,
} from './modules/hazard/index.js'
import {
  accountRoutes,
  createSessions,
  findMailReader,
  listMailReaders,
  ownAccountRoutes,
  ownMailJobs,
  sessionRoutes,
  type Sessions,
} from './modules/identity/index.js'
import { placementVerifier, settleAt, unitImport, unitJobs, unitRoutes } from './modules/organization/index.js'
import {
  calendarVerifier,
  circularRoutes,
  circularVerifier,
  deliveryVerifier,
  factVerifier,
  openAt,
  pushJobs,
  pushVerifier,
  redatingJobs,
  returnJobs,
  returnRoutes,
  returnVerifier,
  rollUpAfresh,
  rollUpBehind,
  rollUpVerifier,
  sentBackJobs,
  tableRoutes,
  typedFigureVerifier,
} from './modules/report/index.js'
import { workbenchRoutes } from './modules/workbench/index.js'
import type { Verifier } from './platform/audit/verification.js'
import type { AfterRestore } from './platform/backup/restore.js'
import { fileVerifier } from './platform/files/file.verify.js'
import type { Served } from './platform/http/serve.js'
import { importRoutes } from './platform/imports/import.routes.js'
import { createImports, type Imports } from './platform/imports/imports.js'
import type { Job } from './platform/jobs/queue.js'
import { deliveryJobs } from './platform/notices/delivery.js'
import { mailDeliveryRoutes } from './platform/notices/mail-delivery.routes.js'
import { mailingJobs } from './platform/notices/mailing.js'
import type { Platform } from './platform/platform.js'

export interface Modules {
  readonly sessions: Sessions
  readonly imports: Imports
  readonly jobs: readonly Job<never>[]
  /** What `verify` computes again after the chain, the ground first: whoever stores something derived adds a verifier. */
  readonly verifiers: readonly Verifier[]
  /** What a backup does not hold and a module puts back. */
  readonly afterRestore: readonly AfterRestore[]
  routes(served: Served): void
  /** Once, when the server has started: what a stopped server missed. */
  atStart(): Promise<void>
  /** Ends the folding of facts behind the sealer, for who folds himself. */
  stopFolding(): Promise<void>
}

const verifiers: readonly Verifier[] = [
  fileVerifier,
  placementVerifier,
  factVerifier,
  rollUpVerifier,
  typedFigureVerifier,
  taskVerifier,
  confirmationVerifier,
  hazardVerifier,
  returnVerifier,
  deliveryVerifier,
  circularVerifier,
  calendarVerifier,
  pushVerifier,
]
const afterRestore: readonly AfterRestore[] = [remindAfterRestore, rollUpAfresh]

export function createModules(platform: Platform): Modules {
  const sessions = createSessions(platform)
  // Whoever can bring in workbooks adds their kind here (how: platform/imports/import-kind.ts).
  const imports = createImports(platform, [unitImport, enterpriseImport, ledgerImport], sessions.actAt)
  return {
    sessions,
    imports,
    jobs: [
      ...unitJobs(platform),
      ...hazardJobs(platform),
      ...returnJobs(platform),
      ...sentBackJobs(platform),
      ...redatingJobs(platform),
      ...pushJobs(platform),
      ...deliveryJobs(platform),
      ...mailingJobs(platform, { readersOf: listMailReaders, findReader: findMailReader }),
      ...ownMailJobs(platform),
      ...imports.jobs,
    ],
    verifiers,
    afterRestore,
    stopFolding: rollUpBehind(platform),
    routes(served) {
      sessionRoutes(served, platform, sessions)
      ownAccountRoutes(served, platform, sessions)
      accountRoutes(served, platform)
      auditRoutes(served, platform)
      unitRoutes(served, platform)
      importRoutes(served, imports)
      mailDeliveryRoutes(served, platform)
      enterpriseRoutes(served, {
        clock: platform.clock,
        hazardBriefOf: (handle, actor, enterpriseId) => hazardBriefOf(handle, actor, enterpriseId, platform.clock),
      })
      documentRoutes(served, platform)
      hazardRoutes(served, platform)
      ledgerRoutes(served, platform)
      workbenchRoutes(served, platform)
      campaignRoutes(served, platform, carryOver(platform))
      tableRoutes(served, platform, findCampaign)
      circularRoutes(served, platform)
      returnRoutes(served, platform, (actor, password) =>
        platform.database.withScope(
          { purpose: 'log-in', tenantId: actor.tenantId, accountId: actor.accountId },
          (handle) => sessions.prove(handle, actor, password),
        ),
      )
    },
    async atStart() {
      await settleAt(platform, new Date())
      await openAt(platform, new Date())
    },
  }
}

/** A campaign that closes hands each open hazard over by the hazard's own command, in the closing transaction. */
export function carryOver({ clock }: Platform): CarryOver {
  return async (handle, actor, hazardId, version, toCampaignId) => {
    const target = await campaignForRules(handle, toCampaignId)
    return continueHazard(
      handle,
      actor,
      hazardId,
      version,
      { kind: 'carry-over', toCampaignId },
      clock,
      target ?? undefined,
    )
  }
}
