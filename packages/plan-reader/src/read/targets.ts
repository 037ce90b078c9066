import type { PlanTarget } from '@bihuan/domain'
import type { AnnexRegion } from '../outline/annex-region.js'
import type { Part } from '../outline/paragraph.js'
import { placesOf } from '../table/place-list.js'
import { recordsOf } from '../table/records.js'
import { metricGroupsOf } from '../table/metric-table.js'
import type { ReadAnnex } from './annexes.js'
import { linedPlaces } from './lined-places.js'
import { namedPlaces } from './named-places.js'

/** Enterprises and places that the plan lists by name, in its text or its annexes. */
export function readTargets(
  parts: readonly Part[],
  annexes: readonly ReadAnnex[],
  regions: readonly AnnexRegion[],
): PlanTarget[] {
  const inText = parts.flatMap((part) => {
    if (part.kind === 'paragraph') return namedPlaces(part.words)
    if (metricGroupsOf(part.grid) !== null) return []
    const records = recordsOf(part.grid)
    // Who is to be called, and who answers for what, are no places that are looked at.
    if (records.headings.some((heading) => NO_PLACES.test(heading?.text ?? ''))) return []
    return placesOf(records) ?? []
  })
  return once([
    ...inText,
    ...annexes.flatMap(({ places }) => places),
    ...regions.flatMap((region) => (isForm(region, annexes) ? [] : linedPlaces(region))),
  ])
}

const NO_PLACES = /电话|联系人|姓名|手机|邮箱|职务|配合|参与单位|协助/

const isForm = ({ titleLines }: AnnexRegion, annexes: readonly ReadAnnex[]) => {
  const start = titleLines[0]?.source.start
  return !annexes.some(
    ({ annex }) => annex.kind === 'other' && annex.attached !== false && annex.source?.start === start,
  )
}

const once = (targets: readonly PlanTarget[]) =>
  targets.filter(({ name }, at) => targets.findIndex((one) => one.name === name) === at)
