/**
 * V8 lets garbage grow to some 500 MB before its first full collection, however little is alive, and sets its limits by what is
 * alive only after that one. A long job that makes megabytes of strings a batch collects at its beginning and now and then: an
 * import of 50,000 rows took 589 MB without it (docs/performance.md).
 */
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'

let collect: (() => void) | null = null

export function collectGarbage(): void {
  if (collect === null) {
    // The one way to it that needs no flag at the start of the process; https://nodejs.org/api/v8.html#v8setflagsfromstringflags.
    setFlagsFromString('--expose-gc')
    collect = runInNewContext('gc') as () => void
    setFlagsFromString('--no-expose-gc')
  }
  collect()
}
