import { resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import { readSettings, settingDescriptions, SettingsError } from './settings.js'

describe('settings', () => {
  it('are what the table says when nothing is set', () => {
    expect(readSettings({})).toEqual({
      port: 8080,
      host: '127.0.0.1',
      dataFolder: resolve('.bihuan'),
      databaseUrl: null,
      databaseAppUrl: null,
      databasePool: 10,
      production: false,
      now: null,
      secret: null,
      secureCookie: false,
      token: null,
      trustProxy: false,
      password: { minimumLength: 10, maximumDays: 90 },
      lockout: { afterFailures: 5, minutes: 20 },
      idleMinutes: 30,
      uploadBytes: 50 * 1024 * 1024,
      s3: null,
      webhook: null,
      mail: null,
      publicUrl: null,
      privateReceivers: [],
      logLevel: 'info',
    })
  })

  it('treat an empty value, and one of blanks, as not set', () => {
    const empty = Object.fromEntries(settingDescriptions.map(({ name }) => [name, ' ']))
    expect(readSettings(empty)).toEqual(readSettings({}))
  })

  it.each([
    ...['eighty', '-1', '80.5', '70000', '8080 8081', '1e9'].map((value) => ['PORT', value] as [string, string]),
    ['DATABASE_POOL', '0'],
    ['DATABASE_URL', 'mysql://root:pa55@db/bihuan'],
    ['DATABASE_URL', 'db.example'],
    ['DATABASE_APP_URL', 'bihuan_app@db'],
    ['NODE_ENV', 'prod'],
    ['NODE_ENV', 'Production'],
    ['BIHUAN_NOW', 'yesterday'],
    ['BIHUAN_NOW', '2023-06-16'],
    ['BIHUAN_NOW', '2023-06-16T09:00:00'],
    ['BIHUAN_NOW', '2023-13-16T09:00:00+08:00'],
    ['BIHUAN_SECURE_COOKIE', 'true'],
    ['BIHUAN_TRUST_PROXY', '1'],
    ['BIHUAN_PASSWORD_LENGTH', '7'],
    ['BIHUAN_PASSWORD_LENGTH', 'long'],
    ['BIHUAN_PASSWORD_DAYS', '0'],
    ['BIHUAN_LOCK_AFTER', '0'],
    ['BIHUAN_LOCK_MINUTES', 'NaN'],
    ['BIHUAN_IDLE_MINUTES', '0'],
    ['BIHUAN_UPLOAD_MB', '0'],
    ['BIHUAN_LOG', 'verbose'],
    ['BIHUAN_WEBHOOK_URL', 'http://robot.example/send?key=1'],
    ['BIHUAN_WEBHOOK_URL', 'ftp://localhost/send'],
    ['BIHUAN_WEBHOOK_URL', 'robot'],
    ['BIHUAN_SMTP_URL', 'mail.example'],
    ['BIHUAN_SMTP_URL', 'https://mail.example'],
    ['BIHUAN_SMTP_URL', 'smtp://us%er:pa55@mail.example'],
    ['BIHUAN_PUBLIC_URL', 'bihuan.example'],
    ['BIHUAN_PUBLIC_URL', 'javascript:alert(1)'],
  ])('%s=%s is refused, and the sentence names the variable', (name, value) => {
    const reading = () => readSettings({ [name]: value })
    expect(reading).toThrow(SettingsError)
    expect(reading).toThrow(name)
  })

  it('never repeat a password in the sentence', () => {
    expect(() => readSettings({ DATABASE_URL: 'mysql://root:pa55@db/bihuan' })).not.toThrow('pa55')
    expect(() => readSettings({ BIHUAN_WEBHOOK_URL: 'http://robot.example/send?key=pa55' })).not.toThrow('pa55')
  })

  it('send reminders to a robot over HTTPS only, and to the own machine where nothing is real', () => {
    const robot = (environment: Record<string, string>) => readSettings(environment).webhook
    const url = 'https://robot.example/send?key=1'
    expect(robot({ BIHUAN_WEBHOOK_URL: url })).toEqual({ url, secret: null })
    expect(robot({ BIHUAN_WEBHOOK_URL: url, BIHUAN_WEBHOOK_SECRET: 's' })).toEqual({ url, secret: 's' })
    const own = 'http://127.0.0.1:9000/send'
    expect(robot({ BIHUAN_WEBHOOK_URL: own })).toEqual({ url: own, secret: null })
    expect(() => robot({ BIHUAN_WEBHOOK_URL: own, NODE_ENV: 'production' })).toThrow(/BIHUAN_WEBHOOK_URL/)
  })

  it.each(['BIHUAN_S3_BUCKET', 'BIHUAN_S3_KEY', 'BIHUAN_S3_SECRET'])('S3 without %s is refused', (missing) => {
    const whole = { BIHUAN_S3_URL: 'http://s3', BIHUAN_S3_BUCKET: 'b', BIHUAN_S3_KEY: 'k', BIHUAN_S3_SECRET: 's' }
    expect(readSettings(whole).s3).toEqual({
      url: 'http://s3',
      bucket: 'b',
      region: 'us-east-1',
      key: 'k',
      secret: 's',
    })
    expect(() => readSettings({ ...whole, [missing]: '' })).toThrow(missing)
  })

  it('refuse BIHUAN_NOW in production: what is recorded there has its true time', () => {
    const now = '2023-06-16T09:00:00+08:00'
    expect(readSettings({ BIHUAN_NOW: now }).now).toEqual(new Date('2023-06-16T01:00:00Z'))
    expect(() => readSettings({ BIHUAN_NOW: now, NODE_ENV: 'production' })).toThrow(/BIHUAN_NOW/)
  })

  it('send the session over HTTPS only in production, unless said otherwise', () => {
    const secure = (environment: Record<string, string>) => readSettings(environment).secureCookie
    expect(secure({ NODE_ENV: 'production' })).toBe(true)
    expect(secure({ NODE_ENV: 'production', BIHUAN_SECURE_COOKIE: 'no' })).toBe(false)
    expect(secure({ BIHUAN_SECURE_COOKIE: 'yes' })).toBe(true)
  })
})
