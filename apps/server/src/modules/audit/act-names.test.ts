import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { campaignCommandLabels, hazardCommandKinds } from '@bihuan/domain'
import { actName, objectKindName } from './act-names.js'

const modules = join(import.meta.dirname, '..')

function writtenIn(pattern: RegExp): string[] {
  const sources = readdirSync(modules, { recursive: true, encoding: 'utf8' }).filter(
    (path) => path.endsWith('.ts') && !path.endsWith('.test.ts'),
  )
  const found = sources.flatMap((path) =>
    [...readFileSync(join(modules, path), 'utf8').matchAll(pattern)].map(([, word = '']) => word),
  )
  return [...new Set(found)]
}

const chinese = /^[\p{Script=Han}：、（）]+$/u

test('every act that the trail keeps is called by a Chinese name, and so is what it was done to', () => {
  const actions = [
    ...writtenIn(/\baction: '([a-z-]+\.[a-z-]+)'/g),
    ...hazardCommandKinds.map((kind) => `hazard.${kind}`),
    ...Object.keys(campaignCommandLabels).map((kind) => `campaign.${kind}`),
  ]
  expect(actions.length).toBeGreaterThan(40)
  expect(actions.filter((action) => !chinese.test(actName(action)))).toEqual([])
  expect(writtenIn(/\bobjectKind: '([a-z_-]+)'/g).filter((kind) => !chinese.test(objectKindName(kind)))).toEqual([])
})
