import { destination, pino, type Logger, type LoggerOptions } from 'pino'

export type Log = Logger

/**
 * Structured logs carry ids and codes, never personal data: no bodies, no query strings, no names, no addresses of people.
 * What is redacted here is a net under that rule, not the rule.
 */
export function createLog(level: string, onto: 'stdout' | 'stderr' = 'stdout'): Log {
  const options: LoggerOptions = {
    level,
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    redact: {
      paths: [
        'password',
        '*.password',
        'phone',
        '*.phone',
        'token',
        '*.token',
        'authorization',
        '*.authorization',
        'cookie',
        '*.cookie',
      ],
      censor: '[masked]',
    },
  }
  // A command's standard output is its answer, and may be piped into a file.
  return onto === 'stdout' ? pino(options) : pino(options, destination({ fd: 2, sync: true }))
}

/** Where an error came from, without its message: that may hold data of the request. */
export function stackPlaces(cause: unknown): string[] {
  return ((cause as Error).stack ?? '')
    .split('\n')
    .filter((line) => line.startsWith('    at '))
    .slice(0, 8)
    .map((line) => line.trim())
}
