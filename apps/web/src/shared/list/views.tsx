import type { Total } from '@bihuan/contracts'
import Button from 'antd/es/button'
import Popover from 'antd/es/popover'
import { useEffect, useRef, useState, type FormEvent } from 'react'
import { countText } from './count.js'
import { ViewManager } from './view-manager.js'

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
  readonly onOpenWith?: (key: string) => void
}

export interface ListViews extends ViewActs {
  readonly views: readonly SavedView[]
  /** The one that the list opens with when its address asks nothing. */
  readonly opensWith?: string | undefined
}

export interface ViewsProps extends ListViews {
  readonly now: ViewNow
  /** The question on the page, and the columns if somebody chose them. */
  readonly view: string
  readonly columns: readonly string[]
  readonly onShow: (view: SavedView) => void
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

export function Views(props: ViewsProps) {
  const { views, now, view: asked, columns, onShow, onSave, onReplace } = props
  const { known, from } = now
  const [open, setOpen] = useState(false)
  const current = useRef<HTMLButtonElement>(null)
  // On the phone the row is longer than the screen: where one stands is always in sight.
  useEffect(() => current.current?.scrollIntoView({ block: 'nearest', inline: 'nearest' }), [known?.key])
  return (
    <div className="views" role="group" aria-label="已存的视图">
      {views.map((view) => (
        <button
          type="button"
          key={view.key}
          ref={view === known ? current : null}
          className={`bare view${view === known ? ' view--now' : ''}`}
          aria-pressed={view === known}
          onClick={() => onShow(view)}
        >
          {view.name}
          {view.count && <span className="view-count">{countText(view.count)}</span>}
        </button>
      ))}
      {!known && from !== null && onReplace && (
        <Button type="link" size="small" onClick={() => onReplace(from.key, asked, columns)}>
          更新“{from.name}”
        </Button>
      )}
      {onSave && (
        <Popover
          open={open}
          onOpenChange={setOpen}
          trigger="click"
          arrow={false}
          placement="bottomLeft"
          destroyOnHidden
          content={
            <SaveForm
              onSave={(name) => {
                onSave(name, asked, columns)
                setOpen(false)
              }}
            />
          }
        >
          <Button type={known ? 'text' : 'link'} size="small" title="记住现在的筛选、排序和列">
            存为视图
          </Button>
        </Popover>
      )}
      {props.onOpenWith && <ViewManager {...props} />}
    </div>
  )
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

function SaveForm({ onSave }: { onSave: (name: string) => void }) {
  const [name, setName] = useState('')
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (name.trim()) onSave(name.trim())
  }
  return (
    <form onSubmit={submit} className="view-save">
      <input
        className="options-filter"
        aria-label="视图名称"
        placeholder="视图名称"
        autoFocus
        maxLength={20}
        value={name}
        onChange={(event) => setName(event.target.value)}
      />
      <Button type="primary" size="small" htmlType="submit" disabled={name.trim() === ''}>
        保存
      </Button>
    </form>
  )
}
