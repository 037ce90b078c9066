import {
  designTable,
  listTables,
  redesignTable,
  showCampaign,
  showTable,
  type BodyOf,
  type TablePage,
} from '@bihuan/contracts'
import type { PlanMetricTable } from '@bihuan/domain'
import Button from 'antd/es/button'
import { useMemo, useState } from 'react'
import { useNavigate, useParams } from 'react-router'
import { useAct } from '../../../shared/api/use-act.js'
import { useRoute } from '../../../shared/api/use-route.js'
import { LeaveGuard } from '../../../shared/form/leave-guard.js'
import { useDraft } from '../../../shared/form/use-draft.js'
import { Page } from '../../../shared/layout/page.js'
import { useShortcut } from '../../../shared/layout/shortcut.js'
import { figuresOf, formRows } from '../../../shared/official-form/form-rows.js'
import { OfficialForm } from '../../../shared/official-form/official-form.js'
import { TableEditor } from '../../../shared/official-form/table-editor.js'
import {
  bindingsOf,
  boundByLabel,
  checksOf,
  draftOf,
  faultsOf,
  formOf,
  kindText,
  newTable,
  type TableDraft,
} from '../../../shared/official-form/table-draft.js'
import { instantText } from '../../../shared/show/dates.js'
import { Answered } from '../../../shared/states/answered.js'
import { Problem } from '../../../shared/states/problem.js'
import '../components/report.css'

/** A table of one's own, beside those that the notice orders. */
export function DesignPage() {
  const { campaignId = '' } = useParams()
  const navigate = useNavigate()
  const campaign = useRoute(showCampaign, { params: { campaignId }, query: {} })
  const make = useAct(designTable, {
    refreshes: [listTables, showCampaign],
    onDone: ({ id }) => void navigate(`/tables/${id}`, { replace: true }),
  })
  return (
    <Answered answer={campaign} loading="form">
      {(page) => (
        <Designer
          title="设计调度表"
          note={page.name}
          draftKey={`table.design.${campaignId}`}
          initial={newTable(page.tables.length + 1, `${page.name}进展情况调度表`)}
          act={make}
          onSave={(body) => make.act({ params: { campaignId }, body })}
          onCancel={() => void navigate(`/campaigns/${campaignId}`)}
        />
      )}
    </Answered>
  )
}

export function RedesignPage() {
  const { tableId = '' } = useParams()
  const table = useRoute(showTable, { params: { tableId }, query: {} })
  return (
    <Answered answer={table} loading="form">
      {(page) => <Redesigner key={`${page.id}.${page.version}`} page={page} />}
    </Answered>
  )
}

function Redesigner({ page }: { page: TablePage }) {
  const navigate = useNavigate()
  const here = `/tables/${page.id}`
  const change = useAct(redesignTable, { refreshes: [listTables, showTable], onDone: () => void navigate(here) })
  const { form, layout, bindings, checks } = page.design
  return (
    <Designer
      title="修改调度表"
      note={page.campaignName}
      draftKey={`table.design.${page.id}.${page.version}`}
      initial={draftOf(form as PlanMetricTable, layout.pairsPerRow, bindings, checks)}
      act={change}
      onSave={(body) => change.act({ params: { tableId: page.id }, body: { ...body, version: page.version } })}
      onCancel={() => void navigate(here)}
    />
  )
}

type Design = BodyOf<typeof designTable>

interface DesignerProps {
  readonly title: string
  readonly note: string
  readonly draftKey: string
  readonly initial: TableDraft
  readonly act: Pick<ReturnType<typeof useAct>, 'pending' | 'failure'>
  readonly onSave: (design: Design) => Promise<unknown>
  readonly onCancel: () => void
}

function Designer({ title, note, draftKey, initial, act, onSave, onCancel }: DesignerProps) {
  const { metrics } = useRoute(listTables, { query: {} }, { staleMs: 600_000 }).data ?? { metrics: [] }
  const kept = useDraft<TableDraft>(draftKey)
  const [first] = useState(initial)
  const [draft, setDraft] = useState<TableDraft>({ ...initial, ...kept.found?.values })
  const [dirty, setDirty] = useState(false)
  const form = useMemo(() => formOf(draft), [draft])
  const rows = useMemo(() => formRows(form, draft.pairsPerRow), [form, draft.pairsPerRow])
  const bindings = useMemo(() => bindingsOf(draft), [draft])
  const faults = faultsOf(draft)
  const kinds = new Map(
    figuresOf(rows).map((figure) => [figure.key, kindText({ label: figure.label, unit: figure.unit ?? '' })]),
  )

  const change = (next: TableDraft) => {
    setDraft(next)
    setDirty(true)
    kept.save(next)
  }
  const save = async () => {
    if (faults.length > 0 || act.pending) return
    const done = await onSave({
      form: structuredClone(form) as unknown as Design['form'],
      layout: { pairsPerRow: draft.pairsPerRow },
      bindings,
      checks: structuredClone(checksOf(draft)) as Design['checks'],
    })
    if (done !== null) {
      kept.drop()
      setDirty(false)
    }
  }
  useShortcut('mod+s', () => void save())
  return (
    <Page
      title={title}
      note={note}
      kind="fill"
      acts={
        <>
          <Button onClick={() => change(boundByLabel(draft))}>按名称匹配来源</Button>
          <Button onClick={onCancel}>取消</Button>
          <Button
            type="primary"
            loading={act.pending}
            disabled={faults.length > 0}
            title="Ctrl+S"
            onClick={() => void save()}
          >
            保存
          </Button>
        </>
      }
    >
      <div className="designer">
        <div className="designer-edit">
          {kept.found && (
            <p className="act-form-found">
              已恢复 {instantText(kept.found.savedAt)} 的草稿。
              <button
                type="button"
                className="linkish"
                onClick={() => {
                  kept.drop()
                  setDraft(first)
                  setDirty(false)
                }}
              >
                丢弃草稿
              </button>
            </p>
          )}
          {act.failure && (
            <Problem failure={act.failure} places={act.failure.places.length > 1 ? act.failure.places : []} />
          )}
          {faults.length > 0 && (
            <ul className="designer-faults">
              {faults.slice(0, 6).map((fault) => (
                <li key={fault}>{fault}</li>
              ))}
            </ul>
          )}
          <TableEditor draft={draft} metrics={metrics} onChange={change} />
        </div>
        <div className="designer-look" aria-label="预览">
          <div className="designer-paper">
            <OfficialForm
              form={form}
              rows={rows}
              figure={({ key }) =>
                bindings[key] === undefined ? (
                  <span className="designer-typed">{kinds.get(key)}</span>
                ) : (
                  <span className="designer-derived">记录</span>
                )
              }
            />
          </div>
        </div>
      </div>
      <LeaveGuard when={dirty && (kept.refused || kept.savedAt === null)} />
    </Page>
  )
}
