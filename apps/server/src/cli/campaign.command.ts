/** `bihuan campaign`: a campaign from a Plan, as a person's act. */
import type { Command } from 'commander'
import type { CampaignPage } from '@bihuan/contracts'
import { createCampaign } from '../modules/campaign/index.js'
import { given, type CommandContext, type CommandLine, type PersonOptions } from './command-line.js'
import { unitOf } from './look-up.js'
import { fieldName, readPlan } from './plan-file.js'

interface CreateOptions extends PersonOptions {
  readonly plan: string
  readonly unit: string
}

export function registerCampaignCommands(program: Command, line: CommandLine): void {
  const campaign = program.command('campaign').description('行动')
  line
    .person(
      campaign
        .command('create')
        .description('由方案建立行动，说出它的编号、名称和还要裁定的疑点')
        .requiredOption('--plan <文件>', '方案的 JSON 文件')
        .requiredOption('--unit <代码>', '开展行动的单位，填代码或名称'),
    )
    .action(async (options: CreateOptions) => {
      // Before a database is started for a file that is no Plan.
      const plan = readPlan(options.plan)
      await line.asPerson(options, async ({ platform, actor }: CommandContext) => {
        const { database, clock } = platform
        const made = await database.withScope(actor.reach, async (handle) => {
          const unitId = await unitOf(handle, options.unit, clock.today())
          const answer = await createCampaign(handle, actor, { unitId, parentId: null, plan }, clock)
          // Taken out inside the transaction: a refusal undoes it.
          return given(answer.ok ? answer : { ok: false, refusal: withField(answer.refusal) })
        })
        line.say(madeText(made))
      })
    })
}

/** A refusal of something in the Plan, with its place there. */
function withField<R extends { readonly message: string; readonly path?: string }>(refusal: R): R {
  const [first, ...path] = (refusal.path ?? '').split('.')
  return first === 'plan' ? { ...refusal, message: `${refusal.message}（方案的 ${fieldName(path)}）` } : refusal
}

function madeText({ id, name, unitName, startsOn, endsOn, questions, duties, tables }: CampaignPage): string {
  const open = questions.filter(({ decision }) => decision === null)
  return [
    `已建立行动：${name}`,
    `编号：${id}`,
    `单位：${unitName}`,
    `起止：${startsOn ?? '未定'} 至 ${endsOn ?? '未定'}`,
    ...questionLines(
      '启动前须在行动页逐条裁定并写明理由',
      open.filter(({ blocking }) => blocking),
    ),
    ...questionLines(
      '请核对，不影响启动',
      open.filter(({ blocking }) => !blocking),
    ),
    ...(open.length === 0 ? ['没有待定的疑点。'] : []),
    ...openWords(
      '职责里有词语没有读懂',
      duties.filter(({ standing }) => standing === 'open').map(({ action }) => action),
    ),
    ...openWords(
      '调度表里有数很可能由记录计算',
      tables.flatMap(({ open: figures }) => figures.map(({ words }) => words)),
    ),
  ].join('\n')
}

/** What the page asks before the campaign starts, besides the questions. */
function openWords(title: string, words: readonly string[]): string[] {
  if (words.length === 0) return []
  return [
    `${title}，启动前须在行动页选定（${words.length} 项）：`,
    ...words.map((one, index) => `  ${index + 1}. ${one}`),
  ]
}

function questionLines(title: string, questions: CampaignPage['questions']): string[] {
  if (questions.length === 0) return []
  return [
    `疑点 ${questions.length} 项，${title}：`,
    ...questions.flatMap(({ message, quotes }, index) => [
      `  ${index + 1}. ${message}`,
      ...quotes.map((quote) => `     “${quote}”`),
    ]),
  ]
}
