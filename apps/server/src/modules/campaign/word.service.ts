/** What reads the words of a notice for a unit: the tenant's phrase table, the units by their names, and what was chosen before. */
import type { WordChoiceJson, WordReadingView } from '@bihuan/contracts'
import {
  isKnownMetric,
  phraseBook,
  plainWords,
  readingWords,
  whoUnits,
  type Phrase,
  type PlacedReading,
  type PlacedUnit,
  type ReadBy,
  type WordChoice,
  type WordReading,
} from '@bihuan/domain'
import type { Handle } from '../../platform/db/scope.js'
import { notFound } from '../../platform/http/refusal.js'
import type { Answer } from '../../platform/http/serve.js'
import { findUnits, listOffices } from '../organization/index.js'
import { listChoices } from './duty.repo.js'
import { listPhraseEntries, listShippedPhrases } from './phrase.repo.js'

/** Two ways of writing one phrase are one. */
export const keyOf = ({ subject, phrase }: Pick<Phrase, 'subject' | 'phrase'>) => `${subject} ${plainWords(phrase)}`

/** What counts: the catalogue's, as far as the tenant has not entered something else. */
export async function phrasesOf(handle: Handle): Promise<readonly Phrase[]> {
  const standing = new Map((await listShippedPhrases(handle)).map((phrase) => [keyOf(phrase), phrase]))
  for (const entry of await listPhraseEntries(handle)) {
    if (entry.stands === 'dropped') standing.delete(keyOf(entry))
    if (entry.stands === 'meaning') standing.set(keyOf(entry), entry as unknown as Phrase)
  }
  return [...standing.values()]
}

/** Offices that stand in the bound territory or above it: a name may end alike in the next street. Null: all of the tenant. */
export async function unitsOf(handle: Handle, boundPath: string | null): Promise<readonly PlacedUnit[]> {
  return (await listOffices(handle))
    .filter(
      ({ dissolved_on, territory_path }) =>
        dissolved_on === null &&
        (boundPath === null || territory_path.startsWith(boundPath) || boundPath.startsWith(territory_path)),
    )
    .map(({ id, name, kind, territory_path }) => ({ id, name, kind, territoryPath: territory_path }))
}

export interface ReadFor {
  readonly unitId: string | null
  readonly boundPath: string | null
  readonly choices: readonly WordChoice[]
}

export interface ReadHere extends ReadBy {
  readonly units: readonly PlacedUnit[]
}

export async function readByOf(handle: Handle, { unitId, boundPath, choices }: ReadFor): Promise<ReadHere> {
  const remembered = unitId === null ? [] : await listChoices(handle, unitId)
  return {
    book: phraseBook(await phrasesOf(handle)),
    choices: [...remembered, ...choices],
    units: await unitsOf(handle, boundPath),
    ownUnitId: unitId,
  }
}

export const choicesIn = (choices: readonly WordChoiceJson[]) => choices as unknown as readonly WordChoice[]

/** Units that a choice names must be there for whoever chooses, and metrics be known. */
export async function checkChoices(handle: Handle, choices: readonly WordChoice[]): Promise<Answer<null>> {
  const unknown = choices.findIndex(
    (one) => one.subject === 'metric' && one.meaning !== null && !isKnownMetric(one.meaning.metricId),
  )
  if (unknown !== -1) {
    const message = '选定的指标不存在，请从列表里重新选择。'
    return { ok: false, refusal: { code: 'campaign.metric-unknown', message, path: `choices.${unknown}` } }
  }
  const ids = choices.flatMap((one) => (one.subject === 'actor' ? (one.meaning?.unitIds ?? []) : []))
  const known = new Set((await findUnits(handle, ids)).map(({ id }) => id))
  const strange = ids.find((id) => !known.has(id))
  if (strange === undefined) return { ok: true, value: null }
  return { ok: false, refusal: { ...notFound('单位', { objectKind: 'unit', objectId: strange }), path: 'choices' } }
}

export async function namesIn(handle: Handle, readings: readonly WordReading[]): Promise<(unitId: string) => string> {
  const ids = [...new Set(readings.flatMap(whoUnits))]
  const names = new Map((ids.length === 0 ? [] : await findUnits(handle, ids)).map(({ id, name }) => [id, name]))
  return (id) => names.get(id) ?? '（看不到的单位）'
}

export function readingView({ reading, places }: PlacedReading, nameOf: (unitId: string) => string): WordReadingView {
  const { subject, words, standing, by, phrases, left, candidates, reason } = reading
  return {
    subject,
    words,
    standing,
    by,
    means: readingWords(reading, nameOf),
    phrases: [...phrases],
    left,
    candidates: candidates.map(({ id, name }) => ({ id, name })),
    reason,
    places: [...places],
  }
}
