import type { PlanTarget } from '@bihuan/domain'
import type { Part } from '../outline/paragraph.js'
import { placesOf } from '../table/place-list.js'
import { recordsOf } from '../table/records.js'
import { metricGroupsOf } from '../table/metric-table.js'
import type { ReadAnnex } from './annexes.js'
import { namedPlaces } from './named-places.js'

/** Enterprises and places that the plan lists by name, in its text or its annexes. */
export function readTargets(parts: readonly Part[], annexes: readonly ReadAnnex[]): PlanTarget[] {
  const inText = parts.flatMap((part) => {
    if (part.kind === 'paragraph') return namedPlaces(part.words)
    if (metricGroupsOf(part.grid) !== null) return []
    const records = recordsOf(part.grid)
    // Who is to be called, and who answers for what, are no places that are looked at.
    if (records.headings.some((heading) => /电话|联系人|姓名|手机|邮箱|职务/.test(heading?.text ?? ''))) return []
    return placesOf(records) ?? []
  })
  return [...inText, ...annexes.flatMap(({ places }) => places)]
}
