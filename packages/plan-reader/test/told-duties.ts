import type { Plan } from '@bihuan/domain'
import { closeWording } from '../../../bench/src/plan-score/wording.js'
import { planOf, planWith } from './builders.js'

/**
 * A paragraph, or a passage from its first heading (一、…) on with `\n` between paragraphs, and its duties: who | what | how often or
 * how many | by when | narrowed to whom | level; `-` where the text does not say. The level may be left out.
 */
export type Manner = readonly [text: string, ...duties: string[]]

/** The duties of a text as rows of that kind: what is to be done need only be close, and is then the row's own. */
export function toldLike(text: string, rows: readonly string[]): string[] {
  const { duties } = text.startsWith('一、') ? planOf({ body: text }) : planWith(...text.split('\n'))
  const left = rows.map((row) => row.split('|'))
  return duties.map((duty) => {
    const cells = cellsOf(duty)
    const at = left.findIndex((row) => row.every((cell, column) => sameCell(cell, cells[column] ?? '', column)))
    return at < 0 ? cells.join('|') : left.splice(at, 1).flat().join('|')
  })
}

const sameCell = (row: string, cell: string, column: number) => (column === 1 ? closeWording(row, cell) : row === cell)

function cellsOf({ actor, action, frequency, quota, deadline, condition, level }: Plan['duties'][number]): string[] {
  const often = [
    ...(frequency === null ? [] : [`${frequency.times}/${frequency.per}`]),
    ...(quota === null ? [] : [`${quota.atLeast}${quota.unit}`]),
  ]
  return [actor, action, often.join(' ') || null, deadline, condition, level].map((cell) => cell ?? '-')
}
