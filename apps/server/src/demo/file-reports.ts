/** Reports in words: asked for on two named days, delivered as a document and its signed scan. Of the later one not all is there yet. */
import { addDays, addMonths } from '@bihuan/domain'
import { writeOfficialDocument } from '@bihuan/office'
import { keepUploads, storeUploads } from '../modules/document/index.js'
import {
  actOnReturn,
  addNarrativeSchedule,
  deliverFiles,
  listReturns,
  showReturn,
  submitReturn,
} from '../modules/report/index.js'
import { scanOf } from './scan.js'
import { must, type Stage } from './stage.js'

export interface DemoReports {
  readonly past: readonly string[]
  readonly next: string
}

const title = '阶段工作总结'
const receiver = 'anban'
const authors = {
  jiedao: '柳荫街道',
  xiang: '白鹭乡',
  yuanqu: '云栖产业园',
  jingqu: '松雾山风景区',
} as const
type Author = keyof typeof authors

const sections: Readonly<Record<string, readonly string[]>> = {
  重大事故隐患排查整改情况: [
    '按照行动方案的部署，组织对辖区内企业逐户排查，发现的重大事故隐患全部登记入账，明确整改责任人、措施、资金、时限和预案。',
    '能够立即整改的当场整改；不能立即整改的，落实管控措施，由监管单位跟踪复查、验收销号。',
  ],
  存在的主要问题: [
    '一是部分小微企业主要负责人对判定标准不熟悉，自查发现问题的能力不强。二是个别隐患整改资金落实较慢，整改进度不够均衡。',
  ],
  下步工作打算: ['对到期未整改的隐患逐条督办；组织标准培训，帮助企业会查会改；年底前完成一轮回头看。'],
}

/** Half way, and in a week from today. */
export async function askForReports(stage: Stage, campaigns: ReadonlyMap<string, string>): Promise<DemoReports> {
  const reports = { past: [addDays(addMonths(stage.firstDay, 4), 19)], next: addDays(stage.today, 6) }
  await stage.act('anban', (handle, actor) =>
    addNarrativeSchedule(
      handle,
      actor,
      campaigns.get('district') ?? '',
      {
        title,
        rule: {
          cadence: 'named',
          due: { kind: 'on-date' },
          shift: 'next',
          cutOff: 'due-day',
          counts: 'cumulative',
          firstDay: stage.firstDay,
          lastDay: null,
          dates: [...reports.past, reports.next],
        },
        respondents: [{ kinds: ['street', 'township', 'functional-area'], unitIds: [], groups: null }],
        receiverIds: [],
        splitSectors: [],
        note: '',
        narrative: {
          kind: 'report',
          name: title,
          mustContain: Object.keys(sections),
          deliverables: [
            { form: 'editable', receiverId: null },
            { form: 'signed-scan', receiverId: null },
          ],
          signatures: [],
          tableIds: [],
        },
      },
      stage.clock,
    ),
  )
  return reports
}

/** Of the day that is still to come one has filed, and one has delivered the document without its scan. */
export async function fileReports(stage: Stage, { next }: DemoReports, on: string): Promise<void> {
  const isNext = on === next
  for (const login of isNext ? (['jiedao', 'xiang'] as const) : (Object.keys(authors) as Author[])) {
    const id = await reportOf(stage, login, 'mine', on)
    if (id === null) continue
    await deliver(stage, login, id, 'editable', `${title}.docx`, await documentOf(login, stage.clock.today()))
    if (isNext && login === 'xiang') continue
    const heading = `${authors[login]}${title}`
    const lines = [heading, ...Object.entries(sections).flatMap(([name, text]) => [name, ...text]), authors[login]]
    await deliver(stage, login, id, 'signed-scan', `${title}（签字盖章）.pdf`, scanOf(lines, authors[login]))
    await submit(stage, login, id)
  }
  if (isNext) return
  const { items } = await stage.act(receiver, (handle, actor) =>
    listReturns(handle, actor, { side: 'received', show: 'todo', limit: 200 }, stage.clock),
  )
  for (const { id, version } of items.filter((row) => row.title === title && row.periodKey === on))
    await stage.act(receiver, (handle, actor) =>
      actOnReturn(handle, actor, { id, version, act: { kind: 'accept' } }, stage.clock),
    )
}

async function reportOf(stage: Stage, login: string, side: 'mine', on: string): Promise<string | null> {
  const { items } = await stage.act(login, (handle, actor) =>
    listReturns(handle, actor, { side, show: 'todo', limit: 200 }, stage.clock),
  )
  return items.find((row) => row.title === title && row.periodKey === on)?.id ?? null
}

function documentOf(login: Author, day: string): Promise<Uint8Array> {
  return writeOfficialDocument({
    title: `${authors[login]}${title}`,
    recipients: ['区安委办'],
    body: Object.entries(sections).flatMap(([heading, texts]) => [
      { heading: 1 as const, text: heading },
      ...texts.map((text) => ({ text })),
    ]),
    signature: authors[login],
    issuedOn: day,
  })
}

async function deliver(
  stage: Stage,
  login: string,
  id: string,
  form: 'editable' | 'signed-scan',
  name: string,
  bytes: Uint8Array,
): Promise<void> {
  const actor = await stage.as(login)
  const stored = must(await storeUploads(stage.platform.files, [{ name, bytes: Buffer.from(bytes) }]))
  const { items } = await stage.act(login, (handle) => keepUploads(handle, actor, stored, stage.clock))
  const { version } = must(await showReturn(stage.context, actor, id))
  must(await deliverFiles(stage.context, actor, { id, version, form, fileIds: items.map((file) => file.id) }))
}

async function submit(stage: Stage, login: string, id: string): Promise<void> {
  const actor = await stage.as(login)
  await stage.seal()
  const { version, contentHash } = must(await showReturn(stage.context, actor, id))
  must(await submitReturn(stage.context, actor, { id, version, contentHash, answers: {} }))
}
