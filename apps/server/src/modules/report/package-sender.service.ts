/** Whose packages are taken: known by a public key whose fingerprint two people compared by another way than the key came. */
import { v7 as uuidv7 } from 'uuid'
import type { AnswerOf, listPackageSenders } from '@bihuan/contracts'
import type { Actor } from '../../platform/actor.js'
import { recordAct } from '../../platform/audit/record.js'
import type { Handle } from '../../platform/db/scope.js'
import { notAllowed, notFound } from '../../platform/http/refusal.js'
import type { Answer } from '../../platform/http/serve.js'
import { fingerprintOf, type SigningKey } from '../../platform/signing.js'
import { findUnit } from '../organization/index.js'
import * as repo from './package.repo.js'
import { isInReach, mayReadTables } from './table.policy.js'

const mayManage = (actor: Actor): boolean => actor.permissions.has('schedule.manage')

type Senders = AnswerOf<typeof listPackageSenders>

export async function listSenders(handle: Handle, actor: Actor, key: SigningKey): Promise<Answer<Senders>> {
  if (!mayReadTables(actor)) return { ok: false, refusal: notAllowed('查看数据包发送方') }
  const rows = await repo.listSenders(handle)
  return {
    ok: true,
    value: {
      ownPublicKey: key.publicKey,
      ownFingerprint: fingerprintOf(key.publicKey) ?? '',
      items: rows.map(viewOf),
      abilities: { manage: mayManage(actor) },
    },
  }
}

export async function addSender(
  handle: Handle,
  actor: Actor,
  given: {
    readonly name: string
    readonly unitId: string
    readonly publicKey: string
    readonly fingerprint: string
  },
  now: Date,
): Promise<Answer<Senders['items'][number]>> {
  if (!mayManage(actor)) return { ok: false, refusal: notAllowed('登记数据包发送方') }
  const unit = await findUnit(handle, given.unitId)
  if (unit === null || !isInReach(actor, unit))
    return {
      ok: false,
      refusal: { ...notFound('单位', { objectKind: 'unit', objectId: given.unitId }), path: 'unitId' },
    }
  const fingerprint = fingerprintOf(given.publicKey)
  if (fingerprint === null)
    return {
      ok: false,
      refusal: { code: 'package.key', message: '这不是一个公钥。请从对方系统的页面上完整复制。', path: 'publicKey' },
    }
  if (plain(given.fingerprint) !== plain(fingerprint)) {
    return {
      ok: false,
      refusal: {
        code: 'package.fingerprint',
        message: '指纹与公钥不符。请与对方当面或用电话逐组核对；不符的公钥可能被人换过，不要登记。',
        path: 'fingerprint',
      },
    }
  }
  const id = uuidv7()
  const place = { territoryPath: unit.territory_path, linePath: unit.line_path }
  if (!(await repo.insertSender(handle, { ...given, ...place, id, now }))) {
    return {
      ok: false,
      refusal: {
        code: 'package.key-known',
        message: '这个公钥已经登记过。请核对是不是同一个发送方。',
        path: 'publicKey',
      },
    }
  }
  await recordAct(
    handle,
    actor,
    { action: 'package.add-sender', objectKind: 'package-sender', objectId: id, after: given },
    now,
  )
  return {
    ok: true,
    value: viewOf({
      id,
      name: given.name,
      unit_id: unit.id,
      unit_name: unit.name,
      public_key: given.publicKey,
      active: true,
    }),
  }
}

/** Withdrawn, it is known and not taken from; what was taken stays. */
export async function changeSender(
  handle: Handle,
  actor: Actor,
  { id, active }: { readonly id: string; readonly active: boolean },
  now: Date,
): Promise<Answer<Senders['items'][number]>> {
  if (!mayManage(actor)) return { ok: false, refusal: notAllowed('停收数据包') }
  const row = await repo.loadSender(handle, id)
  const unit = row === null ? null : await findUnit(handle, row.unit_id)
  if (row === null || unit === null || !isInReach(actor, unit))
    return { ok: false, refusal: notFound('发送方', { objectKind: 'package-sender', objectId: id }) }
  await repo.saveSender(handle, id, active)
  await recordAct(
    handle,
    actor,
    {
      action: 'package.change-sender',
      objectKind: 'package-sender',
      objectId: id,
      before: { active: row.active },
      after: { active },
    },
    now,
  )
  return { ok: true, value: viewOf({ ...row, active }) }
}

/** As it was heard: groups apart or together, in either case. */
function plain(fingerprint: string): string {
  return fingerprint
    .normalize('NFKC')
    .replace(/[^0-9a-fA-F]/g, '')
    .toUpperCase()
}

function viewOf(row: repo.SenderRow): Senders['items'][number] {
  return {
    id: row.id,
    name: row.name,
    unitId: row.unit_id,
    unitName: row.unit_name,
    publicKey: row.public_key,
    fingerprint: fingerprintOf(row.public_key) ?? '',
    active: row.active,
  }
}
