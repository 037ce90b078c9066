import type { PlanChangeView } from '@bihuan/contracts'
import { planPartLabel } from '@bihuan/domain'
import Checkbox from 'antd/es/checkbox'
import { useEffect, useRef, useState, type KeyboardEvent } from 'react'
import { StateTag } from '../../../shared/show/mark.js'
import { CorrectionEntry, mayPutRight } from './correction-entry.js'
import type { PlanBody } from './plan-draft.js'

export interface CorrectionChangesProps {
  readonly changes: readonly PlanChangeView[]
  readonly accepted: ReadonlySet<string>
  readonly active: string | null
  readonly onActive: (key: string) => void
  readonly onAccept: (keys: readonly string[], accepted: boolean) => void
  /** The corrected notice as it was read, or put right so far. */
  readonly plan: PlanBody
  readonly onPlan: (plan: PlanBody) => void
}

export const changeMarks = {
  added: { tone: 'green', label: '新增' },
  changed: { tone: 'blue', label: '修改' },
  dropped: { tone: 'grey', label: '去掉' },
} as const

/** What the corrected notice changes, part by part; each is taken over or not, and put right first where it was misread. */
export function CorrectionChanges(props: CorrectionChangesProps) {
  const { changes, accepted, active, onActive, onAccept, plan, onPlan } = props
  const list = useRef<HTMLDivElement>(null)
  const [editing, setEditing] = useState<string | null>(null)
  useEffect(() => {
    const row = list.current?.querySelector<HTMLElement>('[aria-current="true"]')
    row?.scrollIntoView({ block: 'nearest' })
    if (editing === null) row?.focus({ preventScroll: true })
  }, [active, editing])
  const at = changes.findIndex(({ key }) => key === active)
  const go = (to: number) => {
    const next = changes[Math.max(0, Math.min(changes.length - 1, to))]
    if (next !== undefined) onActive(next.key)
  }
  const turn = (change: PlanChangeView) => {
    if (change.hold === null) onAccept([change.key], !accepted.has(change.key))
  }
  const edit = (change: PlanChangeView) => {
    onActive(change.key)
    if (mayPutRight(change, plan)) setEditing(change.key)
  }
  const pressed = (event: KeyboardEvent) => {
    if ((event.target as HTMLElement).closest('.plan-item-form') !== null) return
    if (event.ctrlKey || event.metaKey || event.altKey || (event.target as HTMLElement).tagName === 'INPUT') return
    const change = changes[at]
    const acts: Readonly<Record<string, () => void>> = {
      ArrowDown: () => go(at + 1),
      ArrowUp: () => go(at - 1),
      ...(change === undefined ? {} : { Enter: () => turn(change), ' ': () => turn(change), F2: () => edit(change) }),
    }
    const act = acts[event.key]
    if (act === undefined) return
    event.preventDefault()
    act()
  }
  const parts = [...new Set(changes.map(({ part }) => part))]
  return (
    <div ref={list} onKeyDown={pressed}>
      {parts.map((part) => (
        <section key={part} aria-label={planPartLabel(part)}>
          <h2>{planPartLabel(part)}</h2>
          {changes
            .filter((change) => change.part === part)
            .map((change) => (
              <div
                key={change.key}
                role="group"
                aria-label={change.title}
                className="correction-change"
                tabIndex={change.key === active || (active === null && change === changes[0]) ? 0 : -1}
                aria-current={change.key === active}
                onClick={() => onActive(change.key)}
              >
                <Checkbox
                  aria-label={`应用：${change.title}`}
                  disabled={change.hold !== null}
                  checked={accepted.has(change.key)}
                  onChange={({ target }) => onAccept([change.key], target.checked)}
                />
                <div>
                  <p>
                    <StateTag tone={changeMarks[change.kind].tone}>{changeMarks[change.kind].label}</StateTag>{' '}
                    {change.title}{' '}
                    {mayPutRight(change, plan) && (
                      <button
                        type="button"
                        className="linkish"
                        onClick={(event) => {
                          event.stopPropagation()
                          edit(change)
                        }}
                      >
                        读错了，改
                      </button>
                    )}
                  </p>
                  <Fields change={change} />
                  {editing === change.key && (
                    <CorrectionEntry change={change} plan={plan} onPlan={onPlan} onDone={() => setEditing(null)} />
                  )}
                  {change.hold !== null && <p className="list-problem">{change.hold}</p>}
                </div>
              </div>
            ))}
        </section>
      ))}
    </div>
  )
}

function Fields({ change: { kind, fields } }: { change: PlanChangeView }) {
  if (kind !== 'changed') {
    const said = fields.map(({ label, before, after }) => `${label} ${kind === 'added' ? after : before}`)
    return <p className="quiet">{said.join('；')}</p>
  }
  return fields.map(({ name, label, before, after }) => (
    <p key={name} className="correction-field">
      <span className="quiet">{label}</span> <del>{before === '' ? '没有写明' : before}</del> →{' '}
      <ins>{after === '' ? '没有写明' : after}</ins>
    </p>
  ))
}
