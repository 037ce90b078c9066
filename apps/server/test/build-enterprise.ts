/** An enterprise that is registered, with all that is known of it: `await buildEnterprise(test, town, { name: '柳河家具厂' })`. */
import type { EnterpriseInput } from '@bihuan/contracts'
import { creditCodeOf } from '@bihuan/domain'
import type { Actor } from '../src/platform/actor.js'
import { registerEnterprise } from '../src/modules/enterprise/index.js'
import type { StoredEnterprise } from '../src/modules/enterprise/index.js'
import { inTenant, unique, type TestApp, type TestUnit } from './builders.js'

let ordinal = 0

export function nextCreditCode(): string {
  ordinal += 1
  return creditCodeOf('91', '360100', ordinal + process.pid * 1000)
}

/** A form as the web sends it, whole and right. */
export function enterpriseForm(territoryUnitId: string, overrides: Partial<EnterpriseInput> = {}): EnterpriseInput {
  return {
    name: `${unique('青榆')}家具有限公司`,
    creditCode: nextCreditCode(),
    alternativeKey: null,
    leadSector: '工贸',
    otherSectors: [],
    size: 'small-micro',
    employees: 25,
    flags: { highRisk: false, crowded: false, labourIntensive: true, keySupervised: false, stateOwned: false },
    principal: { name: '周青', phone: '13800001234' },
    safetyManager: { name: '吴岚', phone: '0791-86260001' },
    address: `青榆区柳河路${unique('')}号`,
    position: null,
    territoryUnitId,
    leadRegulatorId: null,
    otherRegulatorIds: [],
    landlordId: null,
    status: 'operating',
    ...overrides,
  }
}

export async function buildEnterprise(
  test: TestApp,
  territory: TestUnit,
  overrides: Partial<EnterpriseInput> = {},
): Promise<StoredEnterprise> {
  const form = enterpriseForm(territory.id, overrides)
  const contact = (given: EnterpriseInput['principal']) =>
    given === null ? null : { name: given.name, phone: given.phone ?? null }
  const made = await inTenant(test, territory.tenantId, (handle) =>
    registerEnterprise(
      handle,
      wholeTenant(territory),
      {
        profile: { ...form, principal: contact(form.principal), safetyManager: contact(form.safetyManager) },
        since: null,
      },
      test.clock,
    ),
  )
  if (!made.ok) throw new Error(`${made.refusal.code}: ${made.refusal.message}`)
  return made.value
}

/** Somebody who reaches everything of the tenant: for builders, never for a test of rules. */
function wholeTenant({ tenantId, id, name }: TestUnit): Actor {
  return {
    tenantId,
    accountId: '00000000-0000-7000-8000-000000000000',
    personName: '测试',
    unitId: id,
    unitName: name,
    unitKind: 'district',
    reach: { tenantId, accountId: null, path: '/', scope: [], lines: [], parties: [], audit: false },
    permissions: new Set(['enterprise.register', 'enterprise.read', 'enterprise.change']),
    via: 'cli',
    address: 'test',
    sessionId: null,
  }
}
