import InputNumber from 'antd/es/input-number'
import { useState } from 'react'
import { DateField } from '../../../shared/form/date-field.js'
import type { Patch } from '../../../shared/list/address-state.js'
import { useMe } from '../../../shared/session/me.js'

export interface TreeWhenProps {
  readonly on: string | null
  readonly knownAt: string | null
  readonly head: number | null
  readonly onChange: (patch: Patch) => void
}

/** Both clocks of the tree: which day, and what was known when. Closed unless somebody looks at another day. */
export function TreeWhen({ on, knownAt, head, onChange }: TreeWhenProps) {
  const { today } = useMe()
  const [opened, setOpened] = useState(false)
  const past = on !== null || knownAt !== null
  const open = opened || past
  return (
    <div className="units-when">
      <p>
        <span className={past ? 'units-when-past' : 'quiet'}>
          {on ?? '今天'}的隶属关系{knownAt !== null && `，按账本第 ${knownAt} 号时所知`}
        </span>
        <button
          type="button"
          className="linkish"
          aria-expanded={open}
          onClick={() => {
            if (past) onChange({ on: null, knownAt: null })
            setOpened(!open)
          }}
        >
          {past ? '回到今天' : open ? '收起' : '看别的日期'}
        </button>
      </p>
      {open && (
        <div className="units-when-fields">
          <label>
            <span>哪一天</span>
            <DateField value={on ?? today} onChange={(day) => onChange({ on: day === today ? null : day })} />
          </label>
          <label>
            <span>按当时所知</span>
            <InputNumber
              min={0}
              {...(head === null ? {} : { max: head })}
              precision={0}
              placeholder={head === null ? '账本位置' : `现在是 ${head}`}
              value={knownAt === null ? null : Number(knownAt)}
              onChange={(position) => onChange({ knownAt: position === null ? null : String(position) })}
            />
          </label>
        </div>
      )}
    </div>
  )
}
