import {
  exportEnterprises,
  listEnterprises,
  listEnterpriseSectors,
  type EnterpriseRow,
  type QueryOf,
} from '@bihuan/contracts'
import Button from 'antd/es/button'
import { useMemo } from 'react'
import { useNavigate } from 'react-router'
import { download } from '../../../shared/api/download.js'
import { useRoute } from '../../../shared/api/use-route.js'
import { Page } from '../../../shared/layout/page.js'
import { usePhone } from '../../../shared/layout/use-phone.js'
import type { Column } from '../../../shared/list/columns.js'
import type { Choice, Condition } from '../../../shared/list/conditions.js'
import { DataList } from '../../../shared/list/data-list.js'
import { useListState } from '../../../shared/list/list-state.js'
import { SidePanel } from '../../../shared/list/side-panel.js'
import { useCan } from '../../../shared/session/me.js'
import { EnterpriseBrief } from '../components/enterprise-brief.js'
import { findRegulator, findTerritory, nameOfUnit } from '../components/pickers.js'
import {
  CodeText,
  flagChoices,
  FlagTags,
  sizeChoices,
  sizeText,
  statusChoices,
  StatusTag,
} from '../components/words.js'
import '../components/enterprise.css'

const axes: readonly Choice[] = [
  { value: 'territory', label: '属地管辖（块）' },
  { value: 'line', label: '行业主管（条）' },
  { value: 'party', label: '共管、出租的' },
]

const conditionsWith = (sectors: readonly Choice[]): readonly Condition[] => [
  { kind: 'pick', key: 'unit', label: '属地', find: findTerritory, nameOf: nameOfUnit },
  { kind: 'many', key: 'sector', label: '行业', choices: sectors },
  { kind: 'many', key: 'flag', label: '标记', choices: flagChoices },
  { kind: 'many', key: 'size', label: '规模', choices: sizeChoices },
  { kind: 'many', key: 'status', label: '经营状态', choices: statusChoices },
  { kind: 'pick', key: 'regulator', label: '监管部门', find: findRegulator, nameOf: nameOfUnit },
  { kind: 'one', key: 'axis', label: '范围', choices: axes },
]

const columns: readonly Column<EnterpriseRow>[] = [
  { key: 'name', title: '企业名称', sort: 'name', always: true, card: 'title', render: (row) => row.name },
  {
    key: 'code',
    title: '统一社会信用代码',
    width: 172,
    render: (row) => <CodeText code={row.creditCode ?? row.alternativeNumber} />,
  },
  { key: 'sector', title: '行业', width: 100, card: 'fact', render: (row) => row.leadSector },
  { key: 'flags', title: '标记', width: 196, card: 'fact', render: (row) => <FlagTags flags={row.flags} /> },
  { key: 'size', title: '规模', width: 104, render: (row) => sizeText(row.size, row.employees) },
  { key: 'territory', title: '属地', width: 104, render: (row) => row.territoryName ?? '—' },
  { key: 'regulator', title: '主管部门', width: 120, render: (row) => row.leadRegulatorName ?? '—' },
  { key: 'principal', title: '主要负责人', width: 88, render: (row) => row.principalName ?? '—' },
  { key: 'status', title: '状态', width: 84, render: (row) => <StatusTag status={row.status} /> },
  { key: 'phone', title: '负责人电话', width: 130, spare: true, render: (row) => row.principalPhone ?? '—' },
  { key: 'address', title: '地址', width: 220, spare: true, render: (row) => row.address },
]

export function ListPage() {
  const navigate = useNavigate()
  const phone = usePhone()
  const mayRegister = useCan('enterprise.register')
  const mayImport = useCan('enterprise.import')
  const mayExport = useCan('enterprise.export')
  const sectors = useRoute(listEnterpriseSectors, {}, { staleMs: 300_000 })
  const conditions = useMemo(
    () =>
      conditionsWith(
        (sectors.data?.items ?? []).map(({ sector, count }) => ({ value: sector, label: sector, note: String(count) })),
      ),
    [sectors.data],
  )
  const list = useListState<QueryOf<typeof listEnterprises>>({ conditions, sort: 'name', oneWay: true })
  const enterprises = useRoute(listEnterprises, { query: list.query }, { keep: true })
  const register = mayRegister && (
    <Button type="primary" onClick={() => void navigate('/enterprises/new')}>
      登记企业
    </Button>
  )
  const bring = mayImport && <Button onClick={() => void navigate('/enterprises/import')}>导入</Button>

  return (
    <Page
      title="企业"
      kind="fill"
      acts={
        <>
          {!phone && bring}
          {register}
        </>
      }
    >
      <DataList
        name="enterprises"
        label="企业名册"
        state={list}
        answer={enterprises}
        columns={columns}
        idOf={(row) => row.id}
        searchHint="名称或代码的一部分"
        empty={{
          what: '这里将列出本单位管辖的企业',
          how: '逐家登记，或从 Excel 一次导入；主管部门和属地登记的，双方都能看到。',
          act: (
            <>
              {register}
              {bring}
            </>
          ),
        }}
        {...(phone ? { onOpen: (row: EnterpriseRow) => void navigate(`/enterprises/${row.id}`) } : {})}
        panel={(id, close) => (
          <SidePanel label="企业" title="企业" to={`/enterprises/${id}`} onClose={close}>
            <EnterpriseBrief id={id} />
          </SidePanel>
        )}
        {...(mayExport
          ? {
              exports: [
                {
                  key: 'seen',
                  label: '按当前所见（Excel）',
                  run: () => download(exportEnterprises, { query: list.question }),
                },
              ],
            }
          : {})}
        toneOf={(row) => (row.status === 'closed' || row.status === 'moved-away' ? 'done' : null)}
      />
    </Page>
  )
}
