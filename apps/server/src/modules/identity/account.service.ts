/** Accounts and the roles they hold. The caller has authorized; administrators at their desk come through account.desk.ts. */
import { v7 as uuidv7 } from 'uuid'
import { decideGrant, type Role } from '@bihuan/domain'
import { recordAct, type ActingParty } from '../../platform/audit/record.js'
import type { Clock } from '../../platform/clock.js'
import type { Handle } from '../../platform/db/scope.js'
import { notFound } from '../../platform/http/refusal.js'
import type { Answer } from '../../platform/http/serve.js'
import { findUnit } from '../organization/index.js'
import * as repo from './account.repo.js'
import { hashPassword, loginNameOf } from './session.service.js'

export interface CreateAccount {
  readonly loginName: string
  readonly personName: string
  readonly post: string | null
  readonly phone: string | null
  readonly unitId: string
  readonly password: string
  readonly mustChangePassword: boolean
}

export async function createAccount(
  handle: Handle,
  by: ActingParty,
  command: CreateAccount,
  clock: Clock,
): Promise<Answer<{ id: string }>> {
  const unit = await findUnit(handle, command.unitId)
  if (unit === null)
    return {
      ok: false,
      refusal: { ...notFound('单位', { objectKind: 'unit', objectId: command.unitId }), path: 'unitId' },
    }
  if (unit.dissolved_on !== null) {
    return {
      ok: false,
      refusal: {
        code: 'account.unit-dissolved',
        message: `“${unit.name}”已于 ${unit.dissolved_on} 撤销。请选择别的单位。`,
        path: 'unitId',
      },
    }
  }
  const loginName = loginNameOf(command.loginName)
  const passwordHash = await hashPassword(command.password)
  const now = clock.now()
  const id = uuidv7()
  const made = await repo.unlessNameIsTaken(handle, async () => {
    await repo.insertAccount(handle, {
      id,
      loginName,
      personName: command.personName,
      post: command.post,
      phone: command.phone,
      unitId: unit.id,
      territoryPath: unit.territory_path,
      linePath: unit.line_path,
      passwordHash,
      mustChangePassword: command.mustChangePassword,
      now,
    })
    return id
  })
  if (made === null) {
    return {
      ok: false,
      refusal: {
        code: 'account.already-exists',
        message: `登录名“${loginName}”已被使用。请换一个。`,
        path: 'loginName',
      },
    }
  }
  await recordAct(
    handle,
    by,
    {
      action: 'account.create',
      objectKind: 'account',
      objectId: id,
      // The phone is personal data and stays out of the trail; that one was given is enough.
      after: {
        loginName,
        personName: command.personName,
        post: command.post,
        unitId: unit.id,
        phone: command.phone !== null,
      },
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
  if (unit === null)
    return {
      ok: false,
      refusal: { ...notFound('单位', { objectKind: 'unit', objectId: command.unitId }), path: 'unitId' },
    }
  await repo.lockGrants(handle, command.accountId)
  const held = (await repo.rolesOf(handle, command.accountId)).map((row) => ({
    unitId: row.unit_id,
    role: row.role as Role,
  }))
  const decision = decideGrant(held, { unitId: unit.id, role: command.role, unitKind: unit.kind })
  if (!decision.ok) return decision
  const now = clock.now()
  const id = uuidv7()
  await repo.insertGrant(handle, {
    id,
    accountId: command.accountId,
    unitId: command.unitId,
    role: command.role,
    by: by.accountId ?? null,
    now,
  })
  await recordAct(
    handle,
    by,
    {
      action: 'role.grant',
      objectKind: 'account',
      objectId: command.accountId,
      after: { unitId: command.unitId, role: command.role },
    },
    now,
  )
  return { ok: true, value: { id } }
}
