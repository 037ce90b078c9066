import { expect, it } from 'vitest'
import { treeNodes, type TreeAnswer } from './unit-tree.js'

const unit = (
  id: string,
  parentId: string | null,
  more: Partial<TreeAnswer['units'][number]> = {},
): TreeAnswer['units'][number] => ({
  id,
  name: id,
  kind: 'town',
  kindName: '镇',
  code: null,
  dissolvedOn: null,
  parentId,
  severed: false,
  ...more,
})

it('hangs each unit under its superior, and at the top what has none that is shown', () => {
  const nodes = treeNodes({ units: [unit('村', '镇'), unit('镇', '区'), unit('区', null), unit('科', '不可见的局')] })
  expect(nodes.map(({ label }) => label)).toEqual(['科', '区'])
  expect(nodes[1]?.children[0]).toMatchObject({ label: '镇', children: [{ label: '村', children: [] }] })
})

it('says of a dissolved unit and of one that hangs loose what they are', () => {
  const nodes = treeNodes({
    units: [unit('甲', null, { dissolvedOn: '2023-01-01' }), unit('乙', null, { severed: true })],
  })
  expect(nodes.map(({ note }) => note).sort()).toEqual(['已撤销', '悬空'])
})
