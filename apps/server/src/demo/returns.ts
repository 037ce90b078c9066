/** How the example district files its tables: who is asked for which, how punctual each is, and what a receiver sends back. */
import type { ReturnPage, ScheduleInput } from '@bihuan/contracts'
import type { UnitKind } from '@bihuan/domain'
import { people } from './district.js'
import type { Random } from './random.js'

export interface DemoSchedule {
  /** The campaign, by the unit that it is of. */
  readonly campaign: string
  readonly by: string
  readonly input: ScheduleInput
  /** Who files, and who takes what they filed. */
  readonly filers: readonly string[]
  readonly receiver: string
}

export function inventSchedules(firstDay: string): readonly DemoSchedule[] {
  return [
    {
      campaign: 'street',
      by: 'anban',
      input: monthly(firstDay, '社区月报', 16, ['community']),
      filers: people.filter((person) => person.unit.startsWith('community')).map(({ loginName }) => loginName),
      receiver: 'jiedao',
    },
    {
      campaign: 'district',
      by: 'anban',
      input: monthly(firstDay, '镇街园区月报', 28, ['street', 'township', 'functional-area']),
      filers: ['jiedao', 'xiang', 'yuanqu', 'jingqu'],
      receiver: 'anban',
    },
  ]
}

function monthly(firstDay: string, title: string, day: number, kinds: UnitKind[]): ScheduleInput {
  return {
    title,
    rule: {
      cadence: 'monthly',
      due: { kind: 'day-of-month', day, after: 0 },
      shift: 'next',
      cutOff: 'due-day',
      counts: 'cumulative',
      firstDay,
      lastDay: null,
      dates: [],
    },
    respondents: [{ kinds, unitIds: [], groups: null }],
    receiverIds: [],
    splitSectors: [],
    note: '',
  }
}

/** Days after the due day: mostly none, now and then some. */
export function daysLate(random: Random): number {
  return random.chance(85) ? 0 : random.whole(1, 4)
}

/** What a clerk types where no record gives the figure: it grows from month to month, since it is counted from the start. */
export function typedValues({ figures, previous }: ReturnPage, random: Random): Record<string, string> {
  const values: Record<string, string> = {}
  for (const { key, kind, metric } of figures) {
    if (metric !== null) continue
    if (kind === 'flag') values[key] = '是'
    else values[key] = String(Number(previous?.texts[key] ?? 0) + (random.chance(50) ? 1 : 0))
  }
  // Money without an act, or a part above its whole, would rightly be refused: only the first two of a group are more than nothing.
  for (const key of Object.keys(values)) {
    if (values[key] !== '是' && !/^g[23]\.m[12]$/.test(key)) values[key] = '0'
  }
  return values
}
