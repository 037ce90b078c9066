import { useState, type ReactNode } from 'react'
import { Link } from 'react-router'
import { failureOf } from '../api/failure.js'
import { documentDate, instantText } from './dates.js'
import { amountText, moneyText } from './figures.js'
import './show.css'

/** A civil date or an instant; a dash for what is not known. */
export function DateText({ date, as = 'table' }: { date: string | null; as?: 'table' | 'document' }) {
  if (date === null) return <span className="quiet">—</span>
  if (date.length > 10) return <time dateTime={date}>{instantText(date)}</time>
  return <time dateTime={date}>{as === 'document' ? documentDate(date) : date}</time>
}

/** 万元, two decimals, thousands separated. */
export function MoneyText({ wan, unit = true }: { wan: number | string | null; unit?: boolean }) {
  if (wan === null) return <span className="quiet">—</span>
  return (
    <span className="figure">
      {moneyText(wan)}
      {unit && <span className="figure-unit"> 万元</span>}
    </span>
  )
}

export interface PersonTextProps {
  readonly name: string | null
  readonly post?: string | null
  readonly unit?: string | null
  /** Masked by the server: 138****1234. */
  readonly phone?: string | null
  /** Asks the server for the whole number, which writes down who asked. */
  readonly onReveal?: () => Promise<string>
}

export function PersonText({ name, post, unit, phone, onReveal }: PersonTextProps) {
  const [shown, setShown] = useState<string | null>(null)
  const [problem, setProblem] = useState<string | null>(null)
  if (name === null) return <span className="quiet">未定</span>
  const reveal = async () => {
    try {
      setShown((await onReveal?.()) ?? null)
    } catch (thrown) {
      setProblem(failureOf(thrown).message)
    }
  }
  return (
    <span className="person">
      {name}
      {(post ?? unit) && <span className="quiet"> {[unit, post].filter(Boolean).join(' ')}</span>}
      {shown !== null && (
        <>
          {' '}
          <a href={`tel:${shown}`}>{shown}</a>
        </>
      )}
      {shown === null && phone && (
        <>
          {' '}
          <span>{phone}</span>
          {onReveal && (
            <button type="button" className="linkish person-reveal" onClick={() => void reveal()}>
              点按显示
            </button>
          )}
        </>
      )}
      {problem !== null && <span className="list-problem"> {problem}</span>}
    </span>
  )
}

export interface FigureLinkProps {
  /** Null is blank, and a blank is not a zero. */
  readonly value: number | string | null
  readonly unit?: string
  readonly money?: boolean
  /** The records behind it. */
  readonly to?: string
  readonly onOpen?: () => void
  /** Typed in by a person, not counted from records. */
  readonly typed?: boolean
  readonly label?: string
}

/** Every figure opens what it was counted from; a typed one carries its mark. */
export function FigureLink({ value, unit, money = false, to, onOpen, typed = false, label }: FigureLinkProps) {
  const text: ReactNode =
    value === null ? (
      <span className="quiet" title="未填">
        —
      </span>
    ) : (
      <>
        {money ? moneyText(value) : amountText(value)}
        {unit !== undefined && <span className="figure-unit"> {unit}</span>}
      </>
    )
  const mark = typed && (
    <span className="figure-typed" title="人工填写">
      填
    </span>
  )
  const name = label === undefined ? undefined : `${label}：${String(value ?? '未填')}${unit ?? ''}，打开来源`
  if (to !== undefined)
    return (
      <Link className="figure" to={to} aria-label={name}>
        {text}
        {mark}
      </Link>
    )
  if (onOpen)
    return (
      <button type="button" className="linkish figure" aria-label={name} onClick={onOpen}>
        {text}
        {mark}
      </button>
    )
  return (
    <span className="figure">
      {text}
      {mark}
    </span>
  )
}
