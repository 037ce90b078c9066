import type { ReactNode } from 'react'
import type { Tone } from '../theme/colours.js'
import './show.css'

/** Each tone has a shape of its own, so that a print in grey and an eye without red still tell them apart. */
const shapes: Record<Tone, ReactNode> = {
  red: <path d="M6 0 12 6 6 12 0 6Z" />,
  orange: <path d="M6 .5 12 11.5H0Z" />,
  yellow: <path d="M1 1h10v10H1Z" />,
  blue: <circle cx="6" cy="6" r="5" />,
  green: <path d="M1 6.2 4.6 10 11 2.6" fill="none" stroke="currentColor" strokeWidth="2.2" />,
  grey: <circle cx="6" cy="6" r="4" fill="none" stroke="currentColor" strokeWidth="2" />,
}

export function Shape({ tone }: { tone: Tone }) {
  return (
    <svg className="shape" viewBox="0 0 12 12" width="9" height="9" fill="currentColor" aria-hidden>
      {shapes[tone]}
    </svg>
  )
}

/** A status: shape, word, colour. `washed` where it stands alone, plain in a table. */
export function StateTag({ tone, washed = false, children }: { tone: Tone; washed?: boolean; children: ReactNode }) {
  return (
    <span className={`mark mark--${tone}${washed ? ' mark--washed' : ''}`}>
      <Shape tone={tone} />
      {children}
    </span>
  )
}

const grades: Record<string, { label: string; tone: Tone }> = {
  major: { label: '重大', tone: 'red' },
  key: { label: '重点', tone: 'orange' },
  general: { label: '一般', tone: 'blue' },
}

/** 重大, 重点, 一般; before somebody has judged it, 未判定. */
export function GradeTag({ grade, washed = false }: { grade: string | null; washed?: boolean }) {
  const { label, tone } =
    grade === null
      ? { label: '未判定', tone: 'grey' as const }
      : (grades[grade] ?? { label: grade, tone: 'grey' as const })
  return (
    <StateTag tone={tone} washed={washed}>
      {label}
    </StateTag>
  )
}
