/** What the words of a campaign's duties and tables mean, decided after it was made: each duty that has them is read again. */
import type { CampaignPage } from '@bihuan/contracts'
import { dutyRule, strayChoice, type MetricChoice, type WordChoice } from '@bihuan/domain'
import type { Actor } from '../../platform/actor.js'
import type { Clock } from '../../platform/clock.js'
import type { Handle } from '../../platform/db/scope.js'
import type { Answer } from '../../platform/http/serve.js'
import { decideMetrics, strayMetricChoice } from '../report/index.js'
import { mayManage } from './campaign.policy.js'
import * as campaigns from './campaign.repo.js'
import { loadFor, pageOf } from './campaign.service.js'
import * as repo from './duty.repo.js'
import { remember } from './duty.service.js'
import { checkChoices, readByOf } from './word.service.js'

export async function decideWords(
  handle: Handle,
  actor: Actor,
  command: { readonly id: string; readonly version: number; readonly choices: readonly WordChoice[] },
  clock: Clock,
): Promise<Answer<CampaignPage>> {
  const loaded = await loadFor(handle, actor, command.id, command.version, mayManage)
  if (!loaded.ok) return loaded
  const campaign = loaded.value
  if (campaign.state === 'closed')
    return { ok: false, refusal: { code: 'campaign.closed', message: '行动已经结束，职责不能再改。' } }
  const rows = await repo.listDuties(handle, command.id)
  const metrics = command.choices.filter((choice): choice is MetricChoice => choice.subject === 'metric')
  const words = command.choices.filter(({ subject }) => subject !== 'metric')
  const rules = rows.map(({ rule }) => rule)
  const stray = words[strayChoice(rules, words)] ?? metrics[await strayMetricChoice(handle, command.id, metrics)]
  if (stray !== undefined) {
    const where = stray.subject === 'metric' ? '调度表' : '职责'
    const message = `这个行动的${where}里没有“${stray.words}”，请刷新后再选。`
    const path = `choices.${command.choices.indexOf(stray)}`
    return { ok: false, refusal: { code: 'campaign.word-unknown', message, path } }
  }
  const checked = await checkChoices(handle, command.choices)
  if (!checked.ok) return checked
  const { unit_id: unitId, bound_path: boundPath, territory_path: territoryPath } = campaign
  const by = await readByOf(handle, { unitId, boundPath, choices: command.choices })
  const decided = new Set(command.choices.map(({ subject, words }) => `${subject} ${words}`))
  for (const { id, ordinal, duty, sentence, rule } of rows) {
    if (!rule.readings.some(({ subject, words }) => decided.has(`${subject} ${words}`))) continue
    await repo.saveDuty(handle, { id, ordinal, rule: dutyRule(duty, sentence, by) })
  }
  const tables = await decideMetrics(handle, actor, command.id, metrics, clock)
  if (!tables.ok) return tables
  await campaigns.saveCampaign(handle, { ...campaign.detail, version: campaign.version + 1 })
  await remember(handle, actor, { campaignId: command.id, unitId, territoryPath }, command.choices, clock)
  return pageOf(handle, actor, command.id, clock)
}
