import type { ReturnPage } from '@bihuan/contracts'
import type { ReactNode } from 'react'
import { Link } from 'react-router'
import { StateTag } from '../../../shared/show/mark.js'
import { Findings, type Answers } from './return-findings.js'
import { lastRound, roundText } from './return-words.js'

export interface ReturnSideProps {
  readonly page: ReturnPage
  readonly answers: Answers
  readonly onAnswer: ((key: string, text: string) => void) | null
  readonly onGo: (cell: string) => void
  /** Something is typed and not saved: the checks are of what was saved. */
  readonly unsaved: boolean
}

/** What must be looked at before it is signed, what the receiver said, whose figures are not here, who has signed. */
export function ReturnSide({ page, answers, onAnswer, onGo, unsaved }: ReturnSideProps) {
  const { findings, remarks, missing, signatures } = page
  const labels = new Map(page.figures.map(({ key, label }) => [key, label]))
  const round = lastRound(page)
  const filed = page.status === 'submitted' || page.status === 'accepted'
  return (
    <aside className="return-side" aria-label="核对与签名">
      {remarks.length > 0 && (
        <Part title="退回意见和说明" count={remarks.length}>
          <ul>
            {remarks.toReversed().map((remark, index) => (
              <li key={index} className={`remark${remark.round === round && round > 0 ? ' remark--now' : ''}`}>
                {remark.cell !== null && (
                  <button type="button" className="linkish remark-cell" onClick={() => onGo(remark.cell ?? '')}>
                    {labels.get(remark.cell) ?? '本表没有的格'}
                  </button>
                )}
                <p>{remark.text}</p>
                <p className="source-note">
                  {remark.byName} {remark.on}
                  {remark.round > 0 && `，${roundText(remark.round)}后`}
                </p>
              </li>
            ))}
          </ul>
        </Part>
      )}
      {!filed && (
        <Part title="上报前核对" count={findings.length}>
          {findings.length === 0 ? (
            <p>
              <StateTag tone="green">没有发现问题</StateTag>
            </p>
          ) : (
            <Findings findings={findings} answers={answers} onAnswer={onAnswer} onGo={onGo} />
          )}
          {unsaved && <p className="source-note">有数字还没有保存，保存后重新核对。</p>}
        </Part>
      )}
      {missing.length > 0 && (
        <Part title="下级未报" count={missing.length}>
          <p className="source-note">未报单位手填的数不计入本表；由记录计算的数已全部计入。</p>
          <ul className="missing">
            {missing.map(({ unitId, unitName, returnId }) => (
              <li key={unitId}>{returnId === null ? unitName : <Link to={`/returns/${returnId}`}>{unitName}</Link>}</li>
            ))}
          </ul>
        </Part>
      )}
      <Part title="签名" count={signatures.length}>
        {signatures.map(({ label, name, on }) => (
          <p key={label} className="signature">
            <span className="quiet">{label}</span> <b>{name}</b> {on}
          </p>
        ))}
        {signatures.length === 0 && <p className="quiet">还没有人签名。</p>}
        {page.wants !== null && (
          <p className="signature">
            <StateTag tone="yellow">待“{page.wants}”签名</StateTag>
          </p>
        )}
      </Part>
    </aside>
  )
}

function Part({ title, count, children }: { title: string; count: number; children: ReactNode }) {
  return (
    <section className="side-part" aria-label={title}>
      <h2>
        {title} {count > 0 && <span className="quiet">{count}</span>}
      </h2>
      {children}
    </section>
  )
}
