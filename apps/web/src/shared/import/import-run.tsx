import {
  bringIn,
  discardImport,
  exportImportRows,
  listImportRows,
  listImports,
  readImport,
  type ImportView,
} from '@bihuan/contracts'
import Button from 'antd/es/button'
import { useState, type ReactNode } from 'react'
import { useNavigate, useParams } from 'react-router'
import { download } from '../api/download.js'
import { failureOf, type ApiFailure } from '../api/failure.js'
import { useAct } from '../api/use-act.js'
import { useRoute } from '../api/use-route.js'
import { Page } from '../layout/page.js'
import { amountText } from '../show/figures.js'
import { Answered } from '../states/answered.js'
import { Problem } from '../states/problem.js'
import { ImportColumns } from './import-columns.js'
import { ImportRows } from './import-rows.js'
import { importStateLabel } from './import-words.js'
import '../show/show.css'
import type { ImportSubject } from './import-subject.js'
import './import.css'

/** Columns matched, rows good and bad with the reason at the cell, and one act that brings the good ones in. Nothing before it. */
export function ImportRun({ subject, above }: { subject: ImportSubject; above?: (run: ImportView) => ReactNode }) {
  const { importId = '' } = useParams()
  const [running, setRunning] = useState(true)
  const answer = useRoute(readImport, { params: { importId } }, { every: running ? 1_000 : false, staleMs: 0 })
  const works = answer.data?.state === 'reading' || answer.data?.state === 'writing'
  if (answer.data !== undefined && works !== running) setRunning(works)
  return (
    <Answered answer={answer}>
      {(run) => (
        <Page
          title={subject.title}
          note={`${run.fileName} · ${importStateLabel[run.state]}`}
          kind={run.state === 'preview' ? 'fill' : 'read'}
        >
          {works ? (
            <Working run={run} subject={subject} lost={answer.error !== null} />
          ) : (
            <Standing key={run.state} run={run} subject={subject} above={above?.(run)} />
          )}
        </Page>
      )}
    </Answered>
  )
}

function Working({ run, subject, lost }: { run: ImportView; subject: ImportSubject; lost: boolean }) {
  const writing = run.state === 'writing'
  return (
    <div className="imp-work work" role="status">
      <p>
        <strong>{writing ? '正在导入' : '正在核对工作簿'}</strong>
      </p>
      <progress
        aria-label={writing ? '正在导入' : '正在核对'}
        {...(run.total === null ? {} : { value: run.done, max: Math.max(1, run.total) })}
      />
      <p className="quiet">
        {amountText(run.done)}
        {run.total !== null && ` / ${amountText(run.total)}`} 行{lost && '　暂时连不上服务器，正在重试'}
      </p>
      <p className="quiet">可以离开本页，回到“{subject.title}”能看到结果；中途断电、断网都会接着做，不会重复。</p>
    </div>
  )
}

function Standing({ run, subject, above }: { run: ImportView; subject: ImportSubject; above: ReactNode }) {
  const navigate = useNavigate()
  const [trouble, setTrouble] = useState<ApiFailure | null>(null)
  const bring = useAct(bringIn, { refreshes: [readImport, listImports, listImportRows, ...subject.refreshes] })
  const discard = useAct(discardImport, {
    refreshes: [readImport, listImports],
    onDone: () => navigate(subject.address),
  })
  const params = { importId: run.id }
  const count = (verdict: keyof ImportView['counts']) => run.counts[verdict] ?? 0
  const good = count('new') + count('changed')
  const bad = count('refused')
  const open = count('doubtful')
  const failure = bring.failure ?? discard.failure ?? trouble
  const bringsIn = run.abilities['bringIn'] === true
  const getBad = () => {
    setTrouble(null)
    download(exportImportRows, { params }).catch((thrown: unknown) => setTrouble(failureOf(thrown)))
  }
  return (
    <div className="imp-import">
      {run.state === 'done' && (
        <p className="imp-done" role="status">
          已导入：新增 {run.written.new} {subject.counter}，变更 {run.written.changed} {subject.counter}。
          {bad + open > 0 && `另有 ${bad + open} 行没有导入，改正后可再传。`}
        </p>
      )}
      {run.failure && (
        <div className="problem" role="alert">
          {run.failure.message}
        </div>
      )}
      {above}
      <ImportColumns run={run} subject={subject} />
      {run.sheets.some(({ usable }) => usable) && <ImportRows run={run} subject={subject} />}
      <div className="import-foot">
        {bringsIn && (
          <Button type="primary" loading={bring.pending} onClick={() => void bring.act({ params })}>
            导入 {amountText(good)} 行
          </Button>
        )}
        {run.state === 'preview' && (
          <span>
            {good === 0
              ? '没有可以导入的行。'
              : `新增 ${amountText(count('new'))} ${subject.counter}，变更 ${amountText(count('changed'))} ${subject.counter}。`}
            {bad + open > 0 && (
              <strong className="list-problem">
                {bad > 0 && `${amountText(bad)} 行需改正`}
                {bad > 0 && open > 0 && '，'}
                {open > 0 && `${amountText(open)} 行${subject.doubtful ?? '疑似重复待定'}`}，不会导入。
              </strong>
            )}
          </span>
        )}
        {bad + open > 0 && <Button onClick={getBad}>下载没有导入的行</Button>}
        {run.state === 'done' && (
          <Button type="primary" onClick={() => void navigate(subject.list.to)}>
            {subject.list.label}
          </Button>
        )}
        {run.abilities['discard'] === true && (
          <Button type="text" loading={discard.pending} onClick={() => void discard.act({ params })}>
            放弃
          </Button>
        )}
        {run.state !== 'preview' && (
          <Button type="text" onClick={() => void navigate(subject.address)}>
            再导入一个
          </Button>
        )}
        {failure && <Problem failure={failure} />}
      </div>
    </div>
  )
}
