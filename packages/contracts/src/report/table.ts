import { z } from 'zod'
import { planMetricTable } from '../campaign/plan.js'
import { unitKind } from '../organization/unit.js'
import { route } from '../shared/route.js'
import { abilities, civilDate, instant, uuid, version } from '../shared/scalars.js'

const tag = '调度表'

/** One figure of a cell. A cell with two figures has two (`g3.m3.p1`, `g3.m3.p2`). */
export const figureView = z.object({
  key: z.string(),
  label: z.string(),
  unit: z.string().nullable(),
  kind: z.enum(['count', 'money', 'flag']),
  /** The metric that derives it; null when it is typed. */
  metric: z.string().nullable(),
  /** Two decimals as text; null: nothing was typed. A blank is not a zero. */
  derived: z.string().nullable(),
  typed: z.string().nullable(),
  /** As the official form prints it. */
  text: z.string(),
  /** Of 是/否, which is the unit's own and is not added: of the units of the subtree that have answered, how many say 是. */
  answers: z.object({ yes: z.number().int(), of: z.number().int() }).nullable(),
  /** Who typed it, unit by unit, when it is typed. */
  typedBy: z.array(
    z.object({
      unitId: uuid,
      unitName: z.string(),
      value: z.string().nullable(),
      personName: z.string(),
      asOf: civilDate,
      recordedAt: instant,
      /** The return that it was typed into; null: into the table itself. One of an earlier period stands on until it is typed again. */
      returnId: uuid.nullable(),
    }),
  ),
})
export type FigureView = z.output<typeof figureView>

export const tableLayout = z.object({
  /** Metrics side by side in a row of the form. */
  pairsPerRow: z.union([z.literal(1), z.literal(2)]).default(2),
})

export const tableRule = z.object({
  kind: z.enum(['at-most', 'sum']),
  /** Keys of cells. */
  cell: z.string().max(40),
  of: z.array(z.string().max(40)).max(60),
  /** Stops a signature; otherwise it asks for a sentence. */
  blocking: z.boolean(),
})

export const tableDesign = z.object({
  form: planMetricTable,
  layout: tableLayout,
  /** Cell key -> metric id; a cell that is not named is typed. */
  bindings: z.record(z.string(), z.string()),
  /** Checks of this table alone, beside those that hold for every table. */
  checks: z.array(tableRule).max(100).default([]),
})
export type TableDesign = z.output<typeof tableDesign>

export const tablePage = z.object({
  id: uuid,
  campaignId: uuid,
  campaignName: z.string(),
  title: z.string(),
  design: tableDesign,
  version: z.number().int(),
  unitId: uuid,
  unitName: z.string(),
  /** From the topmost unit that the asker may ask for, down to this one, as they stood at the cut-off. */
  path: z.array(z.object({ unitId: uuid, unitName: z.string() })),
  campaign: z.object({ startsOn: civilDate, endsOn: civilDate.nullable() }),
  cutOff: civilDate,
  /** The position up to which facts are counted; null: all that is known now. */
  knownAt: z.number().int().nullable(),
  head: z.object({ position: z.number().int(), chainHash: z.string() }),
  figures: z.array(figureView),
  /** Hints that a hand must look at: a part larger than its whole. */
  problems: z.array(z.object({ code: z.string(), message: z.string(), cells: z.array(z.string()) })),
  abilities,
})
export type TablePage = z.output<typeof tablePage>

const tableQuery = z.object({
  unit: uuid.optional(),
  cutOff: civilDate.optional(),
  knownAt: z.coerce.number().int().min(0).optional(),
})

/** Of a return: then it counts by that return's sector, period and form. */
const figureQuery = tableQuery.extend({ return: uuid.optional() })

export const listTables = route({
  name: 'listTables',
  method: 'GET',
  path: '/api/tables',
  summary: '各行动的调度表',
  tag,
  query: z.object({ campaign: uuid.optional() }),
  answer: z.object({
    items: z.array(
      z.object({ id: uuid, campaignId: uuid, campaignName: z.string(), title: z.string(), version: z.number().int() }),
    ),
    metrics: z.array(z.object({ id: z.string(), label: z.string(), unit: z.string() })),
    abilities,
  }),
})

export const showTable = route({
  name: 'showTable',
  method: 'GET',
  path: '/api/tables/:tableId',
  summary: '调度表：某单位、某截止日期，每个数字可打开来源',
  tag,
  params: z.object({ tableId: uuid }),
  query: tableQuery,
  answer: tablePage,
})

export const openFigure = route({
  name: 'openFigure',
  method: 'GET',
  path: '/api/tables/:tableId/figures/:key',
  summary: '打开一个数字：它数的记录，或填写它的人',
  tag,
  params: z.object({ tableId: uuid, key: z.string().max(40) }),
  query: figureQuery.extend({
    after: z.string().max(200).optional(),
    limit: z.coerce.number().int().min(1).max(200).default(50),
  }),
  answer: z.object({
    figure: figureView,
    records: z.array(
      z.object({
        recordId: uuid,
        /** Null when the record lies outside what the asker may see; it still counts. */
        hazard: z
          .object({
            code: z.string(),
            subjectName: z.string(),
            description: z.string(),
            state: z.string(),
            foundOn: civilDate.nullable(),
          })
          .nullable(),
        facts: z.array(
          z.object({
            measure: z.string(),
            amount: z.number().int(),
            occurredOn: civilDate,
            position: z.number().int().nullable(),
          }),
        ),
      }),
    ),
    next: z.string().nullable(),
  }),
})

export const figureByUnit = route({
  name: 'figureByUnit',
  method: 'GET',
  path: '/api/tables/:tableId/figures/:key/units',
  summary: '一个数字按下级单位拆开：本级和各直属下级各有多少',
  tag,
  params: z.object({ tableId: uuid, key: z.string().max(40) }),
  query: figureQuery,
  answer: z.object({
    figure: figureView,
    /** Whether own and below add up to the whole: not for 是/否, nor for what counts an enterprise once. */
    additive: z.boolean(),
    /** The unit itself first, then the offices below, then enterprises that have something of it. */
    items: z.array(
      z.object({
        unitId: uuid,
        unitName: z.string(),
        unitKind,
        own: z.boolean(),
        derived: z.string().nullable(),
        typed: z.string().nullable(),
        text: z.string(),
      }),
    ),
    /** Enterprises beyond those that are listed. */
    more: z.number().int(),
  }),
})

/** Where a record counts, as the asker's own unit would open it today; in tables of campaigns that are running. */
export const showRecordCells = route({
  name: 'showRecordCells',
  method: 'GET',
  path: '/api/records/:recordId/cells',
  summary: '一条记录计入哪些调度表的哪些格',
  tag,
  params: z.object({ recordId: uuid }),
  answer: z.object({
    items: z.array(
      z.object({
        tableId: uuid,
        title: z.string(),
        campaignName: z.string(),
        unitId: uuid,
        unitName: z.string(),
        cells: z.array(z.object({ key: z.string(), label: z.string() })),
      }),
    ),
  }),
})
export type RecordCells = z.output<(typeof showRecordCells)['answer']>

export const typeFigures = route({
  name: 'typeFigures',
  method: 'POST',
  path: '/api/tables/:tableId/typed',
  summary: '填写没有记录来源的数字',
  tag,
  params: z.object({ tableId: uuid }),
  body: z.object({
    unitId: uuid,
    asOf: civilDate,
    /** Cell key -> what was typed; an empty text empties the cell. */
    values: z.record(z.string().max(40), z.string().max(40)),
  }),
  answer: z.object({ tableId: uuid, unitId: uuid, asOf: civilDate }),
})

export const designTable = route({
  name: 'designTable',
  method: 'POST',
  path: '/api/campaigns/:campaignId/tables',
  summary: '设计一张新的调度表',
  tag,
  params: z.object({ campaignId: uuid }),
  body: tableDesign,
  answer: z.object({ id: uuid, version }),
})

export const redesignTable = route({
  name: 'redesignTable',
  method: 'PUT',
  path: '/api/tables/:tableId/design',
  summary: '修改调度表的设计',
  tag,
  params: z.object({ tableId: uuid }),
  body: tableDesign.extend({ version }),
  answer: z.object({ id: uuid, version }),
})

export const exportTable = route({
  name: 'exportTable',
  method: 'GET',
  path: '/api/tables/:tableId/file',
  summary: '按附件格式导出调度表：Word、Excel 或 JSON',
  tag,
  gives: 'file',
  params: z.object({ tableId: uuid }),
  query: tableQuery.extend({ format: z.enum(['docx', 'xlsx', 'json']) }),
})
