import type { ApiFailure } from '../../../shared/api/failure.js'

export type Extra = 'oneTimeCode' | 'tenant'

/** Which field the server misses: it names the place, or its code does. Asked for once, a field stays. */
export function askedFor(failure: ApiFailure | null, before: readonly Extra[] = []): readonly Extra[] {
  if (!failure) return before
  const asked = new Set(before)
  for (const place of failure.places) {
    const name = place.path?.replace(/^body\./, '')
    if (name === 'oneTimeCode' || name === 'tenant') asked.add(name)
  }
  if (/one-time|second-factor|totp/.test(failure.code)) asked.add('oneTimeCode')
  if (/tenant/.test(failure.code)) asked.add('tenant')
  return [...asked]
}
