/** A small district for the tests of single pages: the hazards' world of the server's tests, with hazards in several states. */
import { listTables } from '@bihuan/contracts'
import {
  act,
  buildHazardWorld,
  foundByFirm,
  foundInFirm,
  planned,
  register,
} from '../../apps/server/test/build-hazard-world.js'
import { ask, buildAccount, type TestApp } from '../../apps/server/test/builders.js'

export const overdueOne = '喷漆房未设置可燃气体报警装置'
export const plannedOne = '除尘系统未设置泄爆装置'
export const generalOne = '配电箱门未关闭'

export async function seedDistrict(app: TestApp) {
  const world = await buildHazardWorld(app)
  const overdue = await register(
    app,
    world.communityOfficer,
    foundInFirm(world, { description: overdueOne, foundOn: '2023-05-25', deadline: '2023-06-14' }),
  )
  const first = await register(app, world.communityOfficer, foundInFirm(world, { description: plannedOne }))
  await act(app, world.manager, first, planned)
  await register(app, world.manager, foundByFirm(world, { description: generalOne }))
  const systemAdmin = await buildAccount(app, world.tenant, 'system-admin', { personName: '徐守正' })
  const auditAdmin = await buildAccount(app, world.tenant, 'audit-admin', { personName: '俞明鉴' })
  const tables = await ask(app, world.safetyOffice, listTables, { query: {} })
  return { world, overdueId: overdue.hazard.id, tableId: tables.body.items[0]?.id ?? '', systemAdmin, auditAdmin }
}
