/** Rules of others on which the layout leans: they could be switched off by a careless block of the configuration. */
export const lintRulesRelied = [
  'no-console',
  'no-restricted-globals',
  'no-restricted-properties',
  '@typescript-eslint/consistent-type-imports',
  '@typescript-eslint/no-explicit-any',
  '@typescript-eslint/no-floating-promises',
  '@typescript-eslint/no-unused-vars',
  'react-hooks/exhaustive-deps',
  'react-hooks/rules-of-hooks',
]

/** One breach for each of our own rules and each of those above, or several where the rule has several faces. */
export const brokenLint = [
  ...[
    ['default-export', `const closing = 1\nexport default closing\n`],
    ['default-by-another-name', `const closing = 1\nexport { closing as default }\n`],
  ].map(([name, text]) => ({ rule: 'bihuan/named-exports-only', path: `packages/office/src/lint/${name}.ts`, text })),

  ...[
    ['no-argument', `export const today = () => new Date()\n`],
    ['as-a-function', `export const today = () => Date()\n`],
  ].map(([name, text]) => ({ rule: 'bihuan/no-ambient-clock', path: `packages/domain/src/clock/${name}.ts`, text })),

  ...[
    ['getter', `export const day = (instant: Date) => instant.getDate()\n`],
    ['setter', `export const midnight = (instant: Date) => instant.setHours(0)\n`],
    ['by-parts', `export const newYear = (year: number) => new Date(year, 0, 1)\n`],
    ['in-words', `export const words = (instant: Date) => instant.toLocaleDateString('zh-CN')\n`],
  ].map(([name, text]) => ({ rule: 'bihuan/no-local-time', path: `packages/domain/src/zone/${name}.ts`, text })),

  ...[
    ['now', `export const now = () => Date.now()\n`],
    ['random', `export const dice = () => Math.random()\n`],
  ].map(([name, text]) => ({ rule: 'no-restricted-properties', path: `packages/domain/src/ambient/${name}.ts`, text })),

  ...['process', 'globalThis', 'fetch', 'crypto', 'performance', 'setTimeout', 'setInterval'].map((name) => ({
    rule: 'no-restricted-globals',
    path: `packages/domain/src/ambient/${name}.ts`,
    text: `export const ambient: unknown = ${name}\n`,
  })),

  ...[
    ['table', `import { Table } from 'antd'\n\nexport const table = Table\n`],
    [
      'inline-type',
      `import { type TableProps, Table } from 'antd'\n\nexport const table = (props: TableProps) => [Table, props]\n`,
    ],
    ['namespace', `import * as antd from 'antd'\n\nexport const all = antd\n`],
    ['passed-on', `export { Table } from 'antd'\n`],
    ['all-passed-on', `export * from 'antd/es'\n`],
    ['lazy', `export const load = () => import('antd')\n`],
    ['commonjs', `import Table from 'antd/lib/table'\n\nexport const table = Table\n`],
    ['icons', `import { PlusOutlined } from '@ant-design/icons'\n\nexport const icon = PlusOutlined\n`],
  ].map(([name, text]) => ({ rule: 'bihuan/antd-by-path', path: `apps/web/src/shared/barrel/${name}.ts`, text })),

  ...[
    ['member', `export const can = (user: { role: string }) => user.role === 'admin'\n`],
    ['other-way-round', `export const can = (user: { role: string }) => 'admin' !== user.role\n`],
    ['optional', `export const can = (user?: { role: string }) => user?.role === 'admin'\n`],
    ['destructured', `export const can = ({ role }: { role: string }) => role === 'admin'\n`],
    ['member-of', `export const can = (user: { roles: string[] }) => user.roles.includes('admin')\n`],
    ['maybe-member-of', `export const can = (user: { roles?: string[] }) => user.roles?.includes('admin')\n`],
    ['any-of', `export const can = (roles: string[]) => roles.some((one) => one === 'admin')\n`],
    ['one-of', `export const can = (user: { role: string }) => ['admin', 'leader'].includes(user.role)\n`],
    [
      'switch',
      `export const can = (user: { role: string }) => {\n  switch (user.role) {\n    default:\n      return false\n  }\n}\n`,
    ],
  ].map(([name, text]) => ({
    rule: 'bihuan/web-asks-abilities',
    path: `apps/web/src/features/roles/${name}.ts`,
    text,
  })),

  ...[
    ['tagged', `export const rows = (sql: (text: TemplateStringsArray) => string) => sql\`now()\`\n`],
    [
      'built',
      `export const rows = (handle: { selectFrom: (table: string) => unknown }) => handle.selectFrom('hazard')\n`,
    ],
    [
      'written',
      `export const rows = (handle: { insertInto: (table: string) => unknown }) => handle.insertInto('hazard')\n`,
    ],
    ['in-a-string', `export const rows = 'select id from hazard'\n`],
    [
      'in-a-template',
      `export const rows = (id: number) => \`\n  update hazard set closed = true where id = \${id}\`\n`,
    ],
  ].map(([name, text]) => ({
    rule: 'bihuan/sql-only-in-repo',
    path: `apps/server/src/modules/hazard/lint/${name}.service.ts`,
    text,
  })),

  ...[
    ['only', `test.only('alone', () => {})`],
    ['skip', `test.skip('later', () => {})`],
    ['todo', `test.todo('some day')`],
    ['skip-if', `test.skipIf(Math.PI > 3)('not here', () => {})`],
    ['only-concurrent', `test.concurrent.only('alone', () => {})`],
  ].map(([name, text]) => ({
    rule: 'bihuan/no-idle-test',
    path: `packages/domain/src/idle/${name}.test.ts`,
    text: `import { test } from 'vitest'\n\n${text}\n`,
  })),
  {
    rule: 'bihuan/no-idle-test',
    path: 'e2e/src/idle.e2e.ts',
    text: `import { describe } from 'vitest'\n\ndescribe.skip('on a phone', () => {})\n`,
  },

  {
    rule: 'no-console',
    path: 'apps/server/src/platform/speaks.ts',
    text: `console.log('here')\n`,
  },
  {
    rule: '@typescript-eslint/consistent-type-imports',
    path: 'packages/contracts/src/lint/imports-a-type.ts',
    text: `import { Deadline } from '@bihuan/domain'\n\nexport type Due = Deadline['due']\n`,
  },
  {
    rule: '@typescript-eslint/no-explicit-any',
    path: 'packages/contracts/src/lint/anything.ts',
    text: `export type Anything = any\n`,
  },
  ...['packages/office/src/lint/floating.ts', 'apps/web/src/shared/lint/floating.ts', 'e2e/src/floating.ts'].map(
    (path) => ({
      rule: '@typescript-eslint/no-floating-promises',
      path,
      text: `export const save = (write: () => Promise<void>): void => {\n  write()\n}\n`,
    }),
  ),
  {
    rule: '@typescript-eslint/no-unused-vars',
    path: 'packages/office/src/lint/unused.ts',
    text: `const forgotten = 1\n`,
  },
  {
    rule: 'react-hooks/exhaustive-deps',
    path: 'apps/web/src/shared/lint/stale-effect.tsx',
    text: `import { useEffect } from 'react'\n\nexport const Title = ({ text }: { text: string }) => {\n  useEffect(() => {\n    document.title = text\n  }, [])\n  return null\n}\n`,
  },
  {
    rule: 'react-hooks/rules-of-hooks',
    path: 'apps/web/src/shared/lint/sometimes-a-hook.tsx',
    text: `import { useId } from 'react'\n\nexport const Field = ({ named }: { named: boolean }) => {\n  if (!named) return null\n  const id = useId()\n  return <input id={id} />\n}\n`,
  },
]
