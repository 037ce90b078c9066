/** `bihuan ledger`: a campaign's ledger out as the notice has it, and a workbook in, as a person's act. */
import { basename } from 'node:path'
import { Option, type Command } from 'commander'
import { exportLedger, ledgerImportOptions, type ImportRowView, type ImportView } from '@bihuan/contracts'
import { hazardGradeLabels, hazardSourceLabels, hazardStatusLabels } from '@bihuan/domain'
import { findLedgerForm, listLedgerForms } from '../modules/campaign/index.js'
import { bytesOf, ledgerFile } from '../modules/hazard/index.js'
import type { Clock } from '../platform/clock.js'
import type { Handle } from '../platform/db/scope.js'
import { collectBytes } from '@bihuan/office'
import { startJobs } from '../platform/jobs/queue.js'
import {
  CheckFailed,
  CommandRefused,
  given,
  type CommandContext,
  type CommandLine,
  type PersonOptions,
} from './command-line.js'
import { bytesIn, writeOut } from './local-file.js'
import { campaignOf, chosenOf, unitOf, uuidIn } from './look-up.js'

interface ExportOptions extends PersonOptions {
  readonly campaign: string
  readonly ledger?: string
  readonly format?: 'xlsx' | 'docx'
  readonly unit?: string
  readonly state?: string
  readonly blank?: boolean
  readonly out: string
}

interface ImportOptions extends PersonOptions {
  readonly campaign: string
  readonly ledger?: string
  readonly file: string
  readonly source?: string
  readonly grade?: string
  readonly sector?: string
  readonly foundOn?: string
  readonly finder?: string
  readonly finderUnit?: string
  readonly territory?: string
  readonly authority?: string
  readonly responsible?: string
  readonly unknown?: 'ask' | 'enterprise' | 'place'
  readonly dryRun?: boolean
  readonly bad?: string
}

export function registerLedgerCommands(program: Command, line: CommandLine): void {
  const ledger = program.command('ledger').description('隐患清单（台账的官方样式）')
  line
    .person(
      ledger
        .command('export')
        .description('按通知的清单样式导出；Excel 可以改过后再导入')
        .requiredOption('--campaign <编号>', '行动')
        .option('--ledger <编号>', '哪一张清单；行动只有一张时可不写')
        .addOption(new Option('--format <格式>', '格式').choices(['xlsx', 'docx']).default('xlsx'))
        .option('--unit <代码>', '只要这个单位及其下级的，填代码或名称')
        .option('--state <状态>', '只要这些状态的，用逗号分隔，如 整改中,已销号')
        .option('--blank', '空表，供手工填写')
        .requiredOption('--out <文件>', '写到这里'),
    )
    .action((options: ExportOptions) => line.asPerson(options, (context) => writeLedger(line, context, options)))
  line
    .person(
      ledger
        .command('import')
        .description('导入清单工作簿：导出后改过的，或手工填写的；有没导入的行时退出码 1')
        .requiredOption('--campaign <编号>', '行动')
        .requiredOption('--file <文件>', '工作簿')
        .option('--ledger <编号>', '按哪一张清单核对各列')
        .option('--source <来源>', `表中没有时：${Object.values(hazardSourceLabels).join('、')}`)
        .option('--grade <等级>', `表中没有时：${Object.values(hazardGradeLabels).join('、')}`)
        .option('--sector <行业>', '表中没有时的行业领域')
        .option('--found-on <日期>', '表中没有这一列时的检查日期')
        .option('--finder <姓名>', '表中没有时的检查人')
        .option('--finder-unit <代码>', '检查单位，填代码或名称')
        .option('--territory <代码>', '属地，填代码或名称')
        .option('--authority <代码>', '监管单位，填代码或名称')
        .option('--responsible <代码>', '整改责任单位，填代码或名称')
        .addOption(
          new Option('--unknown <办法>', '名册里没有的名称：ask 留待决定，enterprise 按未登记企业，place 按场所')
            .choices(['ask', 'enterprise', 'place'])
            .default('ask'),
        )
        .option('--dry-run', '只核对，不导入')
        .option('--bad <文件>', '把没有导入的行连同原因写到这里'),
    )
    .action((options: ImportOptions) => line.asPerson(options, (context) => readLedger(line, context, options)))
}

async function writeLedger(
  line: CommandLine,
  { platform, actor }: CommandContext,
  options: ExportOptions,
): Promise<void> {
  const { database, clock } = platform
  const found = await database.withScope(actor.reach, async (handle) => ({
    ledgerId: await ledgerOf(handle, options.campaign, options.ledger),
    unit: await unitFor(handle, options.unit, clock),
  }))
  const query = exportLedger.query.parse({
    format: options.format,
    blank: options.blank === true ? 'yes' : 'no',
    ...(found.unit === null ? {} : { unit: found.unit }),
    ...(options.state === undefined
      ? {}
      : {
          state: options.state
            .split(/[,，]/)
            .map((word) => keyOf(hazardStatusLabels, word, '状态'))
            .join(','),
        }),
  })
  const asked = { campaignId: options.campaign, ledgerId: found.ledgerId, query }
  const file = given(
    await ledgerFile(actor, asked, (work, narrowing) => database.withScope(actor.reach, work, narrowing), clock),
  )
  line.say(`已导出到 ${await writeOut(options.out, await bytesOf(file))}。`)
}

async function readLedger(line: CommandLine, context: CommandContext, options: ImportOptions): Promise<void> {
  const { platform, modules, actor } = context
  const { database } = platform
  const { imports } = modules
  const bytes = bytesIn(options.file)
  const asked = await database.withScope(actor.reach, (handle) => optionsFor(handle, options, platform.clock))
  const workbook = given(
    await imports.storeWorkbook(actor, 'ledger', { fields: {}, files: [{ name: basename(options.file), bytes }] }),
  )
  // Whoever is first, a server that runs or this command, takes the work up.
  const jobs = await startJobs(platform.ownerUrl, modules.jobs, line.log, 200)
  try {
    const begun = given(
      await database.withScope(actor.reach, (handle) => imports.start(handle, actor, 'ledger', workbook, asked)),
    )
    const preview = await settled(context, begun.id, 'reading')
    if (preview.failure !== null) throw new CommandRefused(preview.failure.message)
    line.say(countsLine(preview))
    await sayProblems(line, context, preview)
    const good = (preview.counts.new ?? 0) + (preview.counts.changed ?? 0)
    const left = (preview.counts.doubtful ?? 0) + (preview.counts.refused ?? 0)
    if (options.dryRun === true) {
      await writeBad(line, context, preview.id, left, options.bad)
      given(await database.withScope(actor.reach, (handle) => imports.discard(handle, actor, preview.id)))
      if (left > 0) throw new CheckFailed(`有 ${left} 行不能直接导入。`)
      return
    }
    if (good > 0) {
      given(await database.withScope(actor.reach, (handle) => imports.bringIn(handle, actor, preview.id)))
      const done = await settled(context, preview.id, 'writing')
      if (done.failure !== null)
        throw new CheckFailed(`${done.failure.message}已导入 ${done.written.new + done.written.changed} 行。`)
      line.say(`已导入：新增 ${done.written.new} 条，变更 ${done.written.changed} 条。`)
      const late = (done.counts.refused ?? 0) + (done.counts.doubtful ?? 0)
      await writeBad(line, context, preview.id, late, options.bad)
      if (late > 0) throw new CheckFailed(`有 ${late} 行没有导入。`)
      return
    }
    await writeBad(line, context, preview.id, left, options.bad)
    if (left > 0) throw new CheckFailed(`没有可以导入的行，有 ${left} 行需要改正或决定。`)
    line.say('没有要改动的内容。')
  } finally {
    await jobs.stop()
  }
}

async function optionsFor(handle: Handle, options: ImportOptions, clock: Clock): Promise<unknown> {
  const ledger =
    options.ledger === undefined
      ? null
      : await findLedgerForm(handle, await ledgerOf(handle, options.campaign, options.ledger))
  const read = ledgerImportOptions.safeParse({
    campaignId: uuidIn(options.campaign, '--campaign'),
    columns: ledger === null ? [] : [...ledger.form.columns],
    source: options.source === undefined ? null : keyOf(hazardSourceLabels, options.source, '来源'),
    grade: options.grade === undefined ? null : keyOf(hazardGradeLabels, options.grade, '等级'),
    sector: options.sector ?? null,
    foundOn: options.foundOn ?? null,
    finderName: options.finder ?? '',
    finderUnitId: await unitFor(handle, options.finderUnit, clock),
    territoryUnitId: await unitFor(handle, options.territory, clock),
    authorityUnitId: await unitFor(handle, options.authority, clock),
    responsibleUnitId: await unitFor(handle, options.responsible, clock),
    unknownSubject: options.unknown ?? 'ask',
  })
  if (read.success) return read.data
  const [issue] = read.error.issues
  throw new CommandRefused(`选项不对：${issue?.path.join('.') ?? ''} ${issue?.message ?? ''}。`)
}

/** Until the run has left the state. */
async function settled(
  { platform, modules, actor }: CommandContext,
  id: string,
  state: ImportView['state'],
): Promise<ImportView> {
  for (;;) {
    const run = given(
      await platform.database.withScope(actor.reach, (handle) => modules.imports.show(handle, actor, id)),
    )
    if (run.state !== state) return run
    await new Promise((resolvePromise) => setTimeout(resolvePromise, 200))
  }
}

function countsLine({ counts }: ImportView): string {
  const of = (verdict: keyof typeof counts) => counts[verdict] ?? 0
  return `核对完毕：新增 ${of('new')} 条，变更 ${of('changed')} 条，不变 ${of('same')} 条，待定 ${of('doubtful')} 行，有问题 ${of('refused')} 行。`
}

const saidAtMost = 20

async function sayProblems(
  line: CommandLine,
  { platform, modules, actor }: CommandContext,
  run: ImportView,
): Promise<void> {
  const rows: ImportRowView[] = []
  for (const verdict of ['refused', 'doubtful'] as const) {
    const page = await platform.database.withScope(actor.reach, (handle) =>
      modules.imports.rows(handle, actor, run.id, { verdict, limit: saidAtMost }),
    )
    rows.push(...given(page).items)
  }
  for (const { sheet, row, problems } of rows.slice(0, saidAtMost)) {
    for (const { column, title, message } of problems) {
      line.warn(
        `  ${sheet} 第 ${row} 行${column === null ? '' : ` ${column} 列`}${title === '' ? '' : `（${title}）`}：${message}`,
      )
    }
  }
  const more = (run.counts.refused ?? 0) + (run.counts.doubtful ?? 0) - Math.min(rows.length, saidAtMost)
  if (more > 0) line.warn(`  ……另有 ${more} 行，用 --bad 写成工作簿。`)
}

async function writeBad(
  line: CommandLine,
  { platform, modules, actor }: CommandContext,
  id: string,
  count: number,
  file: string | undefined,
): Promise<void> {
  if (file === undefined || count === 0) return
  const bad = given(await modules.imports.refusedRows((work) => platform.database.withScope(actor.reach, work), id))
  line.say(`没有导入的行写到了 ${await writeOut(file, await collectBytes(bad.chunks))}。`)
}

async function ledgerOf(handle: Handle, campaignId: string, asked: string | undefined): Promise<string> {
  const { id } = await campaignOf(handle, campaignId)
  const ledgers = await listLedgerForms(handle, id)
  const none = '这个行动没有清单。'
  return chosenOf(ledgers, asked, { option: '--ledger', what: '清单', none }).id
}

/** Null when nothing was asked. */
async function unitFor(handle: Handle, word: string | undefined, clock: Clock): Promise<string | null> {
  return word === undefined ? null : unitOf(handle, word, clock.today())
}

function keyOf<Key extends string>(labels: Readonly<Record<Key, string>>, word: string, what: string): Key {
  const keys = Object.keys(labels) as Key[]
  const found = keys.find((key) => key === word || labels[key] === word.trim())
  if (found !== undefined) return found
  throw new CommandRefused(`没有${what}“${word}”。可以用：${Object.values<string>(labels).join('、')}。`)
}
