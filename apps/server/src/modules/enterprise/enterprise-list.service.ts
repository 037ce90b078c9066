import type { z } from 'zod'
import {
  countCap,
  type chooseEnterprise,
  type enterpriseFilters,
  type enterpriseListQuery,
  type EnterpriseRow,
  type AnswerOf,
  type Total,
} from '@bihuan/contracts'
import { maskPhone } from '@bihuan/domain'
import type { Actor } from '../../platform/actor.js'
import type { Handle, Narrowing } from '../../platform/db/scope.js'
import { notFound } from '../../platform/http/refusal.js'
import type { Answer } from '../../platform/http/serve.js'
import { findUnit } from '../organization/index.js'
import * as repo from './enterprise-list.repo.js'
import { alternativeKeyOf } from './enterprise.repo.js'

type Filters = z.output<typeof enterpriseFilters>
export type Reader = <T>(work: (handle: Handle) => Promise<T>, narrowing?: Narrowing) => Promise<T>

interface Question {
  readonly filter: repo.EnterpriseListFilter
  readonly narrowing: Narrowing | undefined
}

export async function listEnterprises(
  actor: Actor,
  query: z.output<typeof enterpriseListQuery>,
  read: Reader,
): Promise<Answer<{ items: EnterpriseRow[]; next: string | null; total: Total | null }>> {
  const question = await questionOf(actor, query, read)
  if (!question.ok) return question
  if (question.value === null) return { ok: true, value: { items: [], next: null, total: { count: 0, capped: false } } }
  const { filter, narrowing } = question.value
  const after = query.after === undefined ? null : readCursor(query.after)
  if (query.after !== undefined && after === null) {
    return {
      ok: false,
      refusal: { code: 'request.invalid', message: '翻页位置不对。请回到第一页重新查询。', path: 'after' },
    }
  }
  const { rows, count } = await read(
    async (handle) => ({
      rows: await repo.listEnterpriseRows(handle, filter, query.sort, after, query.limit + 1),
      count: query.total === 'yes' ? await repo.countEnterprises(handle, filter) : null,
    }),
    narrowing,
  )
  const page = rows.slice(0, query.limit)
  const last = page.at(-1)
  return {
    ok: true,
    value: {
      items: page.map(rowOf),
      next: rows.length > query.limit && last ? cursorOf(last) : null,
      total: count === null ? null : { count: Math.min(count, countCap), capped: count > countCap },
    },
  }
}

const exportPage = 1000

/** Every row of the question, page by page, each in a transaction of its own: a long one would hold back the database's cleaning. */
export async function everyEnterprise(
  actor: Actor,
  filters: Filters,
  read: Reader,
): Promise<Answer<AsyncGenerator<EnterpriseRow>>> {
  const question = await questionOf(actor, filters, read)
  if (!question.ok) return question
  const asked = question.value
  async function* rows(): AsyncGenerator<EnterpriseRow> {
    if (asked === null) return
    let after: repo.EnterpriseCursor | null = null
    for (;;) {
      const from: repo.EnterpriseCursor | null = after
      const page: repo.EnterpriseListRow[] = await read(
        (handle) => repo.listEnterpriseRows(handle, asked.filter, filters.sort, from, exportPage),
        asked.narrowing,
      )
      yield* page.map(rowOf)
      const last = page.at(-1)
      if (page.length < exportPage || last === undefined) return
      after = { name: last.name, id: last.id }
    }
  }
  return { ok: true, value: rows() }
}

/** Null: the actor sees nothing on that axis. */
async function questionOf(actor: Actor, query: Filters, read: Reader): Promise<Answer<Question | null>> {
  const axis = query.axis ?? (actor.unitKind === 'department' && actor.reach.lines.length > 0 ? 'line' : 'territory')
  const own = axis === 'territory' ? actor.reach.path : axis === 'line' ? (actor.reach.lines[0] ?? null) : null
  let path = own
  if (axis !== 'party') {
    if (own === null) return { ok: true, value: null }
    if (query.unit !== undefined) {
      const unitId = query.unit
      const unit = await read((handle) => findUnit(handle, unitId))
      path = (axis === 'territory' ? unit?.territory_path : unit?.line_path) ?? null
      const reachable = axis === 'territory' ? [own, ...actor.reach.scope] : actor.reach.lines
      if (path === null || !reachable.some((mine) => path?.startsWith(mine) === true)) {
        return { ok: false, refusal: { ...notFound('单位', { objectKind: 'unit', objectId: unitId }), path: 'unit' } }
      }
    }
  }
  return {
    ok: true,
    value: {
      filter: {
        axis: path === null ? null : { column: axis === 'line' ? 'line_path' : 'territory_path', path },
        parties: actor.reach.parties,
        sectors: query.sector ?? null,
        sizes: query.size ?? null,
        flags: query.flag ?? null,
        statuses: query.status ?? null,
        regulatorId: query.regulator ?? null,
        fragment: query.q ? query.q.normalize('NFKC') : null,
      },
      narrowing: path === null ? undefined : { axis: axis === 'line' ? 'line' : 'territory', path },
    },
  }
}

function cursorOf({ name, id }: repo.EnterpriseCursor): string {
  return Buffer.from(JSON.stringify([name, id])).toString('base64url')
}

function readCursor(text: string): repo.EnterpriseCursor | null {
  try {
    const read: unknown = JSON.parse(Buffer.from(text, 'base64url').toString('utf8'))
    if (!Array.isArray(read)) return null
    const [name, id] = read as unknown[]
    return typeof name === 'string' && !name.includes('\u0000') && typeof id === 'string' && /^[0-9a-f-]{36}$/.test(id)
      ? { name, id }
      : null
  } catch {
    return null
  }
}

function rowOf(row: repo.EnterpriseListRow): EnterpriseRow {
  return {
    id: row.id,
    name: row.name,
    creditCode: row.credit_code,
    alternativeNumber: alternativeKeyOf(row.local_code)?.number ?? null,
    leadSector: row.sector,
    size: row.size as EnterpriseRow['size'],
    employees: row.employees,
    flags: {
      highRisk: row.high_risk,
      crowded: row.crowded,
      labourIntensive: row.labour_intensive,
      keySupervised: row.key_supervised,
      stateOwned: row.state_owned,
    },
    status: row.status as EnterpriseRow['status'],
    territoryUnitId: row.territory_unit_id,
    territoryName: row.territory_name,
    leadRegulatorName: row.regulator_name,
    principalName: row.principal_name,
    principalPhone: row.principal_phone === null ? null : maskPhone(row.principal_phone),
    address: row.address,
  }
}

export async function chooseEnterprises(
  query: z.output<(typeof chooseEnterprise)['query']>,
  read: Reader,
): Promise<Answer<AnswerOf<typeof chooseEnterprise>>> {
  const unitId = query.unit
  const unit = unitId === undefined ? null : await read((handle) => findUnit(handle, unitId))
  if (unitId !== undefined && unit === null)
    return { ok: false, refusal: { ...notFound('单位', { objectKind: 'unit', objectId: unitId }), path: 'unit' } }
  const rows = await read((handle) =>
    repo.chooseAmongEnterprises(handle, {
      search: query.search.normalize('NFKC').trim(),
      path: unit?.territory_path ?? null,
      gone: query.gone === 'yes',
      limit: query.limit,
    }),
  )
  return {
    ok: true,
    value: {
      items: rows.map((row) => ({
        id: row.id,
        name: row.name,
        code: row.credit_code ?? alternativeKeyOf(row.local_code)?.number ?? null,
        leadSector: row.sector,
        status: row.status as EnterpriseRow['status'],
        territoryUnitId: row.territory_unit_id,
        territoryName: row.territory_name,
        leadRegulatorId: row.lead_regulator_id,
      })),
    },
  }
}

export async function listSectors(handle: Handle): Promise<{ sector: string; count: number }[]> {
  return repo.countBySector(handle)
}
