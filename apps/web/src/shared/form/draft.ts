/** What was filled in and not yet sent, kept in this browser under the person's own account. */

export interface Draft<T> {
  readonly savedAt: string
  readonly values: T
}

/** Long enough for a holiday; an older one is of another time. */
const keptDays = 30

export interface DraftStore {
  readonly getItem: (name: string) => string | null
  readonly setItem: (name: string, text: string) => void
  readonly removeItem: (name: string) => void
}

export function draftName(accountId: string, key: string): string {
  return `bihuan.draft.${accountId}.${key}`
}

export function readDraft<T>(store: DraftStore, name: string, now: Date): Draft<T> | null {
  try {
    const text = store.getItem(name)
    if (text === null) return null
    const draft = JSON.parse(text) as Partial<Draft<T>>
    if (typeof draft.savedAt !== 'string' || draft.values === undefined) return null
    const age = now.getTime() - new Date(draft.savedAt).getTime()
    if (!(age < keptDays * 86_400_000)) {
      store.removeItem(name)
      return null
    }
    return { savedAt: draft.savedAt, values: draft.values }
  } catch {
    return null
  }
}

/** False when the browser would not keep it: then the form must not say that it did. */
export function writeDraft<T>(store: DraftStore, name: string, values: T, now: Date): boolean {
  try {
    store.setItem(name, JSON.stringify({ savedAt: now.toISOString(), values }))
    return true
  } catch {
    return false
  }
}

export function dropDraft(store: DraftStore, name: string): void {
  try {
    store.removeItem(name)
  } catch {
    // Nothing was kept, then.
  }
}
