export interface UploadOptions {
  readonly signal?: AbortSignal
  /** 0 to 1. */
  readonly onProgress?: (part: number) => void
}

/** `fetch` tells nothing about how far an upload is; XMLHttpRequest does. The answer is made into a `Response` again. */
export function upload(
  method: string,
  address: string,
  headers: Headers,
  files: readonly File[],
  fields: Readonly<Record<string, string>>,
  options: UploadOptions,
): Promise<Response> {
  const form = new FormData()
  // Text first: the server reads a stream, and must know what it gets before the bytes come.
  for (const [name, value] of Object.entries(fields)) form.append(name, value)
  for (const file of files) form.append('file', file, file.name)

  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest()
    request.open(method, address)
    request.responseType = 'text'
    headers.forEach((value, name) => request.setRequestHeader(name, value))
    request.upload.onprogress = (event) => {
      if (event.lengthComputable) options.onProgress?.(event.loaded / event.total)
    }
    request.onload = () => {
      const answered = new Headers()
      const requestId = request.getResponseHeader('x-request-id')
      if (requestId) answered.set('x-request-id', requestId)
      // A Response of 204 must have no body, not even an empty one.
      resolve(
        new Response(request.status === 204 ? null : request.responseText, {
          status: request.status,
          headers: answered,
        }),
      )
    }
    request.onerror = () => reject(new TypeError('network'))
    request.onabort = () => reject(new DOMException('aborted', 'AbortError'))
    options.signal?.addEventListener('abort', () => request.abort(), { once: true })
    request.send(form)
  })
}
