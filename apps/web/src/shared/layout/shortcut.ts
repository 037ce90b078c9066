import { useEffect, useRef } from 'react'

/** `/`, `Escape`, `mod+s`, `mod+Enter`: mod is Ctrl, and Command on a Mac. */
export type Shortcut = string

interface Held {
  readonly keys: Shortcut
  readonly run: (event: KeyboardEvent) => void
}

/** The last one to come is asked first: a list's `/` wins over the frame's, a panel's Escape over the list's. */
const held: Held[] = []

export function matches(
  keys: Shortcut,
  event: Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'altKey' | 'isComposing'>,
): boolean {
  // While an input method builds a Chinese word, every key is its own.
  if (event.isComposing || event.altKey) return false
  const mod = keys.startsWith('mod+')
  if (mod !== (event.ctrlKey || event.metaKey)) return false
  const wanted = mod ? keys.slice(4) : keys
  return event.key.toLowerCase() === wanted.toLowerCase()
}

function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName))
}

function listen(event: KeyboardEvent): void {
  for (const { keys, run } of held.toReversed()) {
    if (!matches(keys, event)) continue
    // A select takes Enter for itself even with Ctrl; what it has taken without Ctrl is its own.
    if (event.defaultPrevented && !keys.startsWith('mod+')) continue
    // A single character is text while somebody types; Escape and mod+ are not.
    if (keys.length === 1 && isTyping(event.target)) continue
    event.preventDefault()
    run(event)
    return
  }
}

export function useShortcut(keys: Shortcut, run: (event: KeyboardEvent) => void, when = true): void {
  const latest = useRef(run)
  useEffect(() => {
    latest.current = run
  })
  useEffect(() => {
    if (!when) return
    const mine: Held = { keys, run: (event) => latest.current(event) }
    if (held.length === 0) document.addEventListener('keydown', listen)
    held.push(mine)
    return () => {
      held.splice(held.indexOf(mine), 1)
      if (held.length === 0) document.removeEventListener('keydown', listen)
    }
  }, [keys, when])
}
