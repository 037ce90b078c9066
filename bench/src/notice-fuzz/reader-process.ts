/** The process that reads: takes one file at a time, and tells how it went and what it took. */
import { OfficeRefusal, readNotice } from '@bihuan/office'

export interface FuzzCase {
  readonly bytes: Uint8Array
  readonly name: string
}

export interface FuzzAnswer {
  readonly outcome: 'read' | 'refused' | 'crashed'
  /** The code of the refusal, or what was thrown. */
  readonly why: string
  /** Of the processor, so that other work of the machine does not count. */
  readonly milliseconds: number
  readonly pages: number
  /** The most memory that this process has had. */
  readonly peakMegabytes: number
}

// tsx turns them on, and the map of pdf.js alone takes more memory than any notice: as soon as one error is thrown in it.
process.setSourceMapsEnabled(false)

// As in the thread in which the server reads: promises of pdf.js that nobody waits for.
process.on('unhandledRejection', (cause) => {
  if (!(cause instanceof Error && /Exception$/.test(cause.name))) throw cause
})

process.on('message', (given: FuzzCase) => {
  void answer(given).then((said) => process.send?.(said))
})

async function answer({ bytes, name }: FuzzCase): Promise<FuzzAnswer> {
  const began = process.cpuUsage()
  let pages = 1
  const result = await readNotice(new Uint8Array(bytes), name, {}, (page) => (pages = page)).then(
    ({ text, blocks }) => {
      pages = Math.max(pages, Math.ceil(text.length / 700))
      // What a reader would do with it: every block lies in the text.
      const isSound = blocks.every(({ start, end }) => start >= 0 && start <= end && end <= text.length)
      return {
        outcome: isSound ? ('read' as const) : ('crashed' as const),
        why: isSound ? '' : 'offsets beyond the text',
      }
    },
    (cause: unknown) =>
      cause instanceof OfficeRefusal
        ? { outcome: 'refused' as const, why: cause.code }
        : { outcome: 'crashed' as const, why: cause instanceof Error ? (cause.stack ?? cause.message) : String(cause) },
  )
  const { user, system } = process.cpuUsage(began)
  return {
    ...result,
    milliseconds: (user + system) / 1000,
    pages,
    peakMegabytes: process.resourceUsage().maxRSS / 1024,
  }
}
