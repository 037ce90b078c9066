/** Ledgers (清单): the official form out, and the same workbook, or one typed by hand, in again. */
import { z } from 'zod'
import { route } from '../shared/route.js'
import { uuid } from '../shared/scalars.js'
import { hazardFilters, hazardListQuery, several } from './hazard-list.js'
import { hazardGrade, hazardSource, hazardTag } from './hazard.js'

const day = z.iso.date('日期应写作 2023-06-16，并且确有这一天').refine((text) => text >= '1900', '年份不对')

export const exportLedger = route({
  name: 'exportLedger',
  method: 'GET',
  path: '/api/campaigns/:campaignId/ledgers/:ledgerId/file',
  summary: '按通知的清单样式导出：Excel（可改后再导入）或 Word',
  tag: hazardTag,
  params: z.object({ campaignId: uuid, ledgerId: uuid }),
  query: hazardFilters.omit({ campaign: true }).extend({
    format: z.enum(['xlsx', 'docx']).default('xlsx'),
    /** The empty form, to be filled in by hand. */
    blank: z.enum(['yes', 'no']).default('no'),
  }),
  gives: 'file',
})

/** By the keys of the ledger page, which may hide some and order them as it likes. */
export const hazardExportColumn = z.enum([
  'code',
  'what',
  'subject',
  'sector',
  'grade',
  'source',
  'state',
  'found',
  'deadline',
  'closed',
  'listed',
  'territory',
  'authority',
])
export type HazardExportColumn = z.output<typeof hazardExportColumn>

export const exportHazards = route({
  name: 'exportHazards',
  method: 'GET',
  path: '/api/hazards/file',
  summary: '按当前筛选、排序和所选的列导出 Excel',
  tag: hazardTag,
  query: hazardListQuery
    .omit({ after: true, limit: true, total: true })
    .extend({ columns: several(hazardExportColumn).optional() }),
  gives: 'file',
})

const name = z.string().trim().max(100)
const unit = uuid.nullable().default(null)

/** What a ledger's form does not say and a registration needs, for all rows at once. A row that says it itself is believed. */
export const ledgerImportOptions = z.object({
  campaignId: z.uuid('请选择行动'),
  /** The columns of the campaign's form, so that one which was moved or lost can be named. */
  columns: z.array(name).max(60).default([]),
  source: hazardSource.nullable().default(null),
  grade: hazardGrade.nullable().default(null),
  gradeReason: z.string().trim().max(500).default(''),
  sector: z.string().trim().max(60).nullable().default(null),
  foundOn: day.nullable().default(null),
  /** Of dates written without one (6月16日). */
  year: z.number().int().min(2000).max(2199).nullable().default(null),
  /** Where the form has no column for it. */
  subjectName: name.default(''),
  territoryUnitId: unit,
  responsibleUnitId: unit,
  authorityUnitId: unit,
  finderUnitId: unit,
  finderName: z.string().trim().max(40).default(''),
  listedOn: day.nullable().default(null),
  listingUnitId: unit,
  /** A name that is in no register: asked row by row, or kept as it is written. */
  unknownSubject: z.enum(['ask', 'enterprise', 'place']).default('ask'),
})
export type LedgerImportOptions = z.output<typeof ledgerImportOptions>
