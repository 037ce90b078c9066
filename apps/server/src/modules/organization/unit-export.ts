/** The directory of units as a workbook that can be mended and brought in again: each row carries its unit's mark. */
import { unitImportColumns, unitKindLabel } from '@bihuan/domain'
import { collectBytes, writeWorkbook, type WorkbookRow } from '@bihuan/office'
import type { Actor } from '../../platform/actor.js'
import { recordAct } from '../../platform/audit/record.js'
import type { Clock } from '../../platform/clock.js'
import type { Handle } from '../../platform/db/scope.js'
import { notAllowed } from '../../platform/http/refusal.js'
import type { Answer } from '../../platform/http/serve.js'
import { sectorResponsibilities } from './responsibility.service.js'
import { covers, mayExport } from './unit.policy.js'
import * as repo from './unit.repo.js'

export async function exportUnits(
  handle: Handle,
  actor: Actor,
  clock: Clock,
): Promise<Answer<{ name: string; bytes: Uint8Array }>> {
  if (!mayExport(actor)) return { ok: false, refusal: notAllowed('导出单位') }
  const today = clock.today()
  const all = await repo.listOffices(handle)
  const byId = new Map(all.map((unit) => [unit.id, unit]))
  const units = all.filter((unit) => unit.dissolved_on === null && covers(actor, unit))
  const since = new Map<string, string>()
  for (const one of await repo.listOfficePlacements(handle, 'territory', null)) {
    if (one.cancels === null && one.validFrom <= today && one.validFrom >= (since.get(one.unitId) ?? ''))
      since.set(one.unitId, one.validFrom)
  }
  const leads = (await sectorResponsibilities(handle)).filter(
    (line) => line.role === 'lead' && (line.validUntil === null || line.validUntil >= today),
  )
  const called = (id: string | null) => {
    const unit = id === null ? undefined : byId.get(id)
    return unit === undefined ? null : (unit.code ?? unit.name)
  }
  const rows = units.map((unit): WorkbookRow => {
    const cells: Readonly<Record<string, string | null>> = {
      name: unit.name,
      kind: unitKindLabel(unit.kind),
      parent: called(unit.parent_id),
      lineParent: called(unit.line_parent_id),
      code: unit.code,
      sectors:
        leads
          .filter((line) => line.unitId === unit.id)
          .map((line) => line.sector)
          .join('、') || null,
      validFrom: since.get(unit.id) ?? unit.exists_from,
    }
    return {
      cells: unitImportColumns.map(({ key }) => cells[key] ?? null),
      identity: { id: unit.id, version: unit.version },
    }
  })
  const bytes = await collectBytes(
    writeWorkbook(
      {
        sheetName: '单位',
        title: `单位一览（${today}）`,
        columns: unitImportColumns.map(({ key, title, allowed }) => ({
          header: title,
          width: key === 'name' || key === 'sectors' ? 28 : 16,
          ...(key === 'validFrom' ? { kind: 'date' as const } : {}),
          ...(allowed.length === 0 ? {} : { choices: allowed }),
        })),
        carriesIdentity: true,
        isFilterable: true,
        blankRows: 20,
      },
      rows,
    ),
  )
  await recordAct(
    handle,
    actor,
    { action: 'unit.export', objectKind: 'unit', objectId: actor.unitId, after: { rows: rows.length } },
    clock.now(),
  )
  return { ok: true, value: { name: `单位一览-${today}.xlsx`, bytes } }
}
