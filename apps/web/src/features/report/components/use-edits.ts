import type { FigureView } from '@bihuan/contracts'
import { useLayoutEffect, useMemo, useRef, useState } from 'react'
import { useDraft } from '../../../shared/form/use-draft.js'
import { focusFigure } from './sheet.js'
import { faultOf, withEdit, type Edits } from './typing.js'

export interface EditsOf {
  readonly draft: string
  readonly figures: readonly FigureView[]
  readonly unitId: string
  readonly mayType: boolean
}

/** What is typed into a sheet and not yet saved, kept in this browser until it is. */
export function useEdits({ draft: draftKey, figures: shown, unitId, mayType }: EditsOf) {
  const draft = useDraft<Edits>(draftKey)
  const [edits, setEdits] = useState<Edits>(() => (mayType ? (draft.found?.values ?? {}) : {}))
  const latest = useRef(edits)
  useLayoutEffect(() => {
    latest.current = edits
  })
  const figures = useMemo(() => new Map(shown.map((figure) => [figure.key, figure])), [shown])
  const keep = (next: Edits) => {
    latest.current = next
    setEdits(next)
    if (Object.keys(next).length === 0) draft.drop()
    else draft.save(next)
  }
  const edit = (key: string, text: string | null) => {
    const figure = figures.get(key)
    if (figure !== undefined) keep(withEdit(latest.current, figure, unitId, text))
  }
  /** With all that is typed, the cell under the cursor too; not at all while one of it is no figure: the cursor goes there. */
  const settle = (run: (edits: Edits) => void) => {
    if (document.activeElement instanceof HTMLElement) document.activeElement.blur()
    setTimeout(() => {
      const now = latest.current
      const wrong = Object.entries(now).find(([key, text]) => {
        const figure = figures.get(key)
        return figure === undefined || faultOf(figure, text) !== null
      })
      if (wrong !== undefined) focusFigure(document, wrong[0])
      else run(now)
    })
  }
  return {
    edits,
    figures,
    count: Object.keys(edits).length,
    foundAt: draft.found?.savedAt ?? null,
    refused: draft.refused,
    edit,
    keep,
    settle,
  }
}
