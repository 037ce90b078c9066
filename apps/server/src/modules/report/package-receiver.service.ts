/** Receivers outside: other servers, each with its address and the credential that it gave. The credential goes in and never comes out. */
import { v7 as uuidv7 } from 'uuid'
import type { AnswerOf, BodyOf, listPackageReceivers, PackageReceiver } from '@bihuan/contracts'
import type * as contracts from '@bihuan/contracts'
import { decided, refused, type Decision } from '@bihuan/domain'
import type { Actor } from '../../platform/actor.js'
import { recordAct } from '../../platform/audit/record.js'
import type { Handle } from '../../platform/db/scope.js'
import { notAllowed, notFound } from '../../platform/http/refusal.js'
import type { Answer } from '../../platform/http/serve.js'
import { standingOf } from '../../platform/http/guarded-address.js'
import { encrypt } from '../../platform/secret.js'
import * as repo from './package-receiver.repo.js'
import { isInReach, mayReadTables } from './table.policy.js'

export interface ReceiverContext {
  readonly secret: Buffer
  readonly privateHosts: readonly string[]
  readonly now: Date
}

const mayManage = (actor: Actor): boolean => actor.permissions.has('schedule.manage')
const covers = (actor: Actor, row: { readonly territory_path: string }): boolean =>
  mayManage(actor) && isInReach(actor, { territory_path: row.territory_path, line_path: null })

export const noReceiver = (id: string) => notFound('系统外接收方', { objectKind: 'package-receiver', objectId: id })

export async function listReceivers(
  handle: Handle,
  actor: Actor,
): Promise<Answer<AnswerOf<typeof listPackageReceivers>>> {
  if (!mayReadTables(actor)) return { ok: false, refusal: notAllowed('查看系统外接收方') }
  const rows = await repo.listReceivers(handle)
  return { ok: true, value: { items: rows.map((row) => viewOf(row, actor)), abilities: { manage: mayManage(actor) } } }
}

export async function addReceiver(
  handle: Handle,
  actor: Actor,
  given: BodyOf<typeof contracts.addPackageReceiver>,
  { secret, privateHosts, now }: ReceiverContext,
): Promise<Answer<PackageReceiver>> {
  const { path } = actor.reach
  if (!mayManage(actor) || path === null) return { ok: false, refusal: notAllowed('登记系统外接收方') }
  const url = readReceiverUrl(given.url, privateHosts)
  if (!url.ok) return url
  const token = tokenFault(given.token)
  if (token !== null) return token
  const id = uuidv7()
  await repo.insertReceiver(handle, {
    id,
    territoryPath: path,
    name: given.name,
    url: url.value,
    sealedToken: encrypt(secret, given.token),
    now,
  })
  await recordAct(
    handle,
    actor,
    {
      action: 'package.add-receiver',
      objectKind: 'package-receiver',
      objectId: id,
      after: { name: given.name, url: url.value, token: 'set' },
    },
    now,
  )
  return shown(handle, actor, id)
}

export async function changeReceiver(
  handle: Handle,
  actor: Actor,
  command: BodyOf<typeof contracts.changePackageReceiver> & { readonly id: string },
  { secret, privateHosts, now }: ReceiverContext,
): Promise<Answer<PackageReceiver>> {
  if (!mayManage(actor)) return { ok: false, refusal: notAllowed('修改系统外接收方') }
  const row = await repo.loadReceiver(handle, command.id)
  if (row === null || !covers(actor, row)) return { ok: false, refusal: noReceiver(command.id) }
  if (row.version !== command.version) {
    return {
      ok: false,
      refusal: {
        code: 'package.changed-meanwhile',
        message: '这个接收方刚被别人改过，您的修改没有保存。请刷新后再改。',
      },
    }
  }
  const url = readReceiverUrl(command.url, privateHosts)
  if (!url.ok) return url
  const { token } = command
  // Otherwise whoever may change the address could have the credential sent to a server of their own.
  if (token === undefined && new URL(url.value).origin !== new URL(row.url).origin) {
    return {
      ok: false,
      refusal: {
        code: 'package.token-wanted',
        message: '换了地址，请一并填写新地址那边发的凭据。原来的凭据不会发给别的服务器。',
        path: 'token',
      },
    }
  }
  const fault = token === undefined ? null : tokenFault(token)
  if (fault !== null) return fault
  const { name, active } = command
  await repo.saveReceiver(handle, row.id, {
    name,
    active,
    url: url.value,
    sealedToken: token === undefined ? row.sealed_token : encrypt(secret, token),
    tokenSetAt: token === undefined ? row.token_set_at : now,
  })
  await recordAct(
    handle,
    actor,
    {
      action: 'package.change-receiver',
      objectKind: 'package-receiver',
      objectId: row.id,
      before: { name: row.name, url: row.url, active: row.active },
      after: { name, url: url.value, active, ...(token === undefined ? {} : { token: 'set' }) },
    },
    now,
  )
  return shown(handle, actor, row.id)
}

/** The address of the other server, without a slash at its end. Whether its name leads inside is judged again at every sending. */
export function readReceiverUrl(text: string, privateHosts: readonly string[]): Decision<string> {
  const url = URL.canParse(text) ? new URL(text) : null
  if (url === null || !/^https?:$/.test(url.protocol))
    return refused('package.url', '这不是网址。请填对方系统的地址，如 https://bihuan.example.gov.cn。', 'url')
  if (url.username !== '' || url.password !== '' || url.search !== '' || url.hash !== '')
    return refused('package.url', '网址里不要写用户名、口令、“?”和“#”；凭据另填一格。', 'url')
  const host = url.hostname.replace(/^\[|\]$/g, '')
  const isNamed = privateHosts.includes(host)
  if (url.protocol === 'http:' && !isNamed)
    return refused('package.url', '只能发往 https 地址。内网地址请由系统管理员列入 BIHUAN_PRIVATE_RECEIVERS。', 'url')
  const isLiteral = /^[\d.]+$/.test(host) || host.includes(':')
  if (!isNamed && (host === 'localhost' || (isLiteral && standingOf(host) !== 'public'))) {
    return refused(
      'package.url',
      '这是本机或内网的地址。确需发往那里，请由系统管理员列入 BIHUAN_PRIVATE_RECEIVERS。',
      'url',
    )
  }
  return decided(url.href.replace(/\/+$/, ''))
}

/** It goes into a header. */
function tokenFault(token: string): Extract<Answer<never>, { ok: false }> | null {
  return /^[\x21-\x7e]{8,}$/.test(token)
    ? null
    : {
        ok: false,
        refusal: {
          code: 'package.token',
          message: '凭据不完整，或有空格、换行、汉字。请从对方发来的地方完整复制。',
          path: 'token',
        },
      }
}

async function shown(handle: Handle, actor: Actor, id: string): Promise<Answer<PackageReceiver>> {
  const [row] = await repo.findReceivers(handle, [id])
  return row === undefined ? { ok: false, refusal: noReceiver(id) } : { ok: true, value: viewOf(row, actor) }
}

function viewOf(row: repo.ReceiverRow, actor: Actor): PackageReceiver {
  return {
    id: row.id,
    name: row.name,
    url: row.url,
    tokenSetAt: row.token_set_at.toISOString(),
    active: row.active,
    version: row.version,
    abilities: { change: covers(actor, row) },
  }
}
