import { useQuery } from '@tanstack/react-query'
import { lazy, Suspense, useDeferredValue, useState, type FormEvent } from 'react'
import { datesOf, datesText, type Choice, type Condition } from './conditions.js'

/** The calendar is the heaviest thing that antd has, and most lists are never asked for dates. */
const DateRange = lazy(async () => ({ default: (await import('./date-range.js')).DateRange }))

interface EditorProps {
  readonly condition: Condition
  readonly value: string
  readonly onChange: (value: string | null) => void
  readonly onDone: () => void
}

export function ConditionEditor({ condition, value, onChange, onDone }: EditorProps) {
  const setAndClose = (next: string) => {
    onChange(next || null)
    onDone()
  }
  switch (condition.kind) {
    case 'flag':
      return null
    case 'one':
      return <Choices choices={condition.choices} chosen={[value]} label={condition.label} onChoose={setAndClose} />
    case 'many': {
      const chosen = value === '' ? [] : value.split(',')
      const toggle = (one: string) =>
        onChange((chosen.includes(one) ? chosen.filter((other) => other !== one) : [...chosen, one]).join(',') || null)
      return <Choices choices={condition.choices} chosen={chosen} label={condition.label} onChoose={toggle} many />
    }
    case 'text':
      return <TextEditor label={condition.label} value={value} onSet={setAndClose} />
    case 'dates': {
      const { from, to } = datesOf(value)
      return (
        <Suspense fallback={<p className="quiet">正在载入日历…</p>}>
          <DateRange from={from} to={to} onChange={(a, b) => setAndClose(datesText(a, b))} />
        </Suspense>
      )
    }
    case 'pick':
      return <Picker condition={condition} value={value} onSet={setAndClose} />
  }
}

interface ChoicesProps {
  readonly choices: readonly Choice[]
  readonly chosen: readonly string[]
  readonly label: string
  readonly many?: boolean
  readonly onChoose: (value: string) => void
}

function Choices({ choices, chosen, label, many = false, onChoose }: ChoicesProps) {
  const [text, setText] = useState('')
  const shown = text === '' ? choices : choices.filter((choice) => choice.label.includes(text))
  return (
    <div>
      {choices.length > 9 && (
        <input
          className="options-filter"
          aria-label={`在${label}中查找`}
          placeholder="查找"
          autoFocus
          value={text}
          onChange={(event) => setText(event.target.value)}
        />
      )}
      <ul className="options" role="listbox" aria-label={label} aria-multiselectable={many}>
        {shown.map((choice) => (
          <li key={choice.value} role="option" aria-selected={chosen.includes(choice.value)}>
            <button type="button" className="bare option" onClick={() => onChoose(choice.value)}>
              {many && (
                <input type="checkbox" tabIndex={-1} readOnly checked={chosen.includes(choice.value)} aria-hidden />
              )}
              {choice.label}
              {choice.note !== undefined && <span className="option-note">{choice.note}</span>}
            </button>
          </li>
        ))}
        {shown.length === 0 && <li className="option quiet">没有符合的</li>}
      </ul>
    </div>
  )
}

function TextEditor({ label, value, onSet }: { label: string; value: string; onSet: (value: string) => void }) {
  const [text, setText] = useState(value)
  const submit = (event: FormEvent) => {
    event.preventDefault()
    onSet(text.trim())
  }
  return (
    <form onSubmit={submit}>
      <input
        className="options-filter"
        aria-label={label}
        placeholder={`${label}，回车确定`}
        autoFocus
        value={text}
        onChange={(event) => setText(event.target.value)}
      />
    </form>
  )
}

function Picker({
  condition,
  value,
  onSet,
}: {
  condition: Extract<Condition, { kind: 'pick' }>
  value: string
  onSet: (value: string) => void
}) {
  const [text, setText] = useState('')
  const wanted = useDeferredValue(text.trim())
  const found = useQuery({
    queryKey: ['pick', condition.key, wanted],
    queryFn: ({ signal }) => condition.find(wanted, signal),
    placeholderData: (before) => before,
  })
  return (
    <div>
      <input
        className="options-filter"
        aria-label={`查找${condition.label}`}
        placeholder={`输入名称的一部分`}
        autoFocus
        value={text}
        onChange={(event) => setText(event.target.value)}
      />
      <ul className="options" role="listbox" aria-label={condition.label}>
        {(found.data ?? []).map((choice) => (
          <li key={choice.value} role="option" aria-selected={choice.value === value}>
            <button type="button" className="bare option" onClick={() => onSet(choice.value)}>
              {choice.label}
              {choice.note !== undefined && <span className="option-note">{choice.note}</span>}
            </button>
          </li>
        ))}
        {found.isError && <li className="option quiet">没有查到：{found.error.message}</li>}
        {found.data?.length === 0 && <li className="option quiet">没有符合的</li>}
      </ul>
    </div>
  )
}
