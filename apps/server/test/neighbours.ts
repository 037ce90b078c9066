/**
 * One owner of everything that the product keeps: an office with its people, an enterprise, a campaign with its table and tasks,
 * hazards, papers, typed figures, imports, notices. Made twice or three times, they are each other's neighbours: what one has is
 * not the other's to see. Every text of theirs bears `mark`; the names of offices, which are open within a tenant, bear `sign`.
 */
import { generateKeyPairSync } from 'node:crypto'
import {
  addNarrativeSchedule,
  addPackageReceiver,
  addPackageSender,
  addSchedule,
  createCampaign,
  decideQuestion,
  draftCircular,
  registerHazard,
  saveHazardView,
  sendOutCampaign,
  showCampaign,
  startCampaign,
  startImport,
  typeFigures,
  updateTask,
  uploadFiles,
  type AnswerOf,
  type BodyOf,
  type Route,
} from '@bihuan/contracts'
import { blankHazardDetails, type Role } from '@bihuan/domain'
import { fingerprintOf } from '../src/platform/signing.js'
import { recordResponsibility } from '../src/modules/organization/index.js'
import { insertNotice } from '../src/platform/notices/notice.repo.js'
import { buildEnterprise } from './build-enterprise.js'
import {
  ask,
  buildAccount,
  inTenant,
  runJobs,
  unique,
  upload,
  type TestAccount,
  type TestAnswer,
  type TestApp,
  type TestUnit,
} from './builders.js'
import { png } from './pictures.js'
import { samplePlan } from './sample-plan.js'
import { buildWorkbook } from './workbooks.js'

/** The id that stands under each name which routes use for a record. */
export type Ids = Readonly<Record<string, string>>

export interface Neighbour {
  readonly mark: string
  readonly office: TestUnit
  readonly enterprise: TestUnit
  readonly officer: TestAccount
  readonly ids: Ids
}

export interface SharedCampaign {
  readonly campaignId: string
  readonly tableId: string
  taskFor(office: string): string
}

export interface NeighbourPlace {
  readonly office: TestUnit
  /** Where the enterprise stands. */
  readonly territory: TestUnit
  readonly regulator: TestUnit
  readonly mark: string
  readonly roles: readonly Role[]
  /** A campaign of the whole district: binds this one and its neighbours alike. */
  readonly shared?: SharedCampaign | undefined
}

function must<R extends Route>(answer: TestAnswer<R>): AnswerOf<R> {
  if (answer.error)
    throw new Error(`${answer.error.code}: ${answer.error.message} ${JSON.stringify(answer.error.places ?? [])}`)
  return answer.body
}

export async function buildNeighbour(test: TestApp, place: NeighbourPlace): Promise<Neighbour> {
  const { office, territory, regulator, mark } = place
  const { tenantId } = office
  const officer = await buildAccount(test, office, place.roles, { personName: `${mark}承办人`, phone: '13912345678' })
  const made = await buildEnterprise(test, territory, {
    name: `${mark}机械厂`,
    address: `${mark}路1号`,
    leadRegulatorId: regulator.id,
    principal: { name: `${mark}厂长`, phone: '13812345678' },
    safetyManager: { name: `${mark}安全员`, phone: '13712345678' },
  })
  const enterprise: TestUnit = { tenantId, id: made.enterprise.id, kind: 'enterprise', name: `${mark}机械厂` }
  const fileId = await sendPaper(test, officer, `${mark}照片.png`)
  const campaign = await startMarkedCampaign(test, officer, office, mark)
  const where = { campaign: campaign.campaignId, taskId: campaign.taskId }
  const updateId = await reportOn(test, officer, where, mark, [fileId])
  if (place.shared)
    await reportOn(
      test,
      officer,
      { campaign: place.shared.campaignId, taskId: place.shared.taskFor(office.name) },
      mark,
      [fileId],
    )
  for (const tableId of [campaign.tableId, ...(place.shared ? [place.shared.tableId] : [])]) {
    must(
      await ask(test, officer, typeFigures, {
        params: { tableId },
        body: { unitId: office.id, asOf: '2023-06-15', values: { 'g2.m1': '7261' } },
      }),
    )
  }
  await sendOutMarked(test, officer, campaign.campaignId, enterprise.id)
  const hazardId = await registerMarked(test, {
    officer,
    office,
    territory,
    enterprise,
    regulator,
    campaignId: place.shared?.campaignId ?? campaign.campaignId,
    mark,
    fileId,
  })
  const scheduleId = await scheduleMarked(test, officer, campaign.tableId, enterprise.id, mark)
  const { senderId, packageReceiverId } = await exchangePackages(test, officer, office.id, mark)
  const views = must(
    await ask(test, officer, saveHazardView, { body: { name: `${mark}视图`, address: '', question: {} } }),
  )
  const viewId = views.items.find((view) => view.own)?.key ?? ''
  const importId = await bringWorkbook(test, officer, mark)
  const { noticeId, responsibilityId } = await inTenant(test, tenantId, async (handle) => {
    const id = `0190a000-0000-7000-8000-${unique('')
      .padStart(12, '0')
      .replace(/[^0-9a-f]/g, '0')
      .slice(-12)}`
    await insertNotice(handle, {
      id,
      territoryPath: '/',
      linePath: null,
      unitIds: [office.id],
      kind: 'hazard-due',
      text: `${mark}提醒`,
      link: '/hazards',
      dedupeKey: id,
      now: test.clock.now(),
    })
    const by = { tenantId, via: 'maintenance', personName: '测试', address: 'local' } as const
    const line = {
      unitId: office.id,
      sector: unique('行业'),
      role: 'lead',
      validFrom: '2020-01-01',
      validUntil: null,
    } as const
    const recorded = await recordResponsibility(handle, by, line, test.clock)
    if (!recorded.ok) throw new Error(recorded.refusal.message)
    return { noticeId: id, responsibilityId: recorded.value.id }
  })
  const one = async (text: string, value: string) => {
    const [row] = await test.db.asOwner<{ id: string }>(text, [value])
    if (row === undefined) throw new Error(`nothing found: ${text}`)
    return row.id
  }
  const grantId = await one('select id from role_grant where account_id = $1 limit 1', officer.id)
  const sessionId = await one('select id from session where account_id = $1 limit 1', officer.id)
  const entryId = await one('select id from audit_entry where account_id = $1 limit 1', officer.id)
  const tokenId = await one(
    `insert into access_token (tenant_id, id, token_hash, account_id, unit_id, name, permissions, created_at, expires_at)
     select tenant_id, gen_random_uuid(), md5(random()::text), id, unit_id, person_name, '{}', now(), now() from account where id = $1 returning id`,
    officer.id,
  )
  const returnId = await one('select id from report_return where schedule_id = $1', scheduleId)
  await askMarkedReport(test, officer, campaign.campaignId, enterprise.id, mark)
  const circular = must(
    await ask(test, officer, draftCircular, {
      params: { campaignId: campaign.campaignId },
      body: { from: '2023-06-01', to: test.clock.today() },
    }),
  )
  const pushId = await one(
    `insert into package_push (tenant_id, id, territory_path, line_path, parties, return_id, round, receiver_id, state, sentence, queued_at, since)
     select tenant_id, gen_random_uuid(), territory_path, line_path, parties, id, 1, '${packageReceiverId}', 'refused', '${mark}答复', now(), now()
     from report_return where id = $1 returning id`,
    returnId,
  )
  const placementId = await one('select id from unit_placement where unit_id = $1 limit 1', office.id)
  const ledgerId = await one('select id from ledger_form where campaign_id = $1 limit 1', campaign.campaignId)
  return {
    mark,
    office,
    enterprise,
    officer,
    ids: {
      unitId: office.id,
      enterpriseId: enterprise.id,
      regulatorId: regulator.id,
      accountId: officer.id,
      ...campaign,
      updateId,
      hazardId,
      fileId,
      viewId,
      importId,
      noticeId,
      responsibilityId,
      grantId,
      entryId,
      tokenId,
      sessionId,
      placementId,
      ledgerId,
      scheduleId,
      returnId,
      circularId: circular.id,
      senderId,
      packageReceiverId,
      pushId,
    },
  }
}

/** Of the district: a campaign with a task for each of the offices; `taskFor` gives its id. */
export async function buildSharedCampaign(test: TestApp, by: TestAccount, unitId: string, offices: readonly string[]) {
  const { campaignId, tableId, tasks } = await startFrom(test, by, unitId, '青榆区', offices)
  return { campaignId, tableId, taskFor: (office: string) => tasks[offices.indexOf(office)]?.id ?? '' }
}

async function startMarkedCampaign(test: TestApp, by: TestAccount, office: TestUnit, mark: string) {
  const { tasks, ...started } = await startFrom(
    test,
    by,
    office.id,
    mark,
    Array.from({ length: 4 }, () => office.name),
  )
  return { ...started, taskId: tasks[0]?.id ?? '' }
}

async function startFrom(test: TestApp, by: TestAccount, unitId: string, mark: string, offices: readonly string[]) {
  const plain = samplePlan()
  const plan = samplePlan({
    title: `${mark}行动方案`,
    issuer: `${mark}安委办`,
    docNo: `${mark}〔2023〕1号`,
    campaign: { ...plain.campaign, name: `${mark}行动` },
    leadership: [{ role: '组长', name: `${mark}区长`, post: null }],
    targets: [{ name: `${mark}目标企业`, type: null }],
    annexes: plain.annexes.map((annex) => {
      if (annex.kind === 'task-list') {
        return {
          ...annex,
          tasks: annex.tasks.map((task, at) => ({
            ...task,
            requirement: `${mark}要求`,
            responsible: offices.slice(at, at + 1),
          })),
        }
      }
      return { ...annex, title: `${mark}${annex.title}` }
    }),
    warnings: [{ code: 'conflicting-due', message: `${mark}疑点`, quotes: [`${mark}甲`, `${mark}乙`] }],
  })
  let page = must(
    await ask(test, by, createCampaign, { body: { unitId, plan } as unknown as BodyOf<typeof createCampaign> }),
  )
  const params = { campaignId: page.id }
  for (const question of page.questions) {
    page = must(
      await ask(test, by, decideQuestion, {
        params,
        body: { version: page.version, key: question.key, chosen: `${mark}甲`, reason: `${mark}理由` },
      }),
    )
  }
  page = must(await ask(test, by, startCampaign, { params, body: { version: page.version } }))
  return {
    campaignId: page.id,
    tasks: page.tasks,
    tableId: page.tables[0]?.id ?? '',
    targetId: page.targets[0]?.id ?? '',
  }
}

async function reportOn(
  test: TestApp,
  by: TestAccount,
  { campaign, taskId }: { readonly campaign: string; readonly taskId: string },
  mark: string,
  fileIds: string[],
): Promise<string> {
  const params = { campaignId: campaign, taskId }
  must(
    await ask(test, by, updateTask, {
      params,
      body: { doneOn: '2023-06-14', finishes: false, note: `${mark}已部署`, fileIds },
    }),
  )
  const page = must(await ask(test, by, showCampaign, { params: { campaignId: campaign }, query: {} }))
  return page.tasks.find((task) => task.id === taskId)?.updates.at(-1)?.id ?? ''
}

async function sendPaper(test: TestApp, by: TestAccount, name: string): Promise<string> {
  const sent = must(await upload(test, by, uploadFiles, { file: { name, bytes: png() } }))
  return sent.items[0]?.id ?? ''
}

export interface MarkedHazard {
  readonly officer: TestAccount
  readonly office: TestUnit
  readonly territory: TestUnit
  readonly enterprise: TestUnit
  readonly regulator: TestUnit
  readonly campaignId: string
  readonly mark: string
  readonly fileId: string
}

export async function registerMarked(test: TestApp, given: MarkedHazard): Promise<string> {
  const { officer, office, territory, enterprise, regulator, campaignId, mark, fileId } = given
  const details = {
    ...blankHazardDetails,
    campaignId,
    subject: { kind: 'enterprise', id: enterprise.id, name: enterprise.name },
    territoryUnitId: territory.id,
    sector: '工贸',
    source: 'inspection',
    finder: { personId: officer.id, name: `${mark}承办人`, unitId: office.id, side: 'government' },
    foundOn: '2023-06-12',
    description: `${mark}除尘系统未设置泄爆装置`,
    placeText: `${mark}车间`,
    remark: `${mark}备注`,
    evidenceFileIds: [fileId],
    grade: 'major',
    gradeReason: `${mark}判定理由`,
    deadline: '2023-07-12',
    responsibleUnitId: enterprise.id,
    authorityUnitId: regulator.id,
  }
  const page = must(await ask(test, officer, registerHazard, { body: { details } as BodyOf<typeof registerHazard> }))
  return page.hazard.id
}

/** The enterprise is sent the office's campaign. */
async function sendOutMarked(test: TestApp, by: TestAccount, campaignId: string, firm: string): Promise<void> {
  const rule = { kinds: [], unitIds: [firm] }
  must(await ask(test, by, sendOutCampaign, { params: { campaignId }, body: { rule } }))
}

/** The enterprise files a table to the office. */
async function scheduleMarked(test: TestApp, by: TestAccount, tableId: string, firm: string, mark: string) {
  const rule = {
    cadence: 'monthly',
    due: { kind: 'last-day', after: 0 },
    shift: 'next',
    cutOff: 'due-day',
    counts: 'cumulative',
    firstDay: test.clock.today(),
    lastDay: null,
    dates: [],
  } as const
  const added = must(
    await ask(test, by, addSchedule, {
      params: { tableId },
      body: {
        title: `${mark}报表`,
        rule: { ...rule, dates: [] },
        respondents: [{ kinds: [], unitIds: [firm], groups: null }],
        receiverIds: [],
        splitSectors: [],
        note: `${mark}说明`,
      },
    }),
  )
  await runJobs(test)
  return added.id
}

/** And a report whose name and points bear the mark. */
async function askMarkedReport(test: TestApp, by: TestAccount, campaignId: string, firm: string, mark: string) {
  const today = test.clock.today()
  const rule = {
    cadence: 'named',
    due: { kind: 'on-date' },
    shift: 'none',
    cutOff: 'due-day',
    counts: 'cumulative',
    firstDay: today,
    lastDay: null,
  } as const
  must(
    await ask(test, by, addNarrativeSchedule, {
      params: { campaignId },
      body: {
        title: `${mark}总结`,
        rule: { ...rule, dates: [today] },
        respondents: [{ kinds: [], unitIds: [firm], groups: null }],
        receiverIds: [],
        splitSectors: [],
        note: '',
        narrative: {
          kind: 'report',
          name: `${mark}总结`,
          mustContain: [`${mark}要点`],
          deliverables: [{ form: 'editable', receiverId: null }],
          signatures: [],
          tableIds: [],
        },
      },
    }),
  )
  await runJobs(test)
}

/** With whom the office exchanges packages. */
async function exchangePackages(test: TestApp, by: TestAccount, unitId: string, mark: string) {
  const { publicKey } = generateKeyPairSync('ed25519')
  const key = publicKey.export({ format: 'der', type: 'spki' }).toString('base64')
  const sender = must(
    await ask(test, by, addPackageSender, {
      body: { name: `${mark}发送方`, unitId, publicKey: key, fingerprint: fingerprintOf(key) ?? '' },
    }),
  )
  const receiver = must(
    await ask(test, by, addPackageReceiver, {
      body: { name: `${mark}接收方`, url: 'https://bihuan.example.cn', token: 'credential' },
    }),
  )
  return { senderId: sender.id, packageReceiverId: receiver.id }
}

/** Read, looked at, and left with a row that is refused: its words are the owner's. */
async function bringWorkbook(test: TestApp, by: TestAccount, mark: string): Promise<string> {
  const bytes = await buildWorkbook(['企业名称', '统一社会信用代码'], [[`${mark}待导入企业`, '123']])
  const run = must(
    await upload(test, by, startImport, { params: { kind: 'enterprise' }, file: { name: `${mark}名册.xlsx`, bytes } }),
  )
  await runJobs(test)
  return run.id
}
