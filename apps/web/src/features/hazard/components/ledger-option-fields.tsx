import Input from 'antd/es/input'
import Select from 'antd/es/select'
import { useId, type ReactNode } from 'react'
import { DateField } from '../../../shared/form/date-field.js'
import { PickField } from '../../../shared/form/pick-field.js'
import { useMe } from '../../../shared/session/me.js'
import { optionLabels, unknownChoices, type LedgerOptions, type OptionKey } from './ledger-options.js'
import { findAuthority, findResponsible, findTerritory, nameOfUnit } from './pickers.js'
import { gradeChoices, sourceChoices } from './words.js'

interface Props {
  readonly keys: readonly OptionKey[]
  readonly value: LedgerOptions
  readonly onChange: (value: LedgerOptions) => void
}

/** Fields for what the form lacks, each for all rows at once. */
export function LedgerOptionFields({ keys, value, onChange }: Props) {
  const { today } = useMe()
  const set = (change: Partial<LedgerOptions>) => onChange({ ...value, ...change })
  const fields: Readonly<Record<OptionKey, (id: string) => ReactNode>> = {
    source: (id) => (
      <Select
        id={id}
        allowClear
        placeholder="请选择"
        options={sourceChoices}
        value={value.source}
        onChange={(source) => set({ source: source ?? null })}
      />
    ),
    grade: (id) => (
      <Select
        id={id}
        allowClear
        placeholder="请选择"
        options={gradeChoices}
        value={value.grade}
        onChange={(grade) => set({ grade: grade ?? null })}
      />
    ),
    sector: (id) => (
      <Input id={id} maxLength={60} value={value.sector} onChange={(event) => set({ sector: event.target.value })} />
    ),
    foundOn: (id) => <DateField id={id} max={today} value={value.foundOn} onChange={(foundOn) => set({ foundOn })} />,
    subjectName: (id) => (
      <Input
        id={id}
        maxLength={100}
        placeholder="全表都是同一处时填写"
        value={value.subjectName}
        onChange={(event) => set({ subjectName: event.target.value })}
      />
    ),
    territoryUnitId: (id) => (
      <PickField
        id={id}
        kind="unit"
        find={findTerritory}
        nameOf={nameOfUnit}
        value={value.territoryUnitId}
        onChange={(territoryUnitId) => set({ territoryUnitId })}
      />
    ),
    authorityUnitId: (id) => (
      <PickField
        id={id}
        kind="unit"
        find={findAuthority}
        nameOf={nameOfUnit}
        placeholder="不选为本单位"
        value={value.authorityUnitId}
        onChange={(authorityUnitId) => set({ authorityUnitId })}
      />
    ),
    responsibleUnitId: (id) => (
      <PickField
        id={id}
        kind="unit"
        find={findResponsible}
        nameOf={nameOfUnit}
        placeholder="不选为企业自己"
        value={value.responsibleUnitId}
        onChange={(responsibleUnitId) => set({ responsibleUnitId })}
      />
    ),
    finderUnitId: (id) => (
      <PickField
        id={id}
        kind="unit"
        find={findAuthority}
        nameOf={nameOfUnit}
        placeholder="不选为本单位"
        value={value.finderUnitId}
        onChange={(finderUnitId) => set({ finderUnitId })}
      />
    ),
    finderName: (id) => (
      <Input
        id={id}
        maxLength={40}
        placeholder="不填为我；企业自查的为企业"
        value={value.finderName}
        onChange={(event) => set({ finderName: event.target.value })}
      />
    ),
    listedOn: (id) => (
      <DateField id={id} max={today} value={value.listedOn} onChange={(listedOn) => set({ listedOn })} />
    ),
    unknownSubject: (id) => (
      <Select
        id={id}
        options={[...unknownChoices]}
        value={value.unknownSubject}
        onChange={(unknownSubject) => set({ unknownSubject })}
      />
    ),
  }
  return (
    <div className="hz-options">
      {keys.map((key) => (
        <OptionField key={key} label={optionLabels[key]}>
          {fields[key]}
        </OptionField>
      ))}
    </div>
  )
}

function OptionField({ label, children }: { label: string; children: (id: string) => ReactNode }) {
  const id = useId()
  return (
    <div className="hz-option">
      <label htmlFor={id}>{label}</label>
      {children(id)}
    </div>
  )
}
