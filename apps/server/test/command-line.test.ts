/** The command line as its users meet it: help, answers, refusals, exit codes, and whose act it is. */
import { createHash, randomUUID } from 'node:crypto'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { hostname, tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  createCommandLine,
  CommandRefused,
  given,
  type CommandContext,
  type PersonOptions,
} from '../src/cli/command-line.js'
import { recordAct } from '../src/platform/audit/record.js'
import { notFound } from '../src/platform/http/refusal.js'
import { buildAccount, buildTenant, startTestApp, type TestAccount, type TestApp, type TestTenant } from './builders.js'
import { runCli } from './run-command.js'
import { samplePlan } from './sample-plan.js'

const dates = { startsOn: '2023-05-20', endsOn: '2023-12-31' }
const doubt = { message: '', quotes: [] }

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'bihuan-cli-'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

async function planFile(plan: unknown): Promise<string> {
  const file = join(folder, `plan-${Math.random()}.json`)
  await writeFile(file, typeof plan === 'string' ? plan : JSON.stringify(plan))
  return file
}

describe('wrong use', () => {
  it.each([
    [['no-such'], '没有命令“no-such”。'],
    [['verify', '--no-such'], '没有选项 --no-such。'],
    [['plan', 'show'], '缺少参数 文件。'],
    [['backup'], '必须给出选项 --out <文件>。'],
    [['backup', '--out'], '选项 --out <文件> 后面缺少内容。'],
    [['verify', 'too', 'many'], '参数多了。'],
    [['campaign', 'create', '--unit', '青榆区'], '必须给出选项 --plan <文件>。'],
    [['campaign', 'create', '--plan', 'x.json'], '必须给出选项 --unit <代码>。'],
    [['campaign', 'no-such'], '没有命令“no-such”。'],
    [['ledger', 'export', '--format', 'pdf'], '选项 --format <格式> 不能是“pdf”，可用 xlsx、docx。'],
    [['demo', 'too', 'many'], '参数多了。'],
  ])('%j is answered with one Chinese sentence and exit code 2', async (argv, sentence) => {
    const { code, out, err } = await runCli(argv)
    expect([code, out, err]).toEqual([2, '', `${sentence}用 --help 看用法。\n`])
  })

  it('a folder without data is not filled with a new database by a question', async () => {
    const { code, err } = await runCli(['verify'], { BIHUAN_DATA: join(folder, 'nowhere') })
    expect([code, err]).toEqual([2, expect.stringMatching(/^数据文件夹 \S+ 还不存在。/)])
  })

  it('a wrong setting is named, and no stack is shown but to who asks for it', async () => {
    const wrong = { BIHUAN_DATA: folder, PORT: 'eighty' }
    const { code, err } = await runCli(['verify'], wrong)
    expect([code, err]).toEqual([2, expect.stringMatching(/^环境变量 PORT .*\n$/)])
    expect((await runCli(['verify'], { ...wrong, BIHUAN_LOG: 'debug' })).err).toMatch(/\n {4}at /)
  })
})

describe('help', () => {
  const commands = [
    ...['', 'plan', 'plan show', 'campaign', 'campaign create', 'ledger', 'ledger import', 'ledger export'],
    ...['table', 'table show', 'table export', 'verify', 'backup', 'restore', 'demo'],
  ]
  it.each(commands)('of “%s” is in Chinese, and tells the exit codes', async (command) => {
    const { code, out, err } = await runCli([...command.split(' ').filter((word) => word !== ''), '--help'])
    expect([code, err]).toEqual([0, ''])
    expect(out).toMatch(/^用法： bihuan/)
    expect(out).toContain('退出码：0 办成了；1 核对不通过；2 用法不对或被拒绝。')
    // Names of commands, options, formats and files are what they are.
    const names =
      /^ {2}[\w-]+|--?[\w-]+|bihuan( [\w-]+)*|docs\/command-line\.md|\.(?:docx|doc|wps|pdf|html|txt)|（可用 [a-z、]+(；默认 \w+)?）/gm
    const words = out
      .replaceAll(names, '')
      .replaceAll(/\b(JSON|json|Excel|Word|PDF|WPS|BIHUAN_TOKEN|ask|enterprise|place)\b/g, '')
    expect(words).not.toMatch(/[A-Za-z]{3}/)
  })
})

describe('bihuan plan show', () => {
  it('shows a plan as a page, and passes when nothing in it is in doubt', async () => {
    const plan = samplePlan({
      warnings: [],
      duties: [
        {
          level: 'enterprise',
          actor: '企业主要负责人',
          action: '带队检查',
          frequency: { times: 1, per: 'quarter' },
          deadline: null,
          condition: '高危行业领域企业',
          quota: null,
        },
        {
          level: 'government',
          actor: '各镇',
          action: '排查重大事故隐患',
          frequency: { times: 1, per: 'month' },
          deadline: null,
          condition: null,
          quota: { atLeast: 1, unit: '条' },
        },
      ],
      reports: [
        {
          name: '进展情况调度表',
          from: '各镇',
          to: ['区安委办'],
          annexes: [1],
          cadence: 'monthly',
          due: { day: 28 },
          since: null,
          cumulative: true,
          cutoff: 'month-end',
          nilReport: true,
          holidayShift: 'next-working-day',
          splitBy: null,
          sections: [{ respondent: '各镇', groups: ['总体情况'] }],
          deliverables: [],
          mustContain: [],
          notes: null,
        },
      ],
    })
    const { code, out, err } = await runCli(['plan', 'show', await planFile(plan)])
    expect([code, err]).toEqual([0, ''])
    for (const part of [
      '青榆区重大事故隐患专项排查整治工作方案',
      '【阶段】4 项',
      '企业｜企业主要负责人：带队检查，每季度 1 次，限于高危行业领域企业',
      '党委政府｜各镇：排查重大事故隐患，每月不少于 1 条',
      '进展情况调度表：各镇报区安委办，每月，28 日前，遇节假日顺延，累计数，截至本月末，零报送，附件 1',
      '各镇填：总体情况',
      '调度表，9 个指标',
      '清单，13 栏',
      '【附件 4 工作任务清单】任务清单，4 项',
      '时限 8月中旬、11月中旬（2023-08-11 至 2023-08-20；2023-11-11 至 2023-11-20）',
      '责任单位：青榆区安委办',
    ]) {
      expect(out).toContain(part)
    }
    expect(out).not.toMatch(/null|undefined|\[object/)
  })

  it('exits 1 when its contradictions are still to be decided, and shows each with its words', async () => {
    const { code, out, err } = await runCli(['plan', 'show', await planFile(samplePlan())])
    expect(code).toBe(1)
    expect(out).toContain('【待定的矛盾】1 项')
    expect(out).toContain('“每月28日前上报”')
    expect(err).toBe('方案里有 1 处矛盾待定，建立行动时须逐条决定并写明理由。\n')
  })

  it.each([
    ['no JSON', '通知全文……', '不是 JSON'],
    ['something else', { title: '方案' }, '不是方案：缺少 issuer（共 '],
    ['a list', [], '不是方案：整个文件应是对象'],
    ['no name of the campaign', samplePlan({ campaign: { ...dates, name: '' } }), '不是方案：campaign.name 不能空着'],
    ['a number for a text', { ...samplePlan(), issuer: 7 }, '不是方案：issuer 应是文字'],
    ['a kind of annex that there is not', { ...samplePlan(), annexes: [{ kind: 'x' }] }, 'annexes[0].kind 不是可用'],
    [
      'a warning that there is not',
      { ...samplePlan(), warnings: [{ ...doubt, code: 'x' }] },
      'warnings[0].code 只能是',
    ],
    ['a date that is none', samplePlan({ issuedOn: '20日' }), 'issuedOn 不对：日期应写作 2023-06-16'],
  ])('refuses a file that holds %s, and names the field', async (_, content, sentence) => {
    const { code, out, err } = await runCli(['plan', 'show', await planFile(content)])
    expect([code, out, err]).toEqual([2, '', expect.stringContaining(sentence)])
    expect(err).toMatch(/。\n$/)
  })

  it('refuses a file that is not there', async () => {
    expect(await runCli(['plan', 'show', join(folder, 'none.json')])).toMatchObject({
      code: 2,
      err: expect.stringContaining('没有这个文件') as string,
    })
  })
})

describe('a command that is somebody’s act', () => {
  let test: TestApp
  let tenant: TestTenant
  let officer: TestAccount
  beforeAll(async () => {
    test = await startTestApp({ now: new Date().toISOString() })
    tenant = await buildTenant(test)
    officer = await buildAccount(test, tenant, 'safety-office')
  })
  afterAll(() => test.stop())

  async function actAs(options: PersonOptions, environment: Record<string, string> = {}) {
    const line = createCommandLine({
      environment: { DATABASE_URL: test.db.ownerUrl, BIHUAN_DATA: folder, ...environment },
      out: () => undefined,
      err: () => undefined,
    })
    const act = ({ platform, actor }: CommandContext) =>
      platform.database.withScope(actor.reach, (handle) =>
        recordAct(handle, actor, { action: 'test.act', objectKind: 'test', objectId: null }, platform.clock.now()),
      )
    try {
      const entryId = await line.asPerson(options, act)
      const [entry] = await test.db.asOwner<{ account_id: string; via: string; address: string; sealed: boolean }>(
        `select account_id, via, address, exists (select 1 from audit_seal s where s.entry_id = e.id) as sealed from audit_entry e where id = $1`,
        [entryId],
      )
      return entry
    } catch (cause) {
      if (cause instanceof CommandRefused) return cause.message
      throw cause
    }
  }

  async function buildToken(expiresAt: string): Promise<string> {
    const token = `bht_${tenant.id}.${randomUUID()}`
    const hash = createHash('sha256').update(token).digest('hex')
    await test.db.asOwner(
      `insert into access_token (tenant_id, id, token_hash, account_id, unit_id, name, permissions, created_at, expires_at)
       values ($1, gen_random_uuid(), $2, $3, $4, '脚本', '{hazard.read}', now(), $5)`,
      [tenant.id, hash, officer.id, officer.unitId, expiresAt],
    )
    return token
  }

  const recorded = () => ({ account_id: officer.id, via: 'cli', address: hostname(), sealed: true })

  it('is recorded as that person’s, from this machine, and sealed when the command ends', async () => {
    expect(await actAs({ tenant: tenant.code, as: officer.loginName })).toEqual(recorded())
  })

  it('takes a token, from the option or the environment', async () => {
    const token = await buildToken('2999-01-01')
    expect(await actAs({ token })).toEqual(recorded())
    expect(await actAs({}, { BIHUAN_TOKEN: token })).toEqual(recorded())
    expect(await actAs({ token, as: officer.loginName })).toMatch(/只能用一个/)
    const other = await buildTenant(test)
    expect(await actAs({ token, tenant: other.code })).toMatch(/不是辖区/)
  })

  it('is on record as reached for when it was another’s, and sealed though it was refused', async () => {
    const line = createCommandLine({
      environment: { DATABASE_URL: test.db.ownerUrl, BIHUAN_DATA: folder },
      out: () => undefined,
      err: () => undefined,
    })
    const sought = { objectKind: 'hazard', objectId: randomUUID() }
    const work = async () => given({ ok: false, refusal: notFound('隐患', sought) })
    await expect(line.asPerson({ tenant: tenant.code, as: officer.loginName }, work)).rejects.toThrow(
      /^没有找到这个隐患/,
    )
    const entries = await test.db.asOwner(
      `select action, account_id, via, exists (select 1 from audit_seal s where s.entry_id = e.id) as sealed
       from audit_entry e where object_id = $1`,
      [sought.objectId],
    )
    expect(entries).toEqual([{ action: 'access.refused', account_id: officer.id, via: 'cli', sealed: true }])
  })

  it('is refused to nobody, to strangers, and to a token that has run out', async () => {
    expect(await actAs({ tenant: tenant.code })).toMatch(/请说明以谁的身份办理/)
    expect(await actAs({ tenant: tenant.code, as: 'stranger' })).toMatch(/没有用户名为“stranger”的在用账户/)
    expect(await actAs({ tenant: 'nowhere', as: officer.loginName })).toMatch(/没有代码为“nowhere”的辖区/)
    expect(await actAs({ token: await buildToken('2020-01-01') })).toMatch(/已过期/)
    expect(await actAs({ token: 'nonsense' })).toMatch(/访问令牌不对/)
  })
})
