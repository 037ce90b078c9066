import type { ImportedNotice } from '@bihuan/contracts'
import { memo, useEffect, useMemo, useRef } from 'react'
import { segmentsOf, type NoticeBlock, type PlanItem, type Stretch } from './plan-items.js'

export interface NoticePaneProps {
  readonly document: ImportedNotice['document']
  readonly items: readonly PlanItem[]
  readonly active: string | null
  readonly reviewed: ReadonlySet<string>
  readonly onActive: (key: string) => void
}

/** The notice as it is, with what was read of it marked; a press on a mark goes to its item. */
export function NoticePane({ document, items, active, reviewed, onActive }: NoticePaneProps) {
  const pane = useRef<HTMLDivElement>(null)
  useEffect(() => {
    pane.current?.querySelector('.notice-mark--active')?.scrollIntoView({ block: 'center', behavior: 'smooth' })
  }, [active])
  const source = items.find(({ key }) => key === active)?.source ?? null
  return (
    <div className="notice-pane" ref={pane} role="document" aria-label="通知原文">
      {document.blocks.map((block) => (
        <Block
          key={block.start}
          block={block}
          text={document.text}
          items={items}
          // A block that holds nothing of it need not be drawn again.
          active={source !== null && source.start < block.end && source.end > block.start ? active : null}
          reviewed={reviewed}
          onActive={onActive}
        />
      ))}
    </div>
  )
}

interface BlockProps extends Omit<NoticePaneProps, 'document'> {
  readonly block: NoticeBlock
  readonly text: string
}

const Block = memo(function Block({ block, ...words }: BlockProps) {
  if (block.kind === 'paragraph') {
    const shown = words.text.slice(block.start, block.end).trim()
    if (shown === '') return null
    return (
      <p className={`notice-line--${block.align ?? 'left'}`}>
        <Words stretch={block} {...words} />
      </p>
    )
  }
  return (
    <div className="notice-table">
      <table>
        <tbody>
          {block.rows.map((row, at) => (
            <tr key={at}>
              {row.map((cell) => (
                <td key={cell.column} colSpan={cell.colSpan} rowSpan={cell.rowSpan}>
                  <Words stretch={cell} {...words} />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
})

function Words({ stretch, text, items, active, reviewed, onActive }: Omit<BlockProps, 'block'> & { stretch: Stretch }) {
  const segments = useMemo(() => segmentsOf(stretch, items), [stretch, items])
  return segments.map(({ start, end, keys }) => {
    const words = text.slice(start, end)
    const [first] = keys
    if (first === undefined) return <span key={start}>{words}</span>
    const isActive = active !== null && keys.includes(active)
    const isDone = keys.every((key) => reviewed.has(key))
    return (
      <mark
        key={start}
        className={`notice-mark${isActive ? ' notice-mark--active' : ''}${isDone ? ' notice-mark--done' : ''}`}
        // The next of several that stand on the same words, with each press.
        onClick={() => onActive(keys[(keys.indexOf(active ?? '') + 1) % keys.length] ?? first)}
      >
        {words}
      </mark>
    )
  })
}
