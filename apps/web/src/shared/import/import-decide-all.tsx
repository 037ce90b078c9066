import { decideImportRows, listImportRows, readImport, type ImportView } from '@bihuan/contracts'
import { useAct } from '../api/use-act.js'
import { Problem } from '../states/problem.js'
import type { ImportSubject } from './import-subject.js'

export function DecideAll({ run, subject }: { run: ImportView; subject: ImportSubject }) {
  const decide = useAct(decideImportRows, { refreshes: [readImport, listImportRows] })
  const all = (is: 'same' | 'new' | 'left-out') => void decide.act({ params: { importId: run.id }, body: { is } })
  return (
    <div className="import-tools imp-decide-all">
      <span className="quiet">全部{subject.doubtful ?? '疑似重复'}的：</span>
      <button type="button" className="linkish" disabled={decide.pending} onClick={() => all('same')}>
        {subject.decideAll?.same ?? `都是最像的那${subject.counter}，更新`}
      </button>
      <button type="button" className="linkish" disabled={decide.pending} onClick={() => all('new')}>
        {subject.decideAll?.new ?? `都是另一${subject.counter}，新增`}
      </button>
      <button type="button" className="linkish" disabled={decide.pending} onClick={() => all('left-out')}>
        都不导入
      </button>
      {decide.failure && <Problem failure={decide.failure} />}
    </div>
  )
}
