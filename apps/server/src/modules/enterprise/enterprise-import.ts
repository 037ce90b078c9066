/**
 * Enterprises out of a workbook. A row is about the enterprise that has its code; without one it may be like others, in the tenant or
 * in the sheet, and then a person says which. What a row changes of an existing one is shown field by field before it is written.
 */
import { z } from 'zod'
import {
  columnLetter,
  decideChange,
  decideRegister,
  diffEnterprise,
  duplicateIndex,
  enterpriseImportColumns,
  readEnterpriseRow,
  rowIdentity,
  type CellProblem,
  type ComparableEnterprise,
  type DuplicateCandidate,
  type EnterpriseColumnKey,
  type EnterpriseProfile,
  type Refusal,
} from '@bihuan/domain'
import type { Actor } from '../../platform/actor.js'
import type { Clock } from '../../platform/clock.js'
import type { Handle } from '../../platform/db/scope.js'
import type { Answer } from '../../platform/http/serve.js'
import type {
  ImportKind,
  ImportReader,
  RowRead,
  RowToWrite,
  RowVerdict,
  RowWritten,
} from '../../platform/imports/import-kind.js'
import { shownChanges } from './enterprise-import.changes.js'
import { openLookup, type Lookup } from './enterprise-import.lookup.js'
import { registerMany } from './enterprise-import.write.js'
import type { EnterpriseChanges } from './enterprise.input.js'
import { covers, mayPlace } from './enterprise.policy.js'
import * as repo from './enterprise.repo.js'
import { changeEnterprise, holderLookup } from './enterprise.service.js'

interface Reading {
  readonly profile: EnterpriseProfile
  /** Of the enterprise that the row changes, as the preview showed it. */
  readonly version: number | null
}

type Row = RowRead<EnterpriseColumnKey>
type Verdict = RowVerdict<Reading>

const none = z.object({})
const byImport = '批量导入'

export const enterpriseImport: ImportKind<z.output<typeof none>, Reading, EnterpriseColumnKey> = {
  name: 'enterprise',
  title: '企业导入',
  permission: 'enterprise.import',
  options: none,
  columns: enterpriseImportColumns,

  async open(handle, actor) {
    return new EnterpriseReader(actor, await openLookup(handle))
  },

  batch: 250,

  async write(handle, actor, rows, { clock }) {
    const isNew = (row: RowToWrite<Reading>) => row.objectId === null || row.reading.version === null
    const fresh = rows.filter(isNew)
    const registered = await registerMany(
      handle,
      actor,
      fresh.map(({ reading }) => reading.profile),
      clock,
    )
    const answerOf = new Map(fresh.map((row, at) => [row, registered[at]]))
    const written: RowWritten[] = []
    for (const row of rows) {
      const done = answerOf.get(row) ?? (await changeByRow(handle, actor, row, clock))
      if (done.ok) written.push({ ok: true, objectId: done.value })
      // The same act of somebody else came between: what was asked for holds.
      else if (done.refusal.code === 'enterprise.nothing-changed' && row.objectId !== null)
        written.push({ ok: true, objectId: row.objectId })
      else written.push({ ok: false, problems: [problemOf(done.refusal, row)] })
    }
    return written
  },
}

async function changeByRow(
  handle: Handle,
  actor: Actor,
  { objectId, reading: { profile, version } }: RowToWrite<Reading>,
  clock: Clock,
): Promise<Answer<string>> {
  const change = {
    id: objectId ?? '',
    version: version ?? 0,
    changes: changesOf(profile),
    reason: byImport,
    from: null,
  }
  const done = await changeEnterprise(handle, actor, change, clock)
  return done.ok ? { ok: true, value: done.value.enterprise.id } : done
}

function changesOf(profile: EnterpriseProfile): EnterpriseChanges {
  return { ...profile, otherSectors: [...profile.otherSectors], otherRegulatorIds: [...profile.otherRegulatorIds] }
}

class EnterpriseReader implements ImportReader<Reading, EnterpriseColumnKey> {
  private readonly duplicates
  private readonly inSheet = duplicateIndex()
  private readonly firstWithCode = new Map<string, { ordinal: number; sheet: string; row: number }>()
  private readonly rowOf = new Map<string, { ordinal: number; sheet: string; row: number; name: string }>()

  constructor(
    private readonly actor: Actor,
    private readonly lookup: Lookup,
  ) {
    this.duplicates = duplicateIndex(lookup.comparable)
  }

  survey(rows: readonly Row[]): void {
    for (const row of rows) {
      const { ordinal, sheet, row: number } = row
      const { name, creditCode, keyNumber } = rowIdentity(row.match, row.cells)
      for (const code of [creditCode, keyNumber]) {
        if (code !== null && !this.firstWithCode.has(code))
          this.firstWithCode.set(code, { ordinal, sheet, row: number })
      }
      if (name === null) continue
      this.rowOf.set(String(ordinal), { ordinal, sheet, row: number, name })
      this.inSheet.add({ id: String(ordinal), name, creditCode, address: addressOf(row), phones: [] })
    }
  }

  async read(handle: Handle, rows: readonly Row[]): Promise<readonly Verdict[]> {
    const identities = rows.map((row) => rowIdentity(row.match, row.cells))
    const codes = identities.flatMap(({ creditCode, keyNumber }) =>
      [creditCode, keyNumber].filter((code) => code !== null),
    )
    const meant = rows.flatMap(({ decision }) => (decision?.is === 'same' ? [decision.as] : []))
    const found = await repo.findEnterprisesByCode(handle, [...new Set(codes)])
    const decided = new Map((await repo.findEnterprises(handle, meant)).map((stored) => [stored.enterprise.id, stored]))
    const holders = holderLookup(found)
    const byId = new Map(found.map((stored) => [stored.enterprise.id, stored]))

    return rows.map((row, at) => {
      const identity = identities[at]
      const code = identity?.creditCode ?? identity?.keyNumber ?? null
      const held = code === null ? null : holders.holderOfCode(code)
      const existing =
        (held === null ? undefined : byId.get(held.id)) ??
        (row.decision?.is === 'same' ? decided.get(row.decision.as) : undefined) ??
        null
      return this.judge(row, existing, holders)
    })
  }

  private judge(row: Row, existing: repo.StoredEnterprise | null, holders: ReturnType<typeof holderLookup>): Verdict {
    const twice = this.sameCodeAbove(row)
    if (twice !== null) return { verdict: 'refused', problems: [twice] }
    const reading = readEnterpriseRow(row.match, row.cells, row.row, {
      ...holders,
      existing: existing?.enterprise ?? null,
      unitCalled: (text) => this.lookup.unitCalled(text),
      enterpriseCalled: (text) => this.lookup.enterpriseCalled(text),
    })
    if (!reading.ok) return { verdict: 'refused', problems: reading.problems }
    const profile = reading.value
    const misplaced = this.refusePlace(profile, existing)
    if (misplaced !== null) return { verdict: 'refused', problems: [problemOf(misplaced, row)] }

    if (existing !== null) {
      const changes = diffEnterprise(existing.enterprise, profile)
      if (changes.length === 0) return { verdict: 'same', objectId: existing.enterprise.id }
      const decision = decideChange(existing.enterprise, { patch: profile, reason: byImport }, holders)
      if (!decision.ok) return { verdict: 'refused', problems: [problemOf(decision.refusal, row)] }
      return {
        verdict: 'changed',
        objectId: existing.enterprise.id,
        reading: { profile: decision.value, version: existing.version },
        changes: shownChanges(changes, this.lookup),
      }
    }
    const decision = decideRegister('', profile, holders)
    if (!decision.ok) return { verdict: 'refused', problems: [problemOf(decision.refusal, row)] }
    const fresh: Reading = { profile, version: null }
    return row.decision?.is === 'new'
      ? { verdict: 'new', reading: fresh }
      : (this.doubt(row, fresh) ?? { verdict: 'new', reading: fresh })
  }

  private sameCodeAbove(row: Row): CellProblem | null {
    const { creditCode, keyNumber } = rowIdentity(row.match, row.cells)
    for (const [code, key] of [
      [creditCode, 'creditCode'],
      [keyNumber, 'keyNumber'],
    ] as const) {
      const first = code === null ? undefined : this.firstWithCode.get(code)
      if (first === undefined || first.ordinal >= row.ordinal) continue
      const where = first.sheet === row.sheet ? `第${first.row}行` : `工作表“${first.sheet}”第${first.row}行`
      const message = `与${where}的代码相同；同一家企业只留一行，请删去或改正其中一行。`
      return { row: row.row, ...placeOf(row, key), code: 'enterprise.twice-in-sheet', message }
    }
    return null
  }

  private refusePlace(profile: EnterpriseProfile, existing: repo.StoredEnterprise | null): Refusal | null {
    if (existing !== null && !mayPlace(this.actor, existing.enterprise.id, existing)) {
      return {
        code: 'enterprise.beyond-reach',
        message: `“${existing.enterprise.name}”不归您管，不能由您修改。请删去这一行。`,
        path: 'name',
      }
    }
    const wrong = this.lookup.refuseKinds(profile)
    if (wrong !== null) return wrong
    const territory = this.lookup.unit(profile.territoryUnitId)
    const regulator = profile.leadRegulatorId === null ? undefined : this.lookup.unit(profile.leadRegulatorId)
    const place = { territoryPath: territory?.territory_path ?? '', linePath: regulator?.line_path ?? null }
    if (covers(this.actor, place)) return null
    return {
      code: 'enterprise.beyond-reach',
      message: `属地“${territory?.name ?? ''}”和主管部门都不在您的管辖范围内。请改正，或由上级导入这一行。`,
      path: 'territoryUnitId',
    }
  }

  private doubt(row: Row, reading: Reading): Verdict | null {
    const { profile } = reading
    const comparable: ComparableEnterprise = {
      id: String(row.ordinal),
      name: profile.name,
      creditCode: profile.creditCode,
      address: profile.address,
      phones: [profile.principal?.phone, profile.safetyManager?.phone].filter(
        (phone) => phone !== null && phone !== undefined,
      ),
    }
    const registered = this.duplicates.candidatesFor(comparable)
    const above = this.inSheet
      .candidatesFor({ ...comparable, phones: [] })
      .filter(({ id }) => (this.rowOf.get(id)?.ordinal ?? Infinity) < row.ordinal)
    if (registered.length === 0 && above.length === 0) return null
    const say = (message: string): CellProblem => ({
      row: row.row,
      ...placeOf(row, 'name'),
      code: 'enterprise.doubtful',
      message,
    })
    return {
      verdict: 'doubtful',
      reading,
      problems: [
        ...registered
          .slice(0, 1)
          .map((one) => say(`很像已登记的“${this.lookup.nameOf(one.id)}”：${whyOf(one)}。是同一家，还是另一家？`)),
        ...above
          .slice(0, 1)
          .map((one) =>
            say(
              `很像本表第${this.rowOf.get(one.id)?.row ?? ''}行“${this.rowOf.get(one.id)?.name ?? ''}”：${whyOf(one)}。`,
            ),
          ),
      ],
      candidates: registered.map((one) => ({ id: one.id, name: this.lookup.nameOf(one.id), why: whyOf(one) })),
    }
  }
}

function whyOf({ reasons }: DuplicateCandidate): string {
  return reasons.map(({ message }) => message).join('，')
}

function addressOf(row: Row): string {
  const at = row.match.indexOf.get('address')
  const cell = at === undefined ? null : row.cells[at]
  return typeof cell === 'string' ? cell : ''
}

function placeOf(row: Row, key: EnterpriseColumnKey): { column: string | null; title: string } {
  const at = row.match.indexOf.get(key)
  const title = titleOf(key)
  return { column: at === undefined ? null : columnLetter(at), title }
}

function titleOf(key: EnterpriseColumnKey): string {
  return enterpriseImportColumns.find((column) => column.key === key)?.title ?? ''
}

/** Fields whose column is not called like them. */
const columnOf: Readonly<Record<string, EnterpriseColumnKey>> = {
  territoryUnitId: 'territory',
  leadRegulatorId: 'leadRegulator',
  otherRegulatorIds: 'otherRegulators',
  landlordId: 'landlord',
  status: 'status',
  creditCode: 'creditCode',
  'alternativeKey.number': 'keyNumber',
  name: 'name',
}

/** Without the place of the column when the row is written: its title is enough for the preview to find it. */
function problemOf(refusal: Refusal, row: Row | RowToWrite<Reading>): CellProblem {
  const key = columnOf[refusal.path ?? ''] ?? 'name'
  const place = 'match' in row ? placeOf(row, key) : { column: null, title: titleOf(key) }
  return { row: row.row, ...place, code: refusal.code, message: refusal.message }
}
