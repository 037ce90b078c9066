/** Units from an Excel sheet: the template's columns, and one row of it. */
import type { CivilDate } from '../shared/civil-date.js'
import { readLooseDate } from '../shared/civil-date.js'
import {
  readingRow,
  readList,
  type HeaderMatch,
  type ImportColumn,
  type RowReader,
  type RowReading,
  type SheetCell,
} from './import-sheet.js'
import { sectorKey } from './responsibility.js'
import { decideUnitCode } from './unit-code.js'
import {
  mayBeRoot,
  mayStandUnder,
  unitKindCalled,
  unitKindLabel,
  unitKinds,
  type TreeAxis,
  type UnitKind,
} from './unit-kind.js'

export type UnitColumnKey = 'name' | 'kind' | 'parent' | 'lineParent' | 'code' | 'sectors' | 'validFrom'

export const unitImportColumns: readonly ImportColumn<UnitColumnKey>[] = [
  {
    key: 'name',
    title: '名称',
    required: true,
    alsoCalled: ['单位名称', '单位', '机构名称', '单位全称'],
    note: '单位全称，2至60个字。',
    allowed: [],
  },
  {
    key: 'kind',
    title: '类别',
    required: true,
    alsoCalled: ['单位类别', '单位类型', '类型', '机构类别'],
    note: '从下拉列表中选择。企业请用企业导入模板。',
    allowed: unitKinds.filter((kind) => kind !== 'enterprise').map(unitKindLabel),
  },
  {
    key: 'parent',
    title: '上级单位（块）',
    required: false,
    alsoCalled: ['上级单位', '属地上级', '块上级', '隶属单位', '上级'],
    note: '属地上的上级单位，填代码或名称；本辖区最高一级留空。可以是本表中在前或在后的单位。',
    allowed: [],
  },
  {
    key: 'lineParent',
    title: '条线上级',
    required: false,
    alsoCalled: ['上级单位（条）', '条上级', '业务上级', '业务主管单位'],
    note: '业务上的上级单位，填代码或名称；没有可留空。',
    allowed: [],
  },
  {
    key: 'code',
    title: '代码',
    required: false,
    alsoCalled: ['单位代码', '区划代码', '统计用区划代码', '编码'],
    note: '镇街、村社区填12位统计用区划代码；其他单位可自编；留空由系统编号。',
    allowed: [],
  },
  {
    key: 'sectors',
    title: '负责行业',
    required: false,
    alsoCalled: ['负责行业领域', '牵头行业', '主管行业', '行业领域'],
    note: '牵头负责的行业领域，多个用“、”分隔；不负责行业的留空。',
    allowed: [],
  },
  {
    key: 'validFrom',
    title: '起始日期',
    required: false,
    alsoCalled: ['生效日期', '设立日期', '开始日期'],
    note: '从哪天起属于该上级，如2023-01-01；留空按导入当天。',
    allowed: [],
  },
]

export interface UnitRow {
  readonly name: string
  readonly kind: UnitKind
  /** As written: a code or a name, to be found among the units there are and those of the same sheet. */
  readonly parent: string | null
  readonly lineParent: string | null
  readonly code: string | null
  readonly sectors: readonly string[]
  readonly validFrom: CivilDate
}

/** What a code or a name in a cell of superiors stands for. */
export type UnitByText = (text: string) => UnitKind | 'unknown' | 'ambiguous'

export interface UnitRowContext {
  /** What an empty 起始日期 means. */
  readonly today: CivilDate
  /** Knows the units there are and all rows of the sheet. */
  readonly unitCalled: UnitByText
}

export function readUnitRow(
  match: HeaderMatch<UnitColumnKey>,
  cells: readonly SheetCell[],
  row: number,
  context: UnitRowContext,
): RowReading<UnitRow> {
  const reader = readingRow(unitImportColumns, match, cells, row)
  const name = reader.text('name')
  if (name !== null && (name.length < 2 || name.length > 60)) {
    reader.report('name', 'organization.name-length', `名称“${name}”应为2至60个字；请填写单位全称。`)
  }
  const kind = readKind(reader)
  const parent = readSuperior(reader, 'parent', 'territory', kind, context.unitCalled)
  const lineParent = readSuperior(reader, 'lineParent', 'line', kind, context.unitCalled)
  const code = readCode(reader, kind)
  const sectors = uniqueSectors(readList(reader.text('sectors') ?? ''))
  const validFrom = readDay(reader) ?? context.today
  if (reader.problems.length > 0 || name === null || kind === null) return { ok: false, problems: reader.problems }
  return { ok: true, value: { name, kind, parent, lineParent, code, sectors, validFrom } }
}

function readKind(reader: RowReader<UnitColumnKey>): UnitKind | null {
  const text = reader.text('kind')
  if (text === null) return null
  const kind = unitKindCalled(text)
  if (kind === null) {
    const allowed = unitKinds.filter((other) => other !== 'enterprise').map(unitKindLabel)
    reader.report('kind', 'organization.unknown-kind', `没有“${text}”这种类别；请从${allowed.join('、')}中选择。`)
  } else if (kind === 'enterprise') {
    reader.report('kind', 'organization.enterprise-elsewhere', '企业不在这里导入；请使用企业导入模板。')
    return null
  }
  return kind
}

function readSuperior(
  reader: RowReader<UnitColumnKey>,
  key: 'parent' | 'lineParent',
  axis: TreeAxis,
  kind: UnitKind | null,
  unitCalled: UnitByText,
): string | null {
  const text = reader.text(key)
  if (text === null) {
    if (axis === 'territory' && kind !== null && !mayBeRoot(kind)) {
      reader.report(key, 'organization.parent-required', `${unitKindLabel(kind)}必须填写上级单位（块）。`)
    }
    return null
  }
  const found = unitCalled(text)
  if (found === 'unknown') {
    reader.report(
      key,
      'organization.no-such-unit',
      `找不到上级单位“${text}”；请核对名称或代码，或先在本表中加上该单位。`,
    )
  } else if (found === 'ambiguous') {
    reader.report(key, 'organization.ambiguous-unit', `有多个单位叫“${text}”；请改填单位代码。`)
  } else if (kind !== null && !mayStandUnder(kind, found, axis)) {
    const above = unitKindLabel(found)
    reader.report(
      key,
      'organization.parent-kind',
      `${unitKindLabel(kind)}不能隶属于${above}（“${text}”）；请核对类别和上级。`,
    )
  }
  return text
}

function readCode(reader: RowReader<UnitColumnKey>, kind: UnitKind | null): string | null {
  const cell = reader.cell('code')
  const text = reader.text('code')
  if (text === null || kind === null) return null
  if (typeof cell === 'number' && text.length > 15) {
    reader.report(
      'code',
      'organization.code-as-number',
      `代码“${text}”被Excel当作数字，末尾可能已失真；请把单元格改为文本格式后重新填写。`,
    )
    return null
  }
  const code = decideUnitCode(kind, text)
  if (!code.ok) reader.report('code', code.refusal.code, code.refusal.message)
  return code.ok ? code.value : null
}

function readDay(reader: RowReader<UnitColumnKey>): CivilDate | null {
  const cell = reader.cell('validFrom')
  if (reader.text('validFrom') === null || cell === null || typeof cell === 'boolean') return null
  if (typeof cell === 'object' && 'error' in cell) return null
  const day =
    typeof cell === 'object'
      ? readLooseDate(cell.serial, { epoch: cell.system === '1904' ? 1904 : 1900 })
      : readLooseDate(cell)
  if (!day.ok) reader.report('validFrom', day.refusal.code, day.refusal.message)
  return day.ok ? day.value : null
}

function uniqueSectors(sectors: readonly string[]): readonly string[] {
  return [...new Map(sectors.map((sector) => [sectorKey(sector), sector])).values()]
}
