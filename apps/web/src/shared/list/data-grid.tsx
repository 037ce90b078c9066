import { useVirtualizer } from '@tanstack/react-virtual'
import { useEffect, useRef, useState, type DragEvent, type KeyboardEvent, type MouseEvent } from 'react'
import type { Column } from './columns.js'
import type { Sort } from './list-state.js'
import { nextRow } from './row-keys.js'
import './grid.css'

export interface DataGridProps<Row> {
  readonly label: string
  readonly columns: readonly Column<Row>[]
  readonly rows: readonly Row[]
  readonly idOf: (row: Row) => string
  readonly openId: string | null
  /** Also asked while a row is open and the arrows move on: then it replaces, not adds, an address. */
  readonly onOpen: (row: Row, follow: boolean) => void
  readonly sort: Sort | null
  readonly onSort: (key: string) => void
  readonly onMoveColumn: (key: string, before: string | null) => void
  readonly picked?: ReadonlySet<string>
  readonly onPick?: (rows: readonly Row[], picked: boolean) => void
  readonly toneOf?: (row: Row) => 'late' | 'done' | null
}

const rowHeight = 33
/** What a column without a width gets at least, before the table scrolls sideways. */
const leastWidth = 220
const pickWidth = 38
/** Below this, all rows stand in the document, and the browser's own search finds them. */
const virtualFrom = 101

export function DataGrid<Row>(props: DataGridProps<Row>) {
  const { label, columns, rows, idOf, openId, onOpen, picked, onPick } = props
  const scroller = useRef<HTMLDivElement>(null)
  const [at, setAt] = useState(0)
  const wantsFocus = useRef(false)
  const focused = Math.min(at, Math.max(rows.length - 1, 0))

  const virtual = rows.length >= virtualFrom
  const virtualizer = useVirtualizer({
    count: virtual ? rows.length : 0,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: 12,
  })
  const seen = virtual ? virtualizer.getVirtualItems() : null
  const visible = seen ? seen.map((item) => item.index) : rows.map((_, index) => index)
  const padTop = seen?.[0]?.start ?? 0
  const padBottom = seen?.length ? virtualizer.getTotalSize() - (seen.at(-1)?.end ?? 0) : 0

  useEffect(() => {
    if (!wantsFocus.current) return
    const row = scroller.current?.querySelector<HTMLElement>(`[data-row="${focused}"]`)
    if (row) {
      wantsFocus.current = false
      row.focus({ preventScroll: true })
      row.scrollIntoView({ block: 'nearest' })
    }
  })

  const go = (index: number) => {
    wantsFocus.current = true
    setAt(index)
    if (virtual) virtualizer.scrollToIndex(index)
    const row = rows[index]
    if (row && openId !== null) onOpen(row, true)
  }
  const onKeyDown = (event: KeyboardEvent) => {
    const target = event.target as HTMLElement
    if (
      event.nativeEvent.isComposing ||
      event.ctrlKey ||
      event.metaKey ||
      /^(INPUT|BUTTON|A|TEXTAREA)$/.test(target.tagName)
    )
      return
    const next = nextRow(event.key, focused, rows.length)
    const row = rows[focused]
    if (next !== null) go(next)
    else if (event.key === 'Enter' && row) onOpen(row, false)
    else if ((event.key === ' ' || event.key === 'x') && row && onPick) onPick([row], !picked?.has(idOf(row)))
    else return
    event.preventDefault()
  }
  const onRowClick = (event: MouseEvent, row: Row, index: number) => {
    // A link or a box in the row does its own thing, and marking text is not opening.
    if ((event.target as HTMLElement).closest('a,button,input,label') || String(getSelection()) !== '') return
    setAt(index)
    onOpen(row, openId !== null)
  }

  const allPicked = rows.length > 0 && rows.every((row) => picked?.has(idOf(row)))
  const somePicked = rows.some((row) => picked?.has(idOf(row)))
  const span = columns.length + (onPick ? 1 : 0)
  const minWidth = columns.reduce((sum, column) => sum + (column.width ?? leastWidth), onPick ? pickWidth : 0)

  return (
    <div className="grid-scroll" ref={scroller}>
      <table
        className="grid grid--fixed"
        style={{ minWidth }}
        role="grid"
        aria-label={label}
        aria-rowcount={rows.length + 1}
        onKeyDown={onKeyDown}
        onMouseOver={nameWhatIsCut}
      >
        <colgroup>
          {onPick && <col style={{ width: pickWidth }} />}
          {columns.map((column) => (
            <col key={column.key} style={column.width ? { width: column.width } : {}} />
          ))}
        </colgroup>
        <thead>
          <tr>
            {onPick && (
              <th className="grid-pick">
                <input
                  type="checkbox"
                  aria-label="选中本页全部"
                  checked={allPicked}
                  ref={(box) => {
                    if (box) box.indeterminate = somePicked && !allPicked
                  }}
                  onChange={() => onPick(rows, !allPicked)}
                />
              </th>
            )}
            <HeadCells {...props} />
          </tr>
        </thead>
        <tbody>
          {padTop > 0 && <Pad span={span} height={padTop} />}
          {visible.map((index) => {
            const row = rows[index]
            if (row === undefined) return null
            const id = idOf(row)
            const tone = props.toneOf?.(row)
            return (
              <tr
                key={id}
                data-row={index}
                aria-rowindex={index + 2}
                aria-selected={picked?.has(id) ?? id === openId}
                tabIndex={index === focused ? 0 : -1}
                className={`grid-row${id === openId ? ' grid-row--open' : ''}${picked?.has(id) ? ' grid-row--picked' : ''}${tone ? ` grid-row--${tone}` : ''}`}
                onFocus={() => setAt(index)}
                onClick={(event) => onRowClick(event, row, index)}
              >
                {onPick && (
                  <td className="grid-pick">
                    <input
                      type="checkbox"
                      aria-label="选中此行"
                      checked={picked?.has(id) ?? false}
                      onChange={(event) => onPick([row], event.target.checked)}
                    />
                  </td>
                )}
                {columns.map((column) => (
                  <td key={column.key} className={`grid-cell grid-cell--${column.align ?? 'left'}`}>
                    {column.render(row)}
                  </td>
                ))}
              </tr>
            )
          })}
          {padBottom > 0 && <Pad span={span} height={padBottom} />}
        </tbody>
      </table>
    </div>
  )
}

/** A forty-character name does not break its row; the mouse reads out the whole of it. */
function nameWhatIsCut(event: MouseEvent) {
  const cell = (event.target as HTMLElement).closest<HTMLElement>('.grid-cell')
  if (cell && cell.title === '' && cell.scrollWidth > cell.clientWidth) cell.title = cell.textContent ?? ''
}

function Pad({ span, height }: { span: number; height: number }) {
  return (
    <tr aria-hidden>
      <td colSpan={span} style={{ height, padding: 0, border: 0 }} />
    </tr>
  )
}

function HeadCells<Row>({ columns, sort, onSort, onMoveColumn }: DataGridProps<Row>) {
  const [dragged, setDragged] = useState<string | null>(null)
  const [over, setOver] = useState<string | null>(null)
  return columns.map((column, index) => {
    const sorted = column.sort !== undefined && sort?.key === column.sort ? sort.direction : null
    const onDrop = (event: DragEvent) => {
      event.preventDefault()
      if (dragged) {
        const from = columns.findIndex((one) => one.key === dragged)
        // Dropped on a column to the right, it goes behind that one: that is where the hand is.
        onMoveColumn(dragged, from < index ? (columns[index + 1]?.key ?? null) : column.key)
      }
      setOver(null)
    }
    return (
      <th
        key={column.key}
        scope="col"
        className={`grid-head grid-cell--${column.align ?? 'left'}${over === column.key ? ' grid-head--over' : ''}`}
        aria-sort={sorted === 'asc' ? 'ascending' : sorted === 'desc' ? 'descending' : undefined}
        draggable
        onDragStart={(event) => {
          event.dataTransfer.effectAllowed = 'move'
          event.dataTransfer.setData('text/plain', column.title)
          setDragged(column.key)
        }}
        onDragOver={(event) => {
          if (!dragged) return
          event.preventDefault()
          setOver(column.key)
        }}
        onDragLeave={() => setOver(null)}
        onDragEnd={() => setDragged(null)}
        onDrop={onDrop}
      >
        {column.sort === undefined ? (
          column.title
        ) : (
          <button type="button" className="bare grid-sort" onClick={() => onSort(column.sort ?? column.key)}>
            {column.title}
            <span aria-hidden className={`grid-arrow${sorted ? ' grid-arrow--on' : ''}`}>
              {sorted === 'desc' ? '↓' : '↑'}
            </span>
          </button>
        )}
      </th>
    )
  })
}
