import PlusOutlined from '@ant-design/icons/es/icons/PlusOutlined'
import { readLedgerForm } from '@bihuan/domain'
import Button from 'antd/es/button'
import Input from 'antd/es/input'
import { useState, type ReactNode } from 'react'
import { replaced } from '../../../shared/official-form/edit-list.js'
import { Lines, TableEditor } from '../../../shared/official-form/table-editor.js'
import { newLedgerAnnex, newTableAnnex, type AnnexDraft, type LedgerBody } from './plan-draft.js'
import { Field, Part, type PlanEditorProps } from './plan-parts.js'

/** Tables and ledgers, closed until one is to be put right: the notices' own are long. */
export function PlanAnnexes({ draft, onChange }: PlanEditorProps) {
  const [open, setOpen] = useState<string | null>(null)
  const set = (annex: AnnexDraft) => onChange({ ...draft, annexes: replaced(draft.annexes, annex) })
  const remove = (id: string) => onChange({ ...draft, annexes: draft.annexes.filter((annex) => annex.id !== id) })
  const add = (annex: AnnexDraft) => {
    onChange({ ...draft, annexes: [...draft.annexes, annex] })
    setOpen(annex.id)
  }
  const line = (id: string, title: string, note: string, body: ReactNode) => (
    <div key={id} className="plan-task">
      <div className="plan-task-head">
        <button
          type="button"
          className="bare"
          aria-expanded={open === id}
          onClick={() => setOpen(open === id ? null : id)}
        >
          <span className="gantt-task">{title === '' ? '（没有名称）' : title}</span>
          <span className="gantt-by">{note}</span>
        </button>
        <button type="button" className="linkish" onClick={() => setOpen(open === id ? null : id)}>
          {open === id ? '收起' : '修改'}
        </button>
        <button type="button" className="linkish" onClick={() => remove(id)}>
          删去
        </button>
      </div>
      {open === id && body}
    </div>
  )
  return (
    <>
      <Part title="调度表" note="各数由记录计算还是人工填写，在“指标”里看和选；建立后也可在“设计”里改">
        {draft.annexes.map((annex) =>
          annex.kind !== 'metric-table'
            ? null
            : line(
                annex.id,
                annex.table.title,
                annex.table.groups.map((group) => `${group.name} ${group.metrics.length} 项`).join('、'),
                <TableEditor draft={annex.table} onChange={(table) => set({ ...annex, table })} />,
              ),
        )}
        <Button type="text" size="small" icon={<PlusOutlined />} onClick={() => add(newTableAnnex(draft))}>
          加一张调度表
        </Button>
      </Part>
      <Part title="隐患清单">
        {draft.annexes.map((annex) =>
          annex.kind !== 'ledger'
            ? null
            : line(
                annex.id,
                annex.ledger.title,
                `${annex.ledger.columns.length} 栏：${annex.ledger.columns.join('、')}`,
                <LedgerFields ledger={annex.ledger} onChange={(ledger) => set({ ...annex, ledger })} />,
              ),
        )}
        <Button type="text" size="small" icon={<PlusOutlined />} onClick={() => add(newLedgerAnnex(draft))}>
          加一张清单
        </Button>
      </Part>
    </>
  )
}

function LedgerFields({ ledger, onChange }: { ledger: LedgerBody; onChange: (ledger: LedgerBody) => void }) {
  const form = readLedgerForm(ledger.columns.filter((title) => title.trim() !== ''))
  const strange = form.columns.filter(({ field }) => field === null).map(({ title }) => title)
  return (
    <div className="plan-task-form">
      <Field label="清单名称" wide>
        <Input
          value={ledger.title}
          maxLength={200}
          onChange={(event) => onChange({ ...ledger, title: event.target.value })}
        />
      </Field>
      <div className="plan-field--wide table-editor">
        <Lines
          label="栏目"
          hint="每行一栏，从左到右"
          value={ledger.columns}
          onChange={(columns) => onChange({ ...ledger, columns })}
        />
        <Lines label="表头行" hint="每行一条" value={ledger.head} onChange={(head) => onChange({ ...ledger, head })} />
        <Lines
          label="填报说明"
          hint="每行一条"
          value={ledger.notes}
          onChange={(notes) => onChange({ ...ledger, notes })}
        />
        <Lines label="表尾行" hint="每行一条" value={ledger.foot} onChange={(foot) => onChange({ ...ledger, foot })} />
      </div>
      <div className="plan-field--wide">
        {form.problems.map((problem) => (
          <p key={problem.message} className="list-problem">
            {problem.message}
          </p>
        ))}
        {strange.length > 0 && <p className="quiet">这些栏目系统里没有对应的内容，印出来留空：{strange.join('、')}</p>}
      </div>
    </div>
  )
}
