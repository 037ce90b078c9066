/**
 * Fills an empty database with the example district, through the same commands as people use: there is no INSERT here. From one
 * seed, on a clock that walks from eight months ago to today.
 */
import { addDays, type Role } from '@bihuan/domain'
import { actOnCampaign, createCampaign } from '../modules/campaign/index.js'
import { registerEnterprise } from '../modules/enterprise/index.js'
import { beginHazard, continueHazard } from '../modules/hazard/index.js'
import { createAccount, createSessions, grantRole } from '../modules/identity/index.js'
import { addUnit, foundTenant, isFounded, recordResponsibility } from '../modules/organization/index.js'
import type { Handle } from '../platform/db/scope.js'
import type { Platform } from '../platform/platform.js'
import { leads, people, units, type DemoPerson } from './district.js'
import { inventFirms, personName, type DemoFirm } from './firms.js'
import { inventStory, type FirmInDistrict, type Story } from './hazard-stories.js'
import { liveThroughMonths } from './live-months.js'
import { importNotice } from './notice.js'
import { inventPlans } from './plans.js'
import { sendOutFirst } from './sending.js'
import { morning, must, Stage } from './stage.js'

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
  private readonly stage: Stage

  constructor(
    platform: Platform,
    private readonly options: DemoOptions,
  ) {
    this.stage = new Stage(platform, options)
  }

  async load(): Promise<DemoLogIn[]> {
    this.stage.say('正在准备示例数据（虚构的青榆区）……')
    await this.foundDistrict()
    const firms = await this.registerFirms(inventFirms(this.stage.random))
    const campaigns = await this.startCampaigns()
    await sendOutFirst(this.stage, campaigns.get('district') ?? '')
    this.stage.say(`企业 ${firms.length} 家、行动 ${campaigns.size} 个已登记，正在登记隐患……`)
    await this.liveThrough(this.inventStories(firms, campaigns))
    await liveThroughMonths(this.stage, campaigns)
    return this.renewPasswords()
  }

  /** The tenant, its offices and its first people, in one transaction, as a founding is. */
  private async foundDistrict(): Promise<void> {
    const founded = await foundTenant(
      this.stage.platform.database,
      this.stage.clock,
      { code: 'qingyu', name: '青榆区', rootKind: 'district', rootCode: '990101', existsFrom: '2000-01-01' },
      async (_, rootUnitId) => {
        this.stage.unitIds.set('district', rootUnitId)
      },
    )
    this.stage.tenantId = founded.tenantId
    const by = { tenantId: this.stage.tenantId, via: 'maintenance', personName: '系统', address: 'local' } as const
    await this.stage.platform.database.withScope(
      { purpose: 'tenant', tenantId: this.stage.tenantId },
      async (handle) => {
        for (const unit of units.filter((one) => one.parent !== null)) {
          const made = must(
            await addUnit(
              handle,
              by,
              {
                kind: unit.kind,
                name: unit.name,
                code: null,
                parentId: this.stage.id(unit.parent ?? ''),
                lineParentId: null,
                existsFrom: '2000-01-01',
              },
              this.stage.clock,
            ),
          )
          this.stage.unitIds.set(unit.key, made.id)
        }
        for (const [sector, unit] of Object.entries(leads)) {
          must(
            await recordResponsibility(
              handle,
              by,
              { unitId: this.stage.id(unit), sector, role: 'lead', validFrom: '2000-01-01', validUntil: null },
              this.stage.clock,
            ),
          )
        }
        const admins = administrators.map((admin): DemoPerson => ({ ...admin, unit: 'district', shown: true }))
        for (const person of [...admins, ...people]) await this.admit(handle, person)
      },
    )
  }

  private async admit(handle: Handle, person: Omit<DemoPerson, 'unit'> & { readonly unit: string }): Promise<void> {
    const by = { tenantId: this.stage.tenantId, via: 'maintenance', personName: '系统', address: 'local' } as const
    const unitId = this.stage.id(person.unit)
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
        this.stage.clock,
      ),
    )
    must(await grantRole(handle, by, { accountId: account.id, unitId, role: person.role }, this.stage.clock))
  }

  private async registerFirms(invented: readonly DemoFirm[]): Promise<(FirmInDistrict & { readonly unit: string })[]> {
    const firms: (FirmInDistrict & { readonly unit: string })[] = []
    for (const [index, firm] of invented.entries()) {
      const regulator = leads[firm.profile.leadSector] ?? 'emergency'
      const registered = await this.stage.act('anban', (handle, actor) =>
        registerEnterprise(
          handle,
          actor,
          {
            profile: {
              ...firm.profile,
              territoryUnitId: this.stage.id(firm.unit),
              leadRegulatorId: this.stage.id(regulator),
              otherRegulatorIds: [],
            },
            since: '2015-01-01',
          },
          this.stage.clock,
        ),
      )
      const key = `firm-${index}`
      this.stage.unitIds.set(key, registered.enterprise.id)
      // Every sixth has people of its own in the system; for the others the officer of the place keeps the ledger.
      const own = index % 6 === 0
      if (own) await this.admitFirm(key, index)
      firms.push({ ...this.dealingsOf(firm, registered.enterprise.id, own ? `qiye${index}` : null), unit: firm.unit })
    }
    return firms
  }

  private async admitFirm(key: string, index: number): Promise<void> {
    await this.stage.platform.database.withScope(
      { purpose: 'tenant', tenantId: this.stage.tenantId },
      async (handle) => {
        await this.admit(handle, {
          loginName: `qiye${index}`,
          personName: personName(this.stage.random),
          post: '安全管理员',
          unit: key,
          role: 'enterprise-safety',
          shown: index === 0,
        })
        if (index === 0) {
          await this.admit(handle, {
            loginName: 'laozong',
            personName: personName(this.stage.random),
            post: '主要负责人',
            unit: key,
            role: 'enterprise-principal',
            shown: true,
          })
        }
      },
    )
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
      territoryUnitId: this.stage.id(firm.unit),
      authorityUnitId: this.stage.id(authority),
      campaignId: '',
      principal: firm.profile.principal?.name ?? '',
      keeper,
      keeperName: ownKeeper === null ? (officerOfPlace as DemoPerson).personName : '安全管理员',
      keeperUnitId: ownKeeper === null ? this.stage.id(firm.unit) : id,
      keeperSide: ownKeeper === null ? 'government' : 'enterprise',
      officer: officer.loginName,
      officerName: officer.personName,
      officerUnitId: this.stage.id(officer.unit),
      department: {
        login: department.loginName,
        name: department.personName,
        unitId: this.stage.id(department.unit),
        campaignId: '',
      },
      listingUnitId: this.stage.id('district'),
    }
  }

  private async startCampaigns(): Promise<Map<string, string>> {
    const campaigns = new Map<string, string>()
    for (const { unit, by, plan: meant, counts } of inventPlans(this.stage.firstDay)) {
      const { fileId, plan } = await importNotice(this.stage, by, meant)
      const created = await this.stage.act(by, (handle, actor) =>
        createCampaign(
          handle,
          actor,
          {
            unitId: this.stage.id(unit),
            parentId: campaigns.get('district') ?? null,
            plan,
            noticeFileId: fileId,
          },
          this.stage.clock,
        ),
      )
      const counted =
        counts === null
          ? created
          : await this.stage.act(by, (handle, actor) =>
              actOnCampaign(
                handle,
                actor,
                created.id,
                created.version,
                { kind: 'set-sectors', sectors: counts, reason: '只统计本局主管的行业' },
                this.stage.clock,
              ),
            )
      await this.stage.act(by, (handle, actor) =>
        actOnCampaign(handle, actor, created.id, counted.version, { kind: 'start' }, this.stage.clock),
      )
      campaigns.set(unit, created.id)
    }
    return campaigns
  }

  private inventStories(
    firms: readonly (FirmInDistrict & { readonly unit: string })[],
    campaigns: ReadonlyMap<string, string>,
  ): Story[] {
    const days = Math.round((Date.parse(this.stage.today) - Date.parse(this.stage.firstDay)) / 86_400_000)
    const wanted = this.options.hazards ?? 900
    const stories: Story[] = []
    for (let n = 0; n < wanted; n++) {
      const firm = this.stage.random.pick(firms)
      const area = firm.unit.startsWith('village')
        ? 'township'
        : firm.unit.startsWith('community')
          ? 'street'
          : firm.unit
      const ofDepartment = firm.department.unitId === this.stage.id('emergency') ? 'emergency' : 'district'
      const at: FirmInDistrict = {
        ...firm,
        campaignId: campaigns.get(area) ?? '',
        department: { ...firm.department, campaignId: campaigns.get(ofDepartment) ?? '' },
      }
      stories.push(
        inventStory(this.stage.random, at, addDays(this.stage.firstDay, 1), addDays(this.stage.today, -1), days),
      )
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
      this.stage.clock.set(new Date(morning(day).getTime() + minute * 60_000))
      const story = stories[happening.story] as Story
      const step = story.steps[happening.step]
      const saved =
        step === undefined
          ? await this.stage.act(story.begin.by, (handle, actor) =>
              beginHazard(handle, actor, story.begin, this.stage.clock),
            )
          : await this.stage.act(step.by, (handle, actor) => {
              const hazard = hazards.get(happening.story) as { id: string; version: number }
              return continueHazard(handle, actor, hazard.id, hazard.version, step.act, this.stage.clock)
            })
      hazards.set(happening.story, { id: saved.hazard.id, version: saved.hazard.version })
      if (done > 0 && done % 1000 === 0) this.stage.say(`已办理 ${done} / ${happenings.length} 步……`)
    }
  }

  /** Passwords grow old in eight months: the people of the printed log-ins change theirs today, as everybody must. */
  private async renewPasswords(): Promise<DemoLogIn[]> {
    const fresh = createSessions(this.stage.platform)
    const shown = [
      ...administrators.map((admin) => ({ ...admin, unitName: '青榆区' })),
      ...people
        .filter((person) => person.shown)
        .map((person) => ({ ...person, unitName: units.find((unit) => unit.key === person.unit)?.name ?? '' })),
      { loginName: 'qiye0', post: '安全管理员', unitName: '示例企业' },
      { loginName: 'laozong', post: '主要负责人', unitName: '示例企业' },
    ]
    for (const { loginName } of shown)
      must(await fresh.changePassword(await this.stage.as(loginName), firstPassword, demoPassword))
    return shown.map(({ loginName, post, unitName }) => ({
      loginName,
      password: demoPassword,
      who: `${unitName} ${post}`,
    }))
  }
}
