import type { ImportView } from '@bihuan/contracts'
import { useState } from 'react'

/** Which of their columns was taken for which of ours, and what is missing, doubled or moved. Said in one line, opened for the whole. */
export function ImportColumns({ run }: { run: ImportView }) {
  const said = run.sheets.filter(({ usable, columns }) => usable || columns.length > 0)
  const blocking = said.some(({ problems }) => problems.some((problem) => problem.blocking))
  const [open, setOpen] = useState(blocking)
  if (said.length === 0) return null
  return (
    <div className="ent-columns-matched">
      {said.map((sheet) => {
        const grave = sheet.problems.filter((problem) => problem.blocking)
        const moved = sheet.problems.filter(({ code }) => code === 'moved' || code === 'unknown')
        const missing = sheet.problems.filter(({ code }) => code === 'missing-optional')
        return (
          <div key={sheet.name} className={grave.length > 0 ? 'import-missing' : 'ent-sheet'}>
            <p>
              工作表“{sheet.name}”：认出 {sheet.columns.length} 列，{sheet.rows} 行
              {sheet.hiddenRows > 0 && `（含隐藏的 ${sheet.hiddenRows} 行）`}
              {missing.length > 0 && `；没有的列 ${missing.length}，原值不变`}
              {moved.length > 0 && `；${moved.length} 列不在模板的位置或不在模板中`}。
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
              <ul className="ent-matches">
                {sheet.columns.map((column) => (
                  <li key={column.key}>
                    <span className="quiet">{column.letter}</span> {column.heading}
                    {column.heading.replace(/[*＊\s]/g, '') !== column.title && <span className="quiet"> → {column.title}</span>}
                  </li>
                ))}
                {[...moved, ...missing].map(({ message }) => (
                  <li key={message} className="ent-match-note">
                    {message}
                  </li>
                ))}
              </ul>
            )}
          </div>
        )
      })}
    </div>
  )
}
