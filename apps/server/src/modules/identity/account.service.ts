/** Accounts and the roles they hold. The caller has authorized. */
import { v7 as uuidv7 } from 'uuid'
import { decideGrant, type Role } from '@bihuan/domain'
import { recordAct, type ActingParty } from '../../platform/audit/record.js'
import type { Clock } from '../../platform/clock.js'
import type { Handle } from '../../platform/db/scope.js'
import { notFound } from '../../platform/http/refusal.js'
import type { Answer } from '../../platform/http/serve.js'
import { findUnit } from '../organization/index.js'
import * as repo from './account.repo.js'
import { hashPassword } from './session.service.js'

export interface CreateAccount {
  readonly loginName: string
  readonly personName: string
  readonly post: string | null
  readonly phone: string | null
  readonly unitId: string
  readonly password: string
  readonly mustChangePassword: boolean
}

export async function createAccount(handle: Handle, by: ActingParty, command: CreateAccount, clock: Clock): Promise<Answer<{ id: string }>> {
  const unit = await findUnit(handle, command.unitId)
  if (unit === null) return { ok: false, refusal: { ...notFound('单位'), path: 'unitId' } }
  if (await repo.isLoginNameTaken(handle, command.loginName)) {
    return { ok: false, refusal: { code: 'account.already-exists', message: `用户名“${command.loginName}”已被使用。请换一个。`, path: 'loginName' } }
  }
  const now = clock.now()
  const id = uuidv7()
  await repo.insertAccount(handle, {
    id,
    loginName: command.loginName,
    personName: command.personName,
    post: command.post,
    phone: command.phone,
    unitId: unit.id,
    territoryPath: unit.territory_path,
    linePath: unit.line_path,
    passwordHash: await hashPassword(command.password),
    mustChangePassword: command.mustChangePassword,
    now,
  })
  await recordAct(
    handle,
    by,
    {
      action: 'account.create',
      objectKind: 'account',
      objectId: id,
      // The phone is personal data and stays out of the trail; that one was given is enough.
      after: { loginName: command.loginName, personName: command.personName, post: command.post, unitId: unit.id },
    },
    now,
  )
  return { ok: true, value: { id } }
}

export async function grantRole(
  handle: Handle,
  by: ActingParty,
  command: { accountId: string; unitId: string; role: Role },
  clock: Clock,
): Promise<Answer<{ id: string }>> {
  const unit = await findUnit(handle, command.unitId)
  if (unit === null) return { ok: false, refusal: { ...notFound('单位'), path: 'unitId' } }
  const held = (await repo.rolesOf(handle, command.accountId)).map((row) => ({ unitId: row.unit_id, role: row.role as Role }))
  const decision = decideGrant(held, { unitId: unit.id, role: command.role, unitKind: unit.kind })
  if (!decision.ok) return decision
  const now = clock.now()
  const id = uuidv7()
  await repo.insertGrant(handle, { id, accountId: command.accountId, unitId: command.unitId, role: command.role, by: by.accountId ?? null, now })
  await recordAct(
    handle,
    by,
    { action: 'role.grant', objectKind: 'account', objectId: command.accountId, after: { unitId: command.unitId, role: command.role } },
    now,
  )
  return { ok: true, value: { id } }
}
