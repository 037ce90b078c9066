/** Figures as people write them: exact decimals in the unit of the table, without a way through binary fractions. */
import { decided, refused, type Decision } from '../shared/decision.js'

/** A value in smallest units as a decimal: 1,234,500 分 at the scale of 万元 is 1.2345. */
export function figureText(value: number, scale: number): string {
  const digits = Math.round(Math.log10(scale))
  if (!Number.isSafeInteger(value) || 10 ** digits !== scale)
    throw new RangeError(`No decimal for ${value} at ${scale}`)
  const all = String(Math.abs(value)).padStart(digits + 1, '0')
  const fraction = all.slice(all.length - digits).replace(/0+$/, '')
  const whole = all.slice(0, all.length - digits)
  return `${value < 0 ? '-' : ''}${whole}${digits === 0 || fraction === '' ? '' : `.${fraction}`}`
}

/** What somebody typed into a cell, in smallest units. An empty cell is null, which is not zero. */
export function parseFigure(text: string, scale: number, path?: string): Decision<number | null> {
  const bare = text.normalize('NFKC').replace(/[\s,]/g, '')
  if (bare === '') return decided(null)
  const match = /^(\d{1,16})(?:\.(\d+))?$/.exec(bare)
  if (match === null) {
    return refused('report.not-a-number', `“${text.trim()}”不是数字；请填写不小于0的数字，没有的填0。`, path)
  }
  const digits = Math.round(Math.log10(scale))
  const fraction = (match[2] ?? '').replace(/0+$/, '')
  if (fraction.length > digits) {
    return refused(
      'report.too-precise',
      digits === 0 ? `“${bare}”应为整数；请改正。` : `“${bare}”最多保留${digits}位小数；请改正。`,
      path,
    )
  }
  const value = Number(`${match[1] ?? '0'}${fraction.padEnd(digits, '0')}`)
  if (!Number.isSafeInteger(value)) return refused('report.too-large', `“${bare}”太大；请核对单位。`, path)
  return decided(value)
}
