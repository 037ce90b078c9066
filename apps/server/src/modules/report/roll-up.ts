/**
 * What is rolled up: the metrics of the catalogue by territory, for the spans that campaigns begin, under wide units.
 * Why this shape, and what is proved by what: docs/decisions/0011-roll-ups.md.
 *
 * - A **span** begins on a campaign's first day: facts before it do not count.
 * - A **wide** unit has many units in its subtree. A narrow one is read from its few facts; a roll-up of it would be as large.
 * - A **plain** record has all its facts in one unit, one sector, of one subject: so a part of it is a part wherever its whole is asked
 *   for, and its amounts can be added up. Any other is **loose**, and always counted from its facts.
 */
import { createHash } from 'node:crypto'
import { hazardMetrics, type Metric } from '@bihuan/domain'
import type { Handle } from '../../platform/db/scope.js'
import { listSpanStarts, type ChainLink } from './roll-up-fold.repo.js'

export interface RollUpDefinition {
  readonly metrics: readonly Metric[]
  /** How many units make a subtree wide. */
  readonly wideFrom: number
  /** The days from which cumulative tables count. */
  spans(handle: Handle): Promise<readonly string[]>
  /** Another one makes the roll-up anew. */
  readonly signature: string
}

/** Wholes of wholes; more would only need more columns in `contributions`. */
export const deepest = 3

export function defineRollUp(
  metrics: readonly Metric[],
  wideFrom: number,
  spans: (handle: Handle) => Promise<readonly string[]>,
): RollUpDefinition {
  const rolled = metrics.filter((metric) => isRollable(metric, metrics))
  const text = JSON.stringify(['2', wideFrom, rolled.map((metric) => shapeOf(metric, metrics))])
  return { metrics: rolled, wideFrom, spans, signature: createHash('sha256').update(text).digest('hex') }
}

/** A town and above: below, a district of a million facts has some thousands a unit, which are read in milliseconds. */
export const productRollUp = defineRollUp(hazardMetrics, 32, listSpanStarts)

export function wholesOf(metric: Metric, metrics: readonly Metric[]): readonly Metric[] {
  const wholes: Metric[] = []
  for (let at = metric.partOf; at !== null;) {
    const whole = metrics.find((one) => one.id === at)
    if (whole === undefined || wholes.includes(whole)) break
    wholes.push(whole)
    at = whole.partOf
  }
  return wholes
}

/** All that a figure depends on: two metrics of one shape and id have one figure. */
export function shapeOf(metric: Metric, metrics: readonly Metric[]): string {
  const chain = [metric, ...wholesOf(metric, metrics)]
  return JSON.stringify(chain.map(({ id, kind, measures, attributedTo }) => [id, kind, measures, attributedTo]))
}

function isRollable(metric: Metric, metrics: readonly Metric[]): boolean {
  const wholes = wholesOf(metric, metrics)
  const last = wholes.at(-1) ?? metric
  return (
    metric.source === 'derived' &&
    (metric.kind === 'count' || metric.kind === 'sum' || metric.kind === 'distinct') &&
    [metric, ...wholes].every(({ attributedTo }) => attributedTo === 'territory') &&
    last.partOf === null &&
    wholes.length <= deepest
  )
}

export function chainsOf(definition: RollUpDefinition): readonly ChainLink[] {
  return definition.metrics.flatMap((metric) => {
    const chain = [metric, ...wholesOf(metric, definition.metrics)]
    return chain.flatMap(({ measures }, level) =>
      [...new Set(measures)].map((measure) => ({
        metric: metric.id,
        isDistinct: metric.kind === 'distinct',
        measure,
        level,
        depth: chain.length - 1,
      })),
    )
  })
}
