/** A Plan in a file: read, and checked against the contract. */
import * as contracts from '@bihuan/contracts'
import type { Plan } from '@bihuan/domain'
import type { z } from 'zod'
import { CommandRefused } from './command-line.js'
import { bytesIn } from './local-file.js'

/** Refuses what is no Plan, and names the field. */
export function readPlan(file: string): Plan {
  let json: unknown
  try {
    // Editors on Windows put a mark before the text.
    json = JSON.parse(
      bytesIn(file)
        .toString('utf8')
        .replace(/^\uFEFF/, ''),
    )
  } catch (cause) {
    if (cause instanceof CommandRefused) throw cause
    throw new CommandRefused(`文件 ${file} 不是 JSON。请给出方案的 JSON 文件。`)
  }
  const read = contracts.plan.safeParse(json)
  if (read.success) return read.data as Plan
  const { issues } = read.error
  const [first] = issues
  const more = issues.length > 1 ? `（共 ${issues.length} 处不对）` : ''
  throw new CommandRefused(`文件 ${file} 不是方案：${first === undefined ? '' : faultOf(first, json).trim()}${more}。`)
}

type Issue = z.core.$ZodIssue

const typeNames: Readonly<Record<string, string>> = {
  string: '文字',
  number: '数字',
  int: '整数',
  boolean: 'true 或 false',
  array: '数组',
  object: '对象',
}

/** In our own words: those of the library name types and choices in English. */
function faultOf(issue: Issue, json: unknown): string {
  const field = issue.path.length === 0 ? '整个文件' : ` ${fieldName(issue.path)} `
  if (valueAt(json, issue.path) === undefined) return `缺少${field.trimEnd()}`
  switch (issue.code) {
    case 'invalid_type':
      return `${field}应是${typeNames[issue.expected] ?? issue.expected}`
    case 'invalid_value':
      return `${field}只能是 ${issue.values.map(String).join('、')}`
    case 'invalid_union':
      return `${field}不是可用的写法`
    case 'too_small':
      return issue.origin === 'string' ? `${field}不能空着` : `${field}太小，至少 ${issue.minimum}`
    case 'too_big':
      return issue.origin === 'string'
        ? `${field}太长，至多 ${issue.maximum} 字`
        : `${field}${issue.origin === 'array' ? '太多，至多' : '太大，至多'} ${issue.maximum}`
    default:
      return `${field}不对：${issue.message}`
  }
}

/** `reports[0].due.day`, as whoever edits the JSON looks for it. */
export function fieldName(path: readonly PropertyKey[]): string {
  return path
    .map((step) => (/^\d+$/.test(String(step)) ? `[${String(step)}]` : `.${String(step)}`))
    .join('')
    .replace(/^\./, '')
}

function valueAt(json: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (at, step) => (typeof at === 'object' && at !== null ? (at as Record<PropertyKey, unknown>)[step] : undefined),
    json,
  )
}
