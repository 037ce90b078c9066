/** Why a start failed, as a sentence for who started it; null for a bug, which needs its stack. */
import { mkdir, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { BackupFileError } from './backup/backup-format.js'
import { RestoreError } from './backup/restore.js'
import { ClusterError } from './db/cluster.js'
import { MigrationError } from './db/migrate.js'
import { NativeBinariesError } from './db/native-binaries.js'
import { ConnectionSettingError } from './db/pools.js'
import { SettingsError, type Settings } from './settings.js'

const withSentence = [
  SettingsError,
  ClusterError,
  MigrationError,
  NativeBinariesError,
  ConnectionSettingError,
  BackupFileError,
  RestoreError,
]

export function failureSentence(cause: unknown): string | null {
  if (withSentence.some((known) => cause instanceof known)) return (cause as Error).message
  const { code, syscall, address, port, path } = cause as NodeJS.ErrnoException & { address?: string; port?: number }
  if (syscall === 'listen') return cannotListen(code, address, port)
  if (code === 'ENOSPC') return '磁盘已满，写不下去了。请清理空间后再试。'
  if (code === '28P01' || code === '28000') return '数据库不接受 DATABASE_URL 里的用户名或口令。请核对后再启动。'
  if (code === '3D000') return 'DATABASE_URL 里写的数据库不存在。请先建好（字符集 UTF8，LC_CTYPE 用 C.UTF-8），再启动。'
  if (syscall === 'connect' || code === 'ENOTFOUND' || code === '57P03') {
    return `数据库连不上（${code ?? ''}）。请看它是否已启动、DATABASE_URL 里的地址和端口对不对。`
  }
  if (code === 'EACCES' || code === 'EPERM' || code === 'EROFS' || code === 'ENOTDIR') {
    return `写不了 ${path ?? '数据文件夹'}（${code}）。请改它的权限，或用 BIHUAN_DATA 换一个文件夹。`
  }
  return null
}

function cannotListen(code: string | undefined, address = '', port = 0): string {
  if (code === 'EADDRINUSE')
    return `端口 ${port} 已被别的程序占用。请停掉那个程序，或换一个端口：PORT=${port + 1} npm start。`
  if (code === 'EACCES') return `没有权限监听端口 ${port}。请换一个 1024 以上的端口：PORT=8080 npm start。`
  return `不能在地址 ${address} 上监听（${code ?? ''}）。请核对环境变量 HOST，本机用 127.0.0.1，对外用 0.0.0.0。`
}

/** Found out before anything is started, and said of the folder that was set, not of some file deep inside it. */
export async function refuseUnwritableFolder({ dataFolder }: Settings): Promise<void> {
  const probe = join(dataFolder, `.probe-${process.pid}`)
  try {
    await mkdir(dataFolder, { recursive: true })
    await writeFile(probe, '')
    await rm(probe)
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException
    throw new SettingsError(
      code === 'ENOSPC'
        ? `数据文件夹 ${dataFolder} 所在的磁盘已满。请清理空间，或用 BIHUAN_DATA 换一个文件夹。`
        : `数据文件夹 ${dataFolder} 不能写（${code ?? ''}）。请改它的权限，或用 BIHUAN_DATA 换一个文件夹。`,
    )
  }
}

/** Before a database is started for nothing. (Taken between now and then, listening itself says so, and all is stopped again.) */
export function refuseTakenPort({ port, host }: Settings): Promise<void> {
  return new Promise((resolve, reject) => {
    const probe = createServer()
    probe.once('error', reject)
    probe.listen({ port, host, exclusive: true }, () => probe.close(() => resolve()))
  })
}
