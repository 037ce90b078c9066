/** `bihuan verify`: the chain and all that is computed from it, without trusting the server; recorded as local administration. */
import { existsSync } from 'node:fs'
import type { Command } from 'commander'
import { recordAct } from '../platform/audit/record.js'
import { verifyDatabase, type TenantVerdict } from '../platform/audit/verification.js'
import type { ChainHead } from '../platform/audit/verify.js'
import type { Platform } from '../platform/platform.js'
import { CheckFailed, CommandRefused, localAdministrator, type CommandLine } from './command-line.js'
import { bytesIn } from './local-file.js'

interface VerifyOptions {
  readonly tenant?: string
  readonly head?: string
}

export function registerVerifyCommand(program: Command, line: CommandLine): void {
  program
    .command('verify')
    .description('核对审计链，并把存着的数据从审计记录重新推算一遍；遇到第一处不符即停，说明在哪里，退出码 1')
    .option('--tenant <代码>', '只核对这个辖区；不写则全部')
    .option(
      '--head <链头或回执文件>',
      '报送回执上印的链头，写作“序号:链头”，或给出回执文件：证明此后没有整条重写或截去末尾',
    )
    .action((options: VerifyOptions) =>
      line.onGround(async ({ platform, modules }) => {
        const kept = options.head === undefined ? null : readKeptHead(options.head)
        // A head is that of one tenant's chain.
        const named = options.tenant !== undefined || kept !== null ? await line.tenant(platform, options.tenant) : null
        const verdicts = await verifyDatabase(platform, modules.verifiers, {
          of: ({ id }) => named === null || id === named.id,
          keptHead: () => kept,
        })
        if (verdicts.length === 0) throw new CommandRefused('数据库里还没有辖区，没有可核对的。')
        for (const verdict of verdicts) {
          await recordVerdict(platform, verdict)
          line.say(verdictText(verdict))
        }
        const failed = verdicts.find(({ ok }) => !ok)
        if (failed?.difference)
          throw new CheckFailed(
            `${failed.tenant.name}：${failed.difference.subject}核对不通过。${failed.difference.message}`,
          )
      }),
    )
}

async function recordVerdict(platform: Platform, { tenant, ok, head, difference }: TenantVerdict): Promise<void> {
  await platform.database.withScope({ purpose: 'tenant', tenantId: tenant.id }, (handle) =>
    recordAct(
      handle,
      localAdministrator(tenant.id),
      { action: 'audit.verified', objectKind: 'tenant', objectId: tenant.id, after: { ok, head, difference } },
      platform.clock.now(),
    ),
  )
  // A broken chain is not written on by a command that has just found it broken; the server's own sealer does as it always does.
  if (ok) await platform.sealer.sealNow(tenant.id)
}

export function verdictText({ tenant, ok, head, waiting, checked }: TenantVerdict): string {
  const lines = [`${tenant.name}（${tenant.code}）${ok ? '：全部相符' : ''}`]
  for (const { subject, count } of checked) lines.push(`  ${subject}：${count} 条，相符`)
  if (waiting > 0) lines.push(`  另有 ${waiting} 条刚写入的记录等待封存`)
  if (head !== null) lines.push(`  链头 ${head.position}:${head.chainHash}`)
  return lines.join('\n')
}

/** `123:<64 hex>`, or a file (a receipt, as text or JSON) in which such a head stands. */
export function readKeptHead(given: string): ChainHead {
  const direct = /^(\d{1,15}):([0-9a-fA-F]{64})$/.exec(given.trim())
  if (direct) return { position: Number(direct[1]), chainHash: (direct[2] ?? '').toLowerCase() }
  if (!existsSync(given)) {
    throw new CommandRefused(
      `--head 应是“序号:64 位十六进制的链头”，或一个回执文件；“${given.slice(0, 80)}”两样都不是。`,
    )
  }
  const text = bytesIn(given).toString('utf8')
  const printed = /(\d{1,15})\s*[:：]\s*([0-9a-fA-F]{64})\b/.exec(text)
  const json = /"position"\s*:\s*(\d{1,15})\b[\s\S]{0,200}?"(?:chainHash|hash|head)"\s*:\s*"([0-9a-fA-F]{64})"/.exec(
    text,
  )
  const found = json ?? printed
  if (!found)
    throw new CommandRefused(`文件 ${given} 里没有找到链头（序号:64 位十六进制）。请换一份回执，或直接写出链头。`)
  return { position: Number(found[1]), chainHash: (found[2] ?? '').toLowerCase() }
}
