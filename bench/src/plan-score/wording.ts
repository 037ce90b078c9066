/** How wording is compared: without white space, blanks to fill in, brackets and other punctuation, full and half width alike. */
export function plainWording(text: string): string {
  return text.normalize('NFKC').replace(/[^\p{L}\p{N}%@*]/gu, '')
}

export function sameWording(one: string | null, other: string | null): boolean {
  if (one === null || other === null) return one === other
  return plainWording(one) === plainWording(other)
}

/** The share of pairs of neighbouring characters that two texts have in common: 1 for the same text. */
export function likeness(one: string, other: string): number {
  const [a, b] = [plainWording(one), plainWording(other)]
  if (a === b) return 1
  if (a.length < 2 || b.length < 2) return 0
  const pairs = new Map<string, number>()
  for (let at = 0; at + 1 < a.length; at++) pairs.set(a.slice(at, at + 2), (pairs.get(a.slice(at, at + 2)) ?? 0) + 1)
  let common = 0
  for (let at = 0; at + 1 < b.length; at++) {
    const pair = b.slice(at, at + 2)
    const left = pairs.get(pair) ?? 0
    if (left > 0) common++
    pairs.set(pair, left - 1)
  }
  return (2 * common) / (a.length + b.length - 2)
}

/** For what "need only be close": most pairs in common, or one the shortened other. */
export function closeWording(one: string | null, other: string | null): boolean {
  if (one === null || other === null) return one === other
  const [a, b] = [plainWording(one), plainWording(other)]
  if (a === b) return true
  const [short, long] = a.length < b.length ? [a, b] : [b, a]
  if (short.length >= 4 && long.includes(short) && short.length * 2 >= long.length) return true
  return likeness(a, b) >= 0.6
}

export function sameSector(one: string, other: string): boolean {
  const bare = (text: string) => plainWording(text).replace(/安全$/, '')
  return bare(one) === bare(other)
}
