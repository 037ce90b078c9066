import type { Total } from '@bihuan/contracts'
import Button from 'antd/es/button'
import Popover from 'antd/es/popover'
import { useState, type FormEvent } from 'react'
import { countText } from './count.js'

/** A saved question: its conditions as the address spells them (`late=1&sector=trade`). '' is the whole list. */
export interface SavedView {
  readonly key: string
  readonly name: string
  readonly view: string
  readonly count?: Total | null
  /** Own ones can be taken away. */
  readonly own?: boolean
}

export interface ViewsProps {
  readonly views: readonly SavedView[]
  readonly now: string
  readonly onShow: (view: string) => void
  readonly onSave?: (name: string, view: string) => void
  readonly onRemove?: (key: string) => void
}

export function Views({ views, now, onShow, onSave, onRemove }: ViewsProps) {
  const [open, setOpen] = useState(false)
  const known = views.find((view) => sameView(view.view, now))
  return (
    <div className="views" role="group" aria-label="已存的视图">
      {views.map((view) => (
        <button
          type="button"
          key={view.key}
          className={`bare view${view === known ? ' view--now' : ''}`}
          aria-pressed={view === known}
          onClick={() => onShow(view.view)}
        >
          {view.name}
          {view.count && <span className="view-count">{countText(view.count)}</span>}
        </button>
      ))}
      {known?.own === true && onRemove && (
        <Button type="text" size="small" onClick={() => onRemove(known.key)}>
          删除此视图
        </Button>
      )}
      {!known && onSave && (
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
                onSave(name, now)
                setOpen(false)
              }}
            />
          }
        >
          <Button type="link" size="small">
            存为视图
          </Button>
        </Popover>
      )}
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
    <form onSubmit={submit}>
      <input
        className="options-filter"
        aria-label="视图名称"
        placeholder="视图名称，回车保存"
        autoFocus
        maxLength={20}
        value={name}
        onChange={(event) => setName(event.target.value)}
      />
    </form>
  )
}
