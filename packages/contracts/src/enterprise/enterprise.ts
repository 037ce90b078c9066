import { z } from 'zod'
import { abilities, civilDate, instant, uuid, version } from '../shared/scalars.js'

export const enterpriseTag = '企业'

export const enterpriseSize = z.enum(['above-designated', 'small-micro', 'individual', 'other'])
export const enterpriseStatus = z.enum(['operating', 'suspended', 'closed', 'moved-away'])
export const enterpriseFlag = z.enum(['highRisk', 'crowded', 'labourIntensive', 'keySupervised', 'stateOwned'])
export const alternativeKeyKind = z.enum(['individual-licence', 'project-permit', 'place'])

/** Longer than any rule allows: the rules say what is wrong, here only what is absurd is kept out. */
const text = z.string().max(400)
const sector = z.string().trim().max(60)

export const enterpriseFlags = z.object({
  highRisk: z.boolean(),
  crowded: z.boolean(),
  labourIntensive: z.boolean(),
  keySupervised: z.boolean(),
  stateOwned: z.boolean(),
})

/** WGS 84, in degrees. */
const geoPosition = z.object({ longitude: z.number(), latitude: z.number() })

const contactInput = z.object({
  name: text,
  /** Left out, the telephone that is kept stays: a form never gets to see the whole number, so it cannot send it back. */
  phone: z.string().max(60).nullable().optional(),
})

export const enterpriseInput = z.object({
  name: text,
  creditCode: z.string().max(60).nullable(),
  alternativeKey: z.object({ kind: alternativeKeyKind, number: z.string().max(60) }).nullable(),
  leadSector: sector,
  otherSectors: z.array(sector).max(20),
  size: enterpriseSize,
  employees: z.number().nullable(),
  flags: enterpriseFlags,
  principal: contactInput.nullable(),
  safetyManager: contactInput.nullable(),
  address: text,
  position: geoPosition.nullable(),
  /** 属地单位 */
  territoryUnitId: uuid,
  /** 行业主管部门 */
  leadRegulatorId: uuid.nullable(),
  otherRegulatorIds: z.array(uuid).max(20),
  /** 场所出租方 */
  landlordId: uuid.nullable(),
  status: enterpriseStatus,
})
export type EnterpriseInput = z.input<typeof enterpriseInput>

/** Telephone numbers are masked wherever they are shown; the whole one is asked for with `revealEnterprisePhone`. */
const contactView = z.object({ name: z.string(), phone: z.string().nullable() })

/** `name` is null when it stands outside what the asker may see. */
const named = z.object({ id: uuid, name: z.string().nullable() })

const relatedEnterprise = z.object({ id: uuid, name: z.string(), leadSector: z.string(), status: enterpriseStatus })

/** What the hazard module tells of an enterprise; null while it tells nothing, or nothing may be known. */
export const hazardBrief = z.object({
  open: z.number().int(),
  overdue: z.number().int(),
  byState: z.array(z.object({ state: z.string(), count: z.number().int() })),
  latest: z.array(
    z.object({
      id: uuid,
      code: z.string(),
      grade: z.string(),
      state: z.string(),
      description: z.string(),
      foundOn: civilDate.nullable(),
      deadline: civilDate.nullable(),
    }),
  ),
})
export type HazardBrief = z.output<typeof hazardBrief>

export const enterpriseView = z.object({
  id: uuid,
  version,
  name: z.string(),
  creditCode: z.string().nullable(),
  alternativeKey: z.object({ kind: alternativeKeyKind, number: z.string() }).nullable(),
  leadSector: z.string(),
  otherSectors: z.array(z.string()),
  size: enterpriseSize,
  employees: z.number().int().nullable(),
  flags: enterpriseFlags,
  principal: contactView.nullable(),
  safetyManager: contactView.nullable(),
  address: z.string(),
  position: geoPosition.nullable(),
  status: enterpriseStatus,
  territory: named,
  leadRegulator: named.nullable(),
  otherRegulators: z.array(named),
  landlord: named.nullable(),
  changedAt: instant,
})
export type EnterpriseView = z.output<typeof enterpriseView>

export const enterprisePage = z.object({
  enterprise: enterpriseView,
  /** Those that rent its premises, the first fifty by name. */
  tenants: z.object({ items: z.array(relatedEnterprise), more: z.boolean() }),
  hazards: hazardBrief.nullable(),
  /** `change` at all; `place`: name, codes, sector, flags, territory, regulators, status too; `reveal`: whole telephone numbers. */
  abilities,
})
export type EnterprisePage = z.output<typeof enterprisePage>
