export interface TreeNode {
  readonly id: string
  readonly label: string
  readonly children: readonly TreeNode[]
  readonly note?: string
}

export interface TreeLine {
  readonly node: TreeNode
  readonly depth: number
  readonly open: boolean
  readonly parentId: string | null
}

/** The lines that are seen, top to bottom. While somebody searches, the way to every find is open. */
export function treeLines(roots: readonly TreeNode[], open: ReadonlySet<string>, text = ''): TreeLine[] {
  const lines: TreeLine[] = []
  const walk = (nodes: readonly TreeNode[], depth: number, parentId: string | null) => {
    for (const node of nodes) {
      if (text !== '' && !holds(node, text)) continue
      const isOpen =
        node.children.length > 0 &&
        (open.has(node.id) || (text !== '' && node.children.some((child) => holds(child, text))))
      lines.push({ node, depth, open: isOpen, parentId })
      // What was found is shown with all that is below it; what only leads there, with the way alone.
      if (isOpen) walk(node.children, depth + 1, node.id)
    }
  }
  walk(roots, 0, null)
  return lines
}

function holds(node: TreeNode, text: string): boolean {
  return node.label.includes(text) || node.children.some((child) => holds(child, text))
}

export type TreeMove = { readonly to: string } | { readonly open: string } | { readonly close: string } | null

/** The keys of a tree as WAI-ARIA gives them. */
export function treeMove(key: string, lines: readonly TreeLine[], at: string | null): TreeMove {
  const index = lines.findIndex((line) => line.node.id === at)
  const line = lines[index]
  const to = (target: TreeLine | undefined): TreeMove => (target ? { to: target.node.id } : null)
  switch (key) {
    case 'ArrowDown':
      return to(lines[index + 1])
    case 'ArrowUp':
      return to(lines[Math.max(index - 1, 0)])
    case 'Home':
      return to(lines[0])
    case 'End':
      return to(lines.at(-1))
    case 'ArrowRight':
      if (!line || line.node.children.length === 0) return null
      return line.open ? to(lines[index + 1]) : { open: line.node.id }
    case 'ArrowLeft':
      if (line?.open) return { close: line.node.id }
      return line?.parentId ? { to: line.parentId } : null
    default:
      return null
  }
}
