/**
 * How figures spread: the median and the median absolute deviation. A mean and a standard deviation are moved by the very figure
 * that is looked for, and by one wrong month among five; these two stay where they are until half of the figures are wrong.
 */
export interface Spread {
  readonly count: number
  readonly median: number
  /** The median of the distances to the median (MAD), in the unit of the figures. */
  readonly deviation: number
}

/** Null of no figures. */
export function spreadOf(values: readonly number[]): Spread | null {
  if (values.length === 0) return null
  const median = medianOf(values)
  return { count: values.length, median, deviation: medianOf(values.map((value) => Math.abs(value - median))) }
}

function medianOf(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  const middle = sorted.length / 2
  const [low = 0, high = low] = sorted.slice(Math.ceil(middle) - 1, Math.floor(middle) + 1)
  return (low + high) / 2
}

/**
 * The modified z-score of Iglewicz and Hoaglin (1993): 0.6745 makes the deviation of a normal distribution one. Of figures that were
 * all the same every other figure is infinitely far; whether the difference matters is another question, and asked beside this one.
 */
export function robustScore(value: number, { median, deviation }: Spread): number {
  if (value === median) return 0
  return deviation === 0 ? Infinity : (0.6745 * Math.abs(value - median)) / deviation
}
