/**
 * Figures by SQL. The definition is `figuresOf` of @bihuan/domain, and a test holds the two equal under generated histories.
 *
 * A fact stands if it is known, of the sectors, in the time, and no known reversal of it has happened by the cut-off. Each metric
 * is a list of (record, amount); a part is joined to its whole, so that it counts no record that its whole does not.
 */
import type { Metric } from '@bihuan/domain'
import type { Handle } from '../../platform/db/scope.js'

export interface FigureQuestion {
  readonly unitIds: readonly string[]
  readonly startsOn: string
  /** Null for all. */
  readonly sectors: readonly string[] | null
  readonly cutOff: string
  /** Null: everything that is there, sealed or not. */
  readonly knownAt: number | null
  /** Of some records, or all but some, alone. What is `distinct` counts these subjects only. */
  readonly among?: FigurePart
}

export interface FigurePart {
  readonly recordIds?: readonly string[]
  readonly notRecordIds?: readonly string[]
  readonly subjectIds?: readonly string[]
}

export interface FigureRow {
  readonly metricId: string
  readonly value: number
}

const known = (fact: string, position: string) =>
  `exists (select 1 from audit_seal s where s.tenant_id = ${fact}.tenant_id and s.entry_id = ${fact}.entry_id and s.position <= ${position}::bigint)`

/** The facts that stand, then one table expression a metric, wholes before their parts. */
function expressions(
  metrics: readonly Metric[],
  question: FigureQuestion,
  tenantId: string,
): { text: string; values: unknown[]; names: Map<string, string> } {
  const measures = [...new Set(metrics.flatMap((metric) => metric.measures))]
  const values: unknown[] = [tenantId, measures, question.startsOn, question.cutOff, question.unitIds, question.sectors]
  let isKnown = ''
  let reversalIsKnown = ''
  if (question.knownAt !== null) {
    values.push(question.knownAt)
    isKnown = `and ${known('f', `$${values.length}`)}`
    reversalIsKnown = `and ${known('r', `$${values.length}`)}`
  }
  const { recordIds, notRecordIds, subjectIds } = question.among ?? {}
  const bound = (value: readonly string[] | undefined, condition: (place: string) => string): string => {
    if (value === undefined) return ''
    values.push(value)
    return condition(`$${values.length}::uuid[]`)
  }
  // Fenced off: planned together, a few records were found by going through all facts of the measures (400 ms of 200,000).
  const facts = bound(
    recordIds,
    (place) => `(select * from fact where tenant_id = $1 and record_id = any(${place}) offset 0)`,
  )
  const notOfRecords = bound(notRecordIds, (place) => `and f.record_id <> all(${place})`)
  const ofSubjects = bound(subjectIds, (place) => `and subject_id = any(${place})`)
  // One of the two where it can be: each is an index of its own.
  const axes = new Set(metrics.map((metric) => metric.attributedTo))
  const places = ['f.unit_id = any($5::uuid[])', 'f.doer_unit_ids && $5::uuid[]'].filter((_, at) =>
    axes.has(at === 0 ? 'territory' : 'doer'),
  )
  const standing = `standing as (
    select f.measure, f.unit_id, f.doer_unit_ids, f.record_id, f.subject_id, f.amount
    from ${facts || 'fact'} f
    where f.tenant_id = $1 and f.measure = any($2::text[]) and f.occurred_on >= $3::date and f.occurred_on <= $4::date
      and f.reverses is null and (${places.join(' or ')}) ${notOfRecords}
      and ($6::text[] is null or f.sector = any($6::text[])) ${isKnown}
      and not exists (
        select 1 from fact r
        where r.tenant_id = f.tenant_id and r.reverses = f.id and r.occurred_on <= $4::date ${reversalIsKnown}))`

  const names = new Map<string, string>()
  const parts = [standing]
  for (const metric of wholesFirst(metrics)) {
    const name = `m${names.size}`
    names.set(metric.id, name)
    values.push(metric.measures)
    const attributed =
      metric.attributedTo === 'territory'
        ? 'unit_id = any($5::uuid[])'
        : metric.kind === 'distinct'
          ? 'doer_unit_ids && $5::uuid[]'
          : 'doer_unit_ids[1] = any($5::uuid[])'
    const own = `from standing where measure = any($${values.length}::text[]) and ${attributed}`
    const perRecord = `select record_id, sum(amount) as amount ${own} group by record_id`
    const whole = metric.partOf === null ? undefined : names.get(metric.partOf)
    parts.push(
      whole === undefined
        ? `${name} as (select record_id, amount from (${perRecord}) own where amount <> 0)`
        : `${name} as (select own.record_id, least(own.amount, ${whole}.amount) as amount
             from (${perRecord}) own join ${whole} using (record_id) where least(own.amount, ${whole}.amount) <> 0)`,
    )
    if (metric.kind !== 'distinct') continue
    parts.push(`${name}_subjects as (select distinct subject_id ${own} and amount <> 0
      and record_id in (select record_id from ${name}) ${ofSubjects}
      ${whole === undefined ? '' : `and subject_id in (select subject_id from ${whole}_subjects)`})`)
  }
  return { text: `with ${parts.join(',\n')}`, values, names }
}

function wholesFirst(metrics: readonly Metric[]): Metric[] {
  const byId = new Map(metrics.map((metric) => [metric.id, metric]))
  const depth = (metric: Metric): number => {
    const whole = metric.partOf === null ? undefined : byId.get(metric.partOf)
    return whole === undefined ? 0 : 1 + depth(whole)
  }
  return [...metrics].sort((a, b) => depth(a) - depth(b))
}

/** Counts, sums and distinct subjects; no metric of the catalogue is a derived stock or flag. */
export async function readFigures(
  handle: Handle,
  metrics: readonly Metric[],
  question: FigureQuestion,
): Promise<FigureRow[]> {
  if (metrics.length === 0) return []
  const { text, values, names } = expressions(metrics, question, handle.tenantId)
  const selects = metrics.map((metric) => {
    const name = names.get(metric.id) ?? ''
    const value =
      metric.kind === 'distinct'
        ? `(select count(*) from ${name}_subjects)`
        : `(select coalesce(sum(amount), 0) from ${name})`
    return `select '${name}' as name, ${value}::bigint as value`
  })
  const rows = await handle.query<{ name: string; value: number }>(`${text} ${selects.join(' union all ')}`, values)
  const byName = new Map(rows.map((row) => [row.name, row.value]))
  return metrics.map((metric) => ({ metricId: metric.id, value: byName.get(names.get(metric.id) ?? '') ?? 0 }))
}

/** The records behind a figure, page by page. */
export async function readFigureRecords(
  handle: Handle,
  metrics: readonly Metric[],
  metricId: string,
  question: FigureQuestion,
  after: string | null,
  limit: number,
): Promise<string[]> {
  const { text, values, names } = expressions(metrics, question, handle.tenantId)
  values.push(after, limit)
  const rows = await handle.query<{ record_id: string }>(
    `${text} select record_id from ${names.get(metricId) ?? ''}
     where $${values.length - 1}::uuid is null or record_id > $${values.length - 1}::uuid
     order by record_id limit $${values.length}`,
    values,
  )
  return rows.map((row) => row.record_id)
}

export interface FactOfRecord {
  readonly record_id: string
  readonly measure: string
  readonly amount: number
  readonly occurred_on: string
  readonly position: number | null
}

/** The facts of these records that the question knows of: neither those of later days, nor those of later positions. */
export async function readFactsOf(
  handle: Handle,
  recordIds: readonly string[],
  measures: readonly string[],
  { startsOn, cutOff, knownAt }: Pick<FigureQuestion, 'startsOn' | 'cutOff' | 'knownAt'>,
): Promise<FactOfRecord[]> {
  return handle.query<FactOfRecord & Record<string, unknown>>(
    `select f.record_id, f.measure, f.amount, f.occurred_on, s.position
     from fact f left join audit_seal s on s.tenant_id = f.tenant_id and s.entry_id = f.entry_id
     where f.tenant_id = $1 and f.record_id = any($2::uuid[]) and f.measure = any($3::text[])
       and f.occurred_on >= $4::date and f.occurred_on <= $5::date and ($6::bigint is null or s.position <= $6::bigint)
     order by f.record_id, f.recorded_at, f.id`,
    [handle.tenantId, recordIds, measures, startsOn, cutOff, knownAt],
  )
}

/** A count or a sum by the unit that each record is found by. What is `distinct` is not: the same enterprise may stand in two. */
export async function readFigureByUnit(
  handle: Handle,
  metrics: readonly Metric[],
  metric: Metric,
  question: FigureQuestion,
): Promise<Map<string, number>> {
  const { text, values, names } = expressions(metrics, question, handle.tenantId)
  const name = names.get(metric.id) ?? ''
  values.push(metric.measures)
  const unit = metric.attributedTo === 'territory' ? 'unit_id' : 'doer_unit_ids[1]'
  const rows = await handle.query<{ unit: string; value: number }>(
    `${text} select own.unit, sum(m.amount)::bigint as value
     from ${name} m
     join (select record_id, min((${unit})::text)::uuid as unit from standing
           where measure = any($${values.length}::text[]) and ${unit} = any($5::uuid[]) group by record_id) own using (record_id)
     group by own.unit`,
    values,
  )
  return new Map(rows.map((row) => [row.unit, row.value]))
}

export interface TypedRow {
  readonly id: string
  readonly unit_id: string
  readonly unit_name: string
  readonly cell: string
  readonly sector: string
  readonly as_of: string
  readonly amount: number | null
  readonly person_name: string
  readonly recorded_at: Date
  readonly return_id: string | null
  readonly position: number | null
}

/**
 * Of each unit and cell (and sector, where it is filed so) the latest typed value by the cut-off and the position; emptied ones too.
 * `onlyFiled`: those of other units count while the return that they were typed into stands as filed, at that position.
 */
export async function readTyped(
  handle: Handle,
  tableId: string,
  question: Pick<FigureQuestion, 'unitIds' | 'cutOff' | 'knownAt'>,
  typed: { readonly sector: string | null; readonly onlyFiled: boolean; readonly unitId: string },
): Promise<TypedRow[]> {
  return handle.query<TypedRow & Record<string, unknown>>(
    `select distinct on (t.unit_id, t.cell, t.sector) t.id, t.unit_id, u.name as unit_name, t.cell, t.sector, t.as_of, t.amount, t.person_name, t.recorded_at, t.return_id, s.position
     from typed_figure t
     join unit u on u.tenant_id = t.tenant_id and u.id = t.unit_id
     left join audit_seal s on s.tenant_id = t.tenant_id and s.entry_id = t.entry_id
     where t.tenant_id = $1 and t.table_id = $2 and t.unit_id = any($3::uuid[]) and t.as_of <= $4::date
       and ($5::bigint is null or s.position <= $5::bigint)
       and ($6::text is null or t.sector = $6::text)
       and (not $7::boolean or t.unit_id = $8::uuid or (
         select e.status in ('submitted', 'accepted') from return_event e
         where e.tenant_id = t.tenant_id and e.return_id = t.return_id and e.kind in ('submit', 'receive', 'accept', 'send-back', 'reopen')
           and ($5::bigint is null or ${known('e', '$5')})
         order by e.recorded_at desc, e.id desc limit 1))
     order by t.unit_id, t.cell, t.sector, t.as_of desc, s.position desc nulls first, t.recorded_at desc, t.id desc`,
    [
      handle.tenantId,
      tableId,
      question.unitIds,
      question.cutOff,
      question.knownAt,
      typed.sector,
      typed.onlyFiled,
      typed.unitId,
    ],
  )
}

export async function insertTyped(
  handle: Handle,
  row: {
    readonly id: string
    readonly territoryPath: string
    readonly linePath: string | null
    readonly parties: readonly string[]
    readonly entryId: string
    readonly tableId: string
    readonly unitId: string
    readonly cell: string
    readonly asOf: string
    readonly amount: number | null
    readonly accountId: string
    readonly personName: string
    readonly now: Date
    readonly sector: string
    readonly returnId: string | null
  },
): Promise<void> {
  await handle.query(
    `insert into typed_figure (tenant_id, id, territory_path, line_path, parties, entry_id, table_id, unit_id, cell, as_of, amount,
       account_id, person_name, recorded_at, sector, return_id)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)`,
    [
      handle.tenantId,
      row.id,
      row.territoryPath,
      row.linePath,
      row.parties,
      row.entryId,
      row.tableId,
      row.unitId,
      row.cell,
      row.asOf,
      row.amount,
      row.accountId,
      row.personName,
      row.now,
      row.sector,
      row.returnId,
    ],
  )
}
