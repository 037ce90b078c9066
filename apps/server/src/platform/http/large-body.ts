/** For the one kind of body that is larger than any form: how much it may be, counted as it is inflated, and who may send it at all. */
import { createGunzip } from 'node:zlib'
import type { FastifyBodyParser, FastifyReply, FastifyRequest, preParsingAsyncHookHandler } from 'fastify'
import type { Actor } from '../actor.js'
import { notAllowed, RefusedRequest } from './refusal.js'

export interface LargeBody {
  /** As it is read, inflated. */
  readonly bytes: number
  /** Asked before the first byte is taken. */
  readonly mayAsk: (actor: Actor) => boolean
  /** What the refusal says that they may not do. */
  readonly what: string
}

/** gzip is taken; Fastify counts what comes out of it against `bodyLimit`, and what goes in against the length that was announced. */
export function largeBodyHook({ mayAsk, what }: LargeBody): preParsingAsyncHookHandler {
  return async (request: FastifyRequest, _reply: FastifyReply, payload) => {
    if (request.actor !== null && !mayAsk(request.actor)) throw new RefusedRequest(notAllowed(what))
    const encoding = request.headers['content-encoding']
    if (encoding === undefined || encoding === 'identity') return payload
    if (encoding !== 'gzip') {
      throw new RefusedRequest({
        code: 'request.invalid',
        message: '内容的压缩方式不认识，只收 gzip 压缩的或不压缩的。',
      })
    }
    const inflated = createGunzip() as ReturnType<typeof createGunzip> & { receivedEncodedLength: number }
    inflated.receivedEncodedLength = 0
    payload.on('data', (part: Buffer) => {
      inflated.receivedEncodedLength += part.length
    })
    payload.on('error', (cause) => inflated.destroy(cause))
    payload.pipe(inflated)
    return inflated
  }
}

/** As it came: reading it is the business of a thread. */
export const unreadBody: FastifyBodyParser<Buffer> = (_request, body, done) => done(null, body)
