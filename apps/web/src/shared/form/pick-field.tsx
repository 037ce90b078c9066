import { useQueries, useQuery } from '@tanstack/react-query'
import Select from 'antd/es/select'
import { useDeferredValue, useState, type ReactNode } from 'react'
import type { Choice } from '../list/conditions.js'

interface Common {
  readonly id?: string
  /** What is picked, for the cache: `unit`, `enterprise`, `person`. */
  readonly kind: string
  readonly find: (text: string, signal: AbortSignal) => Promise<readonly Choice[]>
  /** The name of something chosen before, which the present search may not hold. */
  readonly nameOf: (value: string, signal: AbortSignal) => Promise<string>
  readonly placeholder?: string
  readonly disabled?: boolean
}

interface One extends Common {
  readonly value?: string | null
  readonly onChange?: (value: string | null, choice: Choice | null) => void
}

interface Many extends Common {
  readonly value?: readonly string[]
  readonly onChange?: (value: string[]) => void
}

/** One unit, enterprise or person out of many thousands, looked up as one types. */
export function PickField({ value, onChange, ...common }: One) {
  const { choices, select } = usePicking(common, value ? [value] : [])
  return (
    <Select<string>
      {...select}
      allowClear
      value={value ?? null}
      onChange={(next: string | undefined) =>
        onChange?.(next ?? null, choices.find((choice) => choice.value === next) ?? null)
      }
    />
  )
}

export function PickManyField({ value = [], onChange, ...common }: Many) {
  const { select } = usePicking(common, value)
  return <Select<string[]> {...select} mode="multiple" value={[...value]} onChange={(next) => onChange?.(next)} />
}

function usePicking({ id, kind, find, nameOf, placeholder, disabled }: Common, chosen: readonly string[]) {
  const [text, setText] = useState('')
  const [open, setOpen] = useState(false)
  const wanted = useDeferredValue(text.trim())
  const found = useQuery({
    queryKey: ['pick', kind, wanted],
    queryFn: ({ signal }) => find(wanted, signal),
    enabled: open,
    placeholderData: (before) => before,
    staleTime: 30_000,
  })
  const choices = found.data ?? []
  const unnamed = chosen.filter((value) => !choices.some((choice) => choice.value === value))
  const names = useQueries({
    queries: unnamed.map((value) => ({
      queryKey: ['name-of', kind, value],
      queryFn: ({ signal }: { signal: AbortSignal }) => nameOf(value, signal),
      staleTime: 600_000,
    })),
  })
  const named: Choice[] = unnamed.map((value, index) => ({ value, label: names[index]?.data ?? '…' }))
  const notes = new Map(choices.map((choice) => [choice.value, choice.note]))
  return {
    choices,
    select: {
      ...(id === undefined ? {} : { id }),
      ...(disabled === undefined ? {} : { disabled }),
      placeholder: placeholder ?? '输入名称的一部分',
      showSearch: { filterOption: false, onSearch: setText },
      options: [...named, ...choices].map(({ value, label }) => ({ value, label })),
      optionRender: (option: { readonly value?: string | number | undefined; readonly label?: ReactNode }) => (
        <span className="pick-option">
          {option.label}
          <span className="option-note">{notes.get(String(option.value))}</span>
        </span>
      ),
      notFoundContent: found.isFetching
        ? '正在查找…'
        : found.isError
          ? `没有查到：${found.error.message}`
          : '没有符合的，换个写法试试',
      onOpenChange: setOpen,
    },
  } as const
}
