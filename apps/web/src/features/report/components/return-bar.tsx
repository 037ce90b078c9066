import type { ReturnPage } from '@bihuan/contracts'
import type { ReactNode } from 'react'
import { StateTag } from '../../../shared/show/mark.js'
import { latenessOf, receiverNote, roundText, statusOf } from './return-words.js'

/** Whose return of which period, what it counts, by when, and where it stands. */
export function ReturnBar({ page }: { page: ReturnPage }) {
  const lateness = latenessOf(page)
  const status = statusOf(page.status)
  const receivers = page.receivers.map((one) => `${one.name}${receiverNote(one, page)}`).join('、')
  return (
    <dl className="return-bar">
      <Fact label="填报单位" wide plain title={page.unitName}>
        <b>{page.unitName}</b>
        {page.unitDissolvedOn !== null && <span className="quiet">（{page.unitDissolvedOn} 撤销）</span>}
      </Fact>
      <Fact label="报送期" plain>
        <b>{page.periodTitle}</b>
        {page.sector !== '' && <span className="return-sector">{page.sector}</span>}
      </Fact>
      <Fact label="统计">
        {page.campaign.startsOn} 至 {page.countedTo}
        {page.countedTo < page.cutOff && (
          <span className="quiet" title="签名当天为止；签名前每天往后数">
            （截止日 {page.cutOff}）
          </span>
        )}
      </Fact>
      <Fact label="期限">
        <span>{page.excusedUntil ?? page.dueOn}</span>
        {page.excusedUntil !== null && <span className="quiet">（原 {page.dueOn}，已准予延期）</span>}
        {page.provisional && (
          <span className="quiet" title="当年节假日安排尚未公布，日期可能变动">
            （暂定）
          </span>
        )}
        <StateTag tone={lateness.tone}>{lateness.text}</StateTag>
      </Fact>
      <Fact label="状态" plain>
        <StateTag tone={status.tone} washed>
          {status.text}
        </StateTag>
        {page.nil && <span className="return-sector">零报告</span>}
        {page.round > 0 && <span className="quiet">{roundText(page.round)}</span>}
        {page.timesSentBack > 0 && <span className="quiet">退回过 {page.timesSentBack} 次</span>}
      </Fact>
      <Fact label="报给" wide title={receivers}>
        {page.receivers.map((receiver, index) => (
          <span key={receiver.id}>
            {index > 0 && '、'}
            {receiver.name}
            <span className="quiet">{receiverNote(receiver, page)}</span>
          </span>
        ))}
      </Fact>
    </dl>
  )
}

interface FactProps {
  readonly label: string
  readonly wide?: boolean
  /** Says what it is without its label, where there is no room for one. */
  readonly plain?: boolean
  /** In full, where the line has no room for it. */
  readonly title?: string
  readonly children: ReactNode
}

function Fact({ label, wide = false, plain = false, title, children }: FactProps) {
  return (
    <div className={`return-fact${wide ? ' return-fact--wide' : ''}${plain ? ' return-fact--plain' : ''}`}>
      <dt>{label}</dt>
      <dd title={title}>{children}</dd>
    </div>
  )
}
