import type { AnswerOf, BodyOf, ParamsOf, QueryOf, Route } from '@bihuan/contracts'
import { pathOf, queryOf } from './address.js'
import { failureFromAnswer, failureFromNetwork } from './failure.js'

type Part<Name extends string, T> = [T] extends [undefined]
  ? { readonly [N in Name]?: undefined }
  : Record<never, never> extends T
    ? { readonly [N in Name]?: T }
    : { readonly [N in Name]: T }

/** What a route must be told: only the parts that its contract names, and `files` where it takes an upload. */
export type CallArgs<R extends Route> = Part<'params', ParamsOf<R>> &
  Part<'query', QueryOf<R>> &
  Part<'body', BodyOf<R>> & {
    /** For routes that take an upload: sent as `file` parts, after the text fields of `fields`. */
    readonly files?: readonly File[]
    readonly fields?: Readonly<Record<string, string>>
  }

export interface CallOptions {
  readonly signal?: AbortSignal
  /** Kept by the caller across repeats of the same act, see `repeat-key.ts`. */
  readonly idempotencyKey?: string
  /** 0 to 1, of an upload or of a download. */
  readonly onProgress?: (part: number) => void
}

/** Asks one route and gives its answer, or throws an `ApiFailure`. */
export async function call<R extends Route>(
  route: R,
  args: CallArgs<R>,
  options: CallOptions = {},
): Promise<AnswerOf<R>> {
  const response = await knock(route, args, options)
  const body = await readJson(response)
  if (!response.ok) throw failureFromAnswer(response.status, body, response.headers.get('x-request-id'))
  return body as AnswerOf<R>
}

/** The bare response: `download.ts` reads a file from it. */
export async function knock<R extends Route>(route: R, args: CallArgs<R>, options: CallOptions): Promise<Response> {
  const address = pathOf(route.path, args.params) + queryOf(args.query)
  const headers = new Headers({ 'x-requested-with': 'bihuan', accept: 'application/json' })
  if (route.gives === 'file') headers.set('accept', '*/*')
  if (route.idempotent) headers.set('idempotency-key', options.idempotencyKey ?? crypto.randomUUID())
  try {
    if (route.takes === 'upload') {
      const { upload } = await import('./upload.js')
      return await upload(route.method, address, headers, args.files ?? [], args.fields ?? {}, options)
    }
    const init: RequestInit = { method: route.method, headers, credentials: 'same-origin' }
    if (route.takes === 'json' && args.body !== undefined) {
      headers.set('content-type', 'application/json')
      init.body = JSON.stringify(args.body)
    }
    if (options.signal) init.signal = options.signal
    return await fetch(address, init)
  } catch (thrown) {
    // Leaving a page is no failure: react-query knows an abort by its name.
    if (thrown instanceof DOMException && thrown.name === 'AbortError') throw thrown
    throw failureFromNetwork()
  }
}

async function readJson(response: Response): Promise<unknown> {
  if (response.status === 204) return undefined
  const text = await response.text().catch(() => {
    throw failureFromNetwork()
  })
  if (text === '') return undefined
  try {
    return JSON.parse(text)
  } catch {
    // A proxy's HTML page, mostly: the status says enough.
    if (response.ok) throw failureFromAnswer(response.status, undefined, response.headers.get('x-request-id'))
    return undefined
  }
}
