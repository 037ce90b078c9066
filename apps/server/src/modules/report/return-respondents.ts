/** Who files under a schedule, and to whom, by the units as they stand. */
import { respondentsOf, type CivilDate, type ReportingUnit, type Respondent } from '@bihuan/domain'
import type { EnterpriseStanding } from '../enterprise/index.js'
import type { UnitRow } from '../organization/index.js'
import type { ScheduleRow } from './schedule.repo.js'

/** Who stands on the day of opening: a unit that was dissolved before files nothing, nor does an enterprise that is closed. */
export function respondentsAmong(
  schedule: Pick<ScheduleRow, 'respondents' | 'receiver_ids' | 'unit_id'>,
  units: readonly UnitRow[],
  today: CivilDate,
  enterprises: ReadonlyMap<string, EnterpriseStanding> = new Map(),
): readonly Respondent[] {
  const standing = units.filter(
    ({ id, exists_from, dissolved_on }) =>
      exists_from <= today &&
      (dissolved_on === null || dissolved_on > today) &&
      enterprises.get(id)?.isOperating !== false,
  )
  const byPath = new Map(standing.map((unit) => [unit.territory_path, unit]))
  const reporting = standing.map(({ id, kind, territory_path: path }): ReportingUnit => {
    const steps = path.split('/').filter((step) => step !== '')
    const above = steps.slice(0, -1).map((_, index) => byPath.get(`/${steps.slice(0, index + 1).join('/')}/`))
    const classes = enterprises.get(id)?.classes ?? []
    return { id, kind, classes, ancestorIds: above.flatMap((unit) => unit?.id ?? []).reverse() }
  })
  return respondentsOf(schedule.respondents, schedule.receiver_ids, reporting, schedule.unit_id)
}
