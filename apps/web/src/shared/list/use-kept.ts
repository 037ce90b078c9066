import { useCallback, useState } from 'react'

/** A preference kept in this browser. Storage that is full or forbidden loses the preference, not the page. */
export function useKept<T>(key: string, parse: (raw: unknown) => T | null): [T | null, (value: T | null) => void] {
  const name = `bihuan.${key}`
  const [value, setValue] = useState<T | null>(() => read(name, parse))
  const keep = useCallback(
    (next: T | null) => {
      setValue(next)
      try {
        if (next === null) localStorage.removeItem(name)
        else localStorage.setItem(name, JSON.stringify(next))
      } catch {
        // It lasts as long as the page.
      }
    },
    [name],
  )
  return [value, keep]
}

function read<T>(name: string, parse: (raw: unknown) => T | null): T | null {
  try {
    const text = localStorage.getItem(name)
    return text === null ? null : parse(JSON.parse(text))
  } catch {
    return null
  }
}

export function isTexts(raw: unknown): raw is string[] {
  return Array.isArray(raw) && raw.every((one) => typeof one === 'string')
}
