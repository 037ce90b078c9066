import { expect, test } from 'vitest'
import type { Plan } from '@bihuan/domain'
import { readNotice } from '@bihuan/office'
import { readPlan } from '@bihuan/plan-reader'
import { writeNotice } from './notice.js'
import { inventPlans } from './plans.js'

/** What is read says of each item where it stands and how sure it is. */
function withoutPlaces(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutPlaces)
  if (typeof value !== 'object' || value === null) return value
  const kept = Object.entries(value).filter(([key]) => key !== 'source' && key !== 'confidence')
  return Object.fromEntries(kept.map(([key, each]) => [key, withoutPlaces(each)]))
}

const plans = ['2025-12-01', '2026-03-01'].flatMap((firstDay) => inventPlans(firstDay))

test.each(plans.map(({ plan }) => [plan.docNo, plan.campaign.startsOn, plan] as const))(
  'the example’s notice %s of %s is read as it was meant',
  async (_docNo, _startsOn, meant: Plan) => {
    const read = readPlan(await readNotice(await writeNotice(meant), `${meant.title}.docx`))
    expect(withoutPlaces(read)).toEqual(meant)
  },
)
