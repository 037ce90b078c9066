import type { TablePage } from '@bihuan/contracts'
import { StateTag } from '../../../shared/show/mark.js'
import { faultOf, type Edits } from './typing.js'

/** What a hand must look at, each leading to its cell. Nothing to say, nothing there. */
export function TableProblems({ page, edits, onGo }: { page: TablePage; edits: Edits; onGo: (key: string) => void }) {
  const wrong = page.figures.flatMap((figure) => {
    const text = edits[figure.key]
    const message = text === undefined ? null : faultOf(figure, text)
    return message === null ? [] : [{ key: figure.key, tone: 'red' as const, message: `“${figure.label}”：${message}` }]
  })
  const found = page.problems.map((problem) => ({
    key: problem.cells[0] ?? '',
    tone: 'orange' as const,
    message: problem.message,
  }))
  const all = [...wrong, ...found]
  if (all.length === 0) return null
  return (
    <aside className="table-problems" aria-label="需要核对">
      <h2>需要核对 {all.length}</h2>
      {all.map(({ key, tone, message }, index) => (
        <button key={index} type="button" className="bare table-problem" onClick={() => onGo(key)}>
          <StateTag tone={tone}>{tone === 'red' ? '填错' : '请核对'}</StateTag>
          <p>{message}</p>
        </button>
      ))}
    </aside>
  )
}
