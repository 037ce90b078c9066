import Input from 'antd/es/input'
import Radio from 'antd/es/radio'
import { PickField } from '../../../shared/form/pick-field.js'
import type { Choice } from '../../../shared/list/conditions.js'
import type { Details } from './details-values.js'
import { chooseEnterprises, nameOfEnterprise } from './pickers.js'

type Subject = NonNullable<Details['subject']>

export interface ChosenFirm {
  readonly id: string
  readonly name: string
  readonly leadSector: string
  readonly territoryUnitId: string
  readonly leadRegulatorId: string | null
}

export interface SubjectFieldProps {
  readonly id?: string
  readonly value?: Subject | null
  readonly onChange?: (subject: Subject | null) => void
  /** What is known of the firm fills the fields below. */
  readonly onFirm: (firm: ChosenFirm) => void
  readonly disabled?: boolean
}

/** A registered enterprise, found by a fragment; or a place or firm that is known by name only. */
export function SubjectField({ id, value, onChange, onFirm, disabled = false }: SubjectFieldProps) {
  const byName = value?.kind === 'place' || (value !== null && value !== undefined && value.id === null)
  const find = async (text: string, signal: AbortSignal): Promise<Choice[]> => {
    const firms = await chooseEnterprises(text, signal)
    for (const firm of firms) known.set(firm.id, firm)
    return firms.map((firm) => ({
      value: firm.id,
      label: firm.name,
      note: [firm.code, firm.territoryName].filter(Boolean).join(' '),
    }))
  }
  return (
    <div className="hz-subject">
      <Radio.Group
        size="small"
        disabled={disabled}
        value={byName ? 'place' : 'enterprise'}
        options={[
          { value: 'enterprise', label: '在册企业' },
          { value: 'place', label: '场所、未登记的单位' },
        ]}
        onChange={(event) => onChange?.(event.target.value === 'place' ? { kind: 'place', id: null, name: '' } : null)}
      />
      {byName ? (
        <Input
          {...(id ? { id } : {})}
          maxLength={100}
          disabled={disabled}
          placeholder="如 七桥菜市场、河东路地下人防工程"
          value={value?.name ?? ''}
          onChange={(event) => onChange?.({ kind: 'place', id: null, name: event.target.value })}
        />
      ) : (
        <PickField
          {...(id ? { id } : {})}
          kind="enterprise"
          disabled={disabled}
          placeholder="企业名称或代码的一部分"
          find={find}
          nameOf={async (enterpriseId, signal) => value?.name ?? (await nameOfEnterprise(enterpriseId, signal))}
          value={value?.id ?? null}
          onChange={(enterpriseId, choice) => {
            onChange?.(
              enterpriseId === null ? null : { kind: 'enterprise', id: enterpriseId, name: choice?.label ?? '' },
            )
            const firm = enterpriseId === null ? undefined : known.get(enterpriseId)
            if (firm) onFirm(firm)
          }}
        />
      )}
    </div>
  )
}

/** What the last searches found: a choice carries only its label. */
const known = new Map<string, ChosenFirm>()
