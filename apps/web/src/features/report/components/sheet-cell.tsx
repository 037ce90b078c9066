import type { FigureView } from '@bihuan/contracts'
import { useState, type ClipboardEvent, type KeyboardEvent } from 'react'
import type { Step } from '../../../shared/official-form/form-rows.js'
import type { Tone } from '../../../shared/theme/colours.js'
import { answersBelow, othersTyped, ownText, shownText } from './typing.js'

/** What somebody said about a cell: its corner is turned down, and who cannot see that hears it. */
export interface CellNote {
  readonly tone: Tone
  readonly text: string
  /** Stands under the figure, where the corner alone would not do. */
  readonly under?: string
}

export interface SheetCellProps {
  readonly figure: FigureView
  readonly unitId: string
  readonly edit: string | undefined
  readonly wrong: string | null
  readonly mayType: boolean
  readonly tabbable: boolean
  readonly opened: boolean
  /** What stood here at the last period, and the change since. */
  readonly before: { readonly text: string; readonly change: string | null } | null
  readonly note: CellNote | null
  readonly onFocus: () => void
  readonly onEdit: (text: string | null) => void
  /** False at the edge: then the key is the browser's. */
  readonly onStep: (step: Step) => boolean
  readonly onOpen: () => void
  /** Of several cells copied from a sheet. */
  readonly onPasteBlock: (text: string) => void
}

const arrows: Readonly<Record<string, Step>> = {
  ArrowUp: 'up',
  ArrowDown: 'down',
  ArrowLeft: 'left',
  ArrowRight: 'right',
  Home: 'first',
  End: 'last',
}

export function SheetCell(props: SheetCellProps) {
  const { figure, mayType } = props
  if (figure.metric !== null || !mayType) return <ShownCell {...props} />
  return figure.kind === 'flag' ? <FlagCell {...props} /> : <TypedCell {...props} />
}

function nameOf({ figure, edit, unitId, note }: SheetCellProps): string {
  const text = shownText(figure, unitId, edit)
  const answers = answersBelow(figure, unitId)
  return [
    `${figure.label}${figure.unit === null ? '' : `（${figure.unit}）`}：${text === '' ? '空白' : text}`,
    `，${figure.metric === null ? '人工填写' : '由记录计算'}`,
    answers === null ? '' : `，${answers.of}个单位已答，${answers.yes}个答“是”`,
    note === null ? '' : `；${note.text}`,
  ].join('')
}

function Note({ note }: Pick<SheetCellProps, 'note'>) {
  if (note === null) return null
  return (
    <>
      <i className={`cell-note mark--${note.tone}`} aria-hidden title={note.text} />
      {note.under !== undefined && <span className={`cell-under mark--${note.tone}`}>{note.under}</span>}
    </>
  )
}

/** Beside the unit's own 是/否, which alone is printed. */
function AnswersBelow({ figure, unitId }: Pick<SheetCellProps, 'figure' | 'unitId'>) {
  const answers = answersBelow(figure, unitId)
  if (answers === null) return null
  const said = `${answers.of} 个单位已答，${answers.yes} 个答“是”`
  return (
    <span className="cell-before" title={said} aria-hidden>
      {answers.yes}/{answers.of} 是
    </span>
  )
}

function Before({ before, figure }: Pick<SheetCellProps, 'before' | 'figure'>) {
  if (before === null || (before.text === '' && figure.text === '')) return null
  return (
    <span className="cell-before">
      {before.text === '' ? '—' : before.text}
      {before.change !== null && <b>{before.change}</b>}
    </span>
  )
}

/** Moves on; true when the key was ours. */
function walked(event: KeyboardEvent, { onStep }: SheetCellProps): boolean {
  const step = event.key === 'Tab' ? (event.shiftKey ? 'previous' : 'next') : arrows[event.key]
  if (step === undefined || event.ctrlKey || event.metaKey || event.altKey) return false
  // Out of the sheet by Tab is where one wants to go; by an arrow it is not.
  if (onStep(step) || event.key !== 'Tab') event.preventDefault()
  return true
}

/** Counted from records, or not mine to type: pressed, it opens what it stands on. */
function ShownCell(props: SheetCellProps) {
  const { figure, tabbable, opened, before, onFocus, onOpen } = props
  const derived = figure.metric !== null
  return (
    <button
      type="button"
      role="gridcell"
      data-figure={figure.key}
      tabIndex={tabbable ? 0 : -1}
      className={`cell cell--${derived ? 'derived' : 'shown'}${opened ? ' cell--open' : ''}`}
      aria-label={nameOf(props)}
      title={props.note?.text ?? (derived ? '由记录计算，按 Enter 打开来源' : undefined)}
      onFocus={onFocus}
      onClick={onOpen}
      onKeyDown={(event) => walked(event, props)}
    >
      <span className="cell-text">{figure.text}</span>
      {!derived && figure.typedBy.length > 0 && <i className="cell-mark" aria-hidden />}
      <AnswersBelow figure={figure} unitId={props.unitId} />
      <Before before={before} figure={figure} />
      <Note note={props.note} />
    </button>
  )
}

interface Draft {
  readonly text: string
  /** Begun with F2 or a double press: the arrows move in the text. */
  readonly free: boolean
}

function TypedCell(props: SheetCellProps) {
  const { figure, unitId, edit, wrong, tabbable, opened, before, onFocus, onEdit, onStep, onOpen, onPasteBlock } = props
  const [draft, setDraft] = useState<Draft | null>(null)
  const begin = () => setDraft({ text: edit ?? ownText(figure, unitId), free: true })
  const commit = () => {
    if (draft === null) return
    onEdit(draft.text)
    setDraft(null)
  }
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>) => {
    if (event.nativeEvent.isComposing) return
    if (event.key === 'Escape') {
      // What was typed here goes; only when there is nothing to undo is the key somebody else's.
      if (draft === null && edit === undefined) return
      if (draft === null) onEdit(null)
      setDraft(null)
      event.preventDefault()
    } else if (event.key === 'Enter' && !event.ctrlKey && !event.metaKey) {
      commit()
      if (event.altKey) onOpen()
      else onStep(event.shiftKey ? 'up' : 'down')
      event.preventDefault()
    } else if (event.key === 'F2') {
      begin()
      event.preventDefault()
    } else if ((event.key === 'Delete' || event.key === 'Backspace') && draft === null) {
      onEdit('')
      event.preventDefault()
    } else if (!(draft?.free === true && ['ArrowLeft', 'ArrowRight', 'Home', 'End'].includes(event.key))) {
      if (event.key === 'Tab' || event.key in arrows) commit()
      walked(event, props)
    }
  }
  const onPaste = (event: ClipboardEvent) => {
    const text = event.clipboardData.getData('text/plain')
    if (!/[\t\n]/.test(text.trim())) return
    event.preventDefault()
    onPasteBlock(text)
  }
  return (
    <span
      role="gridcell"
      className={`cell cell--typed${edit === undefined ? '' : ' cell--unsaved'}${wrong === null ? '' : ' cell--wrong'}${opened ? ' cell--open' : ''}`}
    >
      <input
        data-figure={figure.key}
        className="cell-input"
        tabIndex={tabbable ? 0 : -1}
        inputMode="decimal"
        autoComplete="off"
        aria-label={nameOf(props)}
        aria-invalid={wrong !== null}
        title={wrong ?? props.note?.text}
        value={draft?.text ?? shownText(figure, unitId, edit)}
        onFocus={(event) => {
          onFocus()
          event.target.select()
        }}
        // The press that brings the focus must not undo the selection.
        onMouseUp={(event) => {
          if (draft === null) event.preventDefault()
        }}
        onDoubleClick={begin}
        onChange={(event) => setDraft({ text: event.target.value, free: draft?.free ?? false })}
        onKeyDown={onKeyDown}
        onPaste={onPaste}
        onBlur={commit}
      />
      {(figure.typedBy.length > 0 || edit !== undefined) && <i className="cell-mark" aria-hidden />}
      {othersTyped(figure, unitId) > 0 && draft !== null && <span className="cell-own">本级</span>}
      <Before before={before} figure={figure} />
      <Note note={props.note} />
    </span>
  )
}

const nextAnswer: Readonly<Record<string, string>> = { '': '是', 是: '否', 否: '' }
const answerKeys: Readonly<Record<string, string>> = { '1': '是', y: '是', 是: '是', '0': '否', n: '否', 否: '否' }

function FlagCell(props: SheetCellProps) {
  const { figure, unitId, edit, wrong, tabbable, opened, before, onFocus, onEdit, onStep, onOpen } = props
  const text = shownText(figure, unitId, edit)
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey) return
    const answer = answerKeys[event.key.toLowerCase()]
    if (answer !== undefined) onEdit(answer)
    else if (event.key === 'Delete' || event.key === 'Backspace') onEdit('')
    else if (event.key === 'Escape' && edit !== undefined) onEdit(null)
    else if (event.key === 'Enter' && event.altKey) onOpen()
    else if (event.key === 'Enter') onStep(event.shiftKey ? 'up' : 'down')
    else {
      walked(event, props)
      return
    }
    event.preventDefault()
  }
  return (
    <button
      type="button"
      role="gridcell"
      data-figure={figure.key}
      tabIndex={tabbable ? 0 : -1}
      className={`cell cell--typed cell--flag${edit === undefined ? '' : ' cell--unsaved'}${wrong === null ? '' : ' cell--wrong'}${opened ? ' cell--open' : ''}`}
      aria-label={nameOf(props)}
      title={props.note?.text ?? '点按或按空格换：是、否、空白；1 是，0 否'}
      onFocus={onFocus}
      onClick={() => onEdit(nextAnswer[text] ?? '')}
      onKeyDown={onKeyDown}
    >
      <span className="cell-text">{text === '' ? <span className="cell-choices">是 / 否</span> : text}</span>
      {(figure.typedBy.length > 0 || edit !== undefined) && <i className="cell-mark" aria-hidden />}
      <AnswersBelow figure={figure} unitId={unitId} />
      <Before before={before} figure={figure} />
      <Note note={props.note} />
    </button>
  )
}
