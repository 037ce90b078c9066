/** Units from a workbook: new ones, renamed ones, ones that moved. One transaction, since rows may stand under each other. */
import { z } from 'zod'
import {
  decideResponsibility,
  normaliseUnitCode,
  readUnitRow,
  unitImportColumns,
  unitKindCalled,
  unitKindLabel,
  cellText,
  type CellProblem,
  type SectorResponsibility,
  type UnitColumnKey,
  type UnitKind,
  type UnitRow as SheetUnit,
} from '@bihuan/domain'
import type { Actor } from '../../platform/actor.js'
import type { Clock } from '../../platform/clock.js'
import type { Handle } from '../../platform/db/scope.js'
import type { Answer } from '../../platform/http/serve.js'
import type {
  ImportKind,
  ImportReader,
  RowChange,
  RowRead,
  RowToWrite,
  RowVerdict,
  RowWritten,
} from '../../platform/imports/import-kind.js'
import { recordResponsibility, sectorResponsibilities } from './responsibility.service.js'
import { covers } from './unit.policy.js'
import * as repo from './unit.repo.js'
import { addUnit, changeUnit, moveUnit } from './unit.service.js'

/** A unit there is, or the row of the same workbook that will make it. */
type Ref = { readonly unitId: string } | { readonly ordinal: number }

interface Reading {
  readonly name: string
  readonly kind: UnitKind
  readonly code: string | null
  readonly parent: Ref | null
  readonly lineParent: Ref | null
  readonly sectors: readonly string[]
  readonly validFrom: string
  /** Of a unit there is: what the preview compared with, and what differs. */
  readonly version: number | null
  readonly renames: boolean
  readonly moves: boolean
  readonly movesOnLine: boolean
}

export const unitImport: ImportKind<Record<string, never>, Reading, UnitColumnKey> = {
  name: 'unit',
  title: '单位导入',
  permission: 'unit.import',
  options: z.object({}).strip(),
  columns: unitImportColumns,
  // Rows refer to rows before and after them, so all of them stand or fall in one transaction. A tenant has hundreds of offices.
  batch: 20_000,
  async open(handle, actor, { clock }) {
    return new UnitReader(
      actor,
      clock.today(),
      (await repo.listOffices(handle)).filter((unit) => unit.dissolved_on === null),
      await sectorResponsibilities(handle),
      new Map((await repo.listOfficePlacements(handle, 'territory', null)).map((one) => [one.unitId, one.validFrom])),
    )
  },
  write: (handle, actor, rows, { clock }) => writeUnits(handle, actor, rows, clock),
}

interface SurveyedRow {
  readonly ordinal: number
  readonly row: number
  readonly kind: UnitKind | null
  readonly ref: Ref
}

class UnitReader implements ImportReader<Reading, UnitColumnKey> {
  private readonly called = new Map<string, Map<string, { ref: Ref; kind: UnitKind }>>()
  private readonly rowsByTarget = new Map<string, SurveyedRow>()
  private readonly byId: ReadonlyMap<string, repo.UnitRow>
  private readonly leads: SectorResponsibility[]

  constructor(
    private readonly actor: Actor,
    private readonly today: string,
    private readonly units: readonly repo.UnitRow[],
    responsibilities: readonly SectorResponsibility[],
    private readonly standsSince: ReadonlyMap<string, string>,
  ) {
    this.byId = new Map(units.map((unit) => [unit.id, unit]))
    this.leads = [...responsibilities]
    for (const unit of units) this.call(unit.name, unit.code, unit.kind, { unitId: unit.id })
  }

  survey(rows: readonly RowRead<UnitColumnKey>[]): void {
    for (const row of rows) {
      const name = this.textOf(row, 'name')
      const kind = unitKindCalled(this.textOf(row, 'kind') ?? '')
      if (name === null || kind === null) continue
      const target = this.targetOf(row, name, kind)
      const ref: Ref = target === null ? { ordinal: row.ordinal } : { unitId: target.id }
      this.call(name, this.textOf(row, 'code'), kind, ref)
      const key = target?.id ?? `${name} ${this.textOf(row, 'parent') ?? ''} ${this.textOf(row, 'code') ?? ''}`
      if (!this.rowsByTarget.has(key)) this.rowsByTarget.set(key, { ordinal: row.ordinal, row: row.row, kind, ref })
    }
  }

  async read(_handle: Handle, rows: readonly RowRead<UnitColumnKey>[]): Promise<readonly RowVerdict<Reading>[]> {
    return rows.map((row) => this.judge(row))
  }

  private judge(row: RowRead<UnitColumnKey>): RowVerdict<Reading> {
    const read = readUnitRow(row.match, row.cells, row.row, {
      today: this.today,
      unitCalled: (text) => {
        const found = this.find(text)
        return found === null ? 'unknown' : found === 'several' ? 'ambiguous' : found.kind
      },
    })
    if (!read.ok) return { verdict: 'refused', problems: read.problems }
    const sheet = read.value
    const problem = (key: UnitColumnKey, code: string, message: string): RowVerdict<Reading> => ({
      verdict: 'refused',
      problems: [this.problemAt(row, key, code, message)],
    })

    if (row.identity !== null && !this.byId.has(row.identity.id)) {
      return problem(
        'name',
        'import.no-such-unit',
        '这一行原来的单位已撤销，或不在您的管辖范围内。请删去这一行，或清空行标识后作为新单位导入。',
      )
    }
    const target = this.targetOf(row, sheet.name, sheet.kind)
    const key = target?.id ?? `${sheet.name} ${sheet.parent ?? ''} ${this.textOf(row, 'code') ?? ''}`
    const first = this.rowsByTarget.get(key)
    if (first !== undefined && first.ordinal !== row.ordinal) {
      return problem('name', 'import.twice', `与第 ${first.row} 行是同一个单位。请只留一行。`)
    }
    const parent = this.refOf(sheet.parent)
    const lineParent = this.refOf(sheet.lineParent)
    const beyond = parent !== null && 'unitId' in parent && !this.isMine(parent.unitId)
    if (beyond)
      return problem(
        'parent',
        'organization.beyond-reach',
        `“${sheet.parent ?? ''}”不在您的管辖范围内，不能在它下面登记单位。`,
      )
    const twoLeads = this.leadProblem(row, sheet, target)
    if (twoLeads !== null) return { verdict: 'refused', problems: [twoLeads] }
    return target === null
      ? this.judgeNew(row, sheet, parent, lineParent)
      : this.judgeKnown(row, sheet, target, parent, lineParent)
  }

  private judgeNew(
    row: RowRead<UnitColumnKey>,
    sheet: SheetUnit,
    parent: Ref | null,
    lineParent: Ref | null,
  ): RowVerdict<Reading> {
    if (parent === null) {
      const problem = this.problemAt(
        row,
        'parent',
        'organization.parent-required',
        '本辖区的最高一级已经有了；请填写上级单位。',
      )
      return { verdict: 'refused', problems: [problem] }
    }
    const reading: Reading = {
      ...readingOf(sheet, parent, lineParent),
      version: null,
      renames: false,
      moves: false,
      movesOnLine: false,
    }
    const namesakes = this.units.filter((unit) => unit.name === sheet.name && unit.kind === sheet.kind)
    if (namesakes.length > 0 && row.decision?.is !== 'new') {
      return {
        verdict: 'doubtful',
        reading,
        problems: [
          this.problemAt(
            row,
            'name',
            'import.namesake',
            `已有同名的${unitKindLabel(sheet.kind)}“${sheet.name}”。请决定是同一个单位还是新单位。`,
          ),
        ],
        candidates: namesakes.map((unit) => ({
          id: unit.id,
          name: unit.name,
          why: `名称相同，现属“${this.byId.get(unit.parent_id ?? '')?.name ?? '—'}”`,
        })),
      }
    }
    return { verdict: 'new', reading }
  }

  private judgeKnown(
    row: RowRead<UnitColumnKey>,
    sheet: SheetUnit,
    target: repo.UnitRow,
    parent: Ref | null,
    lineParent: Ref | null,
  ): RowVerdict<Reading> {
    const refuse = (key: UnitColumnKey, code: string, message: string): RowVerdict<Reading> => ({
      verdict: 'refused',
      problems: [this.problemAt(row, key, code, message)],
    })
    if (!covers(this.actor, target))
      return refuse('name', 'organization.beyond-reach', `“${target.name}”不在您的管辖范围内，不能修改。`)
    if (target.kind !== sheet.kind) {
      return refuse(
        'kind',
        'organization.kind-changed',
        `“${target.name}”的类别是${unitKindLabel(target.kind)}，类别不能改。请核对；如确属新单位，请换一个代码。`,
      )
    }
    if (row.identity !== null && row.identity.version !== target.version) {
      return refuse('name', 'import.changed-meanwhile', `“${target.name}”在导出之后被别人改过。请重新导出后再改。`)
    }
    const { match } = row
    const changes: RowChange[] = []
    const note = (title: string, before: string | null, after: string | null) => changes.push({ title, before, after })
    const code = match.indexOf.has('code') ? sheet.code : target.code
    if (sheet.name !== target.name) note('名称', target.name, sheet.name)
    if (code !== target.code) note('代码', target.code, code)
    const renames = changes.length > 0
    const moves = parent !== null && !isUnit(parent, target.parent_id)
    const movesOnLine = match.indexOf.has('lineParent') && !isUnit(lineParent, target.line_parent_id)
    if (moves) note('上级单位（块）', this.nameAt(target.parent_id), sheet.parent)
    if (movesOnLine) note('条线上级', this.nameAt(target.line_parent_id), sheet.lineParent)
    if (moves && this.standsSince.get(target.id) === sheet.validFrom) {
      return refuse(
        'validFrom',
        'organization.moved-twice-a-day',
        '上级改了，起始日期还是原来的。请填写从哪一天起归新的上级。',
      )
    }
    const held = new Set(this.leads.filter((line) => line.unitId === target.id).map((line) => line.sector))
    const added = sheet.sectors.filter((sector) => !held.has(sector))
    if (added.length > 0) note('负责行业', [...held].join('、') || null, [...held, ...added].join('、'))
    if (changes.length === 0) return { verdict: 'same', objectId: target.id }
    return {
      verdict: 'changed',
      objectId: target.id,
      changes,
      reading: {
        ...readingOf({ ...sheet, sectors: added }, parent, lineParent),
        code,
        version: target.version,
        renames,
        moves,
        movesOnLine,
      },
    }
  }

  /** By the hidden mark, by what was decided, by code, or by name where the superior is the same. */
  private targetOf(row: RowRead<UnitColumnKey>, name: string, kind: UnitKind): repo.UnitRow | null {
    if (row.identity !== null) return this.byId.get(row.identity.id) ?? null
    if (row.decision?.is === 'same') return this.byId.get(row.decision.as) ?? null
    const code = this.textOf(row, 'code')
    if (code !== null) {
      const wanted = normaliseUnitCode(code)
      const found = this.units.find((unit) => unit.code === wanted)
      if (found !== undefined) return found
    }
    const namesakes = this.units.filter((unit) => unit.name === name && unit.kind === kind)
    const [only] = namesakes
    if (only === undefined || namesakes.length > 1) return null
    const parent = this.textOf(row, 'parent')
    if (parent === null) return only
    const above = this.byId.get(only.parent_id ?? '')
    return above !== undefined && (above.name === parent || above.code === normaliseUnitCode(parent)) ? only : null
  }

  private leadProblem(row: RowRead<UnitColumnKey>, sheet: SheetUnit, target: repo.UnitRow | null): CellProblem | null {
    const unitId = target?.id ?? `row ${row.ordinal}`
    for (const sector of sheet.sectors) {
      if (this.leads.some((line) => line.unitId === unitId && line.sector === sector)) continue
      const line: SectorResponsibility = {
        id: `row ${row.ordinal} ${sector}`,
        unitId,
        sector,
        role: 'lead',
        validFrom: sheet.validFrom,
        validUntil: null,
        basis: null,
      }
      const decision = decideResponsibility(this.leads, line)
      if (!decision.ok) return this.problemAt(row, 'sectors', decision.refusal.code, decision.refusal.message)
      if (target === null) this.leads.push(line)
    }
    return null
  }

  private call(name: string, code: string | null, kind: UnitKind, ref: Ref): void {
    for (const word of [name, code === null ? null : normaliseUnitCode(code)]) {
      if (word === null || word === '') continue
      const found = this.called.get(word) ?? new Map<string, { ref: Ref; kind: UnitKind }>()
      found.set(JSON.stringify(ref), { ref, kind })
      this.called.set(word, found)
    }
  }

  private find(text: string): { ref: Ref; kind: UnitKind } | 'several' | null {
    const found = this.called.get(text) ?? this.called.get(normaliseUnitCode(text))
    if (found === undefined) return null
    return found.size > 1 ? 'several' : ([...found.values()][0] ?? null)
  }

  private refOf(text: string | null): Ref | null {
    const found = text === null ? null : this.find(text)
    return found === null || found === 'several' ? null : found.ref
  }

  private isMine(unitId: string): boolean {
    const unit = this.byId.get(unitId)
    return unit !== undefined && covers(this.actor, unit)
  }

  private nameAt(id: string | null): string | null {
    return id === null ? null : (this.byId.get(id)?.name ?? null)
  }

  private textOf(row: RowRead<UnitColumnKey>, key: UnitColumnKey): string | null {
    const index = row.match.indexOf.get(key)
    return index === undefined ? null : cellText(row.cells[index])
  }

  private problemAt(row: RowRead<UnitColumnKey>, key: UnitColumnKey, code: string, message: string): CellProblem {
    const index = row.match.indexOf.get(key)
    const title = unitImportColumns.find((column) => column.key === key)?.title ?? ''
    return { row: row.row, column: index === undefined ? null : letterOf(index), title, code, message }
  }
}

function readingOf(sheet: SheetUnit, parent: Ref | null, lineParent: Ref | null) {
  const { name, kind, code, sectors, validFrom } = sheet
  return { name, kind, code, sectors, validFrom, parent, lineParent }
}

function isUnit(ref: Ref | null, unitId: string | null): boolean {
  return ref === null ? unitId === null : 'unitId' in ref && ref.unitId === unitId
}

function letterOf(index: number): string {
  return index < 26 ? String.fromCharCode(65 + index) : `${letterOf(Math.floor(index / 26) - 1)}${letterOf(index % 26)}`
}

async function writeUnits(
  handle: Handle,
  actor: Actor,
  rows: readonly RowToWrite<Reading>[],
  clock: Clock,
): Promise<readonly RowWritten[]> {
  const made = new Map<number, string>()
  const outcomes = new Map<number, RowWritten>()
  const idOf = (ref: Ref | null): string | null | undefined =>
    ref === null ? null : 'unitId' in ref ? ref.unitId : made.get(ref.ordinal)
  const refused = (row: RowToWrite<Reading>, code: string, message: string): RowWritten => ({
    ok: false,
    problems: [{ row: row.row, column: null, title: '', code, message }],
  })

  // Each round writes what stands under units that there are by then; what is left over stands under rows that were refused.
  for (let waiting = [...rows]; waiting.length > 0;) {
    const ready = waiting.filter(
      ({ reading }) => idOf(reading.parent) !== undefined && idOf(reading.lineParent) !== undefined,
    )
    if (ready.length === 0) {
      for (const row of waiting)
        outcomes.set(row.ordinal, refused(row, 'import.parent-refused', '它的上级单位那一行没有导入。请先改正那一行。'))
      break
    }
    for (const row of ready) {
      const written = await writeUnit(
        handle,
        actor,
        row,
        idOf(row.reading.parent) ?? null,
        idOf(row.reading.lineParent) ?? null,
        clock,
      )
      if (written.ok) made.set(row.ordinal, written.value)
      outcomes.set(
        row.ordinal,
        written.ok
          ? { ok: true, objectId: written.value }
          : refused(row, written.refusal.code, written.refusal.message),
      )
    }
    const done = new Set(ready)
    waiting = waiting.filter((row) => !done.has(row))
  }
  return rows.map((row) => outcomes.get(row.ordinal) ?? refused(row, 'import.not-saved', '这一行没有导入。'))
}

async function writeUnit(
  handle: Handle,
  actor: Actor,
  { reading, objectId }: RowToWrite<Reading>,
  parentId: string | null,
  lineParentId: string | null,
  clock: Clock,
): Promise<Answer<string>> {
  const { name, kind, code, validFrom } = reading
  let unitId = objectId
  if (unitId === null) {
    const added = await addUnit(
      handle,
      actor,
      { kind, name, code, parentId, lineParentId, existsFrom: validFrom },
      clock,
    )
    if (!added.ok) return added
    unitId = added.value.id
  } else {
    const unit = await repo.loadUnit(handle, unitId)
    if (unit?.version !== reading.version) {
      return {
        ok: false,
        refusal: { code: 'import.changed-meanwhile', message: `“${name}”在核对之后被别人改过，这一行没有导入。` },
      }
    }
    for (const [moves, axis, above] of [
      [reading.moves, 'territory', parentId],
      [reading.movesOnLine, 'line', lineParentId],
    ] as const) {
      if (!moves) continue
      const moved = await moveUnit(handle, actor, { unitId, axis, parentId: above, validFrom, corrects: null }, clock)
      if (!moved.ok) return moved
    }
    if (reading.renames) {
      const now = await repo.loadUnit(handle, unitId)
      const changed = await changeUnit(handle, actor, { unitId, name, code, version: now?.version ?? 0 }, clock)
      if (!changed.ok) return changed
    }
  }
  // The division of duties that stands in the workbook comes with its units: whoever may import them may bring it in.
  for (const sector of reading.sectors) {
    const line = await recordResponsibility(
      handle,
      actor,
      { unitId, sector, role: 'lead', validFrom, validUntil: null },
      clock,
    )
    if (!line.ok) return line
  }
  return { ok: true, value: unitId }
}
