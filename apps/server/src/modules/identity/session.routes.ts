import type { FastifyReply, FastifyRequest } from 'fastify'
import * as contracts from '@bihuan/contracts'
import { errorAnswerOf, statusOf } from '../../platform/http/refusal.js'
import { serveRead, serveWrite, type Served } from '../../platform/http/serve.js'
import type { Platform } from '../../platform/platform.js'
import { sessionCookie, type Sessions } from './session.service.js'

/** The credential that came with the request. */
export function tokenOf(request: FastifyRequest): string {
  return /^Bearer (\S+)$/.exec(request.headers.authorization ?? '')?.[1] ?? request.cookies[sessionCookie] ?? ''
}

export function sessionRoutes(served: Served, platform: Platform, sessions: Sessions): void {
  const cookieOptions = {
    path: '/',
    httpOnly: true,
    sameSite: 'strict',
    secure: platform.settings.secureCookie,
  } as const

  // The only route that works for nobody: it makes the session that all others ask for.
  served.app.route({
    method: contracts.logIn.method,
    url: contracts.logIn.path,
    schema: {
      operationId: contracts.logIn.name,
      summary: contracts.logIn.summary,
      tags: [contracts.logIn.tag],
      body: contracts.logIn.body,
      response: { 200: contracts.logIn.answer },
    },
    config: { route: contracts.logIn },
    handler: async (request: FastifyRequest, reply: FastifyReply) => {
      const command = contracts.logIn.body.parse(request.body)
      const origin = { address: request.ip, client: (request.headers['user-agent'] ?? '').slice(0, 200) }
      const answer = await sessions.logIn(command, origin)
      if (!answer.ok) return reply.code(statusOf(answer.refusal.code)).send(errorAnswerOf(answer.refusal, request.id))
      reply.setCookie(sessionCookie, answer.value.token, cookieOptions)
      return answer.value.me
    },
  })

  serveRead(served, contracts.logOut, async ({ actor, reply }) => {
    await sessions.logOut(actor)
    reply.clearCookie(sessionCookie, cookieOptions)
    return { ok: true, value: undefined }
  })

  serveRead(served, contracts.whoAmI, async ({ actor, request }) => ({
    ok: true,
    value: await sessions.meOf(actor, tokenOf(request)),
  }))

  serveRead(served, contracts.switchUnit, async ({ actor, body, request }) => {
    const answer = await sessions.switchUnit(actor, body.unitId)
    return answer.ok ? { ok: true, value: await sessions.meOf(actor, tokenOf(request)) } : answer
  })

  serveRead(served, contracts.changePassword, async ({ actor, body, request }) => {
    const answer = await sessions.changePassword(actor, body.current, body.next)
    return answer.ok ? { ok: true, value: await sessions.meOf(actor, tokenOf(request)) } : answer
  })

  serveRead(served, contracts.listSessions, async ({ actor, read }) => ({
    ok: true,
    value: { items: await read((handle) => sessions.listSessions(handle, actor)) },
  }))

  serveWrite(served, contracts.endSession, (handle, { actor, params }) =>
    sessions.endSession(handle, actor, params.sessionId),
  )
}
