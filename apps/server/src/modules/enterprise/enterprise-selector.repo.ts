/** How many enterprises a selector means, and some of them by name. The same question as `isSelected` of the domain, put to the database. */
import type { EnterpriseFlag, EnterpriseSelector } from '@bihuan/domain'
import type { Actor } from '../../platform/actor.js'
import type { Handle } from '../../platform/db/scope.js'

const flagColumns: Readonly<Record<EnterpriseFlag, string>> = {
  highRisk: 'high_risk',
  crowded: 'crowded',
  labourIntensive: 'labour_intensive',
  keySupervised: 'key_supervised',
  stateOwned: 'state_owned',
}

export interface Selection {
  readonly count: number
  /** Of how many that are in business. */
  readonly of: number
  /** Left out because their number of employees is not known. */
  readonly unknown: number
  readonly names: string[]
}

/** Of those that are in business, as far as the asker's territory reaches. */
export async function countSelected(
  handle: Handle,
  actor: Actor,
  selectors: readonly EnterpriseSelector[],
): Promise<Selection> {
  const values: unknown[] = [handle.tenantId, actor.reach.path ?? '/', `${(actor.reach.path ?? '/').slice(0, -1)}0`]
  const value = (given: unknown) => `$${values.push(given)}`
  const conditions = selectors.map(({ sizes, flags, sectors, fewest, most }) => {
    const sector = sectors.length === 0 ? 'true' : value([...sectors])
    const standing = [
      sizes.length === 0 ? 'true' : `size = any(${value([...sizes])}::text[])`,
      ...flags.map((flag) => flagColumns[flag]),
      sector === 'true' ? sector : `(sector = any(${sector}::text[]) or other_sectors && ${sector}::text[])`,
    ].join(' and ')
    const bounds = [
      ...(fewest === null ? [] : [`employees >= ${value(fewest)}`]),
      ...(most === null ? [] : [`employees <= ${value(most)}`]),
    ]
    return {
      meant: [standing, ...bounds].join(' and '),
      unknown: bounds.length === 0 ? 'false' : `${standing} and employees is null`,
    }
  })
  const any = (which: 'meant' | 'unknown') => conditions.map((one) => `(${one[which]})`).join(' or ')
  const [row] = await handle.query<{ count: number; of: number; unknown: number; names: string[] | null }>(
    `select count(*) filter (where meant)::int as count, count(*)::int as of, count(*) filter (where unknown and not coalesce(meant, false))::int as unknown,
       (array_agg(name order by name) filter (where meant))[1:5] as names
     from (select name, ${any('meant')} as meant, ${any('unknown')} as unknown from enterprise
       where tenant_id = $1 and status = 'operating' and territory_path >= $2 and territory_path < $3) as e`,
    values,
  )
  return { count: row?.count ?? 0, of: row?.of ?? 0, unknown: row?.unknown ?? 0, names: row?.names ?? [] }
}
