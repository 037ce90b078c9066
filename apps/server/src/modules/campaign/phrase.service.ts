/** The phrase table of the tenant (词语对照): read by everybody who reads notices, kept by the district's office and its administrator. */
import { v7 as uuidv7 } from 'uuid'
import type {
  AnswerOf,
  listPhrases as listPhrasesRoute,
  PhraseInput,
  PhraseView,
  previewPhrase,
} from '@bihuan/contracts'
import {
  checkPhrase,
  meaningWords,
  phraseBook,
  readAction,
  readActor,
  readCondition,
  readingWords,
  selectorOf,
  type Phrase,
  type ReadBy,
  type WordReading,
} from '@bihuan/domain'
import type { Actor } from '../../platform/actor.js'
import { recordAct } from '../../platform/audit/record.js'
import type { Clock } from '../../platform/clock.js'
import type { Handle } from '../../platform/db/scope.js'
import { notAllowed } from '../../platform/http/refusal.js'
import type { Answer } from '../../platform/http/serve.js'
import { countSelected } from '../enterprise/index.js'
import { mayKeepPhrases, mayReadCampaigns, mayReadPhrases } from './campaign.policy.js'
import { listStandingDuties } from './duty.repo.js'
import { listPhraseEntries, listShippedPhrases, lockPhrases, insertPhraseEntry } from './phrase.repo.js'
import { keyOf, namesIn, phrasesOf, unitsOf } from './word.service.js'

type PhraseList = AnswerOf<typeof listPhrasesRoute>

export async function listPhrases(handle: Handle, actor: Actor): Promise<Answer<PhraseList>> {
  if (!mayReadPhrases(actor)) return { ok: false, refusal: notAllowed('查看词语对照') }
  return { ok: true, value: await listOf(handle, actor) }
}

async function listOf(handle: Handle, actor: Actor): Promise<PhraseList> {
  const entries = new Map((await listPhraseEntries(handle)).map((entry) => [keyOf(entry), entry]))
  const shipped = await listShippedPhrases(handle)
  const known = new Set(shipped.map(keyOf))
  const items = shipped.map((phrase) => viewOf(phrase, entries.get(keyOf(phrase)), true))
  for (const [key, entry] of entries) {
    if (!known.has(key) && entry.stands === 'meaning') items.push(viewOf(entry as unknown as Phrase, entry, false))
  }
  return { items, abilities: { manage: mayKeepPhrases(actor) } }
}

type Entry = Awaited<ReturnType<typeof listPhraseEntries>>[number]

function viewOf(phrase: Phrase, entry: Entry | undefined, isShipped: boolean): PhraseView {
  const changed =
    entry === undefined || entry.stands === 'as-shipped'
      ? null
      : { reason: entry.reason, personName: entry.person_name, recordedAt: entry.recorded_at.toISOString() }
  const shown = entry?.stands === 'meaning' ? ({ ...phrase, meaning: entry.meaning } as Phrase) : phrase
  const { subject, meaning } = shown
  return {
    phrase: structuredClone({ subject, phrase: phrase.phrase, meaning }) as unknown as PhraseInput,
    means: meaningWords(shown),
    origin: changed === null ? 'shipped' : entry?.stands === 'dropped' ? 'dropped' : isShipped ? 'changed' : 'own',
    changed,
  }
}

const SHOWN = 50

/** Which duties would be read otherwise; and, of a condition, which enterprises it selects. */
export async function previewPhraseChange(
  handle: Handle,
  actor: Actor,
  { phrase, drop }: { readonly phrase: PhraseInput; readonly drop: boolean },
): Promise<Answer<AnswerOf<typeof previewPhrase>>> {
  if (!mayKeepPhrases(actor)) return { ok: false, refusal: notAllowed('维护词语对照') }
  const checked = checkPhrase(phrase)
  if (!checked.ok) return checked
  const stands = await phrasesOf(handle)
  const others = stands.filter((one) => keyOf(one) !== keyOf(checked.value))
  const units = await unitsOf(handle, null)
  const before: ReadBy = { book: phraseBook(stands), choices: [], units, ownUnitId: null }
  const after: ReadBy = { ...before, book: phraseBook(drop ? others : [...others, checked.value]) }
  const duties = mayReadCampaigns(actor) ? await listStandingDuties(handle, null) : []
  const changed = duties.flatMap(({ campaign_name, duty }) =>
    readingsOf(phrase.subject, duty, before).flatMap((was, at) => {
      const is = readingsOf(phrase.subject, duty, after)[at]
      if (is === undefined || JSON.stringify(was) === JSON.stringify(is)) return []
      return [{ campaignName: campaign_name, words: was.words, was, is }]
    }),
  )
  const nameOf = await namesIn(
    handle,
    changed.flatMap(({ was, is }) => [was, is]),
  )
  const said = (reading: WordReading) => (reading.meaning === null ? '没有读懂' : readingWords(reading, nameOf))
  const lines = changed.map(({ campaignName, words, was, is }) => ({
    campaignName,
    words,
    before: said(was),
    after: said(is),
  }))
  const enterprises =
    checked.value.subject === 'condition' && !drop && actor.permissions.has('enterprise.read')
      ? // Of a number the phrase says only where it stands: 30 is what notices ask most.
        await countSelected(handle, actor, [selectorOf(checked.value.meaning, 30)])
      : null
  return { ok: true, value: { duties: lines.slice(0, SHOWN), total: lines.length, enterprises } }
}

function readingsOf(
  subject: Phrase['subject'],
  duty: Awaited<ReturnType<typeof listStandingDuties>>[number]['duty'],
  by: ReadBy,
): readonly WordReading[] {
  if (subject === 'action') return [readAction(duty.action, duty.level, by)]
  const actor = duty.actor === null ? [] : [readActor(duty.actor, duty.level, by)]
  if (subject === 'actor') return actor
  return [...actor, ...(duty.condition === null ? [] : [readCondition(duty.condition, by)])]
}

export async function changePhrase(
  handle: Handle,
  actor: Actor,
  command: {
    readonly phrase: PhraseInput
    readonly change: 'meaning' | 'dropped' | 'as-shipped'
    readonly reason: string
  },
  clock: Clock,
): Promise<Answer<PhraseList>> {
  if (!mayKeepPhrases(actor)) return { ok: false, refusal: notAllowed('维护词语对照') }
  const checked = checkPhrase(command.phrase)
  if (!checked.ok) return checked
  const phrase = checked.value
  await lockPhrases(handle)
  const before = (await phrasesOf(handle)).find((one) => keyOf(one) === keyOf(phrase)) ?? null
  const shipped = (await listShippedPhrases(handle)).find((one) => keyOf(one) === keyOf(phrase)) ?? null
  const after = command.change === 'meaning' ? phrase : command.change === 'dropped' ? null : shipped
  if (JSON.stringify(before?.meaning ?? null) === JSON.stringify(after?.meaning ?? null)) {
    return {
      ok: false,
      refusal: { code: 'phrase.nothing-new', message: `“${phrase.phrase}”本来就是这样，没有要改的。`, path: 'phrase' },
    }
  }
  const now = clock.now()
  const entry = {
    subject: phrase.subject,
    // A phrase of the catalogue keeps the form in which it is shipped.
    phrase: shipped?.phrase ?? phrase.phrase,
    stands: command.change,
    meaning: command.change === 'meaning' ? phrase.meaning : null,
    reason: command.reason,
  } as const
  const entryId = await recordAct(
    handle,
    actor,
    {
      action: 'phrase.change',
      objectKind: 'phrase',
      objectId: null,
      before: { phrase: entry.phrase, meaning: before?.meaning ?? null },
      after: entry,
    },
    now,
  )
  const { accountId, personName } = actor
  await insertPhraseEntry(handle, { ...entry, id: uuidv7(), accountId, personName, entryId, now })
  return { ok: true, value: await listOf(handle, actor) }
}
