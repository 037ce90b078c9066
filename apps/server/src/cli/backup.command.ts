/** `bihuan backup` and `bihuan restore`: local administration, recorded in every tenant that it touched. */
import { existsSync } from 'node:fs'
import { mkdir } from 'node:fs/promises'
import { basename, dirname, resolve } from 'node:path'
import type { Command } from 'commander'
import { version } from '../app.js'
import { recordAct } from '../platform/audit/record.js'
import { verifyDatabase } from '../platform/audit/verification.js'
import { makeBackup, secretMark } from '../platform/backup/backup.js'
import { checkBackupFile, type BackupHeader, type SoundBackup } from '../platform/backup/backup-format.js'
import { loadBackup, RestoreError, type Restored } from '../platform/backup/restore.js'
import { knownMigrations, migrate } from '../platform/db/migrate.js'
import { listTenants } from '../platform/db/tenants.js'
import { createFileStore } from '../platform/files/choose-store.js'
import { openGround, type Platform } from '../platform/platform.js'
import {
  CheckFailed,
  CommandRefused,
  localAdministrator,
  type CommandLine,
  type GroundContext,
} from './command-line.js'
import { verdictText } from './verify.command.js'

export function registerBackupCommands(program: Command, line: CommandLine): void {
  program
    .command('backup')
    .description('把全部数据和上传的文件备份成一个文件；服务可以照常开着')
    .requiredOption('--out <文件>', '备份写到这里；不覆盖已有的文件')
    .action(async ({ out }: { readonly out: string }) => {
      const path = resolve(out)
      if (existsSync(path)) throw new CommandRefused(`${path} 已经存在。请换一个文件名。`)
      await mkdir(dirname(path), { recursive: true })
      await line.onGround(({ platform }) => backUp(line, platform, path))
    })

  program
    .command('restore')
    .description('把备份恢复到空的数据库（新的数据文件夹），恢复后自动核对')
    .argument('<文件>', '用 bihuan backup 做的备份文件')
    .action((file: string) => restore(line, resolve(file)))
}

async function backUp(line: CommandLine, platform: Platform, path: string): Promise<void> {
  const made = await makeBackup(platform, path, version)
  for (const tenant of made.header.tenants) {
    await record(platform, tenant.id, 'backup.made', {
      file: basename(path),
      head: tenant.head,
      rows: made.rows,
      files: made.files,
    })
  }
  line.say(
    `已备份到 ${path}（${(made.bytes / 1024 / 1024).toFixed(1)} MB）：${made.tables} 张表，${made.rows} 行，${made.files} 个文件。`,
  )
  for (const { name, code, head } of made.header.tenants)
    line.say(`  ${name}（${code}）链头 ${head.position}:${head.chainHash}`)
  if (platform.settings.secret === null) {
    line.say(`  动态口令的密钥不在备份里，请另外保管：${resolve(platform.settings.dataFolder, 'secret')}`)
  }
  if (made.lostFiles.length > 0) {
    throw new CheckFailed(
      `备份做好了，但有 ${made.lostFiles.length} 个上传的文件在存储里找不到或已损坏，如 ${made.lostFiles[0] ?? ''}。`,
    )
  }
}

async function restore(line: CommandLine, path: string): Promise<void> {
  const { settings, log } = line
  const sound = await checkBackupFile(path)
  const through = await lastMigrationOf(sound.header)
  const ground = await openGround(settings, log)
  let restored: Restored
  try {
    await migrate(ground.ownerUrl, ground.app.password, undefined, through)
    restored = await loadBackup({ ownerUrl: ground.ownerUrl, log, files: await createFileStore(settings) }, path, sound)
  } catch (cause) {
    await ground.stop()
    throw cause
  }
  await line.onGround((context) => afterLoading(line, context, path, sound, restored), ground)
}

/** Refuses a backup of a version that this one does not know: later, or altered. */
async function lastMigrationOf({ migrations, version: madeBy }: BackupHeader): Promise<number> {
  const known = new Map((await knownMigrations()).map(({ number, checksum }) => [number, checksum]))
  const strange = migrations.find(({ number, checksum }) => known.get(number) !== checksum)
  if (strange !== undefined) {
    throw new RestoreError(
      `备份是另一个版本（${madeBy}）做的，这个版本（${version}）不认得它的结构（${strange.name}）。请用做它的或更新的版本来恢复。`,
    )
  }
  return migrations.at(-1)?.number ?? 0
}

async function afterLoading(
  line: CommandLine,
  { platform, modules }: GroundContext,
  path: string,
  { header }: SoundBackup,
  restored: Restored,
): Promise<void> {
  line.say(
    `已恢复 ${restored.tables} 张表、${restored.rows} 行、${restored.files} 个文件（备份于 ${header.createdAt}）。`,
  )
  for (const { id } of await listTenants(platform.database)) {
    await platform.database.withScope({ purpose: 'tenant', tenantId: id }, async (handle) => {
      for (const putBack of modules.afterRestore) await putBack(handle)
    })
  }
  const heads = new Map(header.tenants.map(({ id, head }) => [id, head]))
  const verdicts = await verifyDatabase(platform, modules.verifiers, { keptHead: ({ id }) => heads.get(id) ?? null })
  const failed = verdicts.find(({ ok }) => !ok)
  for (const verdict of verdicts) line.say(verdictText(verdict))
  for (const { id } of header.tenants) {
    await record(platform, id, 'backup.restored', {
      file: basename(path),
      madeAt: header.createdAt,
      ok: failed === undefined,
    })
  }
  if (secretMark(platform.secret) !== header.secretMark) {
    line.warn(
      `密钥与备份时的不同，用动态口令的账户登录不了：请把原来的 secret 文件放回 ${platform.settings.dataFolder}（或设 BIHUAN_SECRET），再启动服务。`,
    )
  }
  if (failed?.difference) {
    throw new CheckFailed(
      `数据已恢复，但${failed.tenant.name}的${failed.difference.subject}核对不通过：${failed.difference.message}`,
    )
  }
  if (restored.lostFiles.length > 0) {
    throw new CheckFailed(
      `数据已恢复，但备份里缺 ${restored.lostFiles.length} 个上传的文件，如 ${restored.lostFiles[0] ?? ''}。`,
    )
  }
}

async function record(
  platform: Platform,
  tenantId: string,
  action: string,
  after: Readonly<Record<string, unknown>>,
): Promise<void> {
  await platform.database.withScope({ purpose: 'tenant', tenantId }, (handle) =>
    recordAct(
      handle,
      localAdministrator(tenantId),
      { action, objectKind: 'tenant', objectId: tenantId, after },
      platform.clock.now(),
    ),
  )
  await platform.sealer.sealNow(tenantId)
}
