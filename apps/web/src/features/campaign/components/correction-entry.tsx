import type { PlanChangeView } from '@bihuan/contracts'
import Button from 'antd/es/button'
import Input from 'antd/es/input'
import Select from 'antd/es/select'
import { useState } from 'react'
import { DateField } from '../../../shared/form/date-field.js'
import type { PlanBody } from './plan-draft.js'
import { EntryForm } from './plan-item-forms.js'
import { blankEntry, isEntryKind, type AddedKind, type EntryKind, type PlanEntryBodies } from './plan-items.js'
import { Field } from './plan-parts.js'
import { basicFields, basicOf, entryAt, withBasic, withEntry, type BasicField } from './reading-edit.js'

interface Editing {
  /** The corrected notice as it was read, or put right so far. */
  readonly plan: PlanBody
  readonly onPlan: (plan: PlanBody) => void
  readonly onDone: () => void
}

const isBasicField = (name: string | undefined): name is BasicField => name !== undefined && name in basicFields

/** Tables are put right where they are designed, and what the corrected notice has no more only by whoever declines it. */
export function mayPutRight({ part, is, fields }: PlanChangeView, plan: PlanBody): boolean {
  if (part === 'basics') return isBasicField(fields[0]?.name)
  return isEntryKind(part) && is !== null && entryAt(plan, part, is) !== undefined
}

/** What was misread of the corrected notice, as fields: the comparison goes on with what is written here. */
export function CorrectionEntry({ change, ...editing }: Editing & { readonly change: PlanChangeView }) {
  const { part, is } = change
  if (part === 'basics') return <Basic field={change.fields[0]?.name as BasicField} {...editing} />
  const entry = isEntryKind(part) && is !== null ? entryAt(editing.plan, part, is) : undefined
  return isEntryKind(part) && entry !== undefined ? <Written kind={part} at={is} entry={entry} {...editing} /> : null
}

/** What the reader did not find in the corrected notice. */
export function CorrectionAddition({ kind, ...editing }: Editing & { readonly kind: AddedKind }) {
  return <Written kind={kind} at={null} entry={blankEntry(kind)} {...editing} />
}

interface WrittenProps<K extends EntryKind> extends Editing {
  readonly kind: K
  readonly at: number | null
  readonly entry: PlanEntryBodies[K]
}

/** Compared anew only when it is written: half a word is no change. */
function Written<K extends EntryKind>({ kind, at, entry, plan, onPlan, onDone }: WrittenProps<K>) {
  const [written, setWritten] = useState(entry)
  return (
    <EntryForm
      kind={kind}
      entry={written}
      onChange={setWritten}
      onDone={() => {
        onPlan(withEntry(plan, kind, at, written))
        onDone()
      }}
      onLeave={onDone}
    />
  )
}

function Basic({ field, plan, onPlan, onDone }: Editing & { readonly field: BasicField }) {
  const [value, setValue] = useState(basicOf(plan, field))
  const kind = basicFields[field]
  return (
    <div className="plan-item-form">
      <Field label="应为" wide>
        {kind === 'date' ? (
          <DateField value={value as string | null} onChange={setValue} />
        ) : kind === 'list' ? (
          <Select mode="tags" open={false} suffixIcon={null} value={value as string[]} onChange={setValue} />
        ) : (
          <Input value={(value as string | null) ?? ''} onChange={({ target }) => setValue(target.value || null)} />
        )}
      </Field>
      <Button
        size="small"
        onClick={() => {
          onPlan(withBasic(plan, field, value))
          onDone()
        }}
      >
        改好了
      </Button>
    </div>
  )
}
