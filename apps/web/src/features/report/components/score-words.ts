/** A score in words. */
import type { UnitScore } from '@bihuan/contracts'

export interface ScoreReason {
  readonly returnId: string
  readonly what: string
  readonly why: string
}

/** What was taken off, or only mentioned, return by return; `named`: of several schedules, each says of which it is. */
export function scoreReasons({ months }: Pick<UnitScore, 'months'>, named: boolean): readonly ScoreReason[] {
  return months
    .flatMap(({ returns }) => returns)
    .filter(({ lines }) => lines.length > 0)
    .map(({ returnId, title, periodTitle, sector, lines }) => ({
      returnId,
      what: `${named ? `${title} ` : ''}${periodTitle}${sector === '' ? '' : `（${sector}）`}`,
      why: lines.map(({ text }) => text).join('，'),
    }))
}
