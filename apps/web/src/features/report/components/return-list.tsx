import type { ReturnRow } from '@bihuan/contracts'
import { narrativeKindLabels } from '@bihuan/domain'
import { Link } from 'react-router'
import { StateTag } from '../../../shared/show/mark.js'
import { latenessOf, lookText, statusOf } from './return-words.js'

/** Returns one a line; the whole line opens it. On the phone a line is a card. */
export function ReturnList({
  rows,
  received,
  label,
}: {
  rows: readonly ReturnRow[]
  received: boolean
  label: string
}) {
  return (
    <table className={`returns${received ? ' returns--received' : ''}`} aria-label={label}>
      <thead>
        <tr>
          <th scope="col">报表</th>
          {received && <th scope="col">填报单位</th>}
          <th scope="col">报送期</th>
          <th scope="col">期限</th>
          <th scope="col">状态</th>
          <th scope="col" className="returns-back">
            退回
          </th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <Row key={row.id} row={row} received={received} />
        ))}
      </tbody>
    </table>
  )
}

function Row({ row, received }: { row: ReturnRow; received: boolean }) {
  const lateness = latenessOf(row)
  const status = statusOf(row.status)
  return (
    <tr>
      <td className="returns-title">
        <div>
          <Link to={`/returns/${row.id}`} title={`${row.title} · ${row.campaignName}`}>
            {row.title}
          </Link>
          {row.narrative !== null && <span className="return-sector">{narrativeKindLabels[row.narrative]}</span>}
          {row.sector !== '' && <span className="return-sector">{row.sector}</span>}
          <span className="returns-campaign" title={row.campaignName}>
            {row.campaignName}
          </span>
        </div>
      </td>
      {received && (
        <td className="returns-unit" title={row.unitName}>
          {row.unitName}
        </td>
      )}
      <td className="returns-period">{row.periodTitle}</td>
      <td className="returns-due">
        <span>{row.excusedUntil ?? row.dueOn}</span>
        {row.excusedUntil !== null && (
          <span className="quiet" title={`原期限 ${row.dueOn}`}>
            （已延期）
          </span>
        )}
        {row.provisional && (
          <span className="quiet" title="当年节假日安排尚未公布，日期可能变动">
            （暂定）
          </span>
        )}
        <StateTag tone={lateness.tone}>{lateness.text}</StateTag>
      </td>
      <td className="returns-status">
        <StateTag tone={status.tone}>{status.text}</StateTag>
        {row.nil && <span className="return-sector">零报告</span>}
        {lookText(row.look) !== '' && <span className="quiet returns-look">{lookText(row.look)}</span>}
      </td>
      <td className="returns-back">{row.timesSentBack === 0 ? '' : `${row.timesSentBack} 次`}</td>
    </tr>
  )
}
