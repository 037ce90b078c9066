import type { PlanMetricTable } from '@bihuan/domain'
import { useMemo, useRef } from 'react'
import { formRows, stepFrom, type Step } from '../../../shared/official-form/form-rows.js'
import { OfficialForm } from '../../../shared/official-form/official-form.js'
import { SheetCell, type CellNote } from './sheet-cell.js'
import { rowsWith, type EarlierTexts, type SheetTable } from './sheet-rows.js'
import { changeText, faultOf, type Edits } from './typing.js'

export interface SheetProps {
  readonly page: SheetTable
  readonly edits: Edits
  readonly onEdit: (key: string, text: string | null) => void
  /** The cell under the cursor. */
  readonly at: string | null
  readonly onAt: (key: string) => void
  readonly opened: string | null
  readonly onOpen: (key: string) => void
  readonly mayType: boolean
  /** The same table at the last period. */
  readonly before: EarlierTexts | null
  /** What somebody said about a cell. */
  readonly notes?: ReadonlyMap<string, CellNote>
}

/** The official form as a sheet: arrows move, typing types, Enter opens what was counted. */
export function Sheet({ page, edits, onEdit, at, onAt, opened, onOpen, mayType, before, notes }: SheetProps) {
  const box = useRef<HTMLDivElement>(null)
  const form = page.design.form as PlanMetricTable
  const { pairsPerRow } = page.design.layout
  const figures = useMemo(() => new Map(page.figures.map((figure) => [figure.key, figure])), [page.figures])
  const rows = useMemo(() => rowsWith(formRows(form, pairsPerRow), figures), [form, pairsPerRow, figures])
  const current = at !== null && figures.has(at) ? at : (page.figures[0]?.key ?? null)

  const goTo = (key: string | null): boolean => {
    if (key === null) return false
    focusFigure(box.current, key)
    return true
  }
  const pasteBlock = (from: string, text: string) => {
    let start: string | null = from
    for (const line of text.replace(/\r/g, '').replace(/\n$/, '').split('\n')) {
      let key = start
      for (const value of line.split('\t')) {
        const figure = key === null ? undefined : figures.get(key)
        if (figure?.metric === null) onEdit(figure.key, value)
        key = key === null ? null : stepFrom(rows, key, 'right')
      }
      start = start === null ? null : stepFrom(rows, start, 'down')
    }
  }
  return (
    <div ref={box} className="sheet">
      <OfficialForm
        form={form}
        rows={rows}
        fill={{ unit: page.unitName, date: page.cutOff, signed: page.signatures ?? [] }}
        figure={({ key }) => {
          const figure = figures.get(key)
          if (figure === undefined) return null
          const edit = edits[key]
          const was = before?.[key]
          return (
            <SheetCell
              figure={figure}
              unitId={page.unitId}
              edit={edit}
              wrong={edit === undefined ? null : faultOf(figure, edit)}
              mayType={mayType}
              tabbable={key === current}
              opened={key === opened}
              note={notes?.get(key) ?? null}
              before={was === undefined ? null : { text: was, change: changeText(figure.text, was) }}
              onFocus={() => onAt(key)}
              onEdit={(text) => onEdit(key, text)}
              onStep={(step: Step) => goTo(stepFrom(rows, key, step))}
              onOpen={() => onOpen(key)}
              onPasteBlock={(text) => pasteBlock(key, text)}
            />
          )
        }}
      />
    </div>
  )
}

export function focusFigure(within: ParentNode | null, key: string): void {
  const cell = (within ?? document).querySelector<HTMLElement>(`[data-figure="${CSS.escape(key)}"]`)
  cell?.focus()
  cell?.scrollIntoView({ block: 'nearest', inline: 'nearest' })
}
