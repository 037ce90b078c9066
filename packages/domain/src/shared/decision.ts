/** A rule's answer: either what happened, or a refusal. A refusal is a value, with a stable code and a Chinese sentence. */
export interface Refusal<Code extends string = string> {
  readonly code: Code
  /** What is wrong and what to do, in Chinese, as the person will read it. */
  readonly message: string
  /** The field that is wrong, when there is one: `rectification.deadline`. */
  readonly path?: string
}

export type Decision<Outcome> =
  { readonly ok: true; readonly value: Outcome } | { readonly ok: false; readonly refusal: Refusal }

export function decided<Outcome>(value: Outcome): Decision<Outcome> {
  return { ok: true, value }
}

export function refused(
  code: string,
  message: string,
  path?: string,
): { readonly ok: false; readonly refusal: Refusal } {
  return { ok: false, refusal: path === undefined ? { code, message } : { code, message, path } }
}
