/** The phrase table: what the product ships, and what the tenant entered. */
import type { Phrase, PhraseMeaning, PhraseSubject } from '@bihuan/domain'
import type { Handle } from '../../platform/db/scope.js'

/** As in `Phrase`, before the subject and the meaning are known to belong together. */
interface StoredPhrase {
  readonly subject: PhraseSubject
  readonly phrase: string
  readonly meaning: PhraseMeaning
}

export async function listShippedPhrases(handle: Handle): Promise<Phrase[]> {
  const rows = await handle.query<StoredPhrase & Record<string, unknown>>(
    'select subject, phrase, meaning from phrase_catalogue order by subject, phrase',
  )
  return rows as unknown as Phrase[]
}

export interface PhraseEntryRow {
  readonly subject: PhraseSubject
  readonly phrase: string
  readonly stands: 'meaning' | 'dropped' | 'as-shipped'
  readonly meaning: PhraseMeaning | null
  readonly reason: string
  readonly person_name: string
  readonly recorded_at: Date
}

/** The latest of each phrase. */
export async function listPhraseEntries(handle: Handle): Promise<PhraseEntryRow[]> {
  return handle.query<PhraseEntryRow & Record<string, unknown>>(
    `select distinct on (subject, phrase) subject, phrase, stands, meaning, reason, person_name, recorded_at
     from phrase_entry where tenant_id = $1 order by subject, phrase, recorded_at desc, id desc`,
    [handle.tenantId],
  )
}

/** Of two who change the table at once, the second sees what the first entered. */
export async function lockPhrases(handle: Handle): Promise<void> {
  await handle.query(`select pg_advisory_xact_lock(hashtextextended('phrases ' || $1, 0))`, [handle.tenantId])
}

export async function insertPhraseEntry(
  handle: Handle,
  row: Pick<PhraseEntryRow, 'subject' | 'phrase' | 'stands' | 'meaning' | 'reason'> & {
    readonly id: string
    readonly accountId: string
    readonly personName: string
    readonly entryId: string
    readonly now: Date
  },
): Promise<void> {
  await handle.query(
    `insert into phrase_entry (tenant_id, id, subject, phrase, stands, meaning, reason, account_id, person_name, entry_id, recorded_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
    [
      handle.tenantId,
      row.id,
      row.subject,
      row.phrase,
      row.stands,
      row.meaning === null ? null : JSON.stringify(row.meaning),
      row.reason,
      row.accountId,
      row.personName,
      row.entryId,
      row.now,
    ],
  )
}
