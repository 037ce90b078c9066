import type { PlanTask, PlanTaskDue } from '@bihuan/domain'
import { datesOf, readTimes, type Issue } from '../lexicon/date.js'
import { frequencyOf, readCounts, readPeriods } from '../lexicon/frequency.js'
import type { Words } from '../normalise/canonical-text.js'
import { isOrdinal, type Records } from './records.js'

type Role = 'ordinal' | 'area' | 'task' | 'requirement' | 'responsible' | 'due' | 'remark'

/** Words by which the heading of a column tells what it holds, the surest first. */
const HEADINGS: readonly (readonly [Role, RegExp])[] = [
  ['ordinal', /^(?:序号?|编号|项次)$/],
  ['remark', /备注|进展|完成情况|落实情况|联系|销号|验收/],
  ['due', /时限|期限|完成时间|时间|进度|截止|节点|频次/],
  ['responsible', /责任|牵头|配合|单位|部门|部室|科室|负责/],
  ['requirement', /要求|措施|内容|举措|标准|要点|做法|具体/],
  ['task', /任务|事项|工作|项目|清单/],
  ['area', /行动|领域|类别|方面|类型|目标|环节|层面|重点|专项/],
]

/** The rows of a task list, or null where the table is none: somebody must be responsible, or something due, in filled rows. */
export function tasksOf(records: Records, issue: Issue): PlanTask[] | null {
  const filled = records.rows.filter((row) => row.filter((cell) => (cell?.length ?? 0) > 0).length >= 2)
  if (filled.length === 0) return null
  const roles = rolesOf(records, filled)
  const has = (role: Role) => roles.includes(role)
  if (!(has('due') || has('responsible')) || !(has('task') || has('requirement'))) return null
  const texts = filled.filter((row) => of(row, roles, 'task') !== null || of(row, roles, 'requirement') !== null)
  const dividerOf = new Map(records.rows.map((row, index) => [row, records.dividers[index] ?? null]))
  if (!has('due') && !records.headings.some((heading) => /任务|措施|要求|事项/.test(heading?.text ?? ''))) return null
  return texts.map((row) => taskOf(row, roles, dividerOf.get(row) ?? null, issue))
}

function rolesOf({ headings }: Records, rows: readonly (readonly (Words | null)[])[]): (Role | null)[] {
  const roles = headings.map((heading, column): Role | null => {
    const cells = rows.map((row) => row[column] ?? null).filter((cell): cell is Words => (cell?.length ?? 0) > 0)
    if (cells.length > 0 && cells.every(isOrdinal)) return 'ordinal'
    if (heading === null) return cells.length === 0 ? 'remark' : null
    return HEADINGS.find(([, pattern]) => pattern.test(heading.text))?.[0] ?? null
  })
  // One name for two columns (行动任务, 工作要求 both are text): from the right, requirement, task, area.
  const text = roles.flatMap((role, column) =>
    role === null || role === 'area' || role === 'task' || role === 'requirement' ? [column] : [],
  )
  const inOrder: Role[] = text.length >= 3 ? ['requirement', 'task', 'area'] : ['requirement', 'task']
  const named = text.map((column) => roles[column])
  const isClear = new Set(named).size === named.length && !named.includes(null)
  if (isClear) return roles
  text
    .slice()
    .reverse()
    .forEach((column, index) => (roles[column] = inOrder[index] ?? 'area'))
  return roles
}

function of(row: readonly (Words | null)[], roles: readonly (Role | null)[], role: Role): Words | null {
  const column = roles.findIndex((one, at) => one === role && (row[at]?.length ?? 0) > 0)
  return column < 0 ? null : (row[column] ?? null)
}

function taskOf(
  row: readonly (Words | null)[],
  roles: readonly (Role | null)[],
  divider: Words | null,
  issue: Issue,
): PlanTask {
  const requirement = of(row, roles, 'requirement')
  const task = of(row, roles, 'task')
  const due = of(row, roles, 'due')
  const said = requirement ?? task
  const { frequency, quota } = owedIn(said?.text ?? '')
  const responsible = row.flatMap((cell, column) =>
    roles[column] === 'responsible' && cell !== null ? unitsIn(cell) : [],
  )
  const area = of(row, roles, 'area') ?? (roles.includes('area') ? null : divider)
  const all = [of(row, roles, 'area'), task, requirement, due].filter((one): one is Words => one !== null)
  const first = requirement ?? all[0]
  return {
    area: area?.own ?? '',
    task: task?.own ?? '',
    requirement: requirement?.own ?? '',
    responsible,
    frequency,
    quota,
    dueText: due?.own ?? '',
    due: due === null ? null : dueOf(due.text, issue),
    ...(first === undefined ? {} : { source: first.source }),
  }
}

function unitsIn(cell: Words): string[] {
  return cell
    .split(/[、，；。]/)
    .flatMap(unitsByLine)
    .map((unit) => unit.own.replace(/^(?:牵头|责任|配合|参与)单位[：:]/, ''))
}

/** What a unit's name ends with, and what only goes on with one: a line that a narrow cell broke ends anywhere. */
const NAME_ENDS =
  /(?:局|委|办|部|厅|站|所|队|校|院|行|社|处|科|室|园区|中心|政府|街道|乡镇|单位|部门|企业|公司|机构|协会|集团)$/
const NAME_GOES_ON = /^(?:办公[室厅]|分局|委员会|支队|大队|部门|单位|等|和|及|与|或|（)/

/** Units that stand in lines of their own, with no sign between them. */
function unitsByLine(words: Words): Words[] {
  const ends = [...words.text].flatMap((_, at) => {
    const isEnd = at > 0 && words.breaksBefore(at)
    return isEnd && NAME_ENDS.test(words.text.slice(0, at)) && !NAME_GOES_ON.test(words.text.slice(at)) ? [at] : []
  })
  return [0, ...ends].map((from, index) => words.slice(from, ends[index]))
}

/** The first frequency and quota of the words, those of an exception in brackets apart. */
function owedIn(text: string): Pick<PlanTask, 'frequency' | 'quota'> {
  const plain = text.replace(/（[^（）]*）/g, (bracket) => '，'.repeat(bracket.length))
  const period = readPeriods(plain).find(({ meaning }) => meaning.per !== null)?.meaning ?? null
  const counts = readCounts(plain).map(({ meaning }) => meaning)
  const times = counts.find((one) => 'times' in one)
  const quota = counts.find((one) => 'quota' in one)
  return {
    frequency: frequencyOf(period, times !== undefined && 'times' in times ? times.times : null),
    quota: quota !== undefined && 'quota' in quota ? quota.quota : null,
  }
}

/** When a task is due, in the words of its column. */
export function dueOf(text: string, issue: Issue): PlanTaskDue | null {
  const times = readTimes(text)
  const [first] = times
  const period = readPeriods(text).find(({ meaning }) => meaning.per !== null)
  if (first !== undefined && times.length === 1 && (period === undefined || period.start > first.start)) {
    const { from, to } = datesOf(first.meaning, issue)
    const isPoint = !first.meaning.isRange && (first.meaning.bound === 'by' || from === to)
    if (isPoint && to !== null) return { kind: 'date', date: to }
    if (first.meaning.bound === 'by' && to !== null && from === null) return { kind: 'date', date: to }
    if (from !== null && to !== null) return { kind: 'dates', windows: [{ from, to }] }
  }
  if (period?.meaning.per !== undefined && period.meaning.per !== null)
    return { kind: 'recurring', per: period.meaning.per }
  if (times.length > 1) {
    const windows = times.flatMap(({ meaning }) => {
      const { from, to } = datesOf(meaning, issue)
      const start = meaning.bound === 'by' && !meaning.isRange ? to : from
      return start === null || to === null ? [] : [{ from: start, to }]
    })
    if (windows.length > 0) return { kind: 'dates', windows }
  }
  if (/常态|长期|持续|全年|全过程|全程|日常|贯穿|经常|随时/.test(text)) return { kind: 'standing' }
  return null
}
