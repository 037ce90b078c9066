import { useSyncExternalStore } from 'react'

/** The one border between the two designs; phone.css uses the same number. */
export const phoneWidth = 767

const query = typeof matchMedia === 'function' ? matchMedia(`(max-width: ${phoneWidth}px)`) : null

export function usePhone(): boolean {
  return useSyncExternalStore(
    (changed) => {
      query?.addEventListener('change', changed)
      return () => query?.removeEventListener('change', changed)
    },
    () => query?.matches ?? false,
  )
}
