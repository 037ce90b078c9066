import SearchOutlined from '@ant-design/icons/es/icons/SearchOutlined'
import { useQuery } from '@tanstack/react-query'
import { useDeferredValue, useId, useRef, useState, type KeyboardEvent } from 'react'
import { useNavigate } from 'react-router'
import { useShortcut } from './shortcut.js'
import { useKeepCampaign } from './workplace.js'

export interface Hit {
  readonly to: string
  readonly title: string
  /** What kind of thing, and where: 「隐患 · 温泉镇」. */
  readonly note: string
}

/** A list that can be searched by `?q=`. */
export interface SearchPlace {
  readonly to: string
  readonly label: string
}

export interface TopSearchProps {
  readonly places: readonly SearchPlace[]
  /** Any fragment or code to hits. Without it the box leads into the lists. */
  readonly find?: (text: string, signal: AbortSignal) => Promise<readonly Hit[]>
}

export function TopSearch({ places, find }: TopSearchProps) {
  const [text, setText] = useState('')
  const [open, setOpen] = useState(false)
  const [at, setAt] = useState(0)
  const box = useRef<HTMLInputElement>(null)
  const listId = useId()
  const navigate = useNavigate()
  const keep = useKeepCampaign()
  const wanted = useDeferredValue(text.trim())

  const found = useQuery({
    queryKey: ['top-search', wanted],
    queryFn: ({ signal }) => find?.(wanted, signal) ?? [],
    enabled: find !== undefined && wanted.length > 0 && open,
  })
  const into: Hit[] = places.map(({ to, label }) => ({
    to: `${to}?q=${encodeURIComponent(text.trim())}`,
    title: `在${label}中查找“${text.trim()}”`,
    note: label,
  }))
  const hits = [...(found.data ?? []), ...into]
  const shown = open && text.trim() !== ''

  const focus = () => {
    box.current?.focus()
    box.current?.select()
  }
  useShortcut('/', focus)
  useShortcut('mod+k', focus)

  const go = (hit: Hit | undefined) => {
    if (!hit) return
    setOpen(false)
    box.current?.blur()
    void navigate(keep(hit.to))
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return
    if (event.key === 'ArrowDown') setAt((now) => Math.min(now + 1, hits.length - 1))
    else if (event.key === 'ArrowUp') setAt((now) => Math.max(now - 1, 0))
    else if (event.key === 'Enter') go(hits[at])
    else if (event.key === 'Escape') {
      setOpen(false)
      box.current?.blur()
    } else return
    event.preventDefault()
  }

  if (places.length === 0 && !find) return null
  return (
    <div className="top-search" role="search">
      <SearchOutlined aria-hidden className="top-search-icon" />
      <input
        ref={box}
        type="search"
        role="combobox"
        aria-label={`查找${places.map((place) => place.label).join('、')}`}
        aria-expanded={shown}
        aria-controls={listId}
        aria-activedescendant={shown ? `${listId}-${at}` : undefined}
        placeholder={`查找${places.map((place) => place.label).join('、')}`}
        value={text}
        autoComplete="off"
        onChange={(event) => {
          setText(event.target.value)
          setAt(0)
          setOpen(true)
        }}
        onFocus={() => setOpen(true)}
        // Late enough that a press on a hit is still a press on it.
        onBlur={() => setTimeout(() => setOpen(false), 150)}
        onKeyDown={onKeyDown}
      />
      <kbd aria-hidden>/</kbd>
      {shown && (
        <ul className="top-hits" role="listbox" id={listId} aria-label="查找结果">
          {hits.map((hit, index) => (
            <li
              key={hit.to}
              id={`${listId}-${index}`}
              role="option"
              aria-selected={index === at}
              className="top-hit"
              onMouseEnter={() => setAt(index)}
              onMouseDown={(event) => event.preventDefault()}
              onClick={() => go(hit)}
            >
              <span className="top-hit-title">{hit.title}</span>
              <span className="quiet">{hit.note}</span>
            </li>
          ))}
          {found.isFetching && <li className="top-hit quiet">正在查找…</li>}
        </ul>
      )}
    </div>
  )
}
