import {
  listImportRows,
  mendImportRow,
  readImport,
  type BodyOf,
  type ImportRowView,
  type ImportView,
} from '@bihuan/contracts'
import Button from 'antd/es/button'
import { useState } from 'react'
import { Link } from 'react-router'
import { useAct } from '../api/use-act.js'
import { Problem } from '../states/problem.js'
import type { ImportSubject } from './import-subject.js'

/** One row: what it is, and what is to be done about it, at the cell. */
export function ImportRow({ run, row, subject }: { run: ImportView; row: ImportRowView; subject: ImportSubject }) {
  const mend = useAct(mendImportRow, { refreshes: [readImport, listImportRows] })
  const may = run.abilities['mend'] === true
  const change = (body: BodyOf<typeof mendImportRow>) =>
    void mend.act({ params: { importId: run.id, ordinal: row.ordinal }, body })
  const { cells } = row
  return (
    <li className="imp-row" aria-busy={mend.pending}>
      <div className="imp-row-what">
        <span className="quiet imp-row-at">
          {run.sheets.filter(({ usable }) => usable).length > 1 && `${row.sheet} `}第 {row.row} 行
        </span>
        {row.objectId !== null ? (
          <Link to={subject.recordAt(row.objectId)}>{cells[subject.nameKey] ?? '（没有名称）'}</Link>
        ) : (
          <strong>{cells[subject.nameKey] ?? '（没有名称）'}</strong>
        )}
        <span className="quiet">
          {subject.factKeys
            .map((key) => cells[key])
            .filter(Boolean)
            .join(' · ')}
        </span>
      </div>
      {row.verdict === 'refused' && (
        <ul className="imp-problems">
          {row.problems.map((problem, at) => (
            <li key={`${problem.code}${at}`}>
              {may && problem.key !== null ? (
                <Mend
                  label={problem.title}
                  where={`第${row.row}行 ${problem.title}`}
                  value={cells[problem.key] ?? ''}
                  allowed={run.columns.find(({ key }) => key === problem.key)?.allowed ?? []}
                  busy={mend.pending}
                  onMend={(text) => change({ cells: { [problem.key as string]: text || null } })}
                />
              ) : (
                problem.title !== '' && <span className="imp-mend-label">{problem.title}</span>
              )}
              <span className="import-reason">{problem.message}</span>
            </li>
          ))}
        </ul>
      )}
      {row.verdict !== 'refused' && row.verdict !== 'doubtful' && row.problems.length > 0 && (
        <ul className="imp-notes" aria-label="说明">
          {row.problems.map(({ title, message }) => (
            <li key={`${title}${message}`}>
              {title !== '' && <span className="imp-mend-label">{title}</span>}
              <span className="quiet">{message}</span>
            </li>
          ))}
        </ul>
      )}
      {row.changes.length > 0 && (
        <ul className="imp-changes">
          {row.changes.map(({ title, before, after }) => (
            <li key={title}>
              {title}：<del>{before ?? '空'}</del> → <ins>{after ?? '空'}</ins>
            </li>
          ))}
        </ul>
      )}
      {row.verdict === 'doubtful' && (
        <Doubt
          row={row}
          subject={subject}
          busy={mend.pending}
          {...(may ? { onDecide: (decision) => change({ decision }) } : {})}
        />
      )}
      {row.decision !== null && row.verdict !== 'doubtful' && may && (
        <p className="quiet">
          已决定：{decisionLabel(row.decision, subject)}
          <button
            type="button"
            className="linkish imp-undo"
            disabled={mend.pending}
            onClick={() => change({ decision: null })}
          >
            撤回
          </button>
        </p>
      )}
      {mend.failure && <Problem failure={mend.failure} />}
    </li>
  )
}

type Decision = NonNullable<BodyOf<typeof mendImportRow>['decision']>

function decisionLabel(decision: Decision['is'], { counter }: ImportSubject): string {
  if (decision === 'left-out') return '不导入'
  return decision === 'new' ? `是另一${counter}，新增` : `是同一${counter}，更新它`
}

function Doubt({
  row,
  subject,
  busy,
  onDecide,
}: {
  row: ImportRowView
  subject: ImportSubject
  busy: boolean
  onDecide?: (decision: Decision) => void
}) {
  const words = subject.doubtOf?.(row) ?? {
    candidateAt: subject.recordAt,
    same: '是它，更新',
    new: `是另一${subject.counter}，新增`,
  }
  const says = subject.doubtOf !== undefined || row.candidates.length === 0
  return (
    <div className="imp-doubt">
      <p className="quiet">
        {(subject.helpKeys ?? [])
          .map((key) => row.cells[key])
          .filter(Boolean)
          .join(' · ')}
      </p>
      {says && row.problems.map(({ message }) => <p key={message}>{message}</p>)}
      <ul>
        {row.candidates.map((candidate) => (
          <li key={candidate.id}>
            <span>
              像 <Link to={words.candidateAt(candidate.id)}>{candidate.name}</Link>
              <span className="quiet">：{candidate.why}</span>
            </span>
            {onDecide && (
              <Button size="small" disabled={busy} onClick={() => onDecide({ is: 'same', as: candidate.id })}>
                {words.same}
              </Button>
            )}
          </li>
        ))}
      </ul>
      {onDecide && (
        <p className="imp-doubt-acts">
          <Button size="small" disabled={busy} onClick={() => onDecide({ is: 'new' })}>
            {words.new}
          </Button>
          <Button size="small" type="text" disabled={busy} onClick={() => onDecide({ is: 'left-out' })}>
            不导入
          </Button>
        </p>
      )}
    </div>
  )
}

function Mend(props: {
  readonly label: string
  readonly where: string
  readonly value: string
  readonly allowed: readonly string[]
  readonly busy: boolean
  readonly onMend: (text: string) => void
}) {
  const [text, setText] = useState(props.value)
  const mend = (next: string) => {
    if (next !== props.value) props.onMend(next)
  }
  return (
    <label className="imp-mend">
      <span className="imp-mend-label">{props.label}</span>
      {props.allowed.length > 0 ? (
        <select
          className="options-filter import-fix"
          aria-label={props.where}
          value={props.allowed.includes(text) ? text : ''}
          disabled={props.busy}
          onChange={(event) => {
            setText(event.target.value)
            mend(event.target.value)
          }}
        >
          <option value="">{props.allowed.includes(text) ? '（空）' : text || '（空）'}</option>
          {props.allowed.map((one) => (
            <option key={one}>{one}</option>
          ))}
        </select>
      ) : (
        <input
          className="options-filter import-fix"
          aria-label={props.where}
          value={text}
          disabled={props.busy}
          onChange={(event) => setText(event.target.value)}
          onBlur={() => mend(text)}
          onKeyDown={(event) => {
            if (event.key === 'Enter' && !event.nativeEvent.isComposing) mend(text)
          }}
        />
      )}
    </label>
  )
}
