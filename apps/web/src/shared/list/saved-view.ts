/** Views of a list, and which of them the page shows. */
import type { Total } from '@bihuan/contracts'

/** A saved question: its conditions as the address spells them (`late=1&sector=trade`). '' is the whole list. */
export interface SavedView {
  readonly key: string
  readonly name: string
  readonly view: string
  readonly count?: Total | null
  /** Own ones can be changed and taken away. */
  readonly own?: boolean
  /** Those shown, in their order; none: the view has no choice of its own. */
  readonly columns?: readonly string[]
}

/** What may be done with views: a list whose views cannot be kept leaves these out. */
export interface ViewActs {
  readonly onSave?: (name: string, view: string, columns: readonly string[]) => void
  /** The question of an own view is now this one. */
  readonly onReplace?: (key: string, view: string, columns: readonly string[]) => void
  readonly onColumns?: (key: string, columns: readonly string[]) => void
  readonly onRename?: (key: string, name: string) => void
  readonly onOrder?: (keys: readonly string[]) => void
  readonly onRemove?: (key: string) => void
  /** Answers whether it was kept. */
  readonly onOpenWith?: (key: string) => Promise<boolean>
}

export interface ListViews extends ViewActs {
  readonly views: readonly SavedView[]
  /** The one that the list opens with when its address asks nothing. */
  readonly opensWith?: string | undefined
}

export interface ViewNow {
  /** The view that the page shows as it was kept. */
  readonly known: SavedView | null
  /** An own view from which the page came, whether or not the question is still the same. */
  readonly from: SavedView | null
}

/** `key` is the view that was pressed; two may ask the same with other columns. */
export function viewNow(views: readonly SavedView[], key: string | null, now: string): ViewNow {
  const pressed = views.find((view) => view.key === key) ?? null
  const known =
    pressed !== null && sameView(pressed.view, now) ? pressed : (views.find(({ view }) => sameView(view, now)) ?? null)
  const own = pressed ?? known
  return { known, from: own?.own === true ? own : null }
}

/** The order of keys in an address means nothing. */
export function sameView(a: string, b: string): boolean {
  const sorted = (text: string) =>
    [...new URLSearchParams(text)]
      .map((pair) => pair.join('='))
      .sort()
      .join('&')
  return sorted(a) === sorted(b)
}
