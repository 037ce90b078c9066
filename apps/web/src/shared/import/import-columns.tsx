import type { ImportView } from '@bihuan/contracts'
import { useState } from 'react'
import type { ImportSubject } from './import-subject.js'

/** Which of their columns was taken for which of ours, and what is missing, doubled or moved. Said in one line, opened for the whole. */
export function ImportColumns({ run, subject }: { run: ImportView; subject: ImportSubject }) {
  const said = run.sheets.filter(({ usable, columns }) => usable || columns.length > 0)
  const blocking = said.some(({ problems }) => problems.some((problem) => problem.blocking))
  const [open, setOpen] = useState(blocking)
  if (said.length === 0) return null
  return (
    <div className="imp-columns-matched">
      {said.map((sheet) => {
        const grave = sheet.problems.filter((problem) => problem.blocking)
        const moved = sheet.problems.filter(({ code }) => code === 'moved')
        const unknown = sheet.problems.filter(({ code }) => code === 'unknown')
        const missing = sheet.problems.filter(({ code }) => code === 'missing-optional')
        return (
          <div key={sheet.name} className={grave.length > 0 ? 'import-missing' : 'imp-sheet'}>
            <p>
              工作表“{sheet.name}”：认出 {sheet.columns.length} 列，{sheet.rows} 行
              {sheet.hiddenRows > 0 && `（含隐藏的 ${sheet.hiddenRows} 行）`}
              {moved.length > 0 && '，列的顺序与模板不同，已按列名对应'}
              {unknown.length > 0 && `；没有读取的列：${unknown.map(({ title }) => title).join('、')}`}。
              <button type="button" className="linkish" aria-expanded={open} onClick={() => setOpen(!open)}>
                {open ? '收起' : '看各列'}
              </button>
            </p>
            {grave.map(({ message }) => (
              <p key={message} className="list-problem">
                {message}
              </p>
            ))}
            {open && (
              <ul className="imp-matches">
                {sheet.columns.map((column) => (
                  <li key={column.key}>
                    <span className="quiet">{column.letter}</span> {column.heading}
                    {column.heading.replace(/[*＊\s]/g, '') !== column.title && (
                      <span className="quiet"> → {column.title}</span>
                    )}
                  </li>
                ))}
                {missing.length > 0 && (
                  <li className="imp-match-note">
                    工作簿里没有：{missing.map(({ title }) => title).join('、')}。可以不填，已有{subject.thing}
                    的原值不变。
                  </li>
                )}
                {moved.length > 0 && (
                  <li className="imp-match-note">
                    与模板顺序不同的：{moved.map(({ title, column }) => `${title}（${column ?? ''}列）`).join('、')}
                    。请看看对应得对不对。
                  </li>
                )}
              </ul>
            )}
          </div>
        )
      })}
    </div>
  )
}
