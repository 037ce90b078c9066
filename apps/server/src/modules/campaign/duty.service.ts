/** Duties as rules: made with the campaign, read again when somebody says what their words mean. */
import { v7 as uuidv7 } from 'uuid'
import type { DutyView, WordReadingView } from '@bihuan/contracts'
import {
  dutyRule,
  selectorWords,
  sentenceOf,
  readTable,
  readUnits,
  strayChoice,
  unitWordsOf,
  whoWords,
  wordsOf,
  recordKindLabel,
  type DutyRule,
  type Plan,
  type PlacedReading,
  type ReadBy,
  type WordChoice,
} from '@bihuan/domain'
import type { Actor } from '../../platform/actor.js'
import { recordAct } from '../../platform/audit/record.js'
import type { Clock } from '../../platform/clock.js'
import type { Handle } from '../../platform/db/scope.js'
import type { Answer } from '../../platform/http/serve.js'
import type { CampaignPaths } from './campaign.repo.js'
import * as repo from './duty.repo.js'
import { checkChoices, namesIn, readByOf, readingView } from './word.service.js'

/** The words of a plan's duties, tasks and reports, before anything is made of it. */
export async function wordsRead(handle: Handle, plan: Plan, by: ReadBy): Promise<WordReadingView[]> {
  const rules = plan.duties.map((duty) => dutyRule(duty, null, by))
  const found = wordsOf([...rules.flatMap(ofDuty), ...unitReadings(plan, by)])
  const nameOf = await namesIn(
    handle,
    found.map(({ reading }) => reading),
  )
  return found.map((one) => readingView(one, nameOf))
}

const ofDuty = ({ readings }: Pick<DutyRule, 'readings'>) =>
  readings.map((reading): PlacedReading => ({ reading, places: ['duty'] }))

function unitReadings(plan: Plan, by: ReadBy): readonly PlacedReading[] {
  const places = new Map<string, Set<PlacedReading['places'][number]>>()
  for (const { words, place } of unitWordsOf(plan)) places.set(words, (places.get(words) ?? new Set()).add(place))
  return [...places].map(([words, where]) => ({ reading: readUnits(words, by), places: [...where] }))
}

/** The words of the figures of a plan's tables. */
function metricWordsOf({ annexes }: Plan): readonly string[] {
  return annexes.flatMap((annex) =>
    annex.kind === 'metric-table' ? readTable(annex, []).map(({ words }) => words) : [],
  )
}

export interface DutiesOf {
  readonly campaignId: string
  readonly unitId: string
  readonly paths: CampaignPaths
  readonly plan: Plan
  /** The text of the notice, where there is one. */
  readonly text: string | null
  readonly choices: readonly WordChoice[]
}

export async function addDuties(
  handle: Handle,
  actor: Actor,
  { campaignId, unitId, paths, plan, text, choices }: DutiesOf,
  clock: Clock,
): Promise<Answer<null>> {
  const checked = await checkChoices(handle, choices)
  if (!checked.ok) return checked
  const by = await readByOf(handle, { unitId, boundPath: paths.boundPath, choices })
  const rules = plan.duties.map((duty) => dutyRule(duty, sentenceOf(text, duty.source), by))
  // A word whose item was dropped after it was chosen is nobody's any more.
  const others = unitReadings(plan, by).map(({ reading }) => ({ readings: [reading] }))
  const metrics = new Set(metricWordsOf(plan))
  const used = choices.filter((choice) =>
    choice.subject === 'metric' ? metrics.has(choice.words) : strayChoice([...rules, ...others], [choice]) === -1,
  )
  for (const [index, rule] of rules.entries())
    await repo.insertDuty(handle, { ...paths, id: uuidv7(), campaignId, ordinal: index + 1, rule })
  await remember(handle, actor, { campaignId, unitId, territoryPath: paths.territoryPath }, used, clock)
  return { ok: true, value: null }
}

/** For the unit's next notice. */
export async function remember(
  handle: Handle,
  actor: Actor,
  of: { readonly campaignId: string; readonly unitId: string; readonly territoryPath: string },
  choices: readonly WordChoice[],
  clock: Clock,
): Promise<void> {
  if (choices.length === 0) return
  const now = clock.now()
  const rows = choices.map((choice) => ({ ...choice, id: uuidv7() }))
  const { accountId, personName } = actor
  const entryId = await recordAct(
    handle,
    actor,
    { action: 'campaign.decide-words', objectKind: 'campaign', objectId: of.campaignId, after: { choices: rows } },
    now,
  )
  await repo.insertChoices(handle, rows, { ...of, accountId, personName, entryId, now })
}

export async function dutyViews(handle: Handle, campaignId: string): Promise<DutyView[]> {
  const rows = await repo.listDuties(handle, campaignId)
  const nameOf = await namesIn(
    handle,
    rows.flatMap(({ rule }) => rule.readings),
  )
  return rows.map(({ id, duty, sentence, standing, rule }) => ({
    id,
    level: duty.level,
    actor: duty.actor,
    action: duty.action,
    condition: duty.condition,
    frequency: duty.frequency === null ? null : { ...duty.frequency },
    deadline: duty.deadline,
    quota: duty.quota === null ? null : { ...duty.quota },
    sentence,
    source: duty.source === undefined ? null : { ...duty.source },
    standing,
    who: rule.who === null ? '' : whoWords(rule.who, nameOf),
    record: rule.recordKind === null ? '' : recordKindLabel(rule.recordKind),
    enterprises: rule.enterprises === null ? '' : rule.enterprises.map(selectorWords).join('；或'),
    readings: ofDuty(rule).map((one) => readingView(one, nameOf)),
  }))
}
