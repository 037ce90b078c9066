/** What the form holds, and what of it is sent. */
import type { EnterpriseInput, EnterpriseView } from '@bihuan/contracts'
import type { EnterpriseFlag } from '@bihuan/domain'

export interface EnterpriseValues {
  name?: string
  creditCode?: string
  alternativeKey?: { kind?: 'individual-licence' | 'project-permit' | 'place'; number?: string }
  leadSector?: string
  otherSectors?: string[]
  size?: EnterpriseInput['size']
  employees?: number | null
  flags?: EnterpriseFlag[]
  principal?: { name?: string; phone?: string }
  safetyManager?: { name?: string; phone?: string }
  address?: string
  position?: { longitude?: number | null; latitude?: number | null }
  territoryUnitId?: string | null
  leadRegulatorId?: string | null
  otherRegulatorIds?: string[]
  landlordId?: string | null
  status?: EnterpriseInput['status']
  since?: string | null
  reason?: string
  from?: string | null
}

export const blankEnterprise: EnterpriseValues = {
  size: 'small-micro',
  status: 'operating',
  otherSectors: [],
  flags: [],
}

const textOf = (text: string | null | undefined) => (text ?? '').trim()

/** `keepsPhones`: an empty telephone field means the number that is kept, since the form never held it. */
export function inputOf(values: EnterpriseValues, keepsPhones: boolean): EnterpriseInput {
  const { alternativeKey, position } = values
  const contact = (given: EnterpriseValues['principal']): EnterpriseInput['principal'] => {
    const [name, phone] = [textOf(given?.name), textOf(given?.phone)]
    if (name === '' && phone === '') return null
    return { name, ...(phone === '' && keepsPhones ? {} : { phone: phone === '' ? null : phone }) }
  }
  const has = (flag: EnterpriseFlag) => values.flags?.includes(flag) === true
  return {
    name: textOf(values.name),
    creditCode: textOf(values.creditCode) || null,
    alternativeKey:
      textOf(alternativeKey?.number) === ''
        ? null
        : { kind: alternativeKey?.kind ?? 'individual-licence', number: textOf(alternativeKey?.number) },
    leadSector: textOf(values.leadSector),
    otherSectors: values.otherSectors ?? [],
    size: values.size ?? 'other',
    employees: values.employees ?? null,
    flags: {
      highRisk: has('highRisk'),
      crowded: has('crowded'),
      labourIntensive: has('labourIntensive'),
      keySupervised: has('keySupervised'),
      stateOwned: has('stateOwned'),
    },
    principal: contact(values.principal),
    safetyManager: contact(values.safetyManager),
    address: textOf(values.address),
    position:
      typeof position?.longitude === 'number' && typeof position.latitude === 'number'
        ? { longitude: position.longitude, latitude: position.latitude }
        : null,
    territoryUnitId: values.territoryUnitId ?? '',
    leadRegulatorId: values.leadRegulatorId ?? null,
    otherRegulatorIds: values.otherRegulatorIds ?? [],
    landlordId: values.landlordId ?? null,
    status: values.status ?? 'operating',
  }
}

export function valuesOf(view: EnterpriseView): EnterpriseValues {
  const contact = (given: EnterpriseView['principal']) => (given === null ? {} : { name: given.name })
  return {
    name: view.name,
    creditCode: view.creditCode ?? '',
    alternativeKey: view.alternativeKey ?? {},
    leadSector: view.leadSector,
    otherSectors: view.otherSectors,
    size: view.size,
    employees: view.employees,
    flags: (Object.keys(view.flags) as EnterpriseFlag[]).filter((flag) => view.flags[flag]),
    principal: contact(view.principal),
    safetyManager: contact(view.safetyManager),
    address: view.address,
    position: view.position ?? {},
    territoryUnitId: view.territory.id,
    leadRegulatorId: view.leadRegulator?.id ?? null,
    otherRegulatorIds: view.otherRegulators.map(({ id }) => id),
    landlordId: view.landlord?.id ?? null,
    status: view.status,
  }
}

/** Only what differs is sent: a field that somebody else changed meanwhile is not overwritten with what the form was opened with. */
export function changesOf(view: EnterpriseView, values: EnterpriseValues): Partial<EnterpriseInput> {
  const before = inputOf(valuesOf(view), true)
  const after = inputOf(values, true)
  const differing = (Object.keys(after) as (keyof EnterpriseInput)[]).filter(
    (field) => JSON.stringify(before[field]) !== JSON.stringify(after[field]),
  )
  return Object.fromEntries(differing.map((field) => [field, after[field]]))
}
