/** One broken import for each rule of .dependency-cruiser.cjs, or several where the rule has several edges; `rule: null` is what they need besides. */
export const brokenImports = [
  {
    rule: 'nothing-unresolved',
    path: 'apps/server/src/platform/lost-file.ts',
    text: `export { lost } from './no-such-file.js'\n`,
  },
  {
    rule: 'nothing-unresolved',
    path: 'apps/web/src/features/hazard/around-the-front-door.ts',
    text: `export { listHazards } from '@bihuan/server/src/modules/hazard/index.js'\n`,
  },
  {
    // The circle is named once, at its first file.
    rule: null,
    path: 'packages/contracts/src/hen.ts',
    text: `import { egg } from './egg.js'\n\nexport const hen = (): unknown => egg\n`,
  },
  {
    rule: 'no-circular',
    path: 'packages/contracts/src/egg.ts',
    text: `import { hen } from './hen.js'\n\nexport const egg = (): unknown => hen\n`,
  },
  {
    rule: 'declared-dependencies-only',
    path: 'packages/contracts/src/hoisted.ts',
    text: `export { default as dayjs } from 'dayjs'\n`,
  },
  {
    rule: 'declared-dependencies-only',
    path: 'packages/office/src/for-tests-alone.ts',
    text: `export { default as mammoth } from 'mammoth'\n`,
  },

  {
    rule: 'domain-is-pure',
    path: 'packages/domain/src/hazard/reads-a-file.ts',
    text: `export { readFileSync } from 'node:fs'\n`,
  },
  {
    rule: 'domain-is-pure',
    path: 'packages/domain/src/hazard/knows-its-contract.ts',
    text: `import type { deadline } from '@bihuan/contracts'\n\nexport type Deadline = typeof deadline\n`,
  },
  {
    rule: 'plan-reader-only-on-domain',
    path: 'packages/plan-reader/src/opens-word.ts',
    text: `export { readSheet } from '@bihuan/office'\n`,
  },
  {
    rule: 'plan-reader-only-on-domain',
    path: 'packages/plan-reader/src/reads-a-file.ts',
    text: `export { readFileSync } from 'node:fs'\n`,
  },
  {
    rule: 'contracts-only-on-domain',
    path: 'packages/contracts/src/opens-word.ts',
    text: `export { readSheet } from '@bihuan/office'\n`,
  },
  {
    rule: 'office-only-on-domain',
    path: 'packages/office/src/knows-routes.ts',
    text: `export { deadline } from '@bihuan/contracts'\n`,
  },
  {
    rule: 'web-never-server',
    path: 'apps/web/src/features/hazard/by-name.ts',
    text: `export type { listHazards } from '@bihuan/server'\n`,
  },
  {
    rule: 'server-never-web',
    path: 'apps/server/src/platform/drafts.ts',
    text: `export { draftKey } from '../../../web/src/shared/draft.js'\n`,
  },
  {
    rule: 'web-only-on-contracts-and-domain',
    path: 'apps/web/src/features/hazard/reads-plans.ts',
    text: `export { late } from '../../../../../packages/plan-reader/src/index.js'\n`,
  },
  {
    rule: 'browser-code-without-node',
    path: 'packages/contracts/src/reads-a-file.ts',
    text: `export { readFileSync } from 'node:fs'\n`,
  },

  {
    rule: 'platform-knows-no-module',
    path: 'apps/server/src/platform/knows-hazards.ts',
    text: `export { listHazards } from '../modules/hazard/index.js'\n`,
  },
  {
    rule: 'module-front-door-only',
    path: 'apps/server/src/modules/hazard/climbs-in.ts',
    text: `export { listEnterprises } from '../enterprise/enterprise.service.js'\n`,
  },
  {
    rule: 'module-front-door-from-outside',
    path: 'apps/server/src/app.ts',
    text: `export { hazardRoutes } from './modules/hazard/hazard.routes.js'\n`,
  },
  {
    rule: 'routes-never-repo',
    path: 'apps/server/src/modules/hazard/closing.routes.ts',
    text: `export { findHazards } from './hazard.repo.js'\n`,
  },
  {
    rule: 'sql-only-in-repo',
    path: 'apps/server/src/modules/hazard/closing.service.ts',
    text: `import type { Kysely } from 'kysely'\n\nexport type Handle = Kysely<unknown>\n`,
  },
  {
    rule: 'sql-only-in-repo',
    path: 'apps/server/src/cli/import.ts',
    text: `export { Pool } from 'pg'\n`,
  },

  {
    rule: 'features-never-import-features',
    path: 'apps/web/src/features/hazard/enterprise-of.ts',
    text: `export { EnterprisePage } from '../enterprise/enterprise-page'\n`,
  },
  {
    rule: 'features-never-import-app',
    path: 'apps/web/src/features/tip/routes.ts',
    text: `export { pages } from '../../app/router'\n`,
  },
  {
    rule: 'web-shared-never-upward',
    path: 'apps/web/src/shared/enterprise-link.ts',
    text: `export { EnterprisePage } from '../features/enterprise/enterprise-page'\n`,
  },

  {
    rule: 'nobody-imports-a-test',
    path: 'packages/domain/src/hazard/borrows.test.ts',
    text: `export * from './is-overdue.test.js'\n`,
  },
  {
    rule: 'product-never-imports-test-support',
    path: 'apps/server/src/platform/example-data.ts',
    text: `export { buildHazard } from '../../test/build-hazard.js'\n`,
  },
]
