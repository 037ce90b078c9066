/**
 * Figures by SQL. The definition is `figuresOf` of @bihuan/domain, and a test holds the two equal under generated histories.
 *
 * A fact stands if it is known, of the sectors, in the time, and no known reversal of it has happened by the cut-off. Each record then is
 * one row with an amount for each metric; a part has none where its whole has none, so that it counts no record that its whole does not.
 * One row for all metrics and not a list for each: joined to one another, lists whose lengths the planner cannot know took it 23 s for a
 * town of 83,000 facts.
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

/**
 * The facts that stand (`standing`), and each record with its amount of each metric, or null (`amounts`): in a column of its own, `m0`, `m1`…
 * If any metric counts subjects, these too, with whether each metric counts them (`subjects`).
 */
function expressions(metrics: readonly Metric[], question: FigureQuestion, tenantId: string) {
  const measures = [...new Set(metrics.flatMap((metric) => metric.measures))]
  const values: unknown[] = [tenantId, measures, question.startsOn, question.cutOff, question.unitIds, question.sectors]
  const place = (value: unknown): string => `$${values.push(value)}`
  const at = question.knownAt === null ? null : place(question.knownAt)
  const isKnown = (fact: string): string => (at === null ? '' : `and ${known(fact, at)}`)
  const { recordIds, notRecordIds, subjectIds } = question.among ?? {}
  // Fenced off: planned together, a few records were found by going through all facts of the measures (400 ms of 200,000).
  const facts =
    recordIds === undefined
      ? 'fact'
      : `(select * from fact where tenant_id = $1 and record_id = any(${place(recordIds)}::uuid[]) offset 0)`
  const notOfRecords = notRecordIds === undefined ? '' : `and f.record_id <> all(${place(notRecordIds)}::uuid[])`
  // One of the two where it can be: each is an index of its own.
  const axes = new Set(metrics.map((metric) => metric.attributedTo))
  const places = ['f.unit_id = any($5::uuid[])', 'f.doer_unit_ids && $5::uuid[]'].filter((_, index) =>
    axes.has(index === 0 ? 'territory' : 'doer'),
  )
  const standing = `standing as materialized (
    select f.measure, f.unit_id, f.doer_unit_ids, f.record_id, f.subject_id, f.amount
    from ${facts} f
    where f.tenant_id = $1 and f.measure = any($2::text[]) and f.occurred_on >= $3::date and f.occurred_on <= $4::date
      and f.reverses is null and (${places.join(' or ')}) ${notOfRecords}
      and ($6::text[] is null or f.sector = any($6::text[])) ${isKnown('f')}
      and not exists (
        select 1 from fact r
        where r.tenant_id = f.tenant_id and r.reverses = f.id and r.occurred_on <= $4::date ${isKnown('r')}))`

  const indexOf = (id: string): number => {
    const index = metrics.findIndex((metric) => metric.id === id)
    if (index < 0) throw new Error(`metric ${id} is not among those that are asked for`)
    return index
  }
  const own = metrics.map((metric) => `s.measure = any(${place(metric.measures)}::text[])${attributed(metric, axes)}`)
  const sums = own.map((condition, index) => `sum(s.amount) filter (where ${condition}) as o${index}`)
  const wholeOf = (metric: Metric): Metric | undefined => metrics.find(({ id }) => id === metric.partOf)
  const amountOf = (metric: Metric): string => {
    const amount = `o${indexOf(metric.id)}`
    const whole = wholeOf(metric)
    return whole === undefined
      ? `nullif(${amount}, 0)`
      : `case when ${amount} is not null and ${amountOf(whole)} is not null then nullif(least(${amount}, ${amountOf(whole)}), 0) end`
  }
  const amounts = `amounts as materialized (
    select record_id, ${metrics.map((metric, index) => `${amountOf(metric)} as m${index}`).join(', ')}
    from (select s.record_id, ${sums.join(', ')} from standing s group by s.record_id) records)`
  const parts = [standing, amounts]
  if (metrics.some(({ kind }) => kind === 'distinct')) {
    const counted = own.map(
      (condition, index) => `bool_or(${condition} and s.amount <> 0 and a.m${index} is not null) as s${index}`,
    )
    const ofSubjects = subjectIds === undefined ? '' : `where s.subject_id = any(${place(subjectIds)}::uuid[])`
    parts.push(`subjects as materialized (
      select s.subject_id, ${counted.join(', ')} from standing s join amounts a using (record_id) ${ofSubjects} group by s.subject_id)`)
  }
  const isCounted = (metric: Metric): string => {
    const whole = wholeOf(metric)
    return `s${indexOf(metric.id)}${whole === undefined ? '' : ` and ${isCounted(whole)}`}`
  }
  return {
    text: `with ${parts.join(',\n')}`,
    values,
    place,
    columnOf: (metricId: string): string => `m${indexOf(metricId)}`,
    /** What stands of a metric, as a condition on a row of `standing s`. */
    ownOf: (metricId: string): string => own[indexOf(metricId)] ?? 'false',
    isCounted,
  }
}

/** Of both axes at once, the facts that stand are those of either; a doer's are those that it did first, and its subjects all. */
function attributed(metric: Metric, axes: ReadonlySet<Metric['attributedTo']>): string {
  if (metric.attributedTo === 'doer' && metric.kind !== 'distinct') return ' and s.doer_unit_ids[1] = any($5::uuid[])'
  if (axes.size === 1) return ''
  return metric.attributedTo === 'territory' ? ' and s.unit_id = any($5::uuid[])' : ' and s.doer_unit_ids && $5::uuid[]'
}

/** Counts, sums and distinct subjects; no metric of the catalogue is a derived stock or flag. */
export async function readFigures(
  handle: Handle,
  metrics: readonly Metric[],
  question: FigureQuestion,
): Promise<FigureRow[]> {
  if (metrics.length === 0) return []
  const { text, values, columnOf, isCounted } = expressions(metrics, question, handle.tenantId)
  const valueOf = (metric: Metric): string =>
    metric.kind === 'distinct'
      ? `(select count(*) filter (where ${isCounted(metric)}) from subjects)`
      : `coalesce(sum(${columnOf(metric.id)}), 0)::bigint`
  const selects = metrics.map((metric, index) => `${valueOf(metric)} as v${index}`)
  const [row] = await handle.query<Record<string, number>>(`${text} select ${selects.join(', ')} from amounts`, values)
  return metrics.map(({ id }, index) => ({ metricId: id, value: row?.[`v${index}`] ?? 0 }))
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
  const { text, values, place, columnOf } = expressions(metrics, question, handle.tenantId)
  const from = place(after)
  const rows = await handle.query<{ record_id: string }>(
    `${text} select record_id from amounts
     where ${columnOf(metricId)} is not null and (${from}::uuid is null or record_id > ${from}::uuid)
     order by record_id limit ${place(limit)}`,
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
  const { text, values, columnOf, ownOf } = expressions(metrics, question, handle.tenantId)
  const unit = metric.attributedTo === 'territory' ? 's.unit_id' : 's.doer_unit_ids[1]'
  const rows = await handle.query<{ unit: string; value: number }>(
    `${text} select own.unit, sum(a.${columnOf(metric.id)})::bigint as value
     from amounts a
     join (select s.record_id, min((${unit})::text)::uuid as unit from standing s where ${ownOf(metric.id)} group by s.record_id) own using (record_id)
     where a.${columnOf(metric.id)} is not null
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
