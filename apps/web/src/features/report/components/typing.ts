/** What is typed into a sheet and not yet saved: by cell, as text, and what the cell then shows. */
import type { FigureView } from '@bihuan/contracts'
import { figureKind, figureText, parseFigure, scaleOfUnit } from '@bihuan/domain'

export type Edits = Readonly<Record<string, string>>

/** Fine enough for every unit that people type: 万元 down to the 分. */
const fine = 1_000_000

/** What the unit itself has typed, without those below it. */
export function ownText(figure: FigureView, unitId: string): string {
  return figure.typedBy.find((share) => share.unitId === unitId)?.value ?? ''
}

/** A figure that the unit typed into an earlier return stands on, and asks to be looked at. */
export function isCarried(figure: FigureView, unitId: string, returnId: string): boolean {
  const own = figure.typedBy.find((share) => share.unitId === unitId)
  return own !== undefined && own.value !== null && own.returnId !== null && own.returnId !== returnId
}

export const carriedText = '沿用上期填的数，请核对；有变化的请重新填写'

/** How many units below have typed something, for a cell that adds them. */
export function othersTyped(figure: FigureView, unitId: string): number {
  return figure.kind === 'flag'
    ? 0
    : figure.typedBy.filter((share) => share.unitId !== unitId && share.value !== null).length
}

/** Of 是/否, which is not added: how many of those that have answered say 是. Null where nobody but the unit itself has. */
export function answersBelow({ answers, typedBy }: FigureView, unitId: string): FigureView['answers'] {
  return typedBy.some((share) => share.unitId !== unitId && share.value !== null) ? answers : null
}

/** What the official form will print once this is saved; a text that is no figure is shown as it was typed. */
export function shownText(figure: FigureView, unitId: string, edit: string | undefined): string {
  if (edit === undefined) return figure.text
  if (figure.kind === 'flag') return edit
  const own = parseFigure(edit, fine)
  if (!own.ok) return edit
  const others = figure.typedBy.flatMap(({ unitId: by, value }) => {
    const amount = by === unitId || value === null ? null : parseFigure(value, fine)
    return amount?.ok && amount.value !== null ? [amount.value] : []
  })
  if (own.value === null && others.length === 0) return ''
  return printed(
    figure,
    others.reduce((sum, one) => sum + one, own.value ?? 0),
  )
}

function printed(figure: FigureView, amount: number): string {
  const text = figureText(amount, fine)
  if (figure.kind !== 'money') return text
  const [whole = '0', fraction = ''] = text.split('.')
  return `${whole}.${fraction.padEnd(2, '0')}`
}

/** The server's own rule, said before anything is sent. */
export function faultOf(figure: FigureView, edit: string): string | null {
  if (figure.kind === 'flag') return ['', '是', '否'].includes(edit.trim()) ? null : '只能填“是”或“否”。'
  const scale = figureKind(figure.label, figure.unit) === 'decimal' ? 100 : scaleOfUnit(figure.unit)
  const read = parseFigure(edit, scale)
  return read.ok ? null : read.refusal.message
}

/** Without the edit where it says what is there already. */
export function withEdit(edits: Edits, figure: FigureView, unitId: string, text: string | null): Edits {
  const { [figure.key]: _, ...rest } = edits
  if (text === null || text.trim() === ownText(figure, unitId)) return rest
  return { ...rest, [figure.key]: text.trim() }
}

/** +2, −1, or nothing to say. */
export function changeText(now: string, before: string): string | null {
  const [a, b] = [parseFigure(now, fine), parseFigure(before, fine)]
  if (!a.ok || !b.ok || a.value === null || b.value === null || a.value === b.value) return null
  const by = a.value - b.value
  return `${by > 0 ? '+' : '−'}${figureText(Math.abs(by), fine)}`
}

/** Zeros (否) for every cell that would print blank: the return then says that there was nothing, cell by cell. */
export function withZeros(edits: Edits, figures: readonly FigureView[], unitId: string): Edits {
  const blank = figures.filter(
    (figure) => figure.metric === null && shownText(figure, unitId, edits[figure.key]).trim() === '',
  )
  return blank.reduce((all, figure) => withEdit(all, figure, unitId, figure.kind === 'flag' ? '否' : '0'), edits)
}
