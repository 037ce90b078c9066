/**
 * Fills an empty database with the example district, through the same commands as people use: there is no INSERT here. From one
 * seed, on a clock that walks from eight months ago to today.
 */
import { addDays, addMonths, startOfMonth, type ReceiverRule, type Role } from '@bihuan/domain'
import {
  actOnCampaign,
  confirmCampaign,
  createCampaign,
  remindReceivers,
  sendOut,
  showCampaign,
  updateTask,
} from '../modules/campaign/index.js'
import { registerEnterprise } from '../modules/enterprise/index.js'
import { beginHazard, continueHazard } from '../modules/hazard/index.js'
import { createAccount, createSessions, grantRole } from '../modules/identity/index.js'
import { addUnit, foundTenant, isFounded, recordResponsibility } from '../modules/organization/index.js'
import {
  actOnReturn,
  addSchedule,
  listActiveSchedules,
  listReturns,
  listTableRows,
  openSchedule,
  showReturn,
  signReturn,
  typeIntoReturn,
} from '../modules/report/index.js'
import type { Actor } from '../platform/actor.js'
import { ManualClock } from '../platform/clock.js'
import type { Handle } from '../platform/db/scope.js'
import type { Answer } from '../platform/http/serve.js'
import type { Platform } from '../platform/platform.js'
import { leads, people, units, type DemoPerson } from './district.js'
import { inventFirms, personName, type DemoFirm } from './firms.js'
import { inventStory, type FirmInDistrict, type Story } from './hazard-stories.js'
import { inventPlans } from './plans.js'
import { confirmedAtOnce, confirmedLate, firstReceivers, laterReceivers } from './sending.js'
import { daysLate, inventSchedules, typedValues, type DemoSchedule } from './returns.js'
import { seeded, type Random } from './random.js'

export interface DemoLogIn {
  readonly loginName: string
  readonly password: string
  readonly who: string
}

export interface DemoOptions {
  readonly seed?: number
  readonly hazards?: number
  readonly say?: (sentence: string) => void
}

const firstPassword = 'Qingyu-Chuci-01'
/** What the printed log-ins open with. A demonstration is no secret; production never gets here. */
export const demoPassword = 'Qingyu-Shiyan-26'

const administrators: readonly {
  readonly loginName: string
  readonly personName: string
  readonly post: string
  readonly role: Role
}[] = [
  { loginName: 'sysadmin', personName: '徐守正', post: '系统管理员', role: 'system-admin' },
  { loginName: 'secadmin', personName: '何慎之', post: '安全保密管理员', role: 'security-admin' },
  { loginName: 'audadmin', personName: '俞明鉴', post: '安全审计员', role: 'audit-admin' },
]

/** Null when the database has data: examples never mix with it. */
export async function loadDemo(platform: Platform, options: DemoOptions = {}): Promise<readonly DemoLogIn[] | null> {
  if (await isFounded(platform.database)) return null
  const demo = new Demo(platform, options)
  return demo.load()
}

class Demo {
  private readonly random: Random
  private readonly clock: ManualClock
  private readonly today: string
  private readonly firstDay: string
  private readonly unitIds = new Map<string, string>()
  private readonly accountIds = new Map<string, string>()
  private readonly actors = new Map<string, Actor>()
  private readonly sessions: ReturnType<typeof createSessions>
  private tenantId = ''

  constructor(
    private readonly platform: Platform,
    private readonly options: DemoOptions,
  ) {
    this.random = seeded(options.seed ?? 20_230_616)
    this.today = platform.clock.today()
    this.firstDay = addMonths(startOfMonth(this.today), -8)
    this.clock = new ManualClock(morning(this.firstDay))
    this.sessions = createSessions({ ...platform, clock: this.clock })
  }

  async load(): Promise<DemoLogIn[]> {
    this.say('正在准备示例数据（虚构的青榆区）……')
    await this.foundDistrict()
    const firms = await this.registerFirms(inventFirms(this.random))
    const campaigns = await this.startCampaigns()
    await this.sendOut(campaigns.get('district') ?? '', firstReceivers, confirmedAtOnce)
    this.say(`企业 ${firms.length} 家、行动 ${campaigns.size} 个已登记，正在登记隐患……`)
    await this.liveThrough(this.inventStories(firms, campaigns))
    await this.fileTables(campaigns)
    return this.renewPasswords()
  }

  private say(sentence: string): void {
    this.options.say?.(sentence)
  }

  private id(key: string): string {
    const id = this.unitIds.get(key)
    if (id === undefined) throw new Error(`no unit ${key}`)
    return id
  }

  private async as(loginName: string): Promise<Actor> {
    const known = this.actors.get(loginName)
    if (known !== undefined) return known
    const actor = await this.sessions.actAs('qingyu', loginName, '示例数据')
    if (actor === null) throw new Error(`no account ${loginName}`)
    this.actors.set(loginName, actor)
    return actor
  }

  private async act<T>(loginName: string, work: (handle: Handle, actor: Actor) => Promise<Answer<T>>): Promise<T> {
    const actor = await this.as(loginName)
    return must(await this.platform.database.withScope(actor.reach, (handle) => work(handle, actor)))
  }

  /** The tenant, its offices and its first people, in one transaction, as a founding is. */
  private async foundDistrict(): Promise<void> {
    const founded = await foundTenant(
      this.platform.database,
      this.clock,
      { code: 'qingyu', name: '青榆区', rootKind: 'district', rootCode: '990101', existsFrom: '2000-01-01' },
      async (_, rootUnitId) => {
        this.unitIds.set('district', rootUnitId)
      },
    )
    this.tenantId = founded.tenantId
    const by = { tenantId: this.tenantId, via: 'maintenance', personName: '系统', address: 'local' } as const
    await this.platform.database.withScope({ purpose: 'tenant', tenantId: this.tenantId }, async (handle) => {
      for (const unit of units.filter((one) => one.parent !== null)) {
        const made = must(
          await addUnit(
            handle,
            by,
            {
              kind: unit.kind,
              name: unit.name,
              code: null,
              parentId: this.id(unit.parent ?? ''),
              lineParentId: null,
              existsFrom: '2000-01-01',
            },
            this.clock,
          ),
        )
        this.unitIds.set(unit.key, made.id)
      }
      for (const [sector, unit] of Object.entries(leads)) {
        must(
          await recordResponsibility(
            handle,
            by,
            { unitId: this.id(unit), sector, role: 'lead', validFrom: '2000-01-01', validUntil: null },
            this.clock,
          ),
        )
      }
      const admins = administrators.map((admin): DemoPerson => ({ ...admin, unit: 'district', shown: true }))
      for (const person of [...admins, ...people]) await this.admit(handle, person)
    })
  }

  private async admit(handle: Handle, person: Omit<DemoPerson, 'unit'> & { readonly unit: string }): Promise<void> {
    const by = { tenantId: this.tenantId, via: 'maintenance', personName: '系统', address: 'local' } as const
    const unitId = this.id(person.unit)
    const account = must(
      await createAccount(
        handle,
        by,
        {
          loginName: person.loginName,
          personName: person.personName,
          post: person.post,
          phone: null,
          unitId,
          password: firstPassword,
          mustChangePassword: false,
        },
        this.clock,
      ),
    )
    this.accountIds.set(person.loginName, account.id)
    must(await grantRole(handle, by, { accountId: account.id, unitId, role: person.role }, this.clock))
  }

  private async registerFirms(invented: readonly DemoFirm[]): Promise<(FirmInDistrict & { readonly unit: string })[]> {
    const firms: (FirmInDistrict & { readonly unit: string })[] = []
    for (const [index, firm] of invented.entries()) {
      const regulator = leads[firm.profile.leadSector] ?? 'emergency'
      const registered = await this.act('anban', (handle, actor) =>
        registerEnterprise(
          handle,
          actor,
          {
            profile: {
              ...firm.profile,
              territoryUnitId: this.id(firm.unit),
              leadRegulatorId: this.id(regulator),
              otherRegulatorIds: [],
            },
            since: '2015-01-01',
          },
          this.clock,
        ),
      )
      const key = `firm-${index}`
      this.unitIds.set(key, registered.enterprise.id)
      // Every sixth has people of its own in the system; for the others the officer of the place keeps the ledger.
      const own = index % 6 === 0
      if (own) await this.admitFirm(key, index)
      firms.push({ ...this.dealingsOf(firm, registered.enterprise.id, own ? `qiye${index}` : null), unit: firm.unit })
    }
    return firms
  }

  private async admitFirm(key: string, index: number): Promise<void> {
    await this.platform.database.withScope({ purpose: 'tenant', tenantId: this.tenantId }, async (handle) => {
      await this.admit(handle, {
        loginName: `qiye${index}`,
        personName: personName(this.random),
        post: '安全管理员',
        unit: key,
        role: 'enterprise-safety',
        shown: index === 0,
      })
      if (index === 0) {
        await this.admit(handle, {
          loginName: 'laozong',
          personName: personName(this.random),
          post: '主要负责人',
          unit: key,
          role: 'enterprise-principal',
          shown: true,
        })
      }
    })
  }

  private dealingsOf(firm: DemoFirm, id: string, ownKeeper: string | null): FirmInDistrict {
    const local = people.filter((person) => person.unit === firm.unit)
    const [officerOfPlace] = local
    const above = firm.unit.startsWith('village')
      ? 'xiang'
      : firm.unit.startsWith('community')
        ? 'jiedao'
        : firm.unit === 'park'
          ? 'yuanqu'
          : 'jingqu'
    const officer = people.find((person) => person.loginName === above) as DemoPerson
    const department = people.find(
      (person) => person.unit === (leads[firm.profile.leadSector] ?? 'emergency'),
    ) as DemoPerson
    const keeper = ownKeeper ?? (officerOfPlace as DemoPerson).loginName
    const authority = firm.unit.startsWith('village')
      ? 'township'
      : firm.unit.startsWith('community')
        ? 'street'
        : firm.unit
    return {
      id,
      name: firm.profile.name,
      sector: firm.profile.leadSector,
      territoryUnitId: this.id(firm.unit),
      authorityUnitId: this.id(authority),
      campaignId: '',
      principal: firm.profile.principal?.name ?? '',
      keeper,
      keeperName: ownKeeper === null ? (officerOfPlace as DemoPerson).personName : '安全管理员',
      keeperUnitId: ownKeeper === null ? this.id(firm.unit) : id,
      keeperSide: ownKeeper === null ? 'government' : 'enterprise',
      officer: officer.loginName,
      officerName: officer.personName,
      officerUnitId: this.id(officer.unit),
      department: {
        login: department.loginName,
        name: department.personName,
        unitId: this.id(department.unit),
        campaignId: '',
      },
      listingUnitId: this.id('district'),
    }
  }

  private async startCampaigns(): Promise<Map<string, string>> {
    const campaigns = new Map<string, string>()
    for (const { unit, by, plan, counts } of inventPlans(this.firstDay)) {
      const created = await this.act(by, (handle, actor) =>
        createCampaign(
          handle,
          actor,
          { unitId: this.id(unit), parentId: campaigns.get('district') ?? null, plan },
          this.clock,
        ),
      )
      const counted =
        counts === null
          ? created
          : await this.act(by, (handle, actor) =>
              actOnCampaign(
                handle,
                actor,
                created.id,
                created.version,
                { kind: 'set-sectors', sectors: counts, reason: '只统计本局主管的行业' },
                this.clock,
              ),
            )
      await this.act(by, (handle, actor) =>
        actOnCampaign(handle, actor, created.id, counted.version, { kind: 'start' }, this.clock),
      )
      campaigns.set(unit, created.id)
    }
    return campaigns
  }

  /** 下发, and those of the receivers who read it the same day; the others are reminded. */
  private async sendOut(campaignId: string, rule: ReceiverRule, readers: readonly string[]): Promise<void> {
    await this.act('anban', (handle, actor) => sendOut(handle, actor, campaignId, rule, this.clock))
    for (const reader of readers) {
      const { reach } = await this.as(reader)
      const page = await this.act(reader, async (handle, actor) => ({
        ok: true as const,
        value: must(await showCampaign(handle, actor, campaignId, this.clock.today())),
      }))
      const own = page.receipts.find(({ unitId, state }) => reach.parties.includes(unitId) && state === 'waiting')
      if (own === undefined) throw new Error(`${reader} was sent nothing`)
      const command = { campaignId, unitId: own.unitId, noticeFileId: page.noticeFileId }
      await this.act(reader, (handle, actor) => confirmCampaign(handle, actor, command, this.clock))
    }
    await this.act('anban', (handle, actor) =>
      remindReceivers(handle, actor, campaignId, '请尽快阅读并确认。', this.clock),
    )
  }

  private inventStories(
    firms: readonly (FirmInDistrict & { readonly unit: string })[],
    campaigns: ReadonlyMap<string, string>,
  ): Story[] {
    const days = Math.round((Date.parse(this.today) - Date.parse(this.firstDay)) / 86_400_000)
    const wanted = this.options.hazards ?? 900
    const stories: Story[] = []
    for (let n = 0; n < wanted; n++) {
      const firm = this.random.pick(firms)
      const area = firm.unit.startsWith('village')
        ? 'township'
        : firm.unit.startsWith('community')
          ? 'street'
          : firm.unit
      const ofDepartment = firm.department.unitId === this.id('emergency') ? 'emergency' : 'district'
      const at: FirmInDistrict = {
        ...firm,
        campaignId: campaigns.get(area) ?? '',
        department: { ...firm.department, campaignId: campaigns.get(ofDepartment) ?? '' },
      }
      stories.push(inventStory(this.random, at, addDays(this.firstDay, 1), addDays(this.today, -1), days))
    }
    return stories
  }

  /** Everything that happened, in the order of its day: so that the trail reads as it would have been written. */
  private async liveThrough(stories: readonly Story[]): Promise<void> {
    const happenings = stories
      .flatMap((story, index) => [
        { on: story.begin.on, story: index, step: -1 },
        ...story.steps.map((step, place) => ({ on: step.on, story: index, step: place })),
      ])
      .sort((a, b) => (a.on < b.on ? -1 : a.on > b.on ? 1 : a.step - b.step || a.story - b.story))
    const hazards = new Map<number, { id: string; version: number }>()
    let minute = 0
    let day = ''
    for (const [done, happening] of happenings.entries()) {
      minute = happening.on === day ? minute + 3 : 0
      day = happening.on
      this.clock.set(new Date(morning(day).getTime() + minute * 60_000))
      const story = stories[happening.story] as Story
      const step = story.steps[happening.step]
      const saved =
        step === undefined
          ? await this.act(story.begin.by, (handle, actor) => beginHazard(handle, actor, story.begin, this.clock))
          : await this.act(step.by, (handle, actor) => {
              const hazard = hazards.get(happening.story) as { id: string; version: number }
              return continueHazard(handle, actor, hazard.id, hazard.version, step.act, this.clock)
            })
      hazards.set(happening.story, { id: saved.hazard.id, version: saved.hazard.version })
      if (done > 0 && done % 1000 === 0) this.say(`已办理 ${done} / ${happenings.length} 步……`)
    }
  }

  /** Month by month: the tables filed, taken or sent back, and the tasks reported on, as far as people do. The last month waits. */
  private async fileTables(campaigns: ReadonlyMap<string, string>): Promise<void> {
    const schedules = inventSchedules(this.firstDay)
    this.clock.set(morning(this.firstDay))
    for (const schedule of schedules) {
      await this.act(schedule.by, async (handle, actor) => {
        const [table] = await listTableRows(handle, campaigns.get(schedule.campaign) ?? null)
        if (table === undefined) throw new Error(`no table of ${schedule.campaign}`)
        return addSchedule(handle, actor, table.id, schedule.input, this.clock)
      })
    }
    for (let month = 0; month < 8; month++) {
      const begins = addMonths(this.firstDay, month)
      this.clock.set(morning(begins))
      await this.openReturns()
      for (const schedule of schedules) await this.fileMonth(schedule, begins.slice(0, 7))
      const ends = addDays(addMonths(this.firstDay, month + 1), -1)
      this.clock.set(morning(addDays(ends, 1)))
      await this.reportTasks(campaigns, ends)
    }
    // This month: most have filed, two have not, and one is sent back.
    this.clock.set(morning(addMonths(this.firstDay, 8)))
    await this.sendOut(campaigns.get('district') ?? '', laterReceivers, confirmedLate([...this.accountIds.keys()]))
    await this.openReturns()
    for (const schedule of schedules) await this.fileMonth(schedule, this.today.slice(0, 7), this.today)
    this.clock.set(this.platform.clock.now())
  }

  private async openReturns(): Promise<void> {
    const { database } = this.platform
    const active = await database.withScope({ purpose: 'tenant', tenantId: this.tenantId }, listActiveSchedules)
    for (const schedule of active) await openSchedule({ database, clock: this.clock }, this.tenantId, schedule)
  }

  /** `until`: what is due later waits; and of the month that runs, the first and the last filer let theirs wait. */
  private async fileMonth(
    { input, filers, receiver }: DemoSchedule,
    month: string,
    until: string | null = null,
  ): Promise<void> {
    const context = { database: this.platform.database, clock: this.clock }
    const title = input.title
    const find = async (login: string, side: 'mine' | 'received') => {
      const actor = await this.as(login)
      const { items } = await this.act(login, (handle) =>
        listReturns(handle, actor, { side, show: 'todo', limit: 200 }, this.clock),
      )
      return items.filter((row) => row.periodKey === month && row.title === title)
    }
    for (const login of until === null ? filers : filers.slice(1, -1)) {
      const actor = await this.as(login)
      const [waiting] = await find(login, 'mine')
      if (waiting === undefined || (until !== null && waiting.dueOn > until)) continue
      this.clock.set(morning(until === null ? addDays(waiting.dueOn, daysLate(this.random)) : waiting.dueOn))
      const draft = must(await showReturn(context, actor, waiting.id))
      await this.act(login, (handle) =>
        typeIntoReturn(
          handle,
          actor,
          { id: draft.id, version: draft.version, values: typedValues(draft, this.random) },
          this.clock,
        ),
      )
      await this.platform.sealer.sealNow(this.tenantId)
      const filled = must(await showReturn(context, actor, waiting.id))
      const answers = Object.fromEntries(
        filled.findings.map(({ key, code }) => [
          key,
          code === 'fell' ? '销号后又重新打开，已核实' : '当月集中开展排查整治，数字已核实',
        ]),
      )
      must(
        await signReturn(
          context,
          actor,
          {
            id: filled.id,
            version: filled.version,
            label: filled.wants ?? '',
            nil: filled.isNil,
            contentHash: filled.contentHash,
            answers,
            submit: true,
          },
          // The script that tells the story is no thief of the session.
          { ok: true, value: undefined },
        ),
      )
    }
    const remark = { cell: 'g1.m3', text: '与清单上的条数不符，请核对' }
    for (const [index, { id, version }] of (await find(receiver, 'received')).entries()) {
      const act =
        until !== null && index === 0
          ? ({ kind: 'send-back', remarks: [remark] } as const)
          : ({ kind: 'accept' } as const)
      // What came last this month nobody has looked at yet.
      if (until !== null && index > 2) continue
      await this.act(receiver, (handle, actor) => actOnReturn(handle, actor, { id, version, act }, this.clock))
    }
  }

  private async reportTasks(campaigns: ReadonlyMap<string, string>, on: string): Promise<void> {
    for (const [unit, by] of [
      ['street', 'jiedao'],
      ['park', 'yuanqu'],
      ['district', 'anban'],
    ] as const) {
      const campaignId = campaigns.get(unit) ?? ''
      const actor = await this.as(by)
      const tasks = await this.platform.database.withScope(actor.reach, (handle) =>
        this.tasksOf(handle, actor, campaignId),
      )
      for (const [index, taskId] of tasks.entries()) {
        if (!this.random.chance(index === 0 ? 100 : 65)) continue
        await this.act(by, (handle, me) =>
          updateTask(
            handle,
            me,
            {
              campaignId,
              taskId,
              doneOn: on,
              finishes: true,
              note: '已按要求完成，材料存档。',
              fileIds: [],
              withdraws: null,
            },
            this.clock,
          ),
        )
      }
    }
  }

  private async tasksOf(handle: Handle, actor: Actor, campaignId: string): Promise<string[]> {
    const page = must(await showCampaign(handle, actor, campaignId, this.clock.today()))
    return page.tasks.filter((task) => task.due?.kind !== 'standing').map((task) => task.id)
  }

  /** Passwords grow old in eight months: the people of the printed log-ins change theirs today, as everybody must. */
  private async renewPasswords(): Promise<DemoLogIn[]> {
    const fresh = createSessions(this.platform)
    const shown = [
      ...administrators.map((admin) => ({ ...admin, unitName: '青榆区' })),
      ...people
        .filter((person) => person.shown)
        .map((person) => ({ ...person, unitName: units.find((unit) => unit.key === person.unit)?.name ?? '' })),
      { loginName: 'qiye0', post: '安全管理员', unitName: '示例企业' },
      { loginName: 'laozong', post: '主要负责人', unitName: '示例企业' },
    ]
    for (const { loginName } of shown)
      must(await fresh.changePassword(await this.as(loginName), firstPassword, demoPassword))
    return shown.map(({ loginName, post, unitName }) => ({
      loginName,
      password: demoPassword,
      who: `${unitName} ${post}`,
    }))
  }
}

function morning(day: string): Date {
  return new Date(`${day}T08:30:00+08:00`)
}

function must<T>(answer: Answer<T>): T {
  if (!answer.ok)
    throw new Error(
      `${answer.refusal.code}: ${answer.refusal.message}${answer.refusal.path === undefined ? '' : `（${answer.refusal.path}）`}`,
    )
  return answer.value
}
