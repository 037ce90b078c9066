/** `bihuan table`: a campaign's table (调度表) on the terminal, or as the notice has it, as a person's act. */
import { Option, type Command } from 'commander'
import type { TablePage } from '@bihuan/contracts'
import { listTables, showTable, writeTable, type TableFile, type TableFormat } from '../modules/report/index.js'
import type { Actor } from '../platform/actor.js'
import { recordAct } from '../platform/audit/record.js'
import type { Handle } from '../platform/db/scope.js'
import { notAllowed } from '../platform/http/refusal.js'
import { CommandRefused, given, type CommandContext, type CommandLine, type PersonOptions } from './command-line.js'
import { writeOut } from './local-file.js'
import { campaignOf, chosenOf, civilDateIn, unitOf, uuidIn, wholeIn } from './look-up.js'
import { tablePageText } from './table-page.js'

interface TableOptions extends PersonOptions {
  readonly campaign: string
  readonly table?: string
  readonly unit: string
  readonly asOf: string
  readonly knownAt?: string
}

interface ShowOptions extends TableOptions {
  readonly format: 'text' | 'json'
}

interface ExportOptions extends TableOptions {
  readonly format: TableFormat
  readonly out?: string
}

export function registerTableCommands(program: Command, line: CommandLine): void {
  const table = program.command('table').description('调度表')
  const asked = (command: Command) =>
    line.person(
      command
        .requiredOption('--campaign <编号>', '行动')
        .option('--table <编号>', '哪一张调度表；行动只有一张时可不写')
        .requiredOption('--unit <代码>', '哪个单位的，填代码或名称')
        .requiredOption('--as-of <日期>', '截止日期')
        .option('--known-at <序号>', '只算账上到这个序号为止的记录，如回执或链头上的；不写则全部'),
    )
  asked(table.command('show').description('列出每个数字：序号、指标、单位、数字、由记录算出还是手填'))
    .addOption(new Option('--format <格式>', '格式').choices(['text', 'json']).default('text'))
    .action(async (options: ShowOptions) => {
      const question = questionOf(options)
      await line.asPerson(options, async (context) => {
        const page = await pageOf(context, question)
        const text = options.format === 'json' ? textOf(await writeTable(page, 'json')) : tablePageText(page)
        await record(context, 'table.read', page, options.format)
        line.say(text)
      })
    })
  asked(table.command('export').description('按通知的样式导出'))
    .addOption(new Option('--format <格式>', '格式').choices(['json', 'docx', 'xlsx']).makeOptionMandatory())
    .option('--out <文件>', '写到这里；json 不写则列在终端上')
    .action(async (options: ExportOptions) => {
      const question = questionOf(options)
      if (options.out === undefined && options.format !== 'json') {
        throw new CommandRefused(`导出 ${options.format} 须用 --out 写明文件。`)
      }
      await line.asPerson(options, (context) => exportTable(line, context, question, options))
    })
}

interface Question {
  readonly campaignId: string
  readonly tableId: string | undefined
  readonly unit: string
  readonly cutOff: string
  readonly knownAt: number | undefined
}

/** Read before a database is asked. */
function questionOf(options: TableOptions): Question {
  return {
    campaignId: uuidIn(options.campaign, '--campaign'),
    tableId: options.table === undefined ? undefined : uuidIn(options.table, '--table'),
    unit: options.unit,
    cutOff: civilDateIn(options.asOf, '--as-of'),
    knownAt: options.knownAt === undefined ? undefined : wholeIn(options.knownAt, '--known-at'),
  }
}

async function pageOf({ platform, actor }: CommandContext, question: Question): Promise<TablePage> {
  const { cutOff, knownAt } = question
  const { tableId, unit } = await platform.database.withScope(actor.reach, async (handle) => ({
    tableId: await tableOf(handle, actor, question),
    unit: await unitOf(handle, question.unit, cutOff, { enterprises: true }),
  }))
  const page = given(await showTable(platform, actor, tableId, { unit, cutOff, knownAt }))
  // Asked again later it would give other figures, and yet bear the same number.
  if (knownAt !== undefined && knownAt > page.head.position) {
    throw new CommandRefused(`账上现在只到第 ${page.head.position} 号，没有第 ${knownAt} 号。请核对 --known-at。`)
  }
  return page
}

/** One of the campaign's own tables, or of those of the campaign that it stands under, which it fills too. */
async function tableOf(handle: Handle, actor: Actor, { campaignId, tableId }: Question): Promise<string> {
  const { id, parentId } = await campaignOf(handle, campaignId)
  const tables = await listTables(handle, actor, id)
  if (parentId !== null) tables.push(...(await listTables(handle, actor, parentId)))
  const none = '这个行动没有您能看的调度表。'
  return chosenOf(tables, tableId, { option: '--table', what: '调度表', none }).id
}

async function exportTable(
  line: CommandLine,
  context: CommandContext,
  question: Question,
  { format, out }: ExportOptions,
): Promise<void> {
  const page = await pageOf(context, question)
  if (page.abilities['export'] !== true) given({ ok: false, refusal: notAllowed('导出调度表') })
  const file = await writeTable(page, format)
  let path: string | undefined
  await record(context, 'table.export', page, format, async () => {
    if (out !== undefined) path = await writeOut(out, file.bytes)
  })
  line.say(path === undefined ? textOf(file) : `已导出到 ${path}。`)
}

/** What was looked at or left the house, and up to which position it was true. `within` fails, and nothing is on record. */
async function record(
  { platform, actor }: CommandContext,
  action: 'table.read' | 'table.export',
  { id, unitId, cutOff, knownAt, head }: TablePage,
  format: string,
  within: () => Promise<void> = async () => undefined,
): Promise<void> {
  const after = { unitId, cutOff, knownAt, format, head }
  await platform.database.withScope(actor.reach, async (handle) => {
    await recordAct(handle, actor, { action, objectKind: 'table', objectId: id, after }, platform.clock.now())
    await within()
  })
}

function textOf({ bytes }: TableFile): string {
  return new TextDecoder().decode(bytes)
}
