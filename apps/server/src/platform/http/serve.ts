/**
 * Registers a route of the contracts. A read gets a way into its scope; a write gets one transaction, in which its idempotency
 * key, its decision, its audit entry and its answer stand or fall together.
 */
import { createHash } from 'node:crypto'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import type { Route } from '@bihuan/contracts'
import type { Actor } from '../actor.js'
import { canonical } from '../audit/chain.js'
import { recordRefusedAccess } from '../audit/refused-access.js'
import type { Clock } from '../clock.js'
import type { Database, Handle, Narrowing } from '../db/scope.js'
import { largeBodyHook, unreadBody, type LargeBody } from './large-body.js'
import { errorAnswerOf, RefusedRequest, statusOf, type HttpRefusal } from './refusal.js'
import { readUpload, type Upload } from './upload.js'

export type Answer<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly refusal: HttpRefusal }

export interface Asked<R extends Route> {
  readonly actor: Actor
  readonly params: z.output<R['params']>
  readonly query: z.output<R['query']>
  readonly body: z.output<R['body']>
  readonly request: FastifyRequest
  readonly reply: FastifyReply
}

export interface AskedWithUpload<R extends Route> extends Asked<R> {
  readonly upload: Upload
}

export interface AskedToRead<R extends Route> extends Asked<R> {
  read<T>(work: (handle: Handle) => Promise<T>, narrowing?: Narrowing): Promise<T>
}

declare module 'fastify' {
  interface FastifyRequest {
    actor: Actor | null
  }
  interface FastifyContextConfig {
    route?: Route
  }
}

function schemaOf(route: Route) {
  const given = (schema: z.ZodType) => (schema.def.type === 'undefined' ? undefined : schema)
  const params = given(route.params)
  const querystring = given(route.query)
  const body = route.takes === 'json' ? given(route.body) : undefined
  const answer = route.gives === 'json' ? given(route.answer) : undefined
  return {
    operationId: route.name,
    summary: route.summary,
    tags: [route.tag],
    ...(params ? { params } : {}),
    ...(querystring ? { querystring } : {}),
    ...(body ? { body } : {}),
    ...(answer ? { response: { 200: answer } } : {}),
    ...(route.takes === 'upload' ? { consumes: ['multipart/form-data'] } : {}),
  }
}

function actorOf(request: FastifyRequest): Actor {
  if (request.actor === null) {
    throw new RefusedRequest({ code: 'session.not-logged-in', message: '您还没有登录，或者登录已超时。请重新登录。' })
  }
  return request.actor
}

function give<T>(reply: FastifyReply, request: FastifyRequest, answer: Answer<T>): unknown {
  if (!answer.ok) return reply.code(statusOf(answer.refusal.code)).send(errorAnswerOf(answer.refusal, request.id))
  return answer.value === undefined ? reply.code(204).send() : answer.value
}

export interface Served {
  readonly app: FastifyInstance
  readonly database: Database
  readonly clock: Clock
}

/** Who reached for a thing that is not his has it on record, in a transaction of its own: the refused one is undone. */
async function giveRecorded<T>(
  { database, clock }: Served,
  reply: FastifyReply,
  request: FastifyRequest,
  answer: Answer<T>,
): Promise<unknown> {
  const sought = answer.ok ? undefined : answer.refusal.sought
  if (sought !== undefined && request.actor !== null) {
    await recordRefusedAccess(database, request.actor, sought.objectKind, sought.objectId, clock)
  }
  return give(reply, request, answer)
}

/** A read: no audit entry, no idempotency. */
export function serveRead<R extends Route>(
  served: Served,
  route: R,
  handler: (asked: AskedToRead<R>) => Promise<Answer<z.input<R['answer']> | undefined>>,
): void {
  const { app, database } = served
  app.route({
    method: route.method,
    url: route.path,
    schema: schemaOf(route),
    config: { route },
    handler: async (request, reply) => {
      const actor = actorOf(request)
      const answer = await handler({
        actor,
        params: request.params as z.output<R['params']>,
        query: request.query as z.output<R['query']>,
        body: request.body as z.output<R['body']>,
        request,
        reply,
        read: (work, narrowing) => database.withScope(actor.reach, work, narrowing),
      })
      return reply.sent ? reply : giveRecorded(served, reply, request, answer)
    },
  })
}

/**
 * For a body that is too large to be parsed between two requests: it comes as the bytes that were sent, inflated, and its reader says
 * what is wrong with it (`route.body` describes it, and checks nothing here).
 */
export function serveLarge<R extends Route>(
  served: Served,
  route: R,
  handler: (asked: { readonly actor: Actor; readonly bytes: Buffer }) => Promise<Answer<z.input<R['answer']>>>,
  large: LargeBody,
): void {
  // A scope of its own: how a content type is parsed holds for all routes of a scope.
  void served.app.register(async (app) => {
    app.removeContentTypeParser('application/json')
    app.addContentTypeParser('application/json', { parseAs: 'buffer' }, unreadBody)
    app.route({
      method: route.method,
      url: route.path,
      schema: schemaOf(route),
      config: { route },
      bodyLimit: large.bytes,
      preParsing: largeBodyHook(large),
      validatorCompiler: () => (value: unknown) => ({ value }),
      handler: async (request, reply) => {
        const actor = actorOf(request)
        const bytes = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0)
        return giveRecorded(served, reply, request, await handler({ actor, bytes }))
      },
    })
  })
}

class Undone extends Error {
  constructor(readonly answer: Answer<never>) {
    super('refused')
  }
}

/** A write: everything in one transaction; a refusal undoes it, and its key with it. */
export function serveWrite<R extends Route>(
  served: Served,
  route: R,
  handler: (handle: Handle, asked: Asked<R>) => Promise<Answer<z.input<R['answer']> | undefined>>,
): void {
  served.app.route({
    method: route.method,
    url: route.path,
    schema: schemaOf(route),
    config: { route },
    handler: async (request, reply) => {
      const asked = askedOf(route, request, reply)
      return writeOnce(served, route, asked, (handle) => handler(handle, asked))
    },
  })
}

/** The same for a route that takes files: they are read to their end before the transaction begins, however slow the line is. */
export function serveUpload<R extends Route, Prepared>(
  served: Served,
  route: R,
  /** What can be done with the bytes before the transaction: identify, store. A refusal ends it here. */
  prepare: (asked: AskedWithUpload<R>) => Promise<Answer<Prepared>>,
  handler: (
    handle: Handle,
    asked: AskedWithUpload<R>,
    prepared: Prepared,
  ) => Promise<Answer<z.input<R['answer']> | undefined>>,
): void {
  served.app.route({
    method: route.method,
    url: route.path,
    schema: schemaOf(route),
    config: { route },
    handler: async (request, reply) => {
      const asked: AskedWithUpload<R> = { ...askedOf(route, request, reply), upload: await readUpload(request) }
      const prepared = await prepare(asked)
      if (!prepared.ok) return giveRecorded(served, reply, request, prepared)
      return writeOnce(served, route, asked, (handle) => handler(handle, asked, prepared.value))
    },
  })
}

function askedOf<R extends Route>(_route: R, request: FastifyRequest, reply: FastifyReply): Asked<R> {
  return {
    actor: actorOf(request),
    params: request.params as z.output<R['params']>,
    query: request.query as z.output<R['query']>,
    body: request.body as z.output<R['body']>,
    request,
    reply,
  }
}

async function writeOnce<R extends Route>(
  served: Served,
  route: R,
  { actor, request, reply }: Asked<R>,
  work: (handle: Handle) => Promise<Answer<z.input<R['answer']> | undefined>>,
): Promise<unknown> {
  const key = request.headers['idempotency-key']
  if (route.idempotent && key !== undefined && (typeof key !== 'string' || !/^[\w-]{8,80}$/.test(key))) {
    throw new RefusedRequest({
      code: 'idempotency.invalid',
      message: '请求头 idempotency-key 应是 8 到 80 位的字母、数字、横线。',
    })
  }
  try {
    const answer = await served.database.withScope(actor.reach, async (handle) => {
      if (!route.idempotent || typeof key !== 'string') return sound(route, undoRefusal(await work(handle)))
      const earlier = await claimKey(handle, actor, key, route, request)
      if (earlier !== null) return earlier as Answer<z.input<R['answer']> | undefined>
      const given = sound(route, undoRefusal(await work(handle)))
      await handle.query(
        'update idempotency_key set status = 200, answer = $4 where tenant_id = $1 and account_id = $2 and key = $3',
        [actor.tenantId, actor.accountId, key, given.ok ? JSON.stringify(given.value ?? null) : null],
      )
      return given
    })
    return reply.sent ? reply : await giveRecorded(served, reply, request, answer)
  } catch (cause) {
    if (cause instanceof Undone) return giveRecorded(served, reply, request, cause.answer)
    throw cause
  }
}

/** Found out only after the commit, a wrong answer would tell of a failure where there was none. */
function sound<T>(route: Route, answer: Answer<T>): Answer<T> {
  if (answer.ok && answer.value !== undefined && route.gives === 'json') z.encode(route.answer, answer.value)
  return answer
}

function undoRefusal<T>(answer: Answer<T>): Answer<T> {
  if (!answer.ok) throw new Undone(answer)
  return answer
}

/**
 * Takes the key, or waits for whoever holds it and gives the answer that they got. The same key with another request is refused:
 * a client that mixes them up would otherwise be told that something was done which was not.
 */
async function claimKey(
  handle: Handle,
  actor: Actor,
  key: string,
  route: Route,
  request: FastifyRequest,
): Promise<Answer<unknown> | null> {
  const asked = canonical({
    route: route.name,
    url: request.url,
    body: route.takes === 'json' ? (request.body ?? null) : null,
  })
  const hash = createHash('sha256').update(asked).digest()
  const taken = await handle.query(
    `insert into idempotency_key (tenant_id, account_id, key, route, request_hash, created_at) values ($1, $2, $3, $4, $5, now())
     on conflict do nothing returning key`,
    [actor.tenantId, actor.accountId, key, route.name, hash],
  )
  if (taken.length === 1) return null
  const [earlier] = await handle.query<{ request_hash: Buffer; answer: unknown }>(
    'select request_hash, answer from idempotency_key where tenant_id = $1 and account_id = $2 and key = $3',
    [actor.tenantId, actor.accountId, key],
  )
  if (!earlier?.request_hash.equals(hash)) {
    return {
      ok: false,
      refusal: {
        code: 'idempotency.conflict',
        message: '这个 idempotency-key 已经用于另一个请求。请为新的请求换一个键。',
      },
    }
  }
  return { ok: true, value: earlier.answer ?? undefined }
}
