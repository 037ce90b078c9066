import {
  enterpriseFlags,
  enterpriseSizes,
  enterpriseStatuses,
  type EnterpriseFlag,
  type EnterpriseSize,
  type EnterpriseStatus,
} from '@bihuan/domain'
import { StateTag } from '../../../shared/show/mark.js'
import type { Tone } from '../../../shared/theme/colours.js'

const choicesOf = <Key extends string>(labels: Readonly<Record<Key, string>>) =>
  (Object.keys(labels) as Key[]).map((value) => ({ value, label: labels[value] }))

export const sizeChoices = choicesOf(enterpriseSizes)
export const statusChoices = choicesOf(enterpriseStatuses)
export const flagChoices = choicesOf(enterpriseFlags)

const statusTones: Readonly<Record<EnterpriseStatus, Tone>> = {
  operating: 'green',
  suspended: 'yellow',
  closed: 'grey',
  'moved-away': 'grey',
}

export function StatusTag({ status, washed = false }: { status: EnterpriseStatus; washed?: boolean }) {
  return (
    <StateTag tone={statusTones[status]} washed={washed}>
      {enterpriseStatuses[status]}
    </StateTag>
  )
}

const flagTones: Partial<Record<EnterpriseFlag, Tone>> = { highRisk: 'red', crowded: 'orange', keySupervised: 'orange' }

/** 高危、人员密集 and the like; a dash when none is set. */
export function FlagTags({
  flags,
  washed = false,
}: {
  flags: Readonly<Record<EnterpriseFlag, boolean>>
  washed?: boolean
}) {
  const set = (Object.keys(enterpriseFlags) as EnterpriseFlag[]).filter((flag) => flags[flag])
  if (set.length === 0) return washed ? null : <span className="quiet">—</span>
  return (
    <span className="ent-flags">
      {set.map((flag) => (
        <StateTag key={flag} tone={flagTones[flag] ?? 'blue'} washed={washed}>
          {enterpriseFlags[flag]}
        </StateTag>
      ))}
    </span>
  )
}

export function sizeText(size: EnterpriseSize, employees: number | null): string {
  return employees === null ? enterpriseSizes[size] : `${enterpriseSizes[size]} · ${employees} 人`
}

/** 91360100 MA3X1234 5K: read out over the telephone in groups. Copied, it is one word. */
export function CodeText({ code }: { code: string | null }) {
  return code === null ? <span className="quiet">—</span> : <span className="ent-code">{code}</span>
}
