import Button from 'antd/es/button'
import { useState, type ReactNode } from 'react'
import '../list/grid.css'
import './show.css'

export interface ImportColumn {
  readonly key: string
  readonly title: string
  /** The heading in the workbook, or null when none was found. */
  readonly heading: string | null
  readonly required?: boolean
}

export interface ImportRow {
  /** The number in the workbook: the row can be found there. */
  readonly row: number
  readonly cells: Readonly<Record<string, string | null>>
  /** `column` null: of the row as a whole. */
  readonly problems: readonly { readonly column: string | null; readonly message: string }[]
  /** 新增, 更新, 不变. */
  readonly effect?: string
}

export interface ImportPreviewProps {
  readonly columns: readonly ImportColumn[]
  readonly rows: readonly ImportRow[]
  readonly good: number
  readonly bad: number
  /** A note when `rows` are only the first of many. */
  readonly note?: ReactNode
  /** A cell put right in place; the server judges the row again. */
  readonly onFix?: (row: number, column: string, value: string) => void
  /** For a row that only a person can decide on: two enterprises that may be one. Stands in its 结果. */
  readonly rowActs?: (row: ImportRow) => ReactNode
  readonly onDownloadBad?: () => void
  readonly onBringIn: () => void
  readonly onAgain: () => void
  readonly busy?: boolean
}

/** Nothing is brought in before the one act at the foot. */
export function ImportPreview(props: ImportPreviewProps) {
  const { columns, rows, good, bad, onFix, busy = false } = props
  const [onlyBad, setOnlyBad] = useState(bad > 0)
  const missing = columns.filter((column) => column.heading === null)
  const shown = onlyBad ? rows.filter((row) => row.problems.length > 0) : rows
  return (
    <div className="import">
      {missing.length > 0 && (
        <p className="import-missing">
          工作簿里没有这些列：
          {missing.map((column) => `${column.title}${column.required === true ? '（必填）' : ''}`).join('、')}
        </p>
      )}
      <div className="import-tools">
        <label>
          <input type="checkbox" checked={onlyBad} onChange={(event) => setOnlyBad(event.target.checked)} />{' '}
          只看有问题的行
        </label>
        {props.note}
      </div>
      <div className="import-scroll">
        <table className="grid" aria-label="导入预览">
          <thead>
            <tr>
              <th scope="col">行</th>
              <th scope="col">结果</th>
              {columns.map((column) => (
                <th
                  key={column.key}
                  scope="col"
                  title={column.heading === null ? '没有找到这一列' : `工作簿中的“${column.heading}”`}
                >
                  {column.title}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {shown.map((row) => (
              <tr key={row.row} className={row.problems.length > 0 ? 'grid-row--late' : undefined}>
                <td>{row.row}</td>
                <td>
                  {row.problems.length === 0
                    ? (row.effect ?? '可导入')
                    : row.problems
                        .filter((one) => one.column === null)
                        .map((one) => one.message)
                        .join('；') || '需修正'}
                  {props.rowActs?.(row)}
                </td>
                {columns.map((column) => {
                  const problems = row.problems.filter((one) => one.column === column.key)
                  return (
                    <td key={column.key} className={problems.length > 0 ? 'import-cell--bad' : undefined}>
                      {problems.length > 0 && onFix ? (
                        <FixCell
                          label={`第${row.row}行 ${column.title}`}
                          value={row.cells[column.key] ?? ''}
                          onFix={(value) => onFix(row.row, column.key, value)}
                        />
                      ) : (
                        row.cells[column.key]
                      )}
                      {problems.map((one) => (
                        <span key={one.message} className="import-reason">
                          {one.message}
                        </span>
                      ))}
                    </td>
                  )
                })}
              </tr>
            ))}
          </tbody>
        </table>
        {shown.length === 0 && <p className="import-none">没有需要修正的行</p>}
      </div>
      <div className="import-foot">
        <Button type="primary" disabled={good === 0} loading={busy} onClick={props.onBringIn}>
          导入 {good} 行
        </Button>
        <span>{bad > 0 ? <strong className="list-problem">{bad} 行有问题，不会导入</strong> : '全部可以导入'}</span>
        {bad > 0 && props.onDownloadBad && <Button onClick={props.onDownloadBad}>下载有问题的行</Button>}
        <Button type="text" onClick={props.onAgain}>
          换一个文件
        </Button>
      </div>
    </div>
  )
}

function FixCell({ label, value, onFix }: { label: string; value: string; onFix: (value: string) => void }) {
  const [text, setText] = useState(value)
  const fix = () => {
    if (text !== value) onFix(text)
  }
  return (
    <input
      className="options-filter import-fix"
      aria-label={label}
      value={text}
      onChange={(event) => setText(event.target.value)}
      onBlur={fix}
      onKeyDown={(event) => {
        if (event.key === 'Enter' && !event.nativeEvent.isComposing) fix()
      }}
    />
  )
}
