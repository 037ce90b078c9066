import Button from 'antd/es/button'
import Input from 'antd/es/input'
import { useState } from 'react'
import type { PlanDraft } from './plan-draft.js'
import { Field } from './plan-parts.js'

/** A question of the notice decided beside its text: which words hold, and why. */
export function WarningForm({
  draft,
  at,
  onChange,
  onDone,
}: {
  readonly draft: PlanDraft
  readonly at: number
  readonly onChange: (draft: PlanDraft) => void
  readonly onDone: () => void
}) {
  const warning = draft.plan.warnings[at]
  const decided = draft.decisions?.find(({ message }) => message === warning?.message)
  const [chosen, setChosen] = useState(decided?.chosen ?? '')
  const [reason, setReason] = useState(decided?.reason ?? '')
  if (warning === undefined) return null
  const isWhole = chosen.trim() !== '' && reason.trim() !== ''
  const { message } = warning
  const decide = () => {
    if (!isWhole) return
    const others = (draft.decisions ?? []).filter((one) => one.message !== message)
    onChange({ ...draft, decisions: [...others, { message, chosen: chosen.trim(), reason: reason.trim() }] })
    onDone()
  }
  return (
    <div className="plan-item-form">
      <div className="question-quotes plan-field--wide">
        {warning.quotes.map((quote, index) => (
          <button
            key={index}
            type="button"
            aria-pressed={chosen === quote}
            className={`question-quote${chosen === quote ? ' question-quote--chosen' : ''}`}
            onClick={() => setChosen(quote)}
          >
            {quote}
          </button>
        ))}
      </div>
      <Field label="以哪个为准（点选上面的原文，或另写）" wide>
        <Input value={chosen} maxLength={500} onChange={({ target }) => setChosen(target.value)} />
      </Field>
      <Field label="裁定的理由（留存）" wide>
        <Input
          value={reason}
          maxLength={500}
          onChange={({ target }) => setReason(target.value)}
          onPressEnter={decide}
        />
      </Field>
      <Button size="small" type="primary" disabled={!isWhole} onClick={decide}>
        裁定
      </Button>
    </div>
  )
}
