/** Which record, at which version, a row of an exported sheet stands for. It travels in a hidden column of the row itself. */
export interface RowIdentity {
  readonly id: string
  readonly version: number
}

const SHAPE = /^bihuan:([A-Za-z0-9_-]{1,64}):(\d{1,9})$/

export function formatRowIdentity({ id, version }: RowIdentity): string {
  const text = `bihuan:${id}:${version}`
  if (!SHAPE.test(text)) throw new RangeError('a row identity holds letters, digits, - and _ and a whole version')
  return text
}

/** Null for a row that the user added, or whose mark was altered. */
export function parseRowIdentity(text: unknown): RowIdentity | null {
  const [, id, version] = (typeof text === 'string' && SHAPE.exec(text.trim())) || []
  return id === undefined || version === undefined ? null : { id, version: Number(version) }
}
