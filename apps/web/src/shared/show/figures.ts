/** Figures arrive as numbers, or as text where PostgreSQL's numeric must not be rounded. */

export function amountText(value: number | string): string {
  return grouped(String(value))
}

/** 12345.6 -> 12,345.60. Rounded on the decimal text, so that 1.005 is 1.01 as on paper, not 1.00 as in floating point. */
export function moneyText(wan: number | string): string {
  const given = String(wan)
  const [, sign = '', whole = '0', part = ''] = /^(-?)(\d*)(?:\.(\d*))?$/.exec(given) ?? []
  if (!/^-?\d*\.?\d*$/.test(given)) return given
  let cents = BigInt((whole || '0') + part.padEnd(2, '0').slice(0, 2))
  if ((part[2] ?? '0') >= '5') cents += 1n
  const digits = cents.toString().padStart(3, '0')
  return grouped(`${cents === 0n ? '' : sign}${digits.slice(0, -2)}.${digits.slice(-2)}`)
}

function grouped(text: string): string {
  const [whole = '', part] = text.split('.')
  const spaced = whole.replace(/\B(?=(\d{3})+$)/g, ',')
  return part === undefined ? spaced : `${spaced}.${part}`
}
