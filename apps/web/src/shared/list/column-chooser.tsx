import HolderOutlined from '@ant-design/icons/es/icons/HolderOutlined'
import Button from 'antd/es/button'
import Popover from 'antd/es/popover'
import { useState } from 'react'
import {
  choiceAfterMove,
  choiceAfterToggle,
  chosenColumns,
  isHidden,
  type Column,
  type ColumnChoice,
} from './columns.js'

export interface ColumnChooserProps<Row> {
  readonly columns: readonly Column<Row>[]
  readonly choice: ColumnChoice | null
  readonly onChoose: (choice: ColumnChoice | null) => void
}

/** Which columns, in which order: by drag, or with the arrow keys on the handle. */
export function ColumnChooser<Row>({ columns, choice, onChoose }: ColumnChooserProps<Row>) {
  const [dragged, setDragged] = useState<string | null>(null)
  const { all } = chosenColumns(columns, choice)
  const move = (key: string, before: string | null) => onChoose(choiceAfterMove(columns, choice, key, before))

  const list = (
    <div className="chooser">
      <ul>
        {all.map((column, index) => (
          <li
            key={column.key}
            className={`chooser-row${dragged === column.key ? ' chooser-row--dragged' : ''}`}
            draggable
            onDragStart={() => setDragged(column.key)}
            onDragEnd={() => setDragged(null)}
            onDragOver={(event) => {
              event.preventDefault()
              if (dragged && dragged !== column.key) {
                const from = all.findIndex((one) => one.key === dragged)
                move(dragged, from < index ? (all[index + 1]?.key ?? null) : column.key)
              }
            }}
          >
            <button
              type="button"
              className="bare chooser-handle"
              aria-label={`移动“${column.title}”，按上下键`}
              onKeyDown={(event) => {
                if (event.key === 'ArrowUp' && index > 0) move(column.key, all[index - 1]?.key ?? null)
                else if (event.key === 'ArrowDown' && index < all.length - 1)
                  move(column.key, all[index + 2]?.key ?? null)
                else return
                event.preventDefault()
              }}
            >
              <HolderOutlined aria-hidden />
            </button>
            <label>
              <input
                type="checkbox"
                checked={!isHidden(column, choice)}
                disabled={column.always === true}
                onChange={() => onChoose(choiceAfterToggle(columns, choice, column.key))}
              />
              {column.title}
            </label>
          </li>
        ))}
      </ul>
      <button type="button" className="linkish" disabled={choice === null} onClick={() => onChoose(null)}>
        恢复默认
      </button>
    </div>
  )
  return (
    <Popover content={list} trigger="click" placement="bottomRight" arrow={false}>
      <Button type="text">列</Button>
    </Popover>
  )
}
