import RightOutlined from '@ant-design/icons/es/icons/RightOutlined'
import { useRef, useState, type KeyboardEvent } from 'react'
import { treeLines, treeMove, type TreeNode } from './tree.js'
import './show.css'

export interface TreePaneProps {
  readonly label: string
  readonly roots: readonly TreeNode[]
  readonly chosen: string | null
  readonly onChoose: (id: string) => void
  readonly searchHint?: string
}

/** Units, beside what is shown of the chosen one. */
export function TreePane({ label, roots, chosen, onChoose, searchHint = '查找' }: TreePaneProps) {
  const [text, setText] = useState('')
  const [open, setOpen] = useState<ReadonlySet<string>>(() => new Set(roots.map((root) => root.id)))
  const tree = useRef<HTMLUListElement>(null)
  const lines = treeLines(roots, open, text.trim())
  const first = lines.some((line) => line.node.id === chosen) ? chosen : (lines[0]?.node.id ?? null)

  const toggle = (id: string, on: boolean) =>
    setOpen((now) => {
      const next = new Set(now)
      if (on) next.add(id)
      else next.delete(id)
      return next
    })
  const onKeyDown = (event: KeyboardEvent) => {
    const at = (document.activeElement as HTMLElement | null)?.dataset['id'] ?? null
    if ((event.key === 'Enter' || event.key === ' ') && at !== null) onChoose(at)
    else {
      const move = treeMove(event.key, lines, at)
      if (!move) return
      if ('to' in move) tree.current?.querySelector<HTMLElement>(`[data-id="${CSS.escape(move.to)}"]`)?.focus()
      else if ('open' in move) toggle(move.open, true)
      else toggle(move.close, false)
    }
    event.preventDefault()
  }
  return (
    <div className="tree">
      <input
        className="options-filter"
        aria-label={searchHint}
        placeholder={searchHint}
        value={text}
        onChange={(event) => setText(event.target.value)}
      />
      <ul role="tree" aria-label={label} ref={tree} onKeyDown={onKeyDown}>
        {lines.map(({ node, depth, open: isOpen }) => (
          <li
            key={node.id}
            role="treeitem"
            data-id={node.id}
            aria-level={depth + 1}
            aria-selected={node.id === chosen}
            aria-expanded={node.children.length > 0 ? isOpen : undefined}
            tabIndex={node.id === first ? 0 : -1}
            className={`tree-line${node.id === chosen ? ' tree-line--chosen' : ''}`}
            style={{ paddingLeft: 4 + depth * 16 }}
            onClick={() => onChoose(node.id)}
          >
            {node.children.length > 0 ? (
              <span
                className={`tree-arrow${isOpen ? ' tree-arrow--open' : ''}`}
                aria-hidden
                onClick={(event) => {
                  event.stopPropagation()
                  toggle(node.id, !isOpen)
                }}
              >
                <RightOutlined />
              </span>
            ) : (
              <span className="tree-arrow" />
            )}
            <span className="tree-label">{node.label}</span>
            {node.note !== undefined && <span className="option-note">{node.note}</span>}
          </li>
        ))}
        {lines.length === 0 && <li className="quiet tree-none">没有含“{text}”的</li>}
      </ul>
    </div>
  )
}
