import type { ReturnPage } from '@bihuan/contracts'
import { hazardStatusLabels } from '@bihuan/domain'
import { Link } from 'react-router'
import './returns.css'

const stateWords: Readonly<Record<string, string>> = hazardStatusLabels

/** A return that is filed by ledger: no form, the records themselves. */
export function ReturnLedger({ rows }: { readonly rows: NonNullable<ReturnPage['ledger']> }) {
  if (rows.length === 0) {
    return <p className="return-ledger-none">到统计截止日没有要报的隐患。确认没有的，签名时选“零报告”。</p>
  }
  return (
    <table className="return-ledger" aria-label="上报的清单">
      <thead>
        <tr>
          <th scope="col">编号</th>
          <th scope="col">隐患</th>
          <th scope="col">企业或场所</th>
          <th scope="col">检查日期</th>
          <th scope="col">状态</th>
        </tr>
      </thead>
      <tbody>
        {rows.map(({ recordId, code, description, subjectName, foundOn, state }) => (
          <tr key={recordId}>
            <td>{code}</td>
            <td>
              <Link to={`/hazards/${recordId}`}>{description}</Link>
            </td>
            <td>{subjectName}</td>
            <td>{foundOn}</td>
            <td>{stateWords[state] ?? ''}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
