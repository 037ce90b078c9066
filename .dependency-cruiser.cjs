/**
 * The direction of imports: domain <- contracts <- {server, web}. `scripts/planted.mjs` breaks each rule once and asserts that it
 * fires, so a rule that a rename has put to sleep fails `npm run check`. Add a rule, and it asks for its planted violation.
 */
const TEST = '\\.(test|e2e)\\.(ts|tsx|mjs)$'
const TEST_SUPPORT = '^(apps|packages)/[^/]+/test/'

module.exports = {
  forbidden: [
    {
      name: 'nothing-unresolved',
      severity: 'error',
      comment: 'An import that does not resolve escapes every path rule below, so it must fail loudly.',
      from: {},
      to: { couldNotResolve: true },
    },
    {
      name: 'no-circular',
      severity: 'error',
      comment: 'Two files that need each other are one subject, or hide a third.',
      from: {},
      to: { circular: true },
    },
    {
      name: 'declared-dependencies-only',
      severity: 'error',
      comment: 'A package that is there by hoisting alone is gone, or another version, after the next install.',
      from: { path: '^(apps|packages)/[^/]+/src/', pathNot: TEST },
      to: {
        dependencyTypes: ['npm-no-pkg', 'npm-unknown', 'npm-dev'],
        path: 'node_modules/',
        pathNot: 'node_modules/@types/',
      },
    },

    {
      name: 'domain-is-pure',
      severity: 'error',
      comment: 'No npm package, no node: builtin, no other workspace.',
      from: { path: '^packages/domain/src', pathNot: TEST },
      to: { pathNot: '^packages/domain/src' },
    },
    {
      name: 'plan-reader-only-on-domain',
      severity: 'error',
      comment: 'Text in, Plan out: it must be usable alone, in a browser too.',
      from: { path: '^packages/plan-reader/src', pathNot: TEST },
      to: { pathNot: '^packages/(plan-reader|domain)/src' },
    },
    {
      name: 'contracts-only-on-domain',
      severity: 'error',
      from: { path: '^packages/contracts/src' },
      to: { path: '^(apps|packages|e2e|bench|scripts)/', pathNot: '^packages/(contracts|domain)/src' },
    },
    {
      name: 'office-only-on-domain',
      severity: 'error',
      from: { path: '^packages/office/src' },
      to: { path: '^(apps|packages|e2e|bench|scripts)/', pathNot: '^packages/(office|domain)/' },
    },
    {
      name: 'web-never-server',
      severity: 'error',
      from: { path: '^apps/web' },
      to: { path: '^apps/server' },
    },
    {
      name: 'server-never-web',
      severity: 'error',
      from: { path: '^apps/server' },
      to: { path: '^apps/web' },
    },
    {
      name: 'web-only-on-contracts-and-domain',
      severity: 'error',
      comment: 'Documents are read and written on the server.',
      from: { path: '^apps/web' },
      to: { path: '^packages/', pathNot: '^packages/(contracts|domain)/src' },
    },
    {
      name: 'browser-code-without-node',
      severity: 'error',
      from: { path: '^(apps/web|packages/contracts)/src', pathNot: TEST },
      to: { dependencyTypes: ['core'] },
    },

    {
      name: 'platform-knows-no-module',
      severity: 'error',
      from: { path: '^apps/server/src/platform' },
      to: { path: '^apps/server/src/modules' },
    },
    {
      name: 'module-front-door-only',
      severity: 'error',
      comment: 'Another module is reachable only through its index.ts.',
      from: { path: '^apps/server/src/modules/([^/]+)/' },
      to: {
        path: '^apps/server/src/modules/([^/]+)/',
        pathNot: ['^apps/server/src/modules/$1/', '^apps/server/src/modules/[^/]+/index\\.ts$'],
      },
    },
    {
      name: 'module-front-door-from-outside',
      severity: 'error',
      comment: 'The same door for what puts the modules together, and for tools and test support.',
      from: { pathNot: '^apps/server/src/modules/' },
      to: { path: '^apps/server/src/modules/[^/]+/', pathNot: '^apps/server/src/modules/[^/]+/index\\.ts$' },
    },
    {
      name: 'routes-never-repo',
      severity: 'error',
      comment: 'Between them stands the service, which authorizes.',
      from: { path: '\\.routes\\.ts$' },
      to: { path: '\\.repo\\.ts$' },
    },
    {
      name: 'sql-only-in-repo',
      severity: 'error',
      from: { path: '^apps/server/src/', pathNot: ['^apps/server/src/platform/', '\\.repo\\.ts$', TEST] },
      to: { path: 'node_modules/(@types/)?(kysely|pg|pg-copy-streams|pg-cursor)/' },
    },

    {
      name: 'features-never-import-features',
      severity: 'error',
      comment: 'What two features need belongs to shared, or is put together by a page of app.',
      from: { path: '^apps/web/src/features/([^/]+)/' },
      to: { path: '^apps/web/src/features/', pathNot: '^apps/web/src/features/$1/' },
    },
    {
      name: 'features-never-import-app',
      severity: 'error',
      from: { path: '^apps/web/src/features' },
      to: { path: '^apps/web/src/app' },
    },
    {
      name: 'web-shared-never-upward',
      severity: 'error',
      from: { path: '^apps/web/src/shared' },
      to: { path: '^apps/web/src/(features|app)' },
    },

    {
      name: 'nobody-imports-a-test',
      severity: 'error',
      comment: 'What two tests share is a builder, in a file of its own.',
      from: {},
      to: { path: TEST },
    },
    {
      name: 'product-never-imports-test-support',
      severity: 'error',
      from: { path: '^(apps|packages)/[^/]+/src/', pathNot: TEST },
      to: { path: TEST_SUPPORT },
    },
  ],
  options: {
    // Counts `import type` as well: a type is knowledge of a module too.
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    doNotFollow: { path: 'node_modules' },
    // Ours alone: most packages live in a `dist` of their own, and what is excluded here escapes every rule.
    exclude: { path: '^(apps/[^/]+|packages/[^/]+|e2e|bench)/(dist|output)/' },
    // Without `exportsFields`, imports by workspace name do not resolve, and escape.
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default'],
    },
  },
}
