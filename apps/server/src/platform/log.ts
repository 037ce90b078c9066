import { pino, type Logger } from 'pino'

export type Log = Logger

/**
 * Structured logs carry ids and codes, never personal data: no bodies, no query strings, no names, no addresses of people.
 * What is redacted here is a net under that rule, not the rule.
 */
export function createLog(level: string): Log {
  return pino({
    level,
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    redact: {
      paths: ['password', '*.password', 'phone', '*.phone', 'token', '*.token', 'authorization', '*.authorization', 'cookie', '*.cookie'],
      censor: '[masked]',
    },
  })
}

/** Where an error came from, without its message: that may hold data of the request. */
export function stackPlaces(cause: unknown): string[] {
  return ((cause as Error).stack ?? '')
    .split('\n')
    .filter((line) => line.startsWith('    at '))
    .slice(0, 8)
    .map((line) => line.trim())
}
