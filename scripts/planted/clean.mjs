/**
 * A small tree in the real layout that keeps every rule. The planted violations lean on its files; and it shows that the rules
 * let through what they should: a query in a repo, a line on the terminal from the command line, an `import type` of a barrel.
 */
export const cleanFiles = [
  {
    path: 'packages/domain/src/index.ts',
    text: `export { isOverdue } from './hazard/is-overdue.js'\nexport type { Deadline } from './hazard/is-overdue.js'\n`,
  },
  {
    path: 'packages/domain/src/hazard/is-overdue.ts',
    text: `export interface Deadline {
  readonly due: string
}

export const isOverdue = (deadline: Deadline, today: string): boolean => deadline.due < today

export const atMidnight = (day: string): number => new Date(\`\${day}T00:00:00+08:00\`).getUTCHours()
`,
  },
  {
    path: 'packages/domain/src/hazard/is-overdue.test.ts',
    text: `import { expect, test } from 'vitest'
import { isOverdue } from './is-overdue.js'

test('a hazard is overdue on the day after its deadline', () => {
  expect(isOverdue({ due: '2026-05-01' }, '2026-05-02')).toBe(true)
})
`,
  },
  {
    path: 'packages/contracts/src/index.ts',
    text: `import { z } from 'zod'
import type { Deadline } from '@bihuan/domain'

export const deadline = z.object({ due: z.string() })
export const sameDeadline = (left: Deadline, right: Deadline): boolean => left.due === right.due
`,
  },
  {
    path: 'packages/plan-reader/src/index.ts',
    text: `import { isOverdue } from '@bihuan/domain'\n\nexport const late = (due: string): boolean => isOverdue({ due }, '2026-05-01')\n`,
  },
  {
    path: 'packages/office/src/index.ts',
    text: `export { readSheet } from './word-adapter.js'\n`,
  },
  {
    path: 'packages/office/src/word-adapter.ts',
    text: `import * as docx from 'docx'\n\nexport const readSheet = (): string[] => Object.keys(docx)\n`,
  },
  {
    path: 'apps/server/src/index.ts',
    text: `export { listHazards } from './modules/hazard/index.js'\n`,
  },
  {
    path: 'apps/server/src/cli/start.ts',
    text: `import { listHazards } from '../modules/hazard/index.js'\n\nconsole.log(listHazards)\n`,
  },
  {
    path: 'apps/server/src/platform/db/scope.ts',
    text: `import { sql } from 'kysely'
import type { Kysely, Transaction } from 'kysely'

export type Handle = Transaction<{ hazard: { id: string } }>

export const withScope = async <T>(db: Kysely<{ hazard: { id: string } }>, read: (handle: Handle) => Promise<T>) =>
  db.transaction().execute(async (handle) => {
    await sql\`set local app.scope = ''\`.execute(handle)
    return read(handle)
  })
`,
  },
  {
    path: 'apps/server/src/modules/hazard/index.ts',
    text: `export { listHazards } from './hazard.service.js'\n`,
  },
  {
    path: 'apps/server/src/modules/hazard/hazard.routes.ts',
    text: `import { listHazards } from './hazard.service.js'\n\nexport const hazardRoutes = { list: listHazards }\n`,
  },
  {
    path: 'apps/server/src/modules/hazard/hazard.service.ts',
    text: `import type { Handle } from '../../platform/db/scope.js'
import { listEnterprises } from '../enterprise/index.js'
import { findHazards } from './hazard.repo.js'

// To select a row from a list is a sentence, not a query.
export const hint = 'select one, then close it'
export const listHazards = async (handle: Handle) => [await findHazards(handle), listEnterprises()]
`,
  },
  {
    path: 'apps/server/src/modules/hazard/hazard.repo.ts',
    text: `import { sql } from 'kysely'
import type { Handle } from '../../platform/db/scope.js'

export const findHazards = async (handle: Handle) => {
  await sql\`select 1 from hazard\`.execute(handle)
  return handle.selectFrom('hazard').select('id').execute()
}
`,
  },
  {
    path: 'apps/server/src/modules/hazard/hazard.test.ts',
    text: `import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { buildHazard } from '../../../test/build-hazard.js'

test('a hazard is found by the query that lists them', () => {
  expect([buildHazard(), sql\`select 1 from hazard\`]).toHaveLength(2)
})
`,
  },
  {
    path: 'apps/server/src/modules/enterprise/index.ts',
    text: `export { listEnterprises } from './enterprise.service.js'\n`,
  },
  {
    path: 'apps/server/src/modules/enterprise/enterprise.service.ts',
    text: `export const listEnterprises = (): string[] => []\n`,
  },
  {
    path: 'apps/server/test/build-hazard.ts',
    text: `import { listHazards } from '../src/modules/hazard/index.js'\n\nexport const buildHazard = () => ({ listHazards })\n`,
  },
  {
    path: 'apps/web/src/shared/data-table.tsx',
    text: `import type { TableProps } from 'antd'
import Table from 'antd/es/table'
import PlusOutlined from '@ant-design/icons/PlusOutlined'

export const DataTable = (props: TableProps<{ id: string }>) => (
  <div role="region">
    <PlusOutlined />
    <Table {...props} />
  </div>
)
`,
  },
  {
    path: 'apps/web/src/shared/draft.ts',
    text: `export const draftKey = (id: string): string => \`draft:\${id}\`\n`,
  },
  {
    path: 'apps/web/src/features/hazard/hazard-page.tsx',
    text: `import { sameDeadline } from '@bihuan/contracts'
import { useEffect } from 'react'
import { DataTable } from '../../shared/data-table'

export const HazardPage = ({ hazard }: { hazard: { due: string; abilities: { close: boolean } } }) => {
  useEffect(() => {
    document.title = hazard.due
  }, [hazard.due])
  return hazard.abilities.close && sameDeadline(hazard, { due: '' }) ? <DataTable /> : null
}
`,
  },
  {
    path: 'apps/web/src/features/enterprise/enterprise-page.tsx',
    text: `export const EnterprisePage = () => <h1>企业</h1>\n`,
  },
  {
    path: 'apps/web/src/app/router.tsx',
    text: `import { EnterprisePage } from '../features/enterprise/enterprise-page'
import { HazardPage } from '../features/hazard/hazard-page'

export const pages = [EnterprisePage, HazardPage]
`,
  },
  {
    path: 'e2e/src/start.ts',
    text: `export const address = 'http://127.0.0.1'\n`,
  },
  {
    path: 'bench/src/run.ts',
    text: `console.log('rows per second')\n`,
  },
]
