import type { ReturnPage } from '@bihuan/contracts'
import type { ReactNode } from 'react'
import { Link } from 'react-router'
import { basisAddress } from '../../../shared/show/basis-link.js'
import { StateTag } from '../../../shared/show/mark.js'
import { Findings, type Answers } from './return-findings.js'
import { pointLabel } from './return-points.js'
import { ReturnPushes } from './return-pushes.js'
import { changeWords, lastRound, roundText, waitsText } from './return-words.js'

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
  const filed = page.status === 'submitted' || page.status === 'accepted'
  return (
    <aside className="return-side" aria-label="核对与签名">
      <Remarks title="退回意见" remarks={remarks.filter(({ finding }) => finding === null)} page={page} onGo={onGo} />
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
      <Remarks title="填报说明" remarks={remarks.filter(({ finding }) => finding !== null)} page={page} onGo={onGo} />
      {missing.length > 0 && (
        <Part title="下级未报" count={missing.length}>
          <p className="source-note">未报单位手填的数不计入本表；由记录计算的数已全部计入。</p>
          <ul className="missing">
            {missing.map(({ unitId, unitName, returnId, dissolvedOn }) => (
              <li key={unitId}>
                {returnId === null ? unitName : <Link to={`/returns/${returnId}`}>{unitName}</Link>}
                {dissolvedOn !== null && <span className="quiet">（{dissolvedOn} 撤销，不必再等）</span>}
              </li>
            ))}
          </ul>
        </Part>
      )}
      <FromBelow page={page} onGo={onGo} />
      <Part title="签名" count={signatures.length}>
        {signatures.map(({ label, name, on }) => (
          <p key={label} className="signature">
            <span className="quiet">{label}</span> <b>{name}</b> {on}
          </p>
        ))}
        {signatures.length === 0 && (
          <p className="quiet">
            {page.content?.signed === false ? '不在系统里签名，以签字盖章扫描件为准。' : '还没有人签名。'}
          </p>
        )}
        {page.wants !== null && (
          <p className="signature">
            <StateTag tone="yellow">待“{page.wants}”签名</StateTag>
          </p>
        )}
        {page.wants !== null && <p className="source-note">{waitsText(page)}</p>}
      </Part>
      <Basis page={page} />
      <ReturnPushes returnId={page.id} />
    </aside>
  )
}

/** What asks for it: the sentence to both its sides, and the way to the notice to whom its campaign binds. */
function Basis({ page: { basis, campaignId, title } }: Pick<ReturnSideProps, 'page'>) {
  if (basis === null) return null
  return (
    <Part title="依据" count={0}>
      <p className="return-basis">{basis.sentence}</p>
      {basis.place !== null && (
        <p>
          <Link to={basisAddress(campaignId, basis.place)} aria-label={`在通知原文里看${title}的依据`}>
            在通知原文里看
          </Link>
        </p>
      )}
    </Part>
  )
}

interface RemarksProps extends Pick<ReturnSideProps, 'page' | 'onGo'> {
  readonly title: string
  readonly remarks: ReturnPage['remarks']
}

/** The last first; those about the last filing stand out. */
function Remarks({ title, remarks, page, onGo }: RemarksProps) {
  if (remarks.length === 0) return null
  const round = lastRound(page)
  return (
    <Part title={title} count={remarks.length}>
      <ul>
        {remarks.toReversed().map((remark, index) => (
          <li
            key={index}
            className={`remark${remark.finding === null && remark.round === round && round > 0 ? ' remark--now' : ''}`}
          >
            <AtCell page={page} cell={remark.cell} onGo={onGo} />
            <p>{remark.text}</p>
            <p className="source-note">
              {remark.byName} {remark.on}
              {remark.finding !== null
                ? `，随${roundText(remark.round + 1)}`
                : remark.round > 0 && `，${roundText(remark.round)}后`}
            </p>
          </li>
        ))}
      </ul>
    </Part>
  )
}

function AtCell({ page, cell, onGo }: Pick<ReturnSideProps, 'page' | 'onGo'> & { cell: string | null }) {
  if (cell === null) return null
  return (
    <button type="button" className="linkish remark-cell" onClick={() => onGo(cell)}>
      {pointLabel(page, cell) ?? '本表没有的格'}
    </button>
  )
}

/** Where what was filed below is another figure than the one counted here, and why; and what was said with it. */
function FromBelow({ page, onGo }: Pick<ReturnSideProps, 'page' | 'onGo'>) {
  const { differences, remarksBelow } = page
  return (
    <>
      {differences.length > 0 && (
        <Part title="与下级所报不同" count={differences.length}>
          <ul>
            {differences.map(({ cell, returnId, unitName, filed, now, records, more }) => (
              <li key={`${cell}.${returnId}`} className="remark">
                <AtCell page={page} cell={cell} onGo={onGo} />
                <p>
                  <Link to={`/returns/${returnId}`}>{unitName}</Link>报 {filed === '' ? '空白' : filed}，这里计{' '}
                  {now === '' ? '空白' : now}
                </p>
                {records.map(({ recordId, change, occurredOn }) => (
                  <p key={`${recordId}.${change}`} className="difference">
                    <StateTag tone={change === 'added' ? 'orange' : 'grey'}>{changeWords[change]}</StateTag>
                    <Link to={`/hazards/${recordId}`}>{occurredOn} 的记录</Link>
                  </p>
                ))}
                {more > 0 && <p className="source-note">另有 {more} 条没有列出。</p>}
              </li>
            ))}
          </ul>
        </Part>
      )}
      {remarksBelow.length > 0 && (
        <Part title="下级的说明" count={remarksBelow.length}>
          <ul>
            {remarksBelow.map(({ returnId, unitName, label, text, byName, on }, index) => (
              <li key={index} className="remark">
                <p>
                  <Link to={`/returns/${returnId}`}>{unitName}</Link> {label}
                </p>
                <p>{text}</p>
                <p className="source-note">
                  {byName} {on}
                </p>
              </li>
            ))}
          </ul>
        </Part>
      )}
    </>
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
