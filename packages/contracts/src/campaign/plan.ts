/** A Plan as JSON: what the plan reader gives, and what a campaign is made from. Mirrors `Plan` of @bihuan/domain. */
import { z } from 'zod'
import type { Plan } from '@bihuan/domain'
import { civilDate } from '../shared/scalars.js'

const text = z.string().max(4000)
const short = z.string().max(500)
const date = civilDate.nullable()
/** Where it stands in the text, and how sure the reader is: on any entry, kept, never compared. */
const provenance = {
  source: z.object({ start: z.number().int(), end: z.number().int() }).optional(),
  confidence: z.number().min(0).max(1).optional(),
}
const period = z.enum(['week', 'month', 'two-months', 'quarter', 'half-year', 'year', 'campaign'])
const frequency = z.object({ times: z.number().int().positive(), per: period }).nullable()
const quota = z.object({ atLeast: z.number().positive(), unit: short }).nullable()
const entry = <T extends z.ZodRawShape>(shape: T) => z.object({ ...shape, ...provenance })
const many = <T extends z.ZodType>(item: T) => z.array(item).max(2000)
const form = { head: many(text), notes: many(text), foot: many(text), signatures: many(short) }

const metric = entry({
  ordinal: z.number().int().positive(),
  cell: short,
  label: short,
  unit: short.nullable(),
  parts: many(z.object({ label: short, unit: short.nullable(), partOf: short.nullable() })),
})

export const planMetricTable = entry({
  ordinal: z.number().int().positive(),
  title: short,
  kind: z.literal('metric-table'),
  groups: many(entry({ name: short, metrics: many(metric) })),
  ...form,
})

export const planLedger = entry({
  ordinal: z.number().int().positive(),
  title: short,
  kind: z.literal('ledger'),
  columns: many(short),
  ...form,
})

export const planTask = entry({
  area: text,
  task: text,
  requirement: text,
  responsible: many(short),
  frequency,
  quota,
  dueText: short,
  due: z
    .discriminatedUnion('kind', [
      z.object({ kind: z.literal('date'), date: civilDate }),
      z.object({ kind: z.literal('recurring'), per: period }),
      z.object({ kind: z.literal('standing') }),
      z.object({ kind: z.literal('dates'), windows: many(z.object({ from: civilDate, to: civilDate })) }),
    ])
    .nullable(),
})

export const plan = z.object({
  title: short.min(1),
  issuer: short.min(1),
  docNo: short.nullable(),
  issuedOn: date,
  campaign: z.object({ name: short.min(1), startsOn: date, endsOn: date }),
  basis: many(short),
  parentPlan: short.nullable(),
  recipients: many(short),
  leadership: many(entry({ role: short, name: short.nullable(), post: short.nullable() })),
  sectors: many(short),
  responsibilities: many(entry({ unit: short, role: z.enum(['lead', 'support']), sectors: many(short) })),
  criteria: many(short),
  phases: many(entry({ ordinal: z.number().int().positive(), name: short, startsOn: date, endsOn: date })),
  duties: many(
    entry({
      level: z.enum(['enterprise', 'department', 'government']),
      actor: short.nullable(),
      action: text,
      frequency,
      deadline: date,
      condition: short.nullable(),
      quota,
    }),
  ),
  reports: many(
    entry({
      name: short,
      from: short.nullable(),
      to: many(short),
      annexes: many(z.number().int()),
      cadence: z.enum(['weekly', 'monthly', 'quarterly', 'half-yearly', 'once']).nullable(),
      due: z
        .union([
          z.object({ day: z.union([z.number().int().min(1).max(31), z.literal('last')]) }),
          z.object({ weekday: z.number().int().min(1).max(7) }),
          z.object({ date: civilDate }),
        ])
        .nullable(),
      since: date,
      cumulative: z.boolean(),
      cutoff: z.enum(['month-end', 'previous-month-end']).nullable(),
      nilReport: z.boolean(),
      holidayShift: z.literal('next-working-day').nullable(),
      splitBy: z.enum(['sector', 'area']).nullable(),
      sections: many(z.object({ respondent: short, groups: many(short) })),
      deliverables: many(
        z.object({ form: z.enum(['editable', 'signed-scan', 'electronic', 'paper']), to: short.nullable() }),
      ),
      mustContain: many(text),
      notes: text.nullable(),
    }),
  ),
  targets: many(entry({ name: short, type: short.nullable() })),
  contacts: many(
    entry({ name: short.nullable(), phone: short.nullable(), mail: short.nullable(), scope: short.nullable() }),
  ),
  annexes: many(
    z.discriminatedUnion('kind', [
      planMetricTable,
      planLedger,
      entry({
        ordinal: z.number().int().positive(),
        title: short,
        kind: z.literal('task-list'),
        tasks: many(planTask),
      }),
      entry({
        ordinal: z.number().int().positive(),
        title: short,
        kind: z.literal('other'),
        attached: z.boolean().optional(),
      }),
    ]),
  ),
  warnings: many(
    z.object({
      code: z.enum([
        'conflicting-due',
        'date-before-issue',
        'year-mismatch',
        'count-mismatch',
        'due-before-cutoff',
        'missing-annex',
        'phase-gap',
        'phase-overlap',
      ]),
      message: text,
      quotes: many(text),
    }),
  ),
})

/** The contract and the domain's type say the same: a difference does not compile. */
type Same<A, B> = [A] extends [B] ? true : never
export type PlanJson = z.output<typeof plan>
export const planIsPlan: Same<PlanJson, DeepMutableOrOptional<Plan>> = true
type DeepMutableOrOptional<T> = T extends readonly (infer U)[]
  ? DeepMutableOrOptional<U>[]
  : T extends object
    ? {
        -readonly [K in keyof T]: undefined extends T[K]
          ? DeepMutableOrOptional<Exclude<T[K], undefined>> | undefined
          : DeepMutableOrOptional<T[K]>
      }
    : T
