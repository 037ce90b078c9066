import * as contracts from '@bihuan/contracts'
import type { Clock } from '../../platform/clock.js'
import { serveRead, serveWrite, type Served } from '../../platform/http/serve.js'
import { changeCalendar, previewChanges, readNotice, showYear } from './calendar.service.js'

export function calendarRoutes(served: Served, clock: Clock): void {
  serveRead(served, contracts.showCalendar, ({ actor, params, read }) =>
    read((handle) => showYear(handle, actor, params.year)),
  )

  serveRead(served, contracts.readHolidayNotice, ({ actor, params, body, read }) =>
    read((handle) => readNotice(handle, actor, params.year, body.text)),
  )

  serveRead(served, contracts.previewCalendar, ({ actor, body, read }) =>
    read((handle) => previewChanges(handle, actor, body.changes, clock)),
  )

  serveWrite(served, contracts.changeCalendar, (handle, { actor, body }) => changeCalendar(handle, actor, body, clock))
}
