import type {
  AlternativeKey,
  AlternativeKeyKind,
  ComparableEnterprise,
  Enterprise,
  EnterpriseContact,
  EnterpriseSize,
  EnterpriseStatus,
} from '@bihuan/domain'
import { alternativeKeyKinds } from '@bihuan/domain'
import type { Handle } from '../../platform/db/scope.js'

/** Where an enterprise stands on both axes, and who sees it on neither. */
export interface EnterprisePlace {
  readonly territoryPath: string
  readonly linePath: string | null
  readonly parties: readonly string[]
}

export interface StoredEnterprise extends EnterprisePlace {
  readonly enterprise: Enterprise
  readonly version: number
  readonly changedAt: Date
}

interface EnterpriseRecord {
  readonly id: string
  readonly territory_path: string
  readonly line_path: string | null
  readonly parties: string[]
  readonly credit_code: string | null
  readonly local_code: string | null
  readonly name: string
  readonly sector: string
  readonly other_sectors: string[]
  readonly size: string
  readonly employees: number | null
  readonly high_risk: boolean
  readonly crowded: boolean
  readonly labour_intensive: boolean
  readonly key_supervised: boolean
  readonly state_owned: boolean
  readonly principal_name: string | null
  readonly principal_phone: string | null
  readonly safety_manager_name: string | null
  readonly safety_manager_phone: string | null
  readonly address: string
  readonly longitude: number | null
  readonly latitude: number | null
  readonly territory_unit_id: string
  readonly lead_regulator_id: string | null
  readonly other_regulator_ids: string[]
  readonly landlord_id: string | null
  readonly status: string
  readonly version: number
  readonly changed_at: Date
}

export const kept = [
  ...['credit_code', 'local_code', 'name', 'sector', 'other_sectors', 'size', 'employees'],
  ...['high_risk', 'crowded', 'labour_intensive', 'key_supervised', 'state_owned'],
  ...[
    'principal_name',
    'principal_phone',
    'safety_manager_name',
    'safety_manager_phone',
    'address',
    'longitude',
    'latitude',
  ],
  ...['territory_unit_id', 'lead_regulator_id', 'other_regulator_ids', 'landlord_id', 'status'],
] as const
const columns = ['id', 'territory_path', 'line_path', 'parties', ...kept, 'version', 'changed_at'].join(', ')

/** `project-permit:GT-2023-17`: numbers of different kinds may be alike. */
export function localCodeOf(key: AlternativeKey | null): string | null {
  return key === null ? null : `${key.kind}:${key.number}`
}

export function alternativeKeyOf(code: string | null): AlternativeKey | null {
  if (code === null) return null
  const cut = code.indexOf(':')
  return { kind: code.slice(0, cut) as AlternativeKeyKind, number: code.slice(cut + 1) }
}

function storedOf(row: EnterpriseRecord): StoredEnterprise {
  const contact = (name: string | null, phone: string | null): EnterpriseContact | null =>
    name === null ? null : { name, phone }
  return {
    territoryPath: row.territory_path,
    linePath: row.line_path,
    parties: row.parties,
    version: row.version,
    changedAt: row.changed_at,
    enterprise: {
      id: row.id,
      name: row.name,
      creditCode: row.credit_code,
      alternativeKey: alternativeKeyOf(row.local_code),
      leadSector: row.sector,
      otherSectors: row.other_sectors,
      size: row.size as EnterpriseSize,
      employees: row.employees,
      flags: {
        highRisk: row.high_risk,
        crowded: row.crowded,
        labourIntensive: row.labour_intensive,
        keySupervised: row.key_supervised,
        stateOwned: row.state_owned,
      },
      principal: contact(row.principal_name, row.principal_phone),
      safetyManager: contact(row.safety_manager_name, row.safety_manager_phone),
      address: row.address,
      position:
        row.longitude === null || row.latitude === null ? null : { longitude: row.longitude, latitude: row.latitude },
      territoryUnitId: row.territory_unit_id,
      leadRegulatorId: row.lead_regulator_id,
      otherRegulatorIds: row.other_regulator_ids,
      landlordId: row.landlord_id,
      status: row.status as EnterpriseStatus,
    },
  }
}

/** In the order of `kept`. */
export function valuesOf(enterprise: Enterprise): unknown[] {
  const { flags, principal, safetyManager, position } = enterprise
  return [
    ...[enterprise.creditCode, localCodeOf(enterprise.alternativeKey), enterprise.name, enterprise.leadSector],
    ...[[...enterprise.otherSectors], enterprise.size, enterprise.employees],
    ...[flags.highRisk, flags.crowded, flags.labourIntensive, flags.keySupervised, flags.stateOwned],
    ...[principal?.name ?? null, principal?.phone ?? null, safetyManager?.name ?? null, safetyManager?.phone ?? null],
    ...[enterprise.address, position?.longitude ?? null, position?.latitude ?? null],
    ...[
      enterprise.territoryUnitId,
      enterprise.leadRegulatorId,
      [...enterprise.otherRegulatorIds],
      enterprise.landlordId,
    ],
    enterprise.status,
  ]
}

export async function findEnterprise(handle: Handle, id: string): Promise<StoredEnterprise | null> {
  const [row] = await handle.query<EnterpriseRecord & Record<string, unknown>>(
    `select ${columns} from enterprise where tenant_id = $1 and id = $2`,
    [handle.tenantId, id],
  )
  return row === undefined ? null : storedOf(row)
}

/** Locks the row: of two who change it at once, the second waits and then sees what the first did. */
export async function loadEnterprise(handle: Handle, id: string): Promise<StoredEnterprise | null> {
  const [row] = await handle.query<EnterpriseRecord & Record<string, unknown>>(
    `select ${columns} from enterprise where tenant_id = $1 and id = $2 for update`,
    [handle.tenantId, id],
  )
  return row === undefined ? null : storedOf(row)
}

/** By 统一社会信用代码, or by the number of an alternative key of whatever kind. */
export async function findEnterprisesByCode(handle: Handle, codes: readonly string[]): Promise<StoredEnterprise[]> {
  if (codes.length === 0) return []
  const numbers = Object.keys(alternativeKeyKinds).flatMap((kind) => codes.map((code) => `${kind}:${code}`))
  const rows = await handle.query<EnterpriseRecord & Record<string, unknown>>(
    `select ${columns} from enterprise where tenant_id = $1 and (credit_code = any($2::text[]) or local_code = any($3::text[]))`,
    [handle.tenantId, [...codes], numbers],
  )
  return rows.map(storedOf)
}

export async function findEnterprisesNamed(handle: Handle, names: readonly string[]): Promise<StoredEnterprise[]> {
  const rows = await handle.query<EnterpriseRecord & Record<string, unknown>>(
    `select ${columns} from enterprise where tenant_id = $1 and name = any($2::text[])`,
    [handle.tenantId, [...names]],
  )
  return rows.map(storedOf)
}

export async function findEnterprises(handle: Handle, ids: readonly string[]): Promise<StoredEnterprise[]> {
  if (ids.length === 0) return []
  const rows = await handle.query<EnterpriseRecord & Record<string, unknown>>(
    `select ${columns} from enterprise where tenant_id = $1 and id = any($2::uuid[])`,
    [handle.tenantId, [...ids]],
  )
  return rows.map(storedOf)
}

export async function insertEnterprise(
  handle: Handle,
  place: EnterprisePlace,
  enterprise: Enterprise,
  now: Date,
): Promise<void> {
  const values = [
    handle.tenantId,
    enterprise.id,
    place.territoryPath,
    place.linePath,
    [...place.parties],
    now,
    ...valuesOf(enterprise),
  ]
  await handle.query(
    `insert into enterprise (tenant_id, id, territory_path, line_path, parties, changed_at, ${kept.join(', ')})
     values (${values.map((_, at) => `$${at + 1}`).join(', ')})`,
    values,
  )
}

export async function saveEnterprise(
  handle: Handle,
  place: EnterprisePlace,
  enterprise: Enterprise,
  now: Date,
): Promise<void> {
  await handle.query(
    `update enterprise set territory_path = $3, line_path = $4, parties = $5, changed_at = $6, version = version + 1,
       ${kept.map((name, at) => `${name} = $${at + 7}`).join(', ')}
     where tenant_id = $1 and id = $2`,
    [
      handle.tenantId,
      enterprise.id,
      place.territoryPath,
      place.linePath,
      [...place.parties],
      now,
      ...valuesOf(enterprise),
    ],
  )
}

/**
 * A code may be held by an enterprise that the actor cannot see; only the unique key knows. Null when it was: what `work` wrote is
 * undone, and the transaction goes on (an import has other rows in it).
 */
export async function unlessCodeIsHeld<T>(handle: Handle, work: () => Promise<T>): Promise<T | null> {
  await handle.client.query('savepoint code')
  try {
    const done = await work()
    await handle.client.query('release savepoint code')
    return done
  } catch (cause) {
    await handle.client.query('rollback to savepoint code')
    const { code, constraint } = cause as { code?: string; constraint?: string }
    if (code === '23505' && (constraint ?? '').startsWith('enterprise_tenant_id_')) return null
    throw cause
  }
}

export interface TenantRow {
  readonly id: string
  readonly name: string
  readonly sector: string
  readonly status: string
}

export async function listTenantsOf(handle: Handle, landlordId: string, limit: number): Promise<TenantRow[]> {
  return handle.query<TenantRow & Record<string, unknown>>(
    'select id, name, sector, status from enterprise where tenant_id = $1 and landlord_id = $2 order by name, id limit $3',
    [handle.tenantId, landlordId, limit],
  )
}

/** What duplicates are looked for by, of all that can be seen; some 300 bytes each. */
export async function listComparable(handle: Handle): Promise<ComparableEnterprise[]> {
  const rows = await handle.query<{
    id: string
    name: string
    credit_code: string | null
    address: string
    principal_phone: string | null
    safety_manager_phone: string | null
  }>(
    'select id, name, credit_code, address, principal_phone, safety_manager_phone from enterprise where tenant_id = $1 order by id',
    [handle.tenantId],
  )
  return rows.map((row) => ({
    id: row.id,
    name: row.name,
    creditCode: row.credit_code,
    address: row.address,
    phones: [row.principal_phone, row.safety_manager_phone].filter((phone) => phone !== null),
  }))
}
