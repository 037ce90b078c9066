import { useCallback, useMemo, useState } from 'react'
import { useMe } from '../session/me.js'
import { draftName, dropDraft, readDraft, writeDraft, type Draft } from './draft.js'

export interface DraftKeeping<T> {
  /** What was found when the form opened. */
  readonly found: Draft<T> | null
  /** When it was last kept, in this sitting or before. */
  readonly savedAt: string | null
  readonly refused: boolean
  readonly save: (values: T) => void
  readonly drop: () => void
}

/** `key` null: this form keeps none. */
export function useDraft<T>(key: string | null): DraftKeeping<T> {
  const { accountId } = useMe()
  const name = key === null ? null : draftName(accountId, key)
  const [found] = useState(() => (name === null ? null : readDraft<T>(localStorage, name, new Date())))
  const [savedAt, setSavedAt] = useState(found?.savedAt ?? null)
  const [refused, setRefused] = useState(false)

  const save = useCallback(
    (values: T) => {
      if (name === null) return
      const now = new Date()
      const kept = writeDraft(localStorage, name, values, now)
      setRefused(!kept)
      if (kept) setSavedAt(now.toISOString())
    },
    [name],
  )
  const drop = useCallback(() => {
    if (name !== null) dropDraft(localStorage, name)
    setSavedAt(null)
  }, [name])
  return useMemo(() => ({ found, savedAt, refused, save, drop }), [found, savedAt, refused, save, drop])
}
