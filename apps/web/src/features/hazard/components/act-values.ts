import type { BodyOf, actOnHazard, HazardPage, Me } from '@bihuan/contracts'
import type { HazardCommandKind } from '@bihuan/domain'
import type { Photo } from '../../../shared/form/photos-field.js'

export type ActBody = BodyOf<typeof actOnHazard>['act']

/** Everything that any act's form may ask; each form shows its own. */
export interface ActValues {
  /** Which of the choice's commands: 通过 or 不通过. */
  readonly command?: HazardCommandKind
  readonly mode?: 'immediate' | 'planned'
  readonly on?: string
  readonly text?: string
  readonly reason?: string
  readonly deadline?: string | null
  readonly files?: readonly Photo[]
  readonly rectification?: {
    readonly responsible?: string
    readonly measures?: string
    readonly funds?: number | null
    readonly deadline?: string | null
    readonly contingency?: string
  }
  readonly rectifiedOn?: string
  readonly rectifiedBy?: string
  readonly grade?: 'major' | 'key' | 'general'
  readonly standard?: string
  readonly item?: string
  readonly documentName?: string
  readonly documentNumber?: string
  readonly authorityUnitId?: string | null
  readonly of?: 'supervision' | 'rectification'
  readonly toUnitId?: string | null
  readonly why?: 'superficial' | 'false' | 'paper' | 'recurred' | 'other'
}

/** What stands in the form when it opens: what is known already is not typed again. */
export function initialValues(commands: readonly HazardCommandKind[], { hazard }: HazardPage, me: Me): ActValues {
  const plan = hazard.rectification?.mode === 'planned' ? hazard.rectification : null
  return {
    ...(commands[0] === undefined ? {} : { command: commands[0] }),
    on: me.today,
    rectifiedOn: me.today,
    mode: hazard.rectification?.mode ?? (hazard.grade === 'general' ? 'immediate' : 'planned'),
    rectification: {
      responsible: plan?.responsible.name ?? hazard.named.rectifying?.name ?? '',
      measures: hazard.rectification?.measures ?? '',
      funds: plan?.funds ?? null,
      deadline: plan?.deadline ?? hazard.deadline,
      contingency: plan?.contingency ?? '',
    },
    ...(hazard.grade === null ? {} : { grade: hazard.grade }),
    standard: hazard.criteriaItem?.standard ?? '',
    item: hazard.criteriaItem?.item ?? '',
    authorityUnitId: null,
    of: me.unit.id === hazard.responsibleUnitId ? 'rectification' : 'supervision',
    deadline: null,
    why: 'superficial',
  }
}

/** A name alone; whoever does the thing himself is known by his account. */
function personNamed(name: string | undefined, me: Me): { personId: string | null; name: string } | null {
  const typed = name?.trim() ?? ''
  if (typed === '') return null
  return { personId: typed === me.personName ? me.accountId : null, name: typed }
}

export function actOf(command: HazardCommandKind, values: ActValues, me: Me): ActBody {
  const text = values.text?.trim() ?? ''
  const reason = values.reason?.trim() ?? ''
  const on = values.on ?? me.today
  const evidenceFileIds = (values.files ?? []).map(({ id }) => id)
  const deadline = values.deadline ?? null
  switch (command) {
    case 'plan-rectification': {
      const plan = values.rectification ?? {}
      if (values.mode === 'immediate')
        return { kind: command, rectification: { mode: 'immediate', measures: plan.measures ?? '' } }
      return {
        kind: command,
        rectification: {
          mode: 'planned',
          responsible: personNamed(plan.responsible, me),
          measures: plan.measures ?? '',
          funds: plan.funds ?? null,
          deadline: plan.deadline ?? null,
          contingency: plan.contingency ?? '',
        },
      }
    }
    case 'report-progress':
      return { kind: command, on, text, evidenceFileIds }
    case 'report-rectified':
      return {
        kind: command,
        rectifiedOn: values.rectifiedOn ?? me.today,
        rectifiedBy: personNamed(values.rectifiedBy, me),
        text,
        evidenceFileIds,
      }
    case 'reinspect-passed':
      return { kind: command, on, text, evidenceFileIds }
    case 'reinspect-failed':
      return { kind: command, on, text, evidenceFileIds, deadline }
    case 'request-extension':
      return { kind: command, deadline: deadline ?? '', reason }
    case 'approve-extension':
      return { kind: command, reason }
    case 'sign-off':
      return { kind: command, text }
    case 'send-back':
      return { kind: command, reason, deadline }
    case 'reopen':
      return { kind: command, reason: values.why ?? 'other', text, deadline }
    case 'judge':
      return {
        kind: command,
        grade: values.grade ?? 'general',
        reason,
        criteriaItem: values.standard?.trim()
          ? { standard: values.standard.trim(), item: values.item?.trim() ?? '' }
          : null,
      }
    case 'list-for-supervision':
      return {
        kind: command,
        documentName: values.documentName ?? '',
        documentNumber: values.documentNumber ?? '',
        on,
        authorityUnitId: values.authorityUnitId ?? null,
      }
    case 'transfer':
      return { kind: command, of: values.of ?? 'supervision', toUnitId: values.toUnitId ?? '', reason }
    case 'accept-transfer':
      return { kind: command }
    case 'refuse-extension':
    case 'decline-transfer':
    case 'withdraw-transfer':
    case 'cancel':
      return { kind: command, reason }
    case 'save-draft':
    case 'register':
    case 'correct':
    case 'carry-over':
      throw new Error(`${command} has a page of its own`)
  }
}
