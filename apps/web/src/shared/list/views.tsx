import Button from 'antd/es/button'
import Popover from 'antd/es/popover'
import { useEffect, useRef, useState, type FormEvent } from 'react'
import { countText } from './count.js'
import type { ListViews, SavedView, ViewNow } from './saved-view.js'
import { ViewManager } from './view-manager.js'

export interface ViewsProps extends ListViews {
  readonly now: ViewNow
  /** The question on the page, and the columns if somebody chose them. */
  readonly view: string
  readonly columns: readonly string[]
  readonly onShow: (view: SavedView) => void
}

export function Views(props: ViewsProps) {
  const { views, now, view: asked, columns, onShow, onSave, onReplace } = props
  const { known, from } = now
  const [open, setOpen] = useState(false)
  const current = useRef<HTMLButtonElement>(null)
  // On the phone the row is longer than the screen: where one stands is always in sight.
  useEffect(() => {
    current.current?.scrollIntoView({ block: 'nearest', inline: 'nearest' })
  }, [known?.key])
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
