/** PostgreSQL holds no NUL in a text and no half of a surrogate pair in jsonb: neither is a name or a sentence of anybody. */
export function unstorable(value: unknown): boolean {
  if (typeof value === 'string') return /\u0000|\p{Surrogate}/u.test(value)
  if (Array.isArray(value)) return value.some(unstorable)
  if (value === null || typeof value !== 'object' || Buffer.isBuffer(value)) return false
  return Object.entries(value).some(([key, member]) => unstorable(key) || unstorable(member))
}
