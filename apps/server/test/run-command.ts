import { runCommand } from '../src/cli/program.js'

export interface CommandOutcome {
  readonly code: number
  readonly out: string
  readonly err: string
}

/** Runs `bihuan <arguments>` in this process, with these settings and no others. */
export async function runCli(
  argv: readonly string[],
  environment: Readonly<Record<string, string | undefined>> = {},
): Promise<CommandOutcome> {
  let out = ''
  let err = ''
  const code = await runCommand(argv, {
    environment,
    out: (text) => {
      out += text
    },
    err: (text) => {
      err += text
    },
  })
  return { code, out, err }
}
