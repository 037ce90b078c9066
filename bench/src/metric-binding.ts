import { scoreBinding } from './metric-binding/samples.js'
import type { Figure } from './figure.js'

export const name = 'metric-binding'
export const setting =
  'The metric tables of the samples against a table by hand: what is bound silently, what is offered, what is left to be typed.'

const share = (part: number, whole: number) => `${part} of ${whole} (${((100 * part) / whole).toFixed(1)} %)`

export function run(): Promise<readonly Figure[]> {
  const score = scoreBinding()
  const right = score.boundRight + score.offeredRight
  return Promise.resolve([
    { what: 'figures in the tables', value: `${score.figures}, of which ${score.labelled} were labelled by hand` },
    {
      what: 'bound silently and right',
      value: share(score.boundRight, score.bound),
      limit: 'all',
      kept: score.boundRight === score.bound,
    },
    { what: 'offered and right', value: share(score.offeredRight, score.offered) },
    { what: 'known metrics bound', value: share(score.boundRight, score.known) },
    { what: 'known metrics bound or offered', value: share(right, score.known) },
    { what: 'wrong', value: score.wrong.join('; ') },
    { what: 'missed', value: score.missed.join('; ') },
  ])
}
