import HolderOutlined from '@ant-design/icons/es/icons/HolderOutlined'
import SettingOutlined from '@ant-design/icons/es/icons/SettingOutlined'
import Button from 'antd/es/button'
import Popover from 'antd/es/popover'
import { useState, type FormEvent } from 'react'
import { moved } from './columns.js'
import type { ListViews, SavedView } from './saved-view.js'

/** Which view comes first when the list is opened; own ones are renamed, ordered and taken away. */
export function ViewManager(props: ListViews) {
  return (
    <Popover content={<Manager {...props} />} trigger="click" placement="bottomLeft" arrow={false} destroyOnHidden>
      <Button type="text" size="small" icon={<SettingOutlined />} aria-label="管理视图" title="管理视图" />
    </Popover>
  )
}

function Manager({ views, opensWith, onOpenWith, onOrder, onRename, onRemove }: ListViews) {
  const [chosen, setChosen] = useState<string | null>(null)
  const first = views.some(({ key }) => key === chosen) ? chosen : opensWith
  const choose = async (key: string) => {
    setChosen(key)
    if ((await onOpenWith?.(key)) !== true) setChosen(null)
  }
  const own = views.filter((view) => view.own === true).map(({ key }) => key)
  const [order, setOrder] = useState<readonly string[] | null>(null)
  const [dragged, setDragged] = useState<string | null>(null)
  const keys = (order ?? own).filter((key) => own.includes(key))
  const standing = views.filter((view) => view.own !== true)
  const owned = [...keys, ...own.filter((key) => !keys.includes(key))].flatMap(
    (key) => views.find((view) => view.key === key) ?? [],
  )
  const place = (key: string, before: string | null) => {
    const next = moved(
      owned.map((view) => view.key),
      key,
      before,
    )
    setOrder(next)
    return next
  }
  const after = (index: number) => owned[index]?.key ?? null
  return (
    <div className="view-manager">
      <p className="quiet">打开时先显示：</p>
      <ul aria-label="视图">
        {standing.map((view) => (
          <li key={view.key} className="chooser-row">
            <span className="chooser-handle" aria-hidden />
            <First view={view} first={first === view.key} onChoose={choose} />
          </li>
        ))}
        {owned.map((view, index) => (
          <li
            key={view.key}
            className={`chooser-row${dragged === view.key ? ' chooser-row--dragged' : ''}`}
            draggable
            onDragStart={() => setDragged(view.key)}
            onDragEnd={() => {
              setDragged(null)
              if (order) onOrder?.(order)
            }}
            onDragOver={(event) => {
              event.preventDefault()
              if (!dragged || dragged === view.key) return
              const from = owned.findIndex((one) => one.key === dragged)
              place(dragged, from < index ? after(index + 1) : view.key)
            }}
          >
            <button
              type="button"
              className="bare chooser-handle"
              aria-label={`移动“${view.name}”，按上下键`}
              onKeyDown={(event) => {
                if (event.key === 'ArrowUp' && index > 0) onOrder?.(place(view.key, after(index - 1)))
                else if (event.key === 'ArrowDown' && index < owned.length - 1)
                  onOrder?.(place(view.key, after(index + 2)))
                else return
                event.preventDefault()
              }}
            >
              <HolderOutlined aria-hidden />
            </button>
            <OwnView view={view} first={first === view.key} onChoose={choose} {...{ onRename, onRemove }} />
          </li>
        ))}
      </ul>
      {owned.length === 0 && <p className="quiet">还没有自己的视图。设好筛选、排序和列，再按“存为视图”。</p>}
    </div>
  )
}

interface FirstProps {
  readonly view: SavedView
  readonly first: boolean
  readonly onChoose: (key: string) => Promise<void>
}

function First({ view, first, onChoose }: FirstProps) {
  return (
    <label title={view.name}>
      <input type="radio" name="opens-with" checked={first} onChange={() => void onChoose(view.key)} />
      <span className="view-name">{view.name}</span>
    </label>
  )
}

function OwnView({
  view,
  first,
  onChoose,
  onRename,
  onRemove,
}: FirstProps & { readonly onRename: ListViews['onRename']; readonly onRemove: ListViews['onRemove'] }) {
  const [doing, setDoing] = useState<'rename' | 'remove' | null>(null)
  const [name, setName] = useState(view.name)
  if (doing === 'rename') {
    const submit = (event: FormEvent) => {
      event.preventDefault()
      const next = name.trim()
      if (next === '') return
      if (next !== view.name) onRename?.(view.key, next)
      setDoing(null)
    }
    return (
      <form className="view-rename" onSubmit={submit}>
        <input
          className="options-filter"
          aria-label={`“${view.name}”的新名称`}
          autoFocus
          maxLength={20}
          value={name}
          onChange={(event) => setName(event.target.value)}
          onKeyDown={(event) => {
            if (event.key !== 'Escape') return
            event.stopPropagation()
            setDoing(null)
          }}
        />
        <Button type="link" size="small" htmlType="submit">
          保存
        </Button>
      </form>
    )
  }
  if (doing === 'remove') {
    return (
      <span className="view-rename">
        <span className="view-name">删去“{view.name}”？</span>
        <Button type="link" danger size="small" autoFocus onClick={() => onRemove?.(view.key)}>
          删去
        </Button>
        <Button type="link" size="small" onClick={() => setDoing(null)}>
          不删
        </Button>
      </span>
    )
  }
  return (
    <>
      <First view={view} first={first} onChoose={onChoose} />
      <Button
        type="link"
        size="small"
        aria-label={`给“${view.name}”改名`}
        onClick={() => {
          setName(view.name)
          setDoing('rename')
        }}
      >
        改名
      </Button>
      <Button type="link" size="small" aria-label={`删去“${view.name}”`} onClick={() => setDoing('remove')}>
        删去
      </Button>
    </>
  )
}
