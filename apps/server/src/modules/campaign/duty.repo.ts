/** The duties of a campaign as rules, and what officers chose that words of a notice mean. */
import type { DutyRule, DutyStanding, PlanDuty, WordChoice } from '@bihuan/domain'
import type { Handle } from '../../platform/db/scope.js'
import type { CampaignPaths } from './campaign.repo.js'

export type KeptRule = Pick<DutyRule, 'who' | 'recordKind' | 'enterprises' | 'readings'>

export interface DutyRow {
  readonly id: string
  readonly campaign_id: string
  readonly ordinal: number
  readonly duty: PlanDuty
  readonly sentence: string | null
  readonly standing: DutyStanding
  readonly rule: KeptRule
  readonly version: number
}

const columns = 'd.id, d.campaign_id, d.ordinal, d.duty, d.sentence, d.standing, d.rule, d.version'

/** Without those that a corrected notice dropped. */
export async function listDuties(handle: Handle, campaignId: string): Promise<DutyRow[]> {
  return handle.query<DutyRow & Record<string, unknown>>(
    `select ${columns} from campaign_duty d where d.tenant_id = $1 and d.campaign_id = $2 and d.ended_on is null order by d.ordinal, d.id`,
    [handle.tenantId, campaignId],
  )
}

/** Of campaigns that are not over, as far as the asker sees them; of one unit's campaigns where `unitId` says so. */
export async function listStandingDuties(
  handle: Handle,
  unitId: string | null,
): Promise<(DutyRow & { readonly campaign_name: string })[]> {
  return handle.query(
    `select ${columns}, c.name as campaign_name from campaign_duty d
     join campaign c on c.tenant_id = d.tenant_id and c.id = d.campaign_id
     where d.tenant_id = $1 and d.ended_on is null and c.state <> 'closed' and ($2::uuid is null or c.unit_id = $2)
     order by c.starts_on desc, c.id, d.ordinal limit 5000`,
    [handle.tenantId, unitId],
  )
}

export async function listOpenActions(handle: Handle, campaignId: string): Promise<string[]> {
  const rows = await handle.query<{ action: string }>(
    `select duty ->> 'action' as action from campaign_duty
     where tenant_id = $1 and campaign_id = $2 and ended_on is null and standing = 'open' order by ordinal`,
    [handle.tenantId, campaignId],
  )
  return rows.map(({ action }) => action)
}

const keptOf = ({ who, recordKind, enterprises, readings }: DutyRule): KeptRule => ({
  who,
  recordKind,
  enterprises,
  readings,
})

export async function insertDuty(
  handle: Handle,
  row: CampaignPaths & {
    readonly id: string
    readonly campaignId: string
    readonly ordinal: number
    readonly rule: DutyRule
  },
): Promise<void> {
  const { duty, sentence, standing } = row.rule
  await handle.query(
    `insert into campaign_duty (tenant_id, id, campaign_id, territory_path, bound_path, ordinal, duty, sentence, standing, rule)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
    [
      handle.tenantId,
      row.id,
      row.campaignId,
      row.territoryPath,
      row.boundPath,
      row.ordinal,
      JSON.stringify(duty),
      sentence,
      standing,
      JSON.stringify(keptOf(row.rule)),
    ],
  )
}

export async function saveDuty(
  handle: Handle,
  row: { readonly id: string; readonly ordinal: number; readonly rule: DutyRule },
): Promise<void> {
  const { duty, sentence, standing } = row.rule
  await handle.query(
    `update campaign_duty set ordinal = $3, duty = $4, sentence = $5, standing = $6, rule = $7, version = version + 1
     where tenant_id = $1 and id = $2`,
    [handle.tenantId, row.id, row.ordinal, JSON.stringify(duty), sentence, standing, JSON.stringify(keptOf(row.rule))],
  )
}

/** In the order in which they were made, so that the last for the same words counts. */
export async function listChoices(handle: Handle, unitId: string): Promise<WordChoice[]> {
  const rows = await handle.query<Record<string, unknown>>(
    `select subject, words, meaning, reason from word_choice where tenant_id = $1 and unit_id = $2 order by recorded_at, id`,
    [handle.tenantId, unitId],
  )
  return rows as unknown as WordChoice[]
}

export async function insertChoices(
  handle: Handle,
  choices: readonly (WordChoice & { readonly id: string })[],
  of: {
    readonly unitId: string
    readonly territoryPath: string
    readonly accountId: string
    readonly personName: string
    readonly entryId: string
    readonly now: Date
  },
): Promise<void> {
  for (const { id, subject, words, meaning, reason } of choices) {
    await handle.query(
      `insert into word_choice (tenant_id, id, unit_id, territory_path, parties, subject, words, meaning, reason, account_id, person_name, entry_id, recorded_at)
       values ($1, $2, $3, $4, '{}', $5, $6, $7, $8, $9, $10, $11, $12)`,
      [
        handle.tenantId,
        id,
        of.unitId,
        of.territoryPath,
        subject,
        words,
        meaning === null ? null : JSON.stringify(meaning),
        reason,
        of.accountId,
        of.personName,
        of.entryId,
        of.now,
      ],
    )
  }
}
