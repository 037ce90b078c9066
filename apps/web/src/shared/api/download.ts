import type { Route } from '@bihuan/contracts'
import { knock, type CallArgs, type CallOptions } from './call.js'
import { failureFromAnswer, failureFromNetwork } from './failure.js'

export interface Fetched {
  readonly name: string
  readonly blob: Blob
}

/** A file that a route gives, by the name that the server chose. */
export async function fetchFile<R extends Route>(
  route: R,
  args: CallArgs<R>,
  options: CallOptions = {},
): Promise<Fetched> {
  const response = await knock(route, args, options)
  if (!response.ok) {
    const body: unknown = await response.json().catch(() => undefined)
    throw failureFromAnswer(response.status, body, response.headers.get('x-request-id'))
  }
  const type = response.headers.get('content-type') ?? 'application/octet-stream'
  const expected = Number(response.headers.get('content-length') ?? 0)
  const chunks: BlobPart[] = []
  const reader = response.body?.getReader()
  let got = 0
  try {
    for (let next = await reader?.read(); next && !next.done; next = await reader?.read()) {
      chunks.push(next.value)
      got += next.value.length
      if (expected > 0) options.onProgress?.(Math.min(1, got / expected))
    }
  } catch {
    throw failureFromNetwork()
  }
  return { name: fileNameOf(response.headers.get('content-disposition')) ?? '下载', blob: new Blob(chunks, { type }) }
}

/** Fetches, and hands the file to the browser's own download. */
export async function download<R extends Route>(route: R, args: CallArgs<R>, options: CallOptions = {}): Promise<void> {
  const file = await fetchFile(route, args, options)
  const address = URL.createObjectURL(file.blob)
  const link = document.createElement('a')
  link.href = address
  link.download = file.name
  link.click()
  // Safari still reads it after the click; a minute is enough, and the tab's end frees it anyway.
  setTimeout(() => URL.revokeObjectURL(address), 60_000)
}

/** RFC 6266: the encoded name wins over the plain one, which can hold no Chinese. */
export function fileNameOf(disposition: string | null): string | null {
  if (!disposition) return null
  const encoded = /filename\*=(?:UTF-8|utf-8)''([^;]+)/.exec(disposition)?.[1]
  if (encoded) {
    try {
      return decodeURIComponent(encoded)
    } catch {
      return null
    }
  }
  return /filename="?([^";]+)"?/.exec(disposition)?.[1] ?? null
}
