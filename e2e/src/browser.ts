/**
 * One browser for a file of tests; each person has a context of his own. What the page says on its console, throws, or fails to
 * load fails the test; of a test that failed, every open page is kept as a picture in e2e/output.
 */
import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { fileURLToPath } from 'node:url'
import chromium from '@sparticuz/chromium'
import { chromium as playwright, type Browser, type BrowserContext, type Page } from 'playwright-core'

export const desk = { width: 1366, height: 768 } as const
export const phone = { width: 390, height: 844 } as const
const output = fileURLToPath(new URL('../output', import.meta.url))

/** What a log-in needs, as the builders give it. */
export interface LogIn {
  readonly loginName: string
  readonly password: string
  readonly tenantCode: string
}

export interface Visit {
  readonly page: Page
  /** The page may be answered with these: a wrong password is 401, and no fault of the page. */
  expectStatus(...statuses: number[]): void
}

export interface OpenBrowser {
  /** A context of its own, logged in unless `who` is null, at the address. */
  open(who: LogIn | null, address: string, size?: typeof desk | typeof phone): Promise<Visit>
  /** After each test: what went wrong on the pages, pictures of them if the test failed, and the contexts closed. */
  settle(name: string, failed: boolean): Promise<readonly string[]>
  close(): Promise<void>
}

export async function openBrowser(url: string): Promise<OpenBrowser> {
  const browser = await launch()
  let visits: Opened[] = []
  return {
    async open(who, address, size = desk) {
      const visit = await openOne(browser, url, who, address, size)
      visits.push(visit)
      return visit
    },
    async settle(name, failed) {
      const said = visits.flatMap(({ faults }) => faults)
      if (failed || said.length > 0) await keepPictures(name, visits)
      for (const { context } of visits) await context.close()
      visits = []
      return said
    },
    close: () => browser.close(),
  }
}

interface Opened extends Visit {
  readonly context: BrowserContext
  readonly faults: string[]
}

async function openOne(
  browser: Browser,
  url: string,
  who: LogIn | null,
  address: string,
  size: typeof desk | typeof phone,
): Promise<Opened> {
  const context = await browser.newContext({
    baseURL: url,
    viewport: size,
    locale: 'zh-CN',
    timezoneId: 'Asia/Shanghai',
    acceptDownloads: true,
    // What moves is waited for; nothing need move.
    reducedMotion: 'reduce',
    ...(size === phone ? { hasTouch: true, isMobile: true } : {}),
  })
  context.setDefaultTimeout(15_000)
  if (who !== null) await logInto(context, who)
  const page = await context.newPage()
  const faults: string[] = []
  const expected = new Set<number>()
  page.on('console', (message) => {
    // The browser's own words on an answer of 400 and more are judged with the answer, below.
    if (message.type() === 'error' && !message.text().startsWith('Failed to load resource'))
      faults.push(`console: ${message.text()}`)
  })
  page.on('pageerror', (thrown) => faults.push(`thrown: ${thrown.message}`))
  page.on('requestfailed', (request) => {
    const why = request.failure()?.errorText ?? ''
    // Left behind by a page that went on, or a file that went to the downloads.
    if (why !== 'net::ERR_ABORTED') faults.push(`${request.method()} ${request.url()}: ${why}`)
  })
  page.on('response', (response) => {
    if (response.status() >= 400 && !expected.has(response.status()))
      faults.push(`${response.request().method()} ${response.url()}: ${response.status()}`)
  })
  await page.goto(address)
  return { page, context, faults, expectStatus: (...statuses) => statuses.forEach((status) => expected.add(status)) }
}

/** Without the log-in page, which has a test of its own: the context keeps the cookie. */
async function logInto(context: BrowserContext, { loginName, password, tenantCode }: LogIn): Promise<void> {
  const answer = await context.request.post('/api/session', {
    headers: { 'x-requested-with': 'bihuan' },
    data: { loginName, password, tenant: tenantCode },
  })
  if (!answer.ok()) throw new Error(`${loginName} could not log in: ${await answer.text()}`)
}

async function keepPictures(name: string, visits: readonly Opened[]): Promise<void> {
  await mkdir(output, { recursive: true })
  const plain = name.replace(/[^\p{L}\p{N}]+/gu, '-').slice(0, 80)
  for (const [at, { page }] of visits.entries()) {
    if (!page.isClosed()) await page.screenshot({ path: join(output, `${plain}-${at + 1}.png`) }).catch(() => undefined)
  }
}

/** The headless shell that comes as an npm package: no system packages, also as root. */
async function launch(): Promise<Browser> {
  const executablePath = await chromium.executablePath()
  return playwright.launch({
    executablePath,
    env: { ...environment(), ...(await ownLibraries(executablePath)) },
    // Not the package's own flags: they put everything into one process, in which one closed context takes the browser with it.
    args: [
      '--no-sandbox',
      '--disable-setuid-sandbox',
      '--no-zygote',
      '--disable-gpu',
      '--disable-dev-shm-usage',
      '--font-render-hinting=none',
    ],
  })
}

/** A bare machine lacks libraries (nss) that the package brings along; elsewhere the machine's own are the right ones. */
async function ownLibraries(executablePath: string): Promise<Record<string, string>> {
  const needed = await promisify(execFile)('ldd', [executablePath]).catch(() => ({ stdout: '' }))
  if (!needed.stdout.includes('not found')) return {}
  const folder = join(tmpdir(), 'al2023', 'lib')
  if (!existsSync(folder)) {
    // It unpacks them only where it takes the machine for a Lambda, and only together with the browser.
    await rm(executablePath)
    const unpack = `import chromium from '@sparticuz/chromium'; await chromium.executablePath()`
    await promisify(execFile)(process.execPath, ['--input-type=module', '-e', unpack], {
      cwd: fileURLToPath(new URL('.', import.meta.url)),
      env: { ...environment(), AWS_LAMBDA_JS_RUNTIME: 'nodejs20.x' },
    })
  }
  return { LD_LIBRARY_PATH: folder }
}

function environment(): Record<string, string> {
  return Object.fromEntries(
    Object.entries(process.env).filter((pair): pair is [string, string] => pair[1] !== undefined),
  )
}
