import type { AnswerOf, showUnitTree } from '@bihuan/contracts'
import type { TreeNode } from '../../../shared/show/tree.js'

export type TreeAnswer = AnswerOf<typeof showUnitTree>

/** From units with their superiors to nodes with what is below them. Whoever has no superior that is shown stands at the top. */
export function treeNodes({ units }: Pick<TreeAnswer, 'units'>): TreeNode[] {
  const shown = new Set(units.map(({ id }) => id))
  const below = new Map<string | null, TreeAnswer['units']>()
  for (const unit of units) {
    const parent = unit.parentId !== null && shown.has(unit.parentId) ? unit.parentId : null
    below.set(parent, [...(below.get(parent) ?? []), unit])
  }
  const nodesUnder = (parentId: string | null): TreeNode[] =>
    (below.get(parentId) ?? [])
      .toSorted((a, b) => a.kindName.localeCompare(b.kindName, 'zh') || a.name.localeCompare(b.name, 'zh'))
      .map((unit) => {
        const note = unit.severed ? '悬空' : unit.dissolvedOn === null ? null : '已撤销'
        const node = { id: unit.id, label: unit.name, children: nodesUnder(unit.id) }
        return note === null ? node : { ...node, note }
      })
  return nodesUnder(null)
}
