import { exportAudit, listAudit, type AuditRow, type QueryOf } from '@bihuan/contracts'
import { useRoute } from '../../../shared/api/use-route.js'
import { download } from '../../../shared/api/download.js'
import { Page } from '../../../shared/layout/page.js'
import type { Column } from '../../../shared/list/columns.js'
import { datesOf, type Condition } from '../../../shared/list/conditions.js'
import { DataList } from '../../../shared/list/data-list.js'
import { useListState } from '../../../shared/list/list-state.js'
import { SidePanel } from '../../../shared/list/side-panel.js'
import { DateText } from '../../../shared/show/texts.js'
import { AdminTabs } from '../components/admin-tabs.js'
import { AuditEntry } from '../components/audit-entry.js'
import { ChainCheck } from '../components/chain-check.js'
import { wayLabel, ways } from '../components/ways.js'

const subjects = [
  { value: 'session.', label: '登录与会话' },
  { value: 'account.', label: '账户' },
  { value: 'role.', label: '授权' },
  { value: 'access.refused', label: '越权访问（已拒绝）' },
  { value: 'personal-data.', label: '查看个人信息' },
  { value: 'unit.', label: '单位' },
  { value: 'enterprise.', label: '企业' },
  { value: 'campaign.', label: '行动' },
  { value: 'hazard.', label: '隐患' },
  { value: 'table.', label: '调度表' },
  { value: 'import.', label: '导入' },
  { value: 'audit.', label: '审计' },
]
const conditions: readonly Condition[] = [
  { kind: 'one', key: 'action', label: '事项', choices: subjects },
  {
    kind: 'dates',
    key: 'on',
    label: '日期',
    toQuery: (value) => {
      const { from, to } = datesOf(value)
      return { from: from ?? undefined, to: to ?? undefined }
    },
  },
  { kind: 'one', key: 'via', label: '途径', choices: ways },
  { kind: 'text', key: 'object', label: '对象编号' },
]

const columns: readonly Column<AuditRow>[] = [
  {
    key: 'position',
    title: '封存号',
    width: 84,
    align: 'right',
    render: (row) => row.position ?? <span className="quiet">待封存</span>,
  },
  { key: 'at', title: '时间', width: 150, always: true, card: 'fact', render: (row) => <DateText date={row.at} /> },
  { key: 'who', title: '人员', width: 120, always: true, card: 'fact', render: (row) => row.personName },
  { key: 'unit', title: '单位', width: 180, render: (row) => row.unitName ?? '—' },
  { key: 'what', title: '做了什么', always: true, card: 'title', render: (row) => row.actionName },
  { key: 'object', title: '对象', width: 110, render: (row) => row.objectKindName },
  { key: 'via', title: '途径', width: 72, render: (row) => wayLabel(row.via) },
  { key: 'address', title: '来源地址', width: 130, render: (row) => row.address },
]

export function AuditPage() {
  const list = useListState<QueryOf<typeof listAudit>>({ conditions })
  const entries = useRoute(listAudit, { query: list.query }, { keep: true })
  const may = entries.data?.abilities ?? {}
  return (
    <Page title="审计记录" kind="fill" acts={may['verify'] === true ? <ChainCheck /> : undefined}>
      <AdminTabs />
      <DataList
        name="audit"
        label="审计记录"
        state={list}
        answer={entries}
        columns={columns}
        idOf={(row) => row.id}
        searchHint="人员姓名的一部分"
        empty={{
          what: '这里将列出每个人做过的每件事',
          how: '谁、什么时候、从哪里、对什么、改之前和改之后；只增不改。',
        }}
        panel={(id, close) => (
          <SidePanel label="审计记录" title="审计记录" width={480} onClose={close}>
            <AuditEntry key={id} entryId={id} />
          </SidePanel>
        )}
        {...(may['export'] === true
          ? {
              exports: [
                {
                  key: 'seen',
                  label: '按当前条件（Excel）',
                  run: () => download(exportAudit, { query: exportQuery(list.question) }),
                },
              ],
            }
          : {})}
      />
    </Page>
  )
}

/** Of what the list was asked, what the export knows. */
function exportQuery({ q, action, object, via, from, to }: QueryOf<typeof listAudit>): QueryOf<typeof exportAudit> {
  return { q, action, object, via, from, to }
}
