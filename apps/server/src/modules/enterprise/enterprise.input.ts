/** What a form sends, as the rules know it. */
import type { z } from 'zod'
import type { enterpriseInput } from '@bihuan/contracts'
import type { Enterprise, EnterpriseContact, EnterpriseProfile } from '@bihuan/domain'

type Input = z.output<typeof enterpriseInput>

/** As a form or a row of a workbook says it; what is left out is not changed. */
export type EnterpriseChanges = { readonly [Field in keyof Input]?: Input[Field] | undefined }

export function profileOf(input: Input): EnterpriseProfile {
  return { ...input, principal: contactOf(input.principal, null), safetyManager: contactOf(input.safetyManager, null) }
}

/** Fields left out are not changed; a contact without `phone` keeps the number that is kept. */
export function patchOf(changes: EnterpriseChanges, before: Enterprise | null): Partial<EnterpriseProfile> {
  const { principal, safetyManager, ...rest } = changes
  const given = Object.fromEntries(
    Object.entries(rest).filter(([, value]) => value !== undefined),
  ) as Partial<EnterpriseProfile>
  return {
    ...given,
    ...(principal === undefined ? {} : { principal: contactOf(principal, before?.principal ?? null) }),
    ...(safetyManager === undefined ? {} : { safetyManager: contactOf(safetyManager, before?.safetyManager ?? null) }),
  }
}

function contactOf(contact: Input['principal'], before: EnterpriseContact | null): EnterpriseContact | null {
  if (contact === null) return null
  return { name: contact.name, phone: contact.phone === undefined ? (before?.phone ?? null) : contact.phone }
}
