import { z } from 'zod'
import { pageOf, pageQuery } from '../shared/paging.js'
import { route } from '../shared/route.js'
import { abilities, instant, uuid } from '../shared/scalars.js'

const tag = '导入'

export const importName = z.enum(['unit', 'enterprise', 'ledger'])
export const importState = z.enum(['reading', 'preview', 'writing', 'done', 'failed'])
export const rowVerdict = z.enum(['new', 'changed', 'same', 'doubtful', 'refused', 'left-out', 'written'])

const headerProblem = z.object({
  code: z.string(),
  blocking: z.boolean(),
  column: z.string().nullable(),
  title: z.string(),
  message: z.string(),
})

export const importSheet = z.object({
  name: z.string(),
  /** Whether a header was found that can be read; the other sheets of the workbook are passed over. */
  usable: z.boolean(),
  /** Where the header stands, counted from 1. */
  headerRow: z.number().int().nullable(),
  columns: z.array(
    z.object({ key: z.string(), title: z.string(), heading: z.string(), letter: z.string(), index: z.number().int() }),
  ),
  problems: z.array(headerProblem),
  rows: z.number().int(),
  hiddenRows: z.number().int(),
})

export const importView = z.object({
  id: uuid,
  kind: importName,
  title: z.string(),
  fileName: z.string(),
  state: importState,
  /** Rows dealt with, and how many there are to deal with; null while that is not known. */
  done: z.number().int(),
  total: z.number().int().nullable(),
  /** What the upload was told (campaign, default source). */
  options: z.unknown(),
  columns: z.array(
    z.object({
      key: z.string(),
      title: z.string(),
      required: z.boolean(),
      note: z.string(),
      allowed: z.array(z.string()),
    }),
  ),
  sheets: z.array(importSheet),
  counts: z.record(rowVerdict, z.number().int()),
  /** Of the rows written: how many were new, how many changed something. */
  written: z.object({ new: z.number().int(), changed: z.number().int() }),
  /** Why it came to nothing, when it failed. */
  failure: z.object({ code: z.string(), message: z.string() }).nullable(),
  createdAt: instant,
  changedAt: instant,
  abilities,
})
export type ImportView = z.output<typeof importView>

const cellProblem = z.object({
  row: z.number().int(),
  column: z.string().nullable(),
  title: z.string(),
  code: z.string(),
  message: z.string(),
})

export const importRowView = z.object({
  ordinal: z.number().int(),
  sheet: z.string(),
  row: z.number().int(),
  verdict: rowVerdict,
  /** By the key of the column; as a person reads them. */
  cells: z.record(z.string(), z.string().nullable()),
  /** `key` is the column's, null for the row as a whole. */
  problems: z.array(cellProblem.extend({ key: z.string().nullable() })),
  changes: z.array(z.object({ title: z.string(), before: z.string().nullable(), after: z.string().nullable() })),
  candidates: z.array(z.object({ id: uuid, name: z.string(), why: z.string() })),
  decision: z.enum(['new', 'same', 'left-out']).nullable(),
  objectId: uuid.nullable(),
})
export type ImportRowView = z.output<typeof importRowView>

const params = z.object({ importId: uuid })

export const startImport = route({
  name: 'startImport',
  method: 'POST',
  path: '/api/imports/:kind',
  summary: '上传工作簿，开始导入（表单字段 file；字段 options 是 JSON）',
  tag,
  takes: 'upload',
  params: z.object({ kind: importName }),
  answer: importView,
})

export const listImports = route({
  name: 'listImports',
  method: 'GET',
  path: '/api/imports',
  summary: '我的导入',
  tag,
  query: pageQuery.extend({ kind: importName.optional() }),
  answer: pageOf(importView),
})

export const readImport = route({
  name: 'readImport',
  method: 'GET',
  path: '/api/imports/:importId',
  summary: '一次导入：进度、各列对应、各行结果的数目',
  tag,
  params,
  answer: importView,
})

export const listImportRows = route({
  name: 'listImportRows',
  method: 'GET',
  path: '/api/imports/:importId/rows',
  summary: '导入的各行和问题所在的单元格',
  tag,
  params,
  query: pageQuery.extend({ verdict: rowVerdict.optional() }),
  answer: pageOf(importRowView),
})

export const mendImportRow = route({
  name: 'mendImportRow',
  method: 'PATCH',
  path: '/api/imports/:importId/rows/:ordinal',
  summary: '就地改正一行的单元格，或对疑似重复的一行作出决定；这一行随即重新核对',
  tag,
  params: z.object({ importId: uuid, ordinal: z.coerce.number().int().min(1) }),
  body: z.object({
    cells: z.record(z.string().max(60), z.string().max(2000).nullable()).optional(),
    decision: z
      .discriminatedUnion('is', [
        z.object({ is: z.literal('new') }),
        z.object({ is: z.literal('same'), as: uuid }),
        z.object({ is: z.literal('left-out') }),
      ])
      .nullable()
      .optional(),
  }),
  answer: importRowView,
})

export const decideImportRows = route({
  name: 'decideImportRows',
  method: 'POST',
  path: '/api/imports/:importId/decisions',
  summary: '对全部疑似重复的行作出同一决定',
  tag,
  params,
  /** `same`: each is the likeliest of its candidates; rows that look like a row above, and like nothing registered, stay undecided. */
  body: z.object({ is: z.enum(['new', 'same', 'left-out']) }),
  answer: importView,
})

export const changeImport = route({
  name: 'changeImport',
  method: 'PUT',
  path: '/api/imports/:importId/options',
  summary: '改变导入的选项（如所属行动、默认来源），重新核对全部行',
  tag,
  params,
  body: z.object({ options: z.unknown() }),
  answer: importView,
})

export const bringIn = route({
  name: 'bringIn',
  method: 'POST',
  path: '/api/imports/:importId/bring-in',
  summary: '把没有问题的行导入',
  tag,
  params,
  answer: importView,
})

export const discardImport = route({
  name: 'discardImport',
  method: 'DELETE',
  path: '/api/imports/:importId',
  summary: '放弃一次导入（已导入的行不受影响）',
  tag,
  params,
})

export const exportImportRows = route({
  name: 'exportImportRows',
  method: 'GET',
  path: '/api/imports/:importId/refused.xlsx',
  summary: '下载有问题的行，原因写在最后一列',
  tag,
  params,
  gives: 'file',
})

export const downloadTemplate = route({
  name: 'downloadTemplate',
  method: 'GET',
  path: '/api/import-templates/:kind',
  summary: '下载导入模板',
  tag,
  params: z.object({ kind: importName }),
  gives: 'file',
})
