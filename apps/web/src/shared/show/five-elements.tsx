import type { ReactNode } from 'react'
import { Shape } from './mark.js'
import './show.css'

export const fiveElements = [
  { key: 'person', label: '责任人' },
  { key: 'measures', label: '措施' },
  { key: 'funds', label: '资金' },
  { key: 'deadline', label: '时限' },
  { key: 'contingency', label: '预案' },
] as const

export type FiveElementKey = (typeof fiveElements)[number]['key']

/** 五落实: five slots, each visibly filled or empty. */
export function FiveElements({
  filled,
  act,
}: {
  filled: Readonly<Partial<Record<FiveElementKey, ReactNode>>>
  act?: ReactNode
}) {
  const has = (key: FiveElementKey) => filled[key] !== undefined && filled[key] !== null && filled[key] !== ''
  const count = fiveElements.filter(({ key }) => has(key)).length
  return (
    <div className="five" role="group" aria-label={`整改五落实，已落实${count}项`}>
      {fiveElements.map(({ key, label }) => (
        <div key={key} className={`five-slot${has(key) ? '' : ' five-slot--empty'}`}>
          <p className="five-label">
            <span className={has(key) ? 'mark--green' : 'mark--orange'}>
              <Shape tone={has(key) ? 'green' : 'orange'} />
            </span>
            {label}
          </p>
          <div>{has(key) ? filled[key] : '未落实'}</div>
        </div>
      ))}
      {act !== undefined && <div className="five-act">{act}</div>}
    </div>
  )
}
