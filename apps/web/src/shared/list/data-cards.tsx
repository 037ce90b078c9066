import type { ReactNode } from 'react'
import type { Column } from './columns.js'

export interface DataCardsProps<Row> {
  readonly label: string
  readonly columns: readonly Column<Row>[]
  readonly rows: readonly Row[]
  readonly idOf: (row: Row) => string
  readonly onOpen: (row: Row) => void
  /** The main act, at the thumb. */
  readonly act?: (row: Row) => ReactNode
}

/** The phone's list: what it is, the two facts that decide, one act. */
export function DataCards<Row>({ label, columns, rows, idOf, onOpen, act }: DataCardsProps<Row>) {
  const title = columns.find((column) => column.card === 'title') ?? columns[0]
  const facts = columns.filter((column) => column.card === 'fact').slice(0, 2)
  return (
    <ul className="cards" aria-label={label}>
      {rows.map((row) => {
        const own = act?.(row)
        return (
          <li key={idOf(row)} className="card">
            <button type="button" className="bare card-body" onClick={() => onOpen(row)}>
              <span className="card-title">{title?.render(row)}</span>
              <span className="card-facts">
                {facts.map((fact) => (
                  <span key={fact.key}>
                    <span className="heard-only">{fact.title}：</span>
                    {fact.render(row)}
                  </span>
                ))}
              </span>
            </button>
            {own !== undefined && own !== null && <div className="card-act">{own}</div>}
          </li>
        )
      })}
    </ul>
  )
}
