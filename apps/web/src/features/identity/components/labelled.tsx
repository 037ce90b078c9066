import Input from 'antd/es/input'
import { useId, type ReactNode } from 'react'

export interface LabelledProps {
  readonly label: string
  readonly value: string
  readonly onChange: (value: string) => void
  readonly autoComplete: string
  readonly secret?: boolean
  readonly digits?: boolean
  readonly autoFocus?: boolean
  readonly problem?: ReactNode
  readonly hint?: string
}

/**
 * A field of the pages before the frame. antd's Form is left out there: these forms check nothing that the server does not
 * say better, and without it the log-in page loads some 40 KB less.
 */
export function Labelled({
  label,
  value,
  onChange,
  autoComplete,
  secret = false,
  digits = false,
  autoFocus = false,
  problem,
  hint,
}: LabelledProps) {
  const id = useId()
  const Field = secret ? Input.Password : Input
  return (
    <div className="labelled">
      <label className="labelled-name" htmlFor={id}>
        {label}
      </label>
      <Field
        id={id}
        value={value}
        onChange={(event) => onChange(event.target.value)}
        autoComplete={autoComplete}
        autoFocus={autoFocus}
        {...(hint === undefined ? {} : { placeholder: hint })}
        {...(digits ? { inputMode: 'numeric' as const } : {})}
        aria-invalid={problem !== undefined}
        aria-describedby={problem === undefined ? undefined : `${id}-problem`}
        {...(problem === undefined ? {} : { status: 'error' as const })}
      />
      {problem !== undefined && (
        <span className="labelled-problem" id={`${id}-problem`}>
          {problem}
        </span>
      )}
    </div>
  )
}
