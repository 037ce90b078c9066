/** What may be registered of an enterprise, and what may be changed. */
import { decided, refused, type Decision, type Refusal } from '../shared/decision.js'
import { sectorKey } from '../organization/index.js'
import { decideCreditCode } from './credit-code.js'
import { diffEnterprise } from './difference.js'
import {
  enterpriseStatuses,
  type AlternativeKey,
  type Enterprise,
  type EnterpriseContact,
  type EnterpriseProfile,
  type EnterpriseStatus,
  type GeoPosition,
} from './enterprise.js'
import { decidePhone } from './phone.js'

export interface EnterpriseContext {
  /** Another enterprise of the tenant with this credit code or alternative key, if there is one. */
  readonly holderOfCode: (code: string) => { readonly id: string; readonly name: string } | null
}

/** Which status may follow which. A firm that came back is opened again, with a reason. */
const statusTransitions: Readonly<Record<EnterpriseStatus, readonly EnterpriseStatus[]>> = {
  operating: ['suspended', 'closed', 'moved-away'],
  suspended: ['operating', 'closed', 'moved-away'],
  closed: ['operating'],
  'moved-away': ['operating'],
}

export function decideRegister(
  id: string,
  profile: EnterpriseProfile,
  context: EnterpriseContext,
): Decision<Enterprise> {
  const { profile: tidy, refusals } = examineProfile(profile, id, context)
  const [first] = refusals
  if (first !== undefined) return { ok: false, refusal: first }
  if (tidy.status === 'closed' || tidy.status === 'moved-away') {
    const status = enterpriseStatuses[tidy.status]
    return refused(
      'enterprise.registered-gone',
      `${status}的企业不用登记；如需补录，请先按在营登记，再变更状态。`,
      'status',
    )
  }
  return decided({ ...tidy, id })
}

export interface EnterpriseChange {
  readonly patch: Partial<EnterpriseProfile>
  /** Needed where identity or existence changes. */
  readonly reason: string | null
}

/** Answers the enterprise as it is afterwards. What changed is told by `diffEnterprise`. */
export function decideChange(
  existing: Enterprise,
  change: EnterpriseChange,
  context: EnterpriseContext,
): Decision<Enterprise> {
  const { profile, refusals } = examineProfile({ ...existing, ...change.patch }, existing.id, context)
  const [first] = refusals
  if (first !== undefined) return { ok: false, refusal: first }
  const next: Enterprise = { ...profile, id: existing.id }
  const hasChanged = diffEnterprise(existing, next).length > 0
  const hasReason = (change.reason ?? '').trim() !== ''
  if (next.status !== existing.status) {
    const [from, to] = [enterpriseStatuses[existing.status], enterpriseStatuses[next.status]]
    if (!statusTransitions[existing.status].includes(next.status)) {
      return refused('enterprise.status-transition', `企业“${from}”，不能直接改为“${to}”；请先恢复为在营。`, 'status')
    }
    if (!hasReason) return refused('enterprise.reason-required', `把企业由“${from}”改为“${to}”，请写明原因。`, 'reason')
  } else if ((existing.status === 'closed' || existing.status === 'moved-away') && hasChanged) {
    const status = enterpriseStatuses[existing.status]
    return refused('enterprise.gone', `企业${status}，信息不再修改；如确需修改，请先恢复为在营。`, 'status')
  }
  if (existing.creditCode !== null && next.creditCode !== existing.creditCode && !hasReason) {
    return refused('enterprise.reason-required', '更改统一社会信用代码等于更换主体，请写明原因。', 'reason')
  }
  if (!hasChanged) return refused('enterprise.nothing-changed', '没有任何改动，不必保存。')
  return decided(next)
}

/** Brings a profile into its normal form, and says everything that is wrong with it: for forms one, for imports all. */
export function examineProfile(
  given: EnterpriseProfile,
  ownId: string | null,
  context: EnterpriseContext,
): { readonly profile: EnterpriseProfile; readonly refusals: readonly Refusal[] } {
  const refusals: Refusal[] = []
  const refuse = (code: string, message: string, path: string) => {
    refusals.push({ code: `enterprise.${code}`, message, path })
  }
  const settle = <Value>(decision: Decision<Value>, otherwise: Value): Value => {
    if (decision.ok) return decision.value
    refusals.push(decision.refusal)
    return otherwise
  }

  const name = given.name.normalize('NFKC').replace(/\s+/g, ' ').trim()
  if ([...name].length < 2 || [...name].length > 100) {
    refuse('name-length', '企业名称应为2至100个字；请按营业执照填写全称。', 'name')
  }
  const creditCode = given.creditCode === null ? null : settle(decideCreditCode(given.creditCode), given.creditCode)
  const alternativeKey = tidyKey(given.alternativeKey)
  if (creditCode === null && alternativeKey === null) {
    const message =
      '请填写统一社会信用代码；个体、在建项目等没有代码的，请填写替代编号（注册号、施工许可证号或场所编号）。'
    refuse('code-required', message, 'creditCode')
  }
  for (const [code, path] of [
    [creditCode, 'creditCode'],
    [alternativeKey?.number ?? null, 'alternativeKey.number'],
  ] as const) {
    const holder = code === null ? null : context.holderOfCode(code)
    if (holder !== null && holder.id !== ownId) {
      refuse('code-taken', `代码${code ?? ''}已登记为“${holder.name}”；请打开该企业修改，不要重复登记。`, path)
    }
  }

  const leadSector = given.leadSector.normalize('NFKC').trim()
  if (leadSector === '') refuse('sector-required', '请选择所属行业领域。', 'leadSector')
  const otherSectors = uniqueBy(
    given.otherSectors.map((sector) => sector.normalize('NFKC').trim()),
    sectorKey,
  ).filter((sector) => sector !== '' && sectorKey(sector) !== sectorKey(leadSector))

  const { employees } = given
  if (employees !== null && (!Number.isInteger(employees) || employees < 0 || employees > 1_000_000)) {
    refuse('employees', '从业人数应为0至1000000的整数；请改正，不清楚的留空。', 'employees')
  }
  const principal = settle(decideContact(given.principal, 'principal', '主要负责人'), given.principal)
  const safetyManager = settle(decideContact(given.safetyManager, 'safetyManager', '安全管理人员'), given.safetyManager)

  const address = given.address.normalize('NFKC').replace(/\s+/g, ' ').trim()
  if ([...address].length < 2 || [...address].length > 200)
    refuse('address', '地址应为2至200个字；请填写实际经营地址。', 'address')
  if (given.position !== null && !isInChina(given.position)) {
    refuse('position', '坐标不在国内：经度应在73至136之间，纬度应在3至54之间；请检查经纬度是否填反。', 'position')
  }
  if (given.territoryUnitId === '') refuse('territory-required', '请选择属地单位。', 'territoryUnitId')
  const otherRegulatorIds = uniqueBy(given.otherRegulatorIds, (id) => id).filter((id) => id !== given.leadRegulatorId)
  if (given.leadRegulatorId === null && otherRegulatorIds.length > 0) {
    refuse('lead-regulator-required', '有共管部门时，必须先选择行业主管部门。', 'leadRegulatorId')
  }
  if (given.landlordId !== null && given.landlordId === ownId) {
    refuse('own-landlord', '出租方不能是企业自己；自有场所请留空。', 'landlordId')
  }
  return {
    profile: {
      name,
      creditCode,
      alternativeKey,
      leadSector,
      otherSectors,
      size: given.size,
      employees,
      flags: { ...given.flags },
      principal,
      safetyManager,
      address,
      position: given.position,
      territoryUnitId: given.territoryUnitId,
      leadRegulatorId: given.leadRegulatorId,
      otherRegulatorIds,
      landlordId: given.landlordId,
      status: given.status,
    },
    refusals,
  }
}

function decideContact(
  contact: EnterpriseContact | null,
  path: string,
  label: string,
): Decision<EnterpriseContact | null> {
  if (contact === null) return decided(null)
  const name = contact.name.normalize('NFKC').replace(/\s/g, '')
  if (name === '') return refused('enterprise.contact-name', `请填写${label}的姓名，或把电话一并清空。`, `${path}.name`)
  if ([...name].length > 30 || /\d/.test(name)) {
    return refused(
      'enterprise.contact-name',
      `${label}“${name}”不像姓名；请只填写姓名，不带电话和职务。`,
      `${path}.name`,
    )
  }
  if (contact.phone === null || contact.phone.trim() === '') return decided({ name, phone: null })
  const phone = decidePhone(contact.phone, `${path}.phone`)
  return phone.ok ? decided({ name, phone: phone.value }) : phone
}

function tidyKey(key: AlternativeKey | null): AlternativeKey | null {
  if (key === null) return null
  const number = key.number.normalize('NFKC').replace(/\s/g, '').toUpperCase()
  return number === '' ? null : { kind: key.kind, number }
}

function isInChina({ longitude, latitude }: GeoPosition): boolean {
  return longitude >= 73 && longitude <= 136 && latitude >= 3 && latitude <= 54
}

function uniqueBy(values: readonly string[], keyOf: (value: string) => string): readonly string[] {
  const seen = new Map<string, string>()
  for (const value of values) if (!seen.has(keyOf(value))) seen.set(keyOf(value), value)
  return [...seen.values()]
}
