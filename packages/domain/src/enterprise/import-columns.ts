/** Enterprises from an Excel sheet: the template's columns, and one row of it. */
import {
  readingRow,
  readList,
  readWholeNumber,
  readYesNo,
  type HeaderMatch,
  type ImportColumn,
  type RowReader,
  type RowReading,
  type SheetCell,
} from '../organization/index.js'
import { normaliseCreditCode } from './credit-code.js'
import {
  alternativeKeyKinds,
  enterpriseFlags,
  enterpriseSizes,
  enterpriseStatuses,
  noFlags,
  type AlternativeKeyKind,
  type Enterprise,
  type EnterpriseContact,
  type EnterpriseFlag,
  type EnterpriseProfile,
} from './enterprise.js'
import { examineProfile, type EnterpriseContext } from './registration.js'

export type EnterpriseColumnKey =
  | 'name'
  | 'creditCode'
  | 'keyKind'
  | 'keyNumber'
  | 'leadSector'
  | 'otherSectors'
  | 'size'
  | 'employees'
  | EnterpriseFlag
  | 'principalName'
  | 'principalPhone'
  | 'safetyName'
  | 'safetyPhone'
  | 'address'
  | 'longitude'
  | 'latitude'
  | 'territory'
  | 'leadRegulator'
  | 'otherRegulators'
  | 'landlord'
  | 'status'

function column(
  key: EnterpriseColumnKey,
  title: string,
  note: string,
  more: Partial<Pick<ImportColumn, 'required' | 'alsoCalled' | 'allowed'>> = {},
): ImportColumn<EnterpriseColumnKey> {
  return { key, title, note, required: false, alsoCalled: [], allowed: [], ...more }
}

const yesNo = ['是', '否']

export const enterpriseImportColumns: readonly ImportColumn<EnterpriseColumnKey>[] = [
  column('name', '企业名称', '营业执照上的全称。', {
    required: true,
    alsoCalled: ['名称', '单位名称', '企业（项目）名称', '企业全称', '公司名称'],
  }),
  column('creditCode', '统一社会信用代码', '18位；没有的填写后两列。单元格请用文本格式。', {
    alsoCalled: ['信用代码', '社会信用代码', '统一信用代码', '信用代码证号'],
  }),
  column('keyKind', '替代编号类别', '没有统一社会信用代码时填写。', { allowed: Object.values(alternativeKeyKinds) }),
  column('keyNumber', '替代编号', '个体注册号、施工许可证号或场所编号。', { alsoCalled: ['注册号', '施工许可证号'] }),
  column('leadSector', '行业领域', '主要的一个。', {
    required: true,
    alsoCalled: ['所属行业', '所属行业领域', '行业', '行业类别', '监管行业'],
  }),
  column('otherSectors', '其他行业领域', '多个用“、”分隔。', { alsoCalled: ['兼营行业', '其他行业'] }),
  column('size', '规模', '从下拉列表中选择。', {
    alsoCalled: ['企业规模', '规模类别'],
    allowed: Object.values(enterpriseSizes),
  }),
  column('employees', '从业人数', '整数，不清楚的留空。', { alsoCalled: ['员工人数', '职工人数', '从业人员', '人数'] }),
  ...(Object.keys(enterpriseFlags) as EnterpriseFlag[]).map((flag) =>
    column(flag, enterpriseFlags[flag], '是或否，留空为否。', {
      alsoCalled: [`是否${enterpriseFlags[flag]}`, `${enterpriseFlags[flag]}企业`, `是否${enterpriseFlags[flag]}企业`],
      allowed: yesNo,
    }),
  ),
  column('principalName', '主要负责人', '姓名。', {
    alsoCalled: ['负责人', '法定代表人', '企业负责人', '主要负责人姓名'],
  }),
  column('principalPhone', '主要负责人电话', '11位手机号，或带区号的座机。', {
    alsoCalled: ['负责人电话', '主要负责人联系电话', '负责人联系方式', '联系电话', '手机号'],
  }),
  column('safetyName', '安全管理人员', '姓名。', {
    alsoCalled: ['安全员', '安全负责人', '安全管理员', '安全管理人员姓名'],
  }),
  column('safetyPhone', '安全管理人员电话', '11位手机号，或带区号的座机。', {
    alsoCalled: ['安全员电话', '安全负责人电话', '安全管理人员联系电话'],
  }),
  column('address', '地址', '实际经营地址。', {
    required: true,
    alsoCalled: ['经营地址', '企业地址', '生产经营地址', '详细地址', '住所'],
  }),
  column('longitude', '经度', '如115.892151，与纬度同时填写。'),
  column('latitude', '纬度', '如28.676493，与经度同时填写。'),
  column('territory', '属地单位', '所在的镇街、村社区或园区，填代码或名称。', {
    required: true,
    alsoCalled: ['所属镇街', '乡镇（街道）', '所在乡镇', '所属乡镇', '属地', '乡镇'],
  }),
  column('leadRegulator', '行业主管部门', '填代码或名称。', { alsoCalled: ['主管部门', '监管部门', '行业监管部门'] }),
  column('otherRegulators', '共管部门', '多个用“、”分隔。', { alsoCalled: ['其他监管部门', '协管部门'] }),
  column('landlord', '出租方', '租用场所的，填出租企业的统一社会信用代码或名称。', {
    alsoCalled: ['场所出租方', '房东'],
  }),
  column('status', '经营状态', '留空为在营。', {
    alsoCalled: ['状态', '企业状态'],
    allowed: Object.values(enterpriseStatuses),
  }),
]

/** What a name or a code in a cell stands for. */
export type Reference = { readonly id: string } | 'unknown' | 'ambiguous'

export interface EnterpriseRowContext extends EnterpriseContext {
  readonly unitCalled: (text: string) => Reference
  readonly enterpriseCalled: (text: string) => Reference
  /** The enterprise that the row is about, if it is registered already (see `rowIdentity`). */
  readonly existing: Enterprise | null
}

/** By what the enterprise of a row can be found among those there are, before the row is read. */
export function rowIdentity(
  match: HeaderMatch<EnterpriseColumnKey>,
  cells: readonly SheetCell[],
): { readonly name: string | null; readonly creditCode: string | null; readonly keyNumber: string | null } {
  const reader = readingRow(enterpriseImportColumns, match, cells, 0)
  const code = reader.text('creditCode')
  return {
    name: reader.text('name'),
    creditCode: code === null ? null : normaliseCreditCode(code),
    keyNumber: reader.text('keyNumber')?.replace(/\s/g, '').toUpperCase() ?? null,
  }
}

/**
 * The enterprise as the row says it is. A column that the sheet does not have leaves what is kept of an existing one; an empty
 * cell empties it. `diffEnterprise` of the existing and this is the preview.
 */
export function readEnterpriseRow(
  match: HeaderMatch<EnterpriseColumnKey>,
  cells: readonly SheetCell[],
  row: number,
  context: EnterpriseRowContext,
): RowReading<EnterpriseProfile> {
  const reader = readingRow(enterpriseImportColumns, match, cells, row)
  const { existing } = context
  const read: EnterpriseProfile = {
    name: reader.text('name') ?? '',
    creditCode: readCode(reader, 'creditCode'),
    alternativeKey: readAlternativeKey(reader),
    leadSector: reader.text('leadSector') ?? '',
    otherSectors: readList(reader.text('otherSectors') ?? ''),
    size: readChoice(reader, 'size', enterpriseSizes) ?? existing?.size ?? 'other',
    employees: readEmployees(reader),
    flags: readFlags(reader, existing?.flags ?? noFlags),
    principal: readContact(reader, 'principalName', 'principalPhone', existing?.principal ?? null),
    safetyManager: readContact(reader, 'safetyName', 'safetyPhone', existing?.safetyManager ?? null),
    address: reader.text('address') ?? '',
    position: readPosition(reader),
    territoryUnitId: readReference(reader, 'territory', context.unitCalled, '单位') ?? '',
    leadRegulatorId: readReference(reader, 'leadRegulator', context.unitCalled, '单位'),
    otherRegulatorIds: readReferences(reader, 'otherRegulators', context.unitCalled),
    landlordId: readReference(reader, 'landlord', context.enterpriseCalled, '企业'),
    status: readChoice(reader, 'status', enterpriseStatuses) ?? existing?.status ?? 'operating',
  }
  const { profile, refusals } = examineProfile(
    existing === null ? read : { ...read, ...keptFields(match, existing) },
    existing?.id ?? null,
    context,
  )
  // A cell that could not be read has its problem already: it needs no second one for being empty.
  const reported = new Set(reader.problems.map(({ title }) => title))
  for (const { code, message, path } of refusals) {
    const key = columnOfPath(path ?? 'name')
    const title = enterpriseImportColumns.find((each) => each.key === key)?.title ?? ''
    if (!reported.has(title)) reader.report(key, code, message)
  }
  return reader.problems.length > 0 ? { ok: false, problems: reader.problems } : { ok: true, value: profile }
}

/** Where each field is read from. Fields that mind their own missing columns (flags, contacts) are not asked about that. */
const columnsOfField: Readonly<Record<keyof EnterpriseProfile, readonly EnterpriseColumnKey[]>> = {
  name: ['name'],
  creditCode: ['creditCode'],
  alternativeKey: ['keyNumber'],
  leadSector: ['leadSector'],
  otherSectors: ['otherSectors'],
  size: ['size'],
  employees: ['employees'],
  flags: Object.keys(enterpriseFlags) as EnterpriseFlag[],
  principal: ['principalName', 'principalPhone'],
  safetyManager: ['safetyName', 'safetyPhone'],
  address: ['address'],
  position: ['longitude', 'latitude'],
  territoryUnitId: ['territory'],
  leadRegulatorId: ['leadRegulator'],
  otherRegulatorIds: ['otherRegulators'],
  landlordId: ['landlord'],
  status: ['status'],
}

function columnOfPath(path: string): EnterpriseColumnKey {
  const exact: Readonly<Record<string, EnterpriseColumnKey>> = {
    'principal.phone': 'principalPhone',
    'safetyManager.phone': 'safetyPhone',
  }
  const [field] = path.split('.')
  return exact[path] ?? columnsOfField[field as keyof EnterpriseProfile][0] ?? 'name'
}

/** The fields of which the sheet has no column at all. */
function keptFields(match: HeaderMatch<EnterpriseColumnKey>, existing: Enterprise): Partial<EnterpriseProfile> {
  const fields = Object.entries(columnsOfField).filter(([, keys]) => keys.every((key) => !match.indexOf.has(key)))
  return Object.fromEntries(fields.map(([field]) => [field, existing[field as keyof EnterpriseProfile]]))
}

type Reader = RowReader<EnterpriseColumnKey>

function readCode(reader: Reader, key: 'creditCode' | 'keyNumber'): string | null {
  const text = reader.text(key)
  if (text !== null && typeof reader.cell(key) === 'number' && text.length > 15) {
    reader.report(
      key,
      'enterprise.code-as-number',
      `“${text}”被Excel当作数字，末尾可能已失真；请把单元格改为文本格式后重新填写。`,
    )
    return null
  }
  return text
}

function readAlternativeKey(reader: Reader): EnterpriseProfile['alternativeKey'] {
  const kind: AlternativeKeyKind | null = readChoice(reader, 'keyKind', alternativeKeyKinds)
  const number = readCode(reader, 'keyNumber')
  if (number === null) return null
  if (kind !== null) return { kind, number }
  if (reader.text('keyKind') === null) {
    const kinds = Object.values(alternativeKeyKinds).join('、')
    reader.report('keyKind', 'enterprise.key-kind-required', `填写了替代编号，请同时填写“替代编号类别”（${kinds}）。`)
  }
  return null
}

function readChoice<Value extends string>(
  reader: Reader,
  key: EnterpriseColumnKey,
  labels: Readonly<Record<Value, string>>,
): Value | null {
  const text = reader.text(key)
  if (text === null) return null
  const bare = text.replace(/\s/g, '').replace(/(?:企业|工商户|以上工业|微型|型)$/, '')
  const found = (Object.keys(labels) as Value[]).find((value) => labels[value] === bare || labels[value] === text)
  if (found !== undefined) return found
  const allowed = Object.values<string>(labels).join('、')
  reader.report(key, 'enterprise.unknown-choice', `没有“${text}”这一项；请从${allowed}中选择。`)
  return null
}

function readEmployees(reader: Reader): number | null {
  const text = reader.text('employees')
  if (text === null) return null
  const employees = readWholeNumber(text)
  if (employees === null)
    reader.report('employees', 'enterprise.employees', `“${text}”不是整数；请只填写人数，不清楚的留空。`)
  return employees
}

function readFlags(reader: Reader, kept: EnterpriseProfile['flags']): EnterpriseProfile['flags'] {
  const flags = { ...kept }
  for (const flag of Object.keys(enterpriseFlags) as EnterpriseFlag[]) {
    if (!reader.hasColumn(flag)) continue
    const text = reader.text(flag)
    const value = text === null ? false : readYesNo(text)
    if (value === null) reader.report(flag, 'enterprise.yes-no', `“${text ?? ''}”看不出是或否；请填写“是”或“否”。`)
    else flags[flag] = value
  }
  return flags
}

function readContact(
  reader: Reader,
  nameKey: 'principalName' | 'safetyName',
  phoneKey: 'principalPhone' | 'safetyPhone',
  kept: EnterpriseContact | null,
): EnterpriseContact | null {
  const name = reader.hasColumn(nameKey) ? reader.text(nameKey) : (kept?.name ?? null)
  const phone = reader.hasColumn(phoneKey) ? reader.text(phoneKey) : (kept?.phone ?? null)
  // Without a name the kept telephone is nobody's.
  if (name === null && !reader.hasColumn(phoneKey)) return null
  return name === null && phone === null ? null : { name: name ?? '', phone }
}

function readPosition(reader: Reader): EnterpriseProfile['position'] {
  const longitude = reader.text('longitude')
  const latitude = reader.text('latitude')
  if (longitude === null && latitude === null) return null
  if (longitude === null || latitude === null) {
    reader.report(
      longitude === null ? 'longitude' : 'latitude',
      'enterprise.position',
      '经度和纬度要同时填写，或同时留空。',
    )
    return null
  }
  const degrees = [longitude, latitude].map((text) => (/^\d{1,3}(?:\.\d+)?$/.test(text) ? Number(text) : null))
  const [east, north] = degrees
  if (east === null || east === undefined || north === null || north === undefined) {
    const key = east === null ? 'longitude' : 'latitude'
    reader.report(key, 'enterprise.position', '经纬度应写成小数的度数，如115.892151；请改正或留空。')
    return null
  }
  return { longitude: east, latitude: north }
}

function readReference(
  reader: Reader,
  key: EnterpriseColumnKey,
  called: (text: string) => Reference,
  what: '单位' | '企业',
): string | null {
  const text = reader.text(key)
  return text === null ? null : resolve(reader, key, text, called, what)
}

function readReferences(
  reader: Reader,
  key: EnterpriseColumnKey,
  called: (text: string) => Reference,
): readonly string[] {
  return readList(reader.text(key) ?? '').flatMap((text) => resolve(reader, key, text, called, '单位') ?? [])
}

function resolve(
  reader: Reader,
  key: EnterpriseColumnKey,
  text: string,
  called: (text: string) => Reference,
  what: '单位' | '企业',
): string | null {
  const found = called(text)
  if (found === 'unknown') {
    const remedy = what === '单位' ? '请核对名称，或先登记该单位' : '请核对，或先登记该企业'
    reader.report(key, 'enterprise.unknown-reference', `找不到${what}“${text}”；${remedy}。`)
    return null
  }
  if (found === 'ambiguous') {
    const remedy = what === '单位' ? '单位代码' : '统一社会信用代码'
    reader.report(key, 'enterprise.ambiguous-reference', `有多个${what}叫“${text}”；请改填${remedy}。`)
    return null
  }
  return found.id
}
