import type { WordChoiceJson, WordReadingView } from '@bihuan/contracts'
import {
  recordKindGroup,
  recordKindLabel,
  recordKinds,
  unitKindLabel,
  unitKinds,
  type RecordKind,
} from '@bihuan/domain'
import Button from 'antd/es/button'
import Input from 'antd/es/input'
import Select from 'antd/es/select'
import { useState } from 'react'
import { PickManyField } from '../../../shared/form/pick-field.js'
import { Field } from './plan-parts.js'
import { blankSelector, SelectorField } from './selector-field.js'
import { findUnits, nameOfUnit } from './units.js'

type MeaningOf<S extends WordChoiceJson['subject']> = NonNullable<Extract<WordChoiceJson, { subject: S }>['meaning']>
type Who = MeaningOf<'actor'>

const nobody: Who = { kinds: [], unitIds: [], post: null, enterprises: [] }

/** The kinds of records, by what they belong to. */
export function RecordKindField({
  value,
  onChange,
  allowClear = false,
}: {
  readonly value: RecordKind | null
  readonly onChange: (kind: RecordKind | null) => void
  readonly allowClear?: boolean
}) {
  const groups = [...new Set(recordKinds.map(recordKindGroup))]
  return (
    <Select<RecordKind>
      showSearch={{ optionFilterProp: 'label' }}
      allowClear={allowClear}
      placeholder="记作哪一类记录"
      value={value}
      options={groups.map((group) => ({
        label: group,
        options: recordKinds
          .filter((kind) => recordKindGroup(kind) === group)
          .map((kind) => ({ value: kind, label: recordKindLabel(kind) })),
      }))}
      onChange={(kind: RecordKind | undefined) => onChange(kind ?? null)}
    />
  )
}

/** One word's meaning, and why: what is chosen holds for the next notice too. */
export function WordChoiceForm({
  reading,
  onChoose,
  onCancel,
}: {
  readonly reading: WordReadingView
  readonly onChoose: (choice: WordChoiceJson) => void
  readonly onCancel: () => void
}) {
  const { subject, words } = reading
  const [kind, setKind] = useState<RecordKind | null>(null)
  const [selector, setSelector] = useState(blankSelector)
  const [who, setWho] = useState<Who>(nobody)
  const [reason, setReason] = useState('')
  const narrows = JSON.stringify(selector) !== JSON.stringify(blankSelector)
  const meant = (): WordChoiceJson | null => {
    const said = { words, reason: reason.trim() }
    if (subject === 'action') return kind === null ? null : { ...said, subject, meaning: { recordKind: kind } }
    if (subject === 'condition') return narrows ? { ...said, subject, meaning: { enterprises: [selector] } } : null
    if (who.kinds.length + who.unitIds.length === 0) return null
    const enterprises = who.kinds.includes('enterprise') && narrows ? [selector] : []
    return { ...said, subject, meaning: { ...who, post: who.post?.trim() || null, enterprises } }
  }
  const choice = meant()
  const choose = (what: WordChoiceJson | null) => {
    if (what !== null && reason.trim() !== '') onChoose(what)
  }
  return (
    <div className="plan-item-form">
      {subject === 'action' && (
        <Field label="记作" wide>
          <RecordKindField value={kind} onChange={setKind} />
        </Field>
      )}
      {subject === 'actor' && (
        <>
          <Field label="这几类单位">
            <Select
              mode="multiple"
              value={who.kinds}
              options={unitKinds.map((value) => ({ value, label: unitKindLabel(value) }))}
              onChange={(kinds) => setWho({ ...who, kinds })}
            />
          </Field>
          <Field label="职务（不填指整个单位）">
            <Input
              value={who.post ?? ''}
              maxLength={60}
              onChange={({ target }) => setWho({ ...who, post: target.value })}
            />
          </Field>
          <Field label="指定的单位" wide>
            <PickManyField
              kind="unit"
              find={findUnits}
              nameOf={nameOfUnit}
              value={who.unitIds}
              onChange={(unitIds) => setWho({ ...who, unitIds })}
            />
          </Field>
          {reading.candidates.length > 0 && (
            <p className="plan-field--wide">
              <span className="quiet">叫法相近的：</span>
              {reading.candidates.map(({ id, name }) => (
                <Button key={id} size="small" onClick={() => setWho({ ...who, unitIds: [id] })}>
                  {name}
                </Button>
              ))}
            </p>
          )}
        </>
      )}
      {(subject === 'condition' || who.kinds.includes('enterprise')) && (
        <SelectorField value={selector} onChange={setSelector} />
      )}
      <Field label="理由（留存；下次遇到同样的词语照此办理）" wide>
        <Input
          value={reason}
          maxLength={200}
          onChange={({ target }) => setReason(target.value)}
          onPressEnter={() => choose(choice)}
        />
      </Field>
      <p className="word-acts plan-field--wide">
        <Button
          type="primary"
          size="small"
          disabled={choice === null || reason.trim() === ''}
          onClick={() => choose(choice)}
        >
          选定
        </Button>
        <Button
          size="small"
          disabled={reason.trim() === ''}
          title="不对应记录，不要求任何单位填报"
          onClick={() => choose({ subject, words, meaning: null, reason: reason.trim() })}
        >
          只留文字
        </Button>
        <Button size="small" type="text" onClick={onCancel}>
          取消
        </Button>
        {reason.trim() === '' && <span className="quiet">写明理由后才能选定</span>}
      </p>
    </div>
  )
}
