/** The HTTP server without its routes: parsing, validation, log-in, one error shape, limits, metrics, OpenAPI, static files. */
import { randomUUID } from 'node:crypto'
import { existsSync } from 'node:fs'
import cookie from '@fastify/cookie'
import helmet from '@fastify/helmet'
import multipart from '@fastify/multipart'
import serveStatic from '@fastify/static'
import swagger from '@fastify/swagger'
import swaggerUi from '@fastify/swagger-ui'
import fastify, { LogController, type FastifyBaseLogger, type FastifyInstance, type FastifyRequest } from 'fastify'
import {
  hasZodFastifySchemaValidationErrors,
  jsonSchemaTransform,
  serializerCompiler,
  validatorCompiler,
} from 'fastify-type-provider-zod'
import { z } from 'zod'
import { zhCN } from 'zod/locales'
import type { Actor } from '../actor.js'
import { stackPlaces, type Log } from '../log.js'
import type { Metrics } from '../metrics.js'
import type { Settings } from '../settings.js'
import { errorAnswerOf, outageOf, RefusedRequest, statusOf, type HttpRefusal } from './refusal.js'
import { unstorable } from './unstorable.js'

export interface HttpOptions {
  readonly settings: Settings
  readonly log: Log
  readonly metrics: Metrics
  /** Who asks, or null; refusals (must change the password first) are thrown as RefusedRequest. */
  readonly authenticate: (request: FastifyRequest) => Promise<Actor | null>
  /** Resolves when the database answers. */
  readonly healthy: () => Promise<boolean>
  readonly webFolder: string | null
  readonly version: string
}

export async function createHttpServer(options: HttpOptions): Promise<FastifyInstance> {
  const { settings, log, metrics } = options
  const logger: FastifyBaseLogger = log
  const app = fastify({
    loggerInstance: logger,
    logController: new LogController({ disableRequestLogging: true }),
    trustProxy: settings.trustProxy,
    genReqId: () => randomUUID(),
    bodyLimit: 2 * 1024 * 1024,
    // Alive connections do not hold up a shutdown.
    forceCloseConnections: 'idle',
  })
  z.config(zhCN())
  app.setValidatorCompiler(validatorCompiler)
  app.setSerializerCompiler(serializerCompiler)
  app.decorateRequest('actor', null)

  await app.register(helmet, {
    contentSecurityPolicy: {
      directives: {
        defaultSrc: ["'self'"],
        // Ant Design writes its styles at run time.
        styleSrc: ["'self'", "'unsafe-inline'"],
        imgSrc: ["'self'", 'data:', 'blob:'],
        upgradeInsecureRequests: settings.secureCookie ? [] : null,
      },
    },
    strictTransportSecurity: settings.secureCookie,
  })
  await app.register(cookie)
  await app.register(multipart, {
    limits: { fileSize: settings.uploadBytes, files: 20, fields: 20, fieldSize: 100_000 },
  })
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: { title: '闭环 Bihuan', version: options.version, description: '重大事故隐患专项排查整治' },
    },
    transform: jsonSchemaTransform,
  })
  await app.register(swaggerUi, { routePrefix: '/api/docs', staticCSP: true })

  // A connection that was busy when closing began is kept alive for 72 seconds after its answer, and closing would wait for it.
  app.addHook('preClose', async () => {
    const sweep = setInterval(() => app.server.closeIdleConnections(), 100)
    app.server.once('close', () => clearInterval(sweep))
  })

  app.addHook('onRequest', async (request) => {
    const { route } = request.routeOptions.config
    if (!route) return
    // A form on another site cannot set this header, and a page of another origin may not: no write without it.
    // (Nor a bearer token; but a browser itself adds `authorization: Basic` behind a proxy that asks for it.)
    const byProgram = /^bearer /i.test(request.headers.authorization ?? '')
    if (route.method !== 'GET' && !byProgram && request.headers['x-requested-with'] !== 'bihuan') {
      throw new RefusedRequest({
        code: 'request.not-allowed',
        message: '请求没有带 x-requested-with: bihuan，可能来自别的网站，已拒绝。',
      })
    }
    if (route.access === 'public') return
    request.actor = await options.authenticate(request)
  })

  app.addHook('preValidation', async (request) => {
    if (unstorable(request.body) || unstorable(request.query) || unstorable(request.params)) {
      throw new RefusedRequest({
        code: 'request.invalid',
        message: '内容里有不能保存的字符（空字符或残缺的字符）。请删去后再提交。',
      })
    }
  })

  app.addHook('onResponse', async (request, reply) => {
    const { route } = request.routeOptions.config
    const name = route?.name ?? request.routeOptions.url ?? 'unknown'
    metrics.requests.observe({ route: name, status: String(reply.statusCode) }, reply.elapsedTime / 1000)
    log.info({
      event: 'request',
      id: request.id,
      route: name,
      status: reply.statusCode,
      ms: Math.round(reply.elapsedTime),
    })
  })

  app.setErrorHandler(async (cause, request, reply) => {
    const refusal = refusalOf(cause, request, log)
    return reply
      .code(statusOf(refusal.code) === 422 && refusal.code === 'server.bug' ? 500 : statusOf(refusal.code))
      .send(errorAnswerOf(refusal, request.id))
  })

  app.get('/healthz', { schema: { hide: true } }, async (_request, reply) => {
    const well = await options.healthy()
    return reply.code(well ? 200 : 503).send({ ok: well })
  })
  app.get('/metrics', { schema: { hide: true } }, async (_request, reply) =>
    reply.type(metrics.contentType).send(await metrics.text()),
  )

  if (options.webFolder !== null && existsSync(options.webFolder)) {
    await app.register(serveStatic, {
      root: options.webFolder,
      wildcard: false,
      // scripts/build.mjs puts a brotli beside each asset.
      preCompressed: true,
      maxAge: '1y',
      immutable: true,
      index: false,
    })
    app.get('/', { schema: { hide: true } }, (_request, reply) =>
      reply.sendFile('index.html', { maxAge: 0, immutable: false }),
    )
  }
  app.setNotFoundHandler(async (request, reply) => {
    const wantsPage =
      request.method === 'GET' &&
      !request.url.startsWith('/api/') &&
      (request.headers.accept ?? '').includes('text/html')
    if (wantsPage && options.webFolder !== null && existsSync(options.webFolder)) {
      return reply.sendFile('index.html', { maxAge: 0, immutable: false })
    }
    return reply
      .code(404)
      .send(errorAnswerOf({ code: 'request.not-found', message: '没有这个地址。请从首页重新进入。' }, request.id))
  })
  return app
}

/** By the part of the request that is wrong: whoever opens a broken link has filled in nothing. */
const invalidSentences: Readonly<Record<string, string>> & { readonly body: string } = {
  params: '地址里的编号不对，打不开。链接可能没有复制完整，请从列表重新打开。',
  querystring: '地址里的查询条件不对，没有查询。请从列表重新打开，再选条件。',
  body: '有内容没有填对，请按提示改正后再提交。',
}

function refusalOf(cause: unknown, request: FastifyRequest, log: Log): HttpRefusal {
  if (cause instanceof RefusedRequest) return cause.refusal
  if (hasZodFastifySchemaValidationErrors(cause)) {
    const places = cause.validation.map((problem) => ({
      path: problem.instancePath.replace(/^\//, '').replaceAll('/', '.'),
      message: problem.message ?? '填写不对',
    }))
    const { validationContext = 'body' } = cause as { validationContext?: string }
    return { code: 'request.invalid', message: invalidSentences[validationContext] ?? invalidSentences.body, places }
  }
  const { statusCode, code } = cause as { statusCode?: number; code?: string }
  if (statusCode === 413 || code === 'FST_REQ_FILE_TOO_LARGE') {
    return { code: 'upload.too-large', message: '上传的内容太大。请压缩图片或拆分文件后再传。' }
  }
  if (statusCode !== undefined && statusCode >= 400 && statusCode < 500) {
    return { code: 'request.invalid', message: '请求的格式不对，服务器读不懂。请刷新页面后再试。' }
  }
  const outage = outageOf(cause)
  if (outage !== null) {
    log.warn({ event: 'outage', id: request.id, code })
    return outage
  }
  log.error({ event: 'bug', id: request.id, name: (cause as Error).name, code, stack: stackPlaces(cause) })
  return { code: 'server.bug', message: '系统出错了，刚才的操作没有保存。请把请求编号告诉系统管理员。' }
}
