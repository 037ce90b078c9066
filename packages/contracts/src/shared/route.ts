/**
 * A route is described once, here, and used three times: the server registers it, the web calls it, the OpenAPI
 * document is drawn from it.
 */
import { z } from 'zod'

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'

/**
 * Who may knock at all. `public` needs no log-in, `account` needs one (and the module's policy decides the rest),
 * `first-login` is open to an account that still has to change its password.
 */
export type Access = 'public' | 'first-login' | 'account'

export interface Route<
  Params extends z.ZodType = z.ZodType,
  Query extends z.ZodType = z.ZodType,
  Body extends z.ZodType = z.ZodType,
  Answer extends z.ZodType = z.ZodType,
> {
  readonly name: string
  readonly method: Method
  /** Fastify's spelling: `/api/hazards/:hazardId`. */
  readonly path: string
  /** Chinese, as the API page shows it. */
  readonly summary: string
  readonly tag: string
  readonly access: Access
  readonly params: Params
  readonly query: Query
  readonly body: Body
  readonly answer: Answer
  /** `json` unless the route takes an upload or gives a file. */
  readonly takes: 'json' | 'upload' | 'nothing'
  readonly gives: 'json' | 'file' | 'nothing'
  /** A write that a client may repeat: the header `idempotency-key` is asked for, and the second call gets the first answer. */
  readonly idempotent: boolean
}

const nothing = z.undefined()

type Given<P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType, A extends z.ZodType> = {
  name: string
  method: Method
  path: string
  summary: string
  tag: string
  access?: Access
  params?: P
  query?: Q
  body?: B
  answer?: A
  takes?: 'json' | 'upload' | 'nothing'
  gives?: 'json' | 'file' | 'nothing'
  idempotent?: boolean
}

export function route<
  P extends z.ZodType = z.ZodUndefined,
  Q extends z.ZodType = z.ZodUndefined,
  B extends z.ZodType = z.ZodUndefined,
  A extends z.ZodType = z.ZodUndefined,
>(given: Given<P, Q, B, A>): Route<P, Q, B, A> {
  return {
    name: given.name,
    method: given.method,
    path: given.path,
    summary: given.summary,
    tag: given.tag,
    access: given.access ?? 'account',
    params: given.params ?? (nothing as unknown as P),
    query: given.query ?? (nothing as unknown as Q),
    body: given.body ?? (nothing as unknown as B),
    answer: given.answer ?? (nothing as unknown as A),
    takes: given.takes ?? (given.body ? 'json' : 'nothing'),
    gives: given.gives ?? (given.answer ? 'json' : 'nothing'),
    // Every POST changes something and may be repeated by a browser on a bad line, so it is idempotent unless said otherwise.
    idempotent: given.idempotent ?? given.method === 'POST',
  }
}

export type ParamsOf<R extends Route> = z.input<R['params']>
export type QueryOf<R extends Route> = z.input<R['query']>
export type BodyOf<R extends Route> = z.input<R['body']>
export type AnswerOf<R extends Route> = z.output<R['answer']>
