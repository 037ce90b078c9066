export interface Figure {
  /** What was measured: `first start, empty folder`. */
  readonly what: string
  /** With its unit: `4.1 s`. */
  readonly value: string
  /** What the issue asks: `≤ 20 s`. */
  readonly limit?: string
  /** Whether the limit is kept; left out where there is none. */
  readonly kept?: boolean
}

export interface Bench {
  readonly name: string
  readonly setting: string
  /** Gives its figures, or says them itself. `minutes`: how long one may go on that has no end of its own. */
  run(smoke: boolean, minutes?: number): Promise<readonly Figure[] | void>
}
