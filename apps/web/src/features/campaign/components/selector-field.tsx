import { enterpriseFlags, enterpriseSizes } from '@bihuan/domain'
import type { EnterpriseSelectorJson } from '@bihuan/contracts'
import InputNumber from 'antd/es/input-number'
import Select from 'antd/es/select'
import { Field } from './plan-parts.js'

const optionsOf = <K extends string>(labels: Readonly<Record<K, string>>) =>
  Object.entries<string>(labels).map(([value, label]) => ({ value: value as K, label }))

export const blankSelector: EnterpriseSelectorJson = { sizes: [], flags: [], sectors: [], fewest: null, most: null }

type Narrowing = Pick<EnterpriseSelectorJson, 'sizes' | 'flags' | 'sectors'>

/** 规模、类别、行业: what is named holds together; of sizes and sectors any one. */
export function NarrowingFields<T extends Narrowing>({
  value,
  onChange,
}: {
  readonly value: T
  readonly onChange: (value: T) => void
}) {
  return (
    <>
      <Field label="规模（任一）">
        <Select
          mode="multiple"
          value={value.sizes}
          options={optionsOf(enterpriseSizes)}
          onChange={(sizes) => onChange({ ...value, sizes })}
        />
      </Field>
      <Field label="类别（都要符合）">
        <Select
          mode="multiple"
          value={value.flags}
          options={optionsOf(enterpriseFlags)}
          onChange={(flags) => onChange({ ...value, flags })}
        />
      </Field>
      <Field label="行业（任一）" wide>
        <Select
          mode="tags"
          open={false}
          suffixIcon={null}
          placeholder="与企业库里的行业名称一致，回车添加"
          value={value.sectors}
          onChange={(sectors: string[]) => onChange({ ...value, sectors })}
        />
      </Field>
    </>
  )
}

export function SelectorField({
  value,
  onChange,
}: {
  readonly value: EnterpriseSelectorJson
  readonly onChange: (value: EnterpriseSelectorJson) => void
}) {
  const bound = (key: 'fewest' | 'most', label: string) => (
    <Field label={label}>
      <InputNumber min={0} precision={0} value={value[key]} onChange={(next) => onChange({ ...value, [key]: next })} />
    </Field>
  )
  return (
    <>
      <NarrowingFields value={value} onChange={onChange} />
      {bound('fewest', '从业人数不少于')}
      {bound('most', '从业人数不多于')}
    </>
  )
}
