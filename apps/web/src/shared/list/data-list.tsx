import type { Total } from '@bihuan/contracts'
import { useEffect, useMemo, useRef, useState, type ReactNode } from 'react'
import { useShortcut } from '../layout/shortcut.js'
import { usePhone } from '../layout/use-phone.js'
import { Answered, type Answer } from '../states/answered.js'
import { Empty, type EmptyProps } from '../states/empty.js'
import { choiceAfterMove, choiceOf, chosenColumns, type Column, type ColumnChoice } from './columns.js'
import { DataCards } from './data-cards.js'
import { DataGrid } from './data-grid.js'
import { ListFoot, type FootSum } from './list-foot.js'
import { ListHead, type ExportWay } from './list-head.js'
import type { ListState } from './list-state.js'
import { isTexts, useKept } from './use-kept.js'
import { viewNow, type ListViews, type SavedView } from './saved-view.js'
import './list.css'

export interface ListPage<Row> {
  readonly items: readonly Row[]
  readonly next: string | null
  readonly total: Total | null
}

export interface DataListProps<Row> {
  /** What the list is called in storage: `hazards`. */
  readonly name: string
  /** What it is called for a reader: 「隐患台账」. */
  readonly label: string
  readonly state: ListState
  readonly answer: Answer<ListPage<Row>>
  readonly columns: readonly Column<Row>[]
  readonly idOf: (row: Row) => string
  /** Says what will stand here. Shown when the list is empty without any condition; with one, the list says so itself. */
  readonly empty: EmptyProps
  /** Null: the rows lead nowhere. By default a row opens the panel through `?open=`. */
  readonly onOpen?: ((row: Row) => void) | null
  /** What stands beside the list for `?open=`: mostly a SidePanel. */
  readonly panel?: (id: string, close: () => void) => ReactNode
  readonly searchHint?: string
  readonly views?: ListViews
  /** There is nothing under any question: `empty` is said although one is asked. */
  readonly nothingYet?: boolean
  readonly exports?: readonly ExportWay[]
  /** Acts on what was picked; without it no row has a box. */
  readonly bulk?: (rows: readonly Row[], clear: () => void) => ReactNode
  readonly sums?: readonly FootSum[]
  readonly toneOf?: (row: Row) => 'late' | 'done' | null
  /** The main act on the phone's card. */
  readonly cardAct?: (row: Row) => ReactNode
}

export function DataList<Row>(props: DataListProps<Row>) {
  const { name, label, state, answer, columns, idOf } = props
  const phone = usePhone()
  const now = useMemo(
    () => viewNow(props.views?.views ?? [], state.viewKey, state.view),
    [props.views?.views, state.viewKey, state.view],
  )
  const [choice, choose] = useColumnChoice(name, columns, now.from, props.views?.onColumns)
  const { shown } = useMemo(() => chosenColumns(columns, choice), [columns, choice])
  const search = useRef<HTMLInputElement>(null)
  const [picked, setPicked] = useState<ReadonlyMap<string, Row>>(new Map())
  const clearPicked = () => setPicked(new Map())

  const asked = JSON.stringify(state.question)
  const [askedBefore, setAskedBefore] = useState(asked)
  if (asked !== askedBefore) {
    // What was picked under another question is out of sight, and must not be acted on.
    setAskedBefore(asked)
    setPicked(new Map())
  }
  useShortcut('/', () => {
    search.current?.focus()
    search.current?.select()
  })
  useShortcut('Escape', clearPicked, picked.size > 0)

  const pick = (rows: readonly Row[], on: boolean) =>
    setPicked((before) => {
      const next = new Map(before)
      for (const row of rows) {
        if (on) next.set(idOf(row), row)
        else next.delete(idOf(row))
      }
      return next
    })
  const open = (row: Row, follow: boolean) => {
    if (props.onOpen) props.onOpen(row)
    else if (props.onOpen === undefined) state.openRow(idOf(row), follow)
  }
  const asking = Object.keys(state.values).length > 0 || state.q !== ''

  return (
    <div className="list">
      <div className="list-main">
        <ListHead
          searchBox={search}
          state={state}
          searchHint={props.searchHint}
          views={props.views && { ...props.views, now }}
          exports={props.exports}
          shown={shown.map(({ key }) => key)}
          chosen={choice === null ? [] : shown.map(({ key }) => key)}
          columns={phone ? undefined : { columns, choice, onChoose: choose }}
        />
        <div
          className={`list-body${answer.isFetching && answer.data ? ' list-body--asking' : ''}`}
          aria-busy={answer.isFetching}
        >
          <Answered answer={answer} loading="list">
            {({ items }) => {
              if (items.length === 0)
                return (asking || state.after) && props.nothingYet !== true ? (
                  <NothingFound state={state} />
                ) : (
                  <Empty {...props.empty} />
                )
              if (phone) {
                return (
                  <DataCards
                    label={label}
                    columns={columns}
                    rows={items}
                    idOf={idOf}
                    onOpen={(row) => open(row, false)}
                    {...(props.cardAct ? { act: props.cardAct } : {})}
                  />
                )
              }
              return (
                <DataGrid
                  label={label}
                  columns={shown}
                  rows={items}
                  idOf={idOf}
                  openId={state.open}
                  onOpen={open}
                  sort={state.sort}
                  onSort={state.sortBy}
                  onMoveColumn={(key, before) => choose(choiceAfterMove(columns, choice, key, before))}
                  {...(props.bulk ? { picked: new Set(picked.keys()), onPick: pick } : {})}
                  {...(props.toneOf ? { toneOf: props.toneOf } : {})}
                />
              )
            }}
          </Answered>
        </div>
        <ListFoot
          state={state}
          page={answer.data}
          sums={props.sums}
          {...(picked.size > 0 && props.bulk
            ? {
                picked: (
                  <div className="list-picked" role="group" aria-label="对选中的行">
                    <span aria-live="polite">
                      已选 <strong>{picked.size}</strong> 条
                    </span>
                    {props.bulk([...picked.values()], clearPicked)}
                    <button type="button" className="linkish" onClick={clearPicked}>
                      取消选择
                    </button>
                  </div>
                ),
              }
            : {})}
        />
      </div>
      {state.open !== null && props.panel?.(state.open, () => state.openRow(null))}
    </div>
  )
}

const savePause = 600

/** On a view of one's own the columns are the view's; everywhere else they are kept in this browser. */
function useColumnChoice<Row>(
  name: string,
  columns: readonly Column<Row>[],
  view: SavedView | null,
  onColumns: ListViews['onColumns'],
): [ColumnChoice | null, (choice: ColumnChoice | null) => void] {
  const [kept, keep] = useKept(`columns.${name}`, parseChoice)
  const [changed, setChanged] = useState<ReadonlyMap<string, ColumnChoice | null>>(new Map())
  const timer = useRef<number>(undefined)
  useEffect(() => () => clearTimeout(timer.current), [])
  if (view === null || !onColumns) return [kept, keep]
  const saved = view.columns?.length ? choiceOf(columns, view.columns) : null
  const choice = (changed.has(view.key) ? changed.get(view.key) : saved) ?? kept
  const choose = (next: ColumnChoice | null) => {
    setChanged((before) => new Map(before).set(view.key, next))
    clearTimeout(timer.current)
    // A drag passes over many places before it is let go.
    timer.current = window.setTimeout(
      () => onColumns(view.key, next === null ? [] : chosenColumns(columns, next).shown.map(({ key }) => key)),
      savePause,
    )
  }
  return [choice, choose]
}

function NothingFound({ state }: { state: ListState }) {
  return (
    <Empty
      what="没有符合条件的记录"
      how={state.q ? `没有找到含“${state.q}”的记录。可以少写几个字，或放宽条件。` : '可以去掉一个条件再看。'}
      act={
        <button type="button" className="linkish" onClick={state.clear}>
          清空条件
        </button>
      }
    />
  )
}

function parseChoice(raw: unknown): ColumnChoice | null {
  if (typeof raw !== 'object' || raw === null || !('order' in raw) || !('hidden' in raw)) return null
  return isTexts(raw.order) && isTexts(raw.hidden) ? { order: raw.order, hidden: raw.hidden } : null
}
