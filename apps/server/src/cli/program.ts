/** The program: its commands, its help in Chinese, and how every way it can end becomes an exit code. */
import { Command, CommanderError } from 'commander'
import { version } from '../app.js'
import { failureSentence } from '../platform/start-failure.js'
import { registerBackupCommands } from './backup.command.js'
import { registerCampaignCommands } from './campaign.command.js'
import { CheckFailed, CommandRefused, createCommandLine, type Terminal } from './command-line.js'
import { registerDemoCommand } from './demo.command.js'
import { registerLedgerCommands } from './ledger.command.js'
import { registerPlanCommands } from './plan.command.js'
import { registerRollUpCommands } from './roll-ups.command.js'
import { registerTableCommands } from './table.command.js'
import { registerVerifyCommand } from './verify.command.js'

const titles: Readonly<Record<string, string>> = {
  'Usage:': '用法：',
  'Arguments:': '参数：',
  'Options:': '选项：',
  'Commands:': '命令：',
}

/** Every command file, in the order of the help. */
const registrations = [
  registerPlanCommands,
  registerCampaignCommands,
  registerLedgerCommands,
  registerTableCommands,
  registerVerifyCommand,
  registerRollUpCommands,
  registerBackupCommands,
  registerDemoCommand,
]

/** Runs one command; gives its exit code: 0 done, 1 a check failed, 2 wrong use or refused. */
export async function runCommand(argv: readonly string[], terminal: Terminal): Promise<0 | 1 | 2> {
  const line = createCommandLine(terminal)
  const program = new Command('bihuan')
    .description('闭环：重大事故隐患专项排查整治。命令在服务所用的同一个数据库上办理，服务可以同时开着。')
    .usage('[选项] <命令>')
    .version(version, '-V, --version', '显示版本')
    .helpOption('-h, --help', '显示帮助')
    .helpCommand('help [命令]', '显示某个命令的帮助')
    .addHelpText('afterAll', '\n退出码：0 办成了；1 核对不通过；2 用法不对或被拒绝。详见 docs/command-line.md。')
    .exitOverride()
    .configureHelp({
      styleTitle: (title) => titles[title] ?? title,
      // As commander writes them, in Chinese.
      optionDescription: ({ description, argChoices, defaultValue }) => {
        const more = [
          ...(argChoices === undefined ? [] : [`可用 ${argChoices.join('、')}`]),
          ...(typeof defaultValue === 'string' ? [`默认 ${defaultValue}`] : []),
        ]
        return more.length === 0 ? description : `${description}（${more.join('；')}）`
      },
      commandUsage: (command) => {
        const names: string[] = []
        for (let at: Command | null = command; at !== null; at = at.parent) names.unshift(at.name())
        return `${names.join(' ')} ${command.usage().replace('[options]', '[选项]').replace('[command]', '<命令>')}`
      },
      subcommandTerm: (command) =>
        `${command.name()} ${command.usage().replace('[options] ', '').replace('[options]', '').replace('[command]', '<命令>')}`.trim(),
    })
    // What is wrong with the arguments is said below, in one sentence.
    .configureOutput({
      writeOut: (text) => terminal.out(text),
      writeErr: (text) => terminal.out(text),
      outputError: () => undefined,
    })
  for (const register of registrations) register(program, line)

  try {
    await program.parseAsync([...argv], { from: 'user' })
    return line.failed ? 1 : 0
  } catch (cause) {
    if (cause instanceof CommanderError) {
      if (cause.exitCode === 0) return 0
      // `bihuan` and `bihuan plan` alone have shown the help already.
      if (cause.code !== 'commander.help') terminal.err(`${wrongUse(cause)}用 --help 看用法。\n`)
      return 2
    }
    if (terminal.environment['BIHUAN_LOG'] === 'debug' && cause instanceof Error) terminal.err(`${cause.stack ?? ''}\n`)
    if (cause instanceof CheckFailed) {
      terminal.err(`${cause.message}\n`)
      return 1
    }
    terminal.err(`${sentenceOf(cause)}\n`)
    return 2
  }
}

function sentenceOf(cause: unknown): string {
  if (cause instanceof CommandRefused) return cause.message
  const message = cause instanceof Error ? cause.message : String(cause)
  return (
    failureSentence(cause) ??
    `出错了，没有办成：${message.split('\n')[0] ?? ''}（设 BIHUAN_LOG=debug 再运行可看详情）。`
  )
}

function wrongUse({ code, message }: CommanderError): string {
  const named = /'([^']+)'/.exec(message)?.[1] ?? ''
  switch (code) {
    case 'commander.unknownOption':
      return `没有选项 ${named}。`
    case 'commander.unknownCommand':
      return `没有命令“${named}”。`
    case 'commander.missingArgument':
      return `缺少参数 ${named}。`
    case 'commander.optionMissingArgument':
      return `选项 ${named} 后面缺少内容。`
    case 'commander.missingMandatoryOptionValue':
      return `必须给出选项 ${named}。`
    case 'commander.excessArguments':
      return '参数多了。'
    case 'commander.invalidArgument': {
      // Only options with choices are checked by commander.
      const [, word = '', choices = ''] =
        /argument '(.*)' is invalid\. Allowed choices are (.*)\.$/s.exec(message) ?? []
      return `选项 ${named} 不能是“${word}”，可用 ${choices.replaceAll(', ', '、')}。`
    }
    default:
      return '命令写得不对。'
  }
}
