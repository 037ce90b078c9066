/** What the trail keeps of a change: the fields that changed, and of telephone numbers only that they did. */
import { maskPhone, type Enterprise, type EnterpriseContact } from '@bihuan/domain'

export function auditedChange(
  before: Enterprise | null,
  after: Enterprise,
): { before?: Record<string, unknown>; after: Record<string, unknown> } {
  if (before === null) return { after: { ...masked(after) } }
  const fields = (Object.keys(after) as (keyof Enterprise)[]).filter(
    (field) => JSON.stringify(before[field]) !== JSON.stringify(after[field]),
  )
  const only = (enterprise: Enterprise) => {
    const hidden = masked(enterprise)
    return Object.fromEntries(fields.map((field) => [field, hidden[field]]))
  }
  return { before: only(before), after: only(after) }
}

function masked(enterprise: Enterprise): Enterprise {
  return {
    ...enterprise,
    principal: maskedContact(enterprise.principal),
    safetyManager: maskedContact(enterprise.safetyManager),
  }
}

export function maskedContact(contact: EnterpriseContact | null): EnterpriseContact | null {
  return contact === null
    ? null
    : { name: contact.name, phone: contact.phone === null ? null : maskPhone(contact.phone) }
}
