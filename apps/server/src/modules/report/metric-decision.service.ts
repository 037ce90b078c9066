/** Which known metrics the cells of a campaign's tables ask for, decided after it was made. */
import { plainWords, readTable, type MetricChoice, type PlanMetricTable } from '@bihuan/domain'
import type { Actor } from '../../platform/actor.js'
import type { Clock } from '../../platform/clock.js'
import type { Handle } from '../../platform/db/scope.js'
import type { Answer } from '../../platform/http/serve.js'
import { redesignTable } from './table-design.service.js'
import { listOffers, listTableRows, type TableRow } from './table.repo.js'

/** The words of the figures that keep the campaign from starting. */
export async function listOpenFigures(handle: Handle, campaignId: string): Promise<readonly string[]> {
  return (await listOffers(handle, campaignId)).flatMap(({ offers }) => offers.map(({ words }) => words))
}

/** Choices for words that stand in no table of the campaign, by their places. */
export async function strayMetricChoice(
  handle: Handle,
  campaignId: string,
  choices: readonly MetricChoice[],
): Promise<number> {
  const known = new Set((await listTableRows(handle, campaignId)).flatMap((table) => [...keysByWords(table).keys()]))
  return choices.findIndex(({ words }) => !known.has(plainWords(words)))
}

function keysByWords({ form }: Pick<TableRow, 'form'>): ReadonlyMap<string, string> {
  return new Map(readTable(form as PlanMetricTable, []).map(({ key, words }) => [plainWords(words), key]))
}

/** Each table in which something is chosen is designed anew, with what the design refuses: typed figures, one metric in two cells. */
export async function decideMetrics(
  handle: Handle,
  actor: Actor,
  campaignId: string,
  choices: readonly MetricChoice[],
  clock: Clock,
): Promise<Answer<null>> {
  for (const table of await listTableRows(handle, campaignId)) {
    const keys = keysByWords(table)
    const chosen = new Map(
      choices.flatMap(({ words, meaning }) => {
        const key = keys.get(plainWords(words))
        return key === undefined ? [] : [[key, meaning?.metricId ?? null] as const]
      }),
    )
    if (chosen.size === 0) continue
    const others = Object.entries(table.bindings).filter(([key]) => !chosen.has(key))
    const bound = [...chosen].flatMap(([key, metricId]) => (metricId === null ? [] : [[key, metricId] as const]))
    const { id: tableId, version, form, layout, checks } = table
    const design = { form, layout, checks, bindings: Object.fromEntries([...others, ...bound]) }
    const offers = table.offers.filter(({ key }) => !chosen.has(key))
    const answer = await redesignTable(handle, actor, { tableId, version, design, offers }, clock)
    if (!answer.ok) return answer
  }
  return { ok: true, value: null }
}
