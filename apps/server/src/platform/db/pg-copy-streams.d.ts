/** What we use of pg-copy-streams, which ships no types. */
declare module 'pg-copy-streams' {
  import type { Readable, Writable } from 'node:stream'
  import type { Submittable } from 'pg'

  /** The rows as chunks that need not end with a row. */
  export function to(statement: string): Submittable & Readable & { readonly rowCount: number }
  export function from(statement: string): Submittable & Writable & { readonly rowCount: number }
}
