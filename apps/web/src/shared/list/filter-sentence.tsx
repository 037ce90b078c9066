import CloseOutlined from '@ant-design/icons/es/icons/CloseOutlined'
import Popover from 'antd/es/popover'
import { useQueries } from '@tanstack/react-query'
import { Fragment, useState } from 'react'
import { ConditionEditor } from './condition-editor.js'
import { reading, type Condition, type ConditionValues } from './conditions.js'
import './filter-sentence.css'

export interface FilterSentenceProps {
  readonly conditions: readonly Condition[]
  readonly values: ConditionValues
  /** Null takes the condition out of the sentence. */
  readonly onChange: (key: string, value: string | null) => void
  readonly onClear: () => void
}

/** 行业=工贸 且 超期 且 温泉镇: every word of it can be pressed and changed. */
export function FilterSentence({ conditions, values, onChange, onClear }: FilterSentenceProps) {
  const said = conditions.filter((condition) => values[condition.key] !== undefined)
  const unsaid = conditions.filter((condition) => values[condition.key] === undefined)
  const names = useNames(said, values)

  return (
    <div className="sentence" role="group" aria-label="筛选条件">
      {said.map((condition, index) => {
        const value = values[condition.key] ?? ''
        return (
          <Fragment key={condition.key}>
            {index > 0 && <span className="sentence-and">且</span>}
            <Said
              condition={condition}
              value={value}
              text={reading(condition, value, names)}
              onChange={(next) => onChange(condition.key, next)}
            />
          </Fragment>
        )
      })}
      {unsaid.length > 0 && <More conditions={unsaid} first={said.length === 0} onChange={onChange} />}
      {said.length > 1 && (
        <button type="button" className="linkish sentence-clear" onClick={onClear}>
          清空
        </button>
      )}
    </div>
  )
}

function Said({
  condition,
  value,
  text,
  onChange,
}: {
  condition: Condition
  value: string
  text: string
  onChange: (value: string | null) => void
}) {
  const [open, setOpen] = useState(false)
  const close = () => setOpen(false)
  const word =
    condition.kind === 'flag' ? (
      <span className="chip-text">{text}</span>
    ) : (
      <Popover
        trigger="click"
        placement="bottomLeft"
        arrow={false}
        open={open}
        onOpenChange={setOpen}
        destroyOnHidden
        content={<ConditionEditor condition={condition} value={value} onChange={onChange} onDone={close} />}
      >
        <button type="button" className="bare chip-text" aria-label={`修改条件：${text}`} aria-expanded={open}>
          {text}
        </button>
      </Popover>
    )
  return (
    <span className="chip">
      {word}
      <button type="button" className="bare chip-out" aria-label={`去掉条件：${text}`} onClick={() => onChange(null)}>
        <CloseOutlined aria-hidden />
      </button>
    </span>
  )
}

function More({
  conditions,
  first,
  onChange,
}: {
  conditions: readonly Condition[]
  first: boolean
  onChange: FilterSentenceProps['onChange']
}) {
  const [open, setOpen] = useState(false)
  const [chosen, setChosen] = useState<Condition | null>(null)
  const show = (next: boolean) => {
    setOpen(next)
    if (next) setChosen(null)
  }
  const choose = (condition: Condition) => {
    if (condition.kind !== 'flag') return setChosen(condition)
    onChange(condition.key, 'yes')
    show(false)
  }
  const content =
    chosen === null ? (
      <ul className="options">
        {conditions.map((condition) => (
          <li key={condition.key}>
            <button type="button" className="bare option" onClick={() => choose(condition)}>
              {condition.label}
            </button>
          </li>
        ))}
      </ul>
    ) : (
      <ConditionEditor
        condition={chosen}
        value=""
        onChange={(value) => onChange(chosen.key, value)}
        onDone={() => show(false)}
      />
    )
  return (
    <Popover
      trigger="click"
      placement="bottomLeft"
      arrow={false}
      open={open}
      onOpenChange={show}
      destroyOnHidden
      content={content}
    >
      <button type="button" className="bare chip chip--more" aria-expanded={open}>
        {first ? '＋ 筛选' : '＋ 且'}
      </button>
    </Popover>
  )
}

/** Names of what was picked: an address holds ids, a sentence must not. */
function useNames(said: readonly Condition[], values: ConditionValues): ReadonlyMap<string, string> {
  const picks = said.filter((condition) => condition.kind === 'pick')
  const answers = useQueries({
    queries: picks.map((condition) => {
      const value = values[condition.key] ?? ''
      return {
        queryKey: ['name-of', condition.key, value],
        queryFn: ({ signal }: { signal: AbortSignal }) => condition.nameOf(value, signal),
        staleTime: 600_000,
      }
    }),
  })
  return new Map(
    picks.flatMap((condition, index) => {
      const name = answers[index]?.data ?? (answers[index]?.isError ? '（查不到）' : undefined)
      return name === undefined ? [] : [[values[condition.key] ?? '', name] as const]
    }),
  )
}
