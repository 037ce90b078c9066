/** Settings are environment variables. This table is the only place that reads them; docs/settings.md is drawn from it. */
import { resolve } from 'node:path'
import { readMailAddress } from '@bihuan/domain'

export interface SettingDescription {
  readonly name: string
  readonly fallback: string
  readonly meaning: string
}

export const settingDescriptions = [
  { name: 'PORT', fallback: '8080', meaning: '监听端口' },
  { name: 'HOST', fallback: '127.0.0.1', meaning: '监听地址' },
  { name: 'BIHUAN_DATA', fallback: './.bihuan', meaning: '数据文件夹：内置数据库、上传的文件、密钥' },
  { name: 'DATABASE_URL', fallback: '', meaning: 'PostgreSQL >= 15 的所有者连接；不设时用内置的 PostgreSQL 18' },
  {
    name: 'DATABASE_APP_URL',
    fallback: '',
    meaning: '应用角色的连接；不设时由 DATABASE_URL 推出，口令由所有者口令派生',
  },
  { name: 'DATABASE_POOL', fallback: '10', meaning: '应用角色的连接数' },
  {
    name: 'NODE_ENV',
    fallback: 'development',
    meaning: 'production 时不装示例数据、不许设 BIHUAN_NOW、会话只走 HTTPS',
  },
  {
    name: 'BIHUAN_NOW',
    fallback: '',
    meaning: '演示和测试用的时钟（如 2023-06-16T09:00:00+08:00，从此刻起照常走）；生产环境拒绝',
  },
  { name: 'BIHUAN_SECRET', fallback: '', meaning: '加密动态口令密钥用；不设时在数据文件夹里生成一个' },
  { name: 'BIHUAN_SECURE_COOKIE', fallback: '', meaning: '会话只走 HTTPS（yes/no）；默认生产环境 yes，其余 no' },
  { name: 'BIHUAN_TRUST_PROXY', fallback: 'no', meaning: '前面有可信的反向代理时设 yes，以取得真实来访地址' },
  { name: 'BIHUAN_PASSWORD_LENGTH', fallback: '10', meaning: '口令最短长度' },
  { name: 'BIHUAN_PASSWORD_DAYS', fallback: '90', meaning: '口令最长使用天数' },
  { name: 'BIHUAN_LOCK_AFTER', fallback: '5', meaning: '连续几次登录失败后锁定' },
  { name: 'BIHUAN_LOCK_MINUTES', fallback: '20', meaning: '锁定多少分钟' },
  { name: 'BIHUAN_IDLE_MINUTES', fallback: '30', meaning: '多少分钟不操作即退出' },
  { name: 'BIHUAN_UPLOAD_MB', fallback: '50', meaning: '单个上传文件的上限（MB）' },
  { name: 'BIHUAN_S3_URL', fallback: '', meaning: 'S3 兼容存储的地址；不设时文件存在数据文件夹' },
  { name: 'BIHUAN_S3_BUCKET', fallback: '', meaning: '存储桶' },
  { name: 'BIHUAN_S3_REGION', fallback: 'us-east-1', meaning: '区域' },
  { name: 'BIHUAN_S3_KEY', fallback: '', meaning: '访问标识' },
  { name: 'BIHUAN_S3_SECRET', fallback: '', meaning: '访问密钥' },
  {
    name: 'BIHUAN_WEBHOOK_URL',
    fallback: '',
    meaning:
      '到期提醒另发到企业微信或钉钉群机器人的地址（https）；消息以“【闭环】”开头，只有单位名称、报表名称和日期；不设时只在系统内提醒',
  },
  { name: 'BIHUAN_WEBHOOK_SECRET', fallback: '', meaning: '钉钉机器人的加签密钥；机器人没有加签的不设' },
  {
    name: 'BIHUAN_SMTP_URL',
    fallback: '',
    meaning:
      '提醒另发到本人邮箱所用的邮件服务器：smtps://用户名:口令@主机:465，或 smtp://用户名:口令@主机:587（STARTTLS；用户名和口令里的特殊字符按网址转义）；带口令而不加密的只许本机；不设时不发邮件',
  },
  { name: 'BIHUAN_MAIL_FROM', fallback: '', meaning: '邮件的发件地址；设了 BIHUAN_SMTP_URL 就要设' },
  {
    name: 'BIHUAN_PUBLIC_URL',
    fallback: '',
    meaning: '用户打开本系统的地址（如 https://bihuan.example.gov.cn），写在邮件的链接里；不设时邮件里没有链接',
  },
  {
    name: 'BIHUAN_PRIVATE_RECEIVERS',
    fallback: '',
    meaning:
      '报表数据包可以发往的本机或内网主机（名称或地址，用逗号分开），对它们也许用 http；不在其中的系统外接收方须用 https，且不能解析到内网地址',
  },
  { name: 'BIHUAN_TOKEN', fallback: '', meaning: '命令行（npx bihuan）用的访问令牌；服务器不用' },
  { name: 'BIHUAN_LOG', fallback: 'info', meaning: '日志级别：debug、info、warn、error、silent' },
] as const satisfies readonly SettingDescription[]

type Name = (typeof settingDescriptions)[number]['name']

export interface MailSettings {
  readonly host: string
  readonly port: number
  /** TLS from the first byte; otherwise by STARTTLS. */
  readonly secure: boolean
  readonly auth: { readonly user: string; readonly pass: string } | null
  readonly from: string
}

export interface Settings {
  readonly port: number
  readonly host: string
  readonly dataFolder: string
  readonly databaseUrl: string | null
  readonly databaseAppUrl: string | null
  readonly databasePool: number
  readonly production: boolean
  readonly now: Date | null
  readonly secret: string | null
  readonly secureCookie: boolean
  readonly trustProxy: boolean
  readonly password: { readonly minimumLength: number; readonly maximumDays: number }
  readonly lockout: { readonly afterFailures: number; readonly minutes: number }
  readonly idleMinutes: number
  readonly uploadBytes: number
  readonly s3: { url: string; bucket: string; region: string; key: string; secret: string } | null
  /** Where reminders go besides; null: nowhere. */
  readonly webhook: { readonly url: string; readonly secret: string | null } | null
  /** Where mail is handed over; null: none is sent. */
  readonly mail: MailSettings | null
  /** Without a slash at its end. */
  readonly publicUrl: string | null
  /** Hosts in the network around, or this machine, that packages may be sent to; in lower case. */
  readonly privateReceivers: readonly string[]
  readonly logLevel: string
  /** Whose act a command is; the server asks for none. */
  readonly token: string | null
}

export class SettingsError extends Error {}

export function readSettings(environment: Readonly<Record<string, string | undefined>>): Settings {
  const given = (name: Name): string => {
    const description = settingDescriptions.find((one) => one.name === name)
    return environment[name]?.trim() || (description?.fallback ?? '')
  }
  const whole = (name: Name, least: number, most = Number.MAX_SAFE_INTEGER): number => {
    const value = Number(given(name))
    if (!Number.isInteger(value) || value < least || value > most) {
      const range = most === Number.MAX_SAFE_INTEGER ? `不小于 ${least} ` : `${least} 到 ${most} `
      throw new SettingsError(`环境变量 ${name} 应是${range}的整数，现在是“${given(name)}”。`)
    }
    return value
  }
  // A misspelt word must not quietly mean the other one: `BIHUAN_SECURE_COOKIE=true` would be a "no".
  const oneOf = <Word extends string>(name: Name, words: readonly Word[]): Word => {
    const word = words.find((one) => one === given(name))
    if (word === undefined) {
      throw new SettingsError(`环境变量 ${name} 应是 ${words.join('、')} 之一，现在是“${given(name)}”。`)
    }
    return word
  }
  const yes = (name: Name): boolean => oneOf(name, ['yes', 'no']) === 'yes'
  const needed = (name: Name): string => {
    if (given(name) === '') throw new SettingsError(`设了 BIHUAN_S3_URL，就还要设环境变量 ${name}。`)
    return given(name)
  }
  const postgresUrl = (name: Name): string | null => {
    if (given(name) === '') return null
    if (!/^postgres(ql)?:\/\//.test(given(name))) {
      // The value is not repeated: it holds a password.
      throw new SettingsError(`环境变量 ${name} 应以 postgres:// 开头。`)
    }
    return given(name)
  }
  // The value is not repeated: it holds the robot's key.
  const webhookUrl = (): string => {
    const url = URL.canParse(given('BIHUAN_WEBHOOK_URL')) ? new URL(given('BIHUAN_WEBHOOK_URL')) : null
    const isOwnMachine = url !== null && ['localhost', '127.0.0.1', '[::1]'].includes(url.hostname)
    if (url?.protocol === 'https:' || (url?.protocol === 'http:' && isOwnMachine && !production)) return url.href
    throw new SettingsError('环境变量 BIHUAN_WEBHOOK_URL 应以 https:// 开头，是群机器人的完整地址。')
  }
  // Neither is this one: it holds a password.
  const mail = (): MailSettings => {
    const form = '环境变量 BIHUAN_SMTP_URL 应写作 smtps://用户名:口令@主机:465 或 smtp://用户名:口令@主机:587。'
    const url = URL.canParse(given('BIHUAN_SMTP_URL')) ? new URL(given('BIHUAN_SMTP_URL')) : null
    if (url === null || !['smtp:', 'smtps:'].includes(url.protocol) || url.hostname === '')
      throw new SettingsError(form)
    const secure = url.protocol === 'smtps:'
    const from = readMailAddress(given('BIHUAN_MAIL_FROM'))
    if (!from.ok) throw new SettingsError('设了 BIHUAN_SMTP_URL，环境变量 BIHUAN_MAIL_FROM 就应是一个邮箱地址。')
    try {
      const [user, pass] = [decodeURIComponent(url.username), decodeURIComponent(url.password)]
      return {
        host: url.hostname.replace(/^\[|\]$/g, ''),
        port: url.port === '' ? (secure ? 465 : 587) : Number(url.port),
        secure,
        auth: user === '' ? null : { user, pass },
        from: from.value,
      }
    } catch {
      throw new SettingsError(form)
    }
  }
  const publicUrl = (): string | null => {
    const text = given('BIHUAN_PUBLIC_URL')
    if (text === '') return null
    const url = URL.canParse(text) ? new URL(text) : null
    if (url === null || !/^https?:$/.test(url.protocol) || url.search !== '' || url.hash !== '')
      throw new SettingsError(`环境变量 BIHUAN_PUBLIC_URL 应是以 https:// 开头的网址，现在是“${text}”。`)
    return url.href.replace(/\/+$/, '')
  }

  const production = oneOf('NODE_ENV', ['production', 'development', 'test']) === 'production'
  const now = given('BIHUAN_NOW') === '' ? null : new Date(given('BIHUAN_NOW'))
  // Without its offset a time would be read in the time zone of the machine.
  if (now !== null && (Number.isNaN(now.getTime()) || !/T.+(Z|[+-]\d{2}:\d{2})$/.test(given('BIHUAN_NOW')))) {
    throw new SettingsError(
      `环境变量 BIHUAN_NOW 不是时间：“${given('BIHUAN_NOW')}”。写法如 2023-06-16T09:00:00+08:00。`,
    )
  }
  if (now !== null && production) {
    throw new SettingsError('生产环境不许设 BIHUAN_NOW：记录的时间必须是真的。请去掉它再启动。')
  }
  return {
    port: whole('PORT', 0, 65_535),
    host: given('HOST'),
    dataFolder: resolve(given('BIHUAN_DATA')),
    databaseUrl: postgresUrl('DATABASE_URL'),
    databaseAppUrl: postgresUrl('DATABASE_APP_URL'),
    databasePool: whole('DATABASE_POOL', 1),
    production,
    now,
    secret: given('BIHUAN_SECRET') || null,
    secureCookie: given('BIHUAN_SECURE_COOKIE') === '' ? production : yes('BIHUAN_SECURE_COOKIE'),
    trustProxy: yes('BIHUAN_TRUST_PROXY'),
    password: { minimumLength: whole('BIHUAN_PASSWORD_LENGTH', 8), maximumDays: whole('BIHUAN_PASSWORD_DAYS', 1) },
    lockout: { afterFailures: whole('BIHUAN_LOCK_AFTER', 1), minutes: whole('BIHUAN_LOCK_MINUTES', 1) },
    idleMinutes: whole('BIHUAN_IDLE_MINUTES', 1),
    uploadBytes: whole('BIHUAN_UPLOAD_MB', 1) * 1024 * 1024,
    s3: given('BIHUAN_S3_URL')
      ? {
          url: given('BIHUAN_S3_URL'),
          bucket: needed('BIHUAN_S3_BUCKET'),
          region: given('BIHUAN_S3_REGION'),
          key: needed('BIHUAN_S3_KEY'),
          secret: needed('BIHUAN_S3_SECRET'),
        }
      : null,
    webhook:
      given('BIHUAN_WEBHOOK_URL') === '' ? null : { url: webhookUrl(), secret: given('BIHUAN_WEBHOOK_SECRET') || null },
    mail: given('BIHUAN_SMTP_URL') === '' ? null : mail(),
    publicUrl: publicUrl(),
    privateReceivers: given('BIHUAN_PRIVATE_RECEIVERS')
      .split(/[,，\s]+/)
      .map((host) => host.toLowerCase().replace(/^\[|\]$/g, ''))
      .filter((host) => host !== ''),
    token: given('BIHUAN_TOKEN') || null,
    logLevel: oneOf('BIHUAN_LOG', ['debug', 'info', 'warn', 'error', 'silent']),
  }
}
