/** What the parts of the plan editor are built of. */
import type { ReactNode } from 'react'
import type { PlanDraft } from './plan-draft.js'

export interface PlanEditorProps {
  readonly draft: PlanDraft
  readonly onChange: (draft: PlanDraft) => void
}

export function Part({
  title,
  note,
  acts,
  children,
}: {
  title: string
  note?: ReactNode
  acts?: ReactNode
  children: ReactNode
}) {
  return (
    <section className="plan-part" aria-label={title}>
      <div className="plan-part-head">
        <h2>{title}</h2>
        {note !== undefined && <span className="quiet">{note}</span>}
        <span className="top-space" />
        {acts}
      </div>
      {children}
    </section>
  )
}

export function Field({ label, wide = false, children }: { label: string; wide?: boolean; children: ReactNode }) {
  return (
    <label className={`plan-field${wide ? ' plan-field--wide' : ''}`}>
      <span>{label}</span>
      {children}
    </label>
  )
}
