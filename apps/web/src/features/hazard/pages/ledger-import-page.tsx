import { changeImport, listImportRows, readImport, type ImportView } from '@bihuan/contracts'
import Button from 'antd/es/button'
import { useState } from 'react'
import { useAct } from '../../../shared/api/use-act.js'
import { ImportRun } from '../../../shared/import/import-run.js'
import { Problem } from '../../../shared/states/problem.js'
import { LedgerOptionFields } from '../components/ledger-option-fields.js'
import { askedOf, optionsOf, summaryOf, toldWith } from '../components/ledger-options.js'
import { ledgerSubject } from '../components/ledger-subject.js'
import '../components/ledger-import.css'

export function LedgerImportPage() {
  return <ImportRun subject={ledgerSubject} above={(run) => <Told key={run.changedAt} run={run} />} />
}

/** What was said for all rows; said otherwise, all rows are judged anew. */
function Told({ run }: { run: ImportView }) {
  const told = optionsOf(run)
  const [options, setOptions] = useState(told.options)
  const [open, setOpen] = useState(false)
  const change = useAct(changeImport, { refreshes: [readImport, listImportRows] })
  const { first, rest } = askedOf(told.columns)
  if (run.abilities['change'] !== true) return null
  return (
    <div className="hz-imp-told">
      全表：{summaryOf(told.options)}{' '}
      <button type="button" className="linkish" aria-expanded={open} onClick={() => setOpen(!open)}>
        {open ? '收起' : '改选项'}
      </button>
      {open && (
        <>
          <LedgerOptionFields keys={[...first, ...rest]} value={options} onChange={setOptions} />
          <Button
            size="small"
            type="primary"
            loading={change.pending}
            onClick={() =>
              void change.act({
                params: { importId: run.id },
                body: { options: toldWith(told.campaignId, told.columns, options) },
              })
            }
          >
            按新的选项重新核对
          </Button>
          {change.failure && <Problem failure={change.failure} />}
        </>
      )}
    </div>
  )
}
