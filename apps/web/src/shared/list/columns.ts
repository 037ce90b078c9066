import type { ReactNode } from 'react'

export interface Column<Row> {
  readonly key: string
  readonly title: string
  readonly render: (row: Row) => ReactNode
  /** Pixels; a column without one takes what is left. */
  readonly width?: number
  readonly align?: 'left' | 'right' | 'center'
  /** The key by which the server sorts. */
  readonly sort?: string
  /** Cannot be hidden: what names the row. */
  readonly always?: boolean
  /** Not shown until somebody asks for it. */
  readonly spare?: boolean
  /** On the phone's card: `title` heads it, the two `fact`s decide, anything else is left out. */
  readonly card?: 'title' | 'fact'
}

/** What somebody made of a list: keys in order, and those not shown. Columns it does not know keep their place at the end. */
export interface ColumnChoice {
  readonly order: readonly string[]
  readonly hidden: readonly string[]
}

export function chosenColumns<Row>(
  columns: readonly Column<Row>[],
  choice: ColumnChoice | null,
): { shown: Column<Row>[]; all: Column<Row>[] } {
  const place = (key: string) => {
    const at = choice?.order.indexOf(key) ?? -1
    return at < 0 ? Number.MAX_SAFE_INTEGER : at
  }
  // A sort is stable, so columns that came with an upgrade stay in the order of the code.
  const all = [...columns].sort((a, b) => place(a.key) - place(b.key))
  return { all, shown: all.filter((column) => column.always || !isHidden(column, choice)) }
}

export function isHidden<Row>(column: Column<Row>, choice: ColumnChoice | null): boolean {
  if (column.always) return false
  if (choice?.hidden.includes(column.key)) return true
  return column.spare === true && !(choice?.order.includes(column.key) ?? false)
}

/** The choice of whoever sees these columns and no others. */
export function choiceOf<Row>(columns: readonly Column<Row>[], shown: readonly string[]): ColumnChoice {
  const rest = columns.map(({ key }) => key).filter((key) => !shown.includes(key))
  return { order: [...shown, ...rest], hidden: rest }
}

/** Puts `key` where `before` stands; `null` puts it last. */
export function moved(keys: readonly string[], key: string, before: string | null): string[] {
  if (key === before) return [...keys]
  const rest = keys.filter((one) => one !== key)
  const at = before === null ? rest.length : rest.indexOf(before)
  return [...rest.slice(0, at < 0 ? rest.length : at), key, ...rest.slice(at < 0 ? rest.length : at)]
}

export function choiceAfterMove<Row>(
  columns: readonly Column<Row>[],
  choice: ColumnChoice | null,
  key: string,
  before: string | null,
): ColumnChoice {
  const { all } = chosenColumns(columns, choice)
  const hidden = all.filter((column) => isHidden(column, choice)).map((column) => column.key)
  return {
    order: moved(
      all.map((column) => column.key),
      key,
      before,
    ),
    hidden,
  }
}

export function choiceAfterToggle<Row>(
  columns: readonly Column<Row>[],
  choice: ColumnChoice | null,
  key: string,
): ColumnChoice {
  const { all } = chosenColumns(columns, choice)
  const hidden = new Set(all.filter((column) => isHidden(column, choice)).map((column) => column.key))
  if (!hidden.delete(key)) hidden.add(key)
  return { order: all.map((column) => column.key), hidden: [...hidden] }
}
