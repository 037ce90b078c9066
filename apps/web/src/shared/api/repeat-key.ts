import { worthRepeating } from './failure.js'

/**
 * One key for one act, however often it is sent: a press repeated after the line broke carries the same key, and the
 * server gives the first answer again. Another body is another act; an answer (done or refused) ends it.
 */
export class RepeatKey {
  private held: { readonly act: string; readonly key: string } | null = null

  constructor(private readonly draw: () => string = () => crypto.randomUUID()) {}

  for(args: unknown): string {
    const act = JSON.stringify(args, (_, value: unknown) =>
      value instanceof Blob ? `${value instanceof File ? value.name : ''}:${value.size}` : value,
    )
    if (this.held?.act !== act) this.held = { act, key: this.draw() }
    return this.held.key
  }

  settled(failure?: unknown): void {
    if (failure === undefined || !worthRepeating(failure)) this.held = null
  }
}
