import { decideImportRows, listImportRows, readImport, type ImportView } from '@bihuan/contracts'
import { useAct } from '../../../shared/api/use-act.js'
import { Problem } from '../../../shared/states/problem.js'

export function DecideAll({ run }: { run: ImportView }) {
  const decide = useAct(decideImportRows, { refreshes: [readImport, listImportRows] })
  const all = (is: 'new' | 'left-out') => void decide.act({ params: { importId: run.id }, body: { is } })
  return (
    <div className="import-tools ent-decide-all">
      <span className="quiet">全部疑似重复的：</span>
      <button type="button" className="linkish" disabled={decide.pending} onClick={() => all('new')}>
        都是另一家，新增
      </button>
      <button type="button" className="linkish" disabled={decide.pending} onClick={() => all('left-out')}>
        都不导入
      </button>
      {decide.failure && <Problem failure={decide.failure} />}
    </div>
  )
}
