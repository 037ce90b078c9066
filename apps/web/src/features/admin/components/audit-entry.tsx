import { showAuditEntry } from '@bihuan/contracts'
import { useRoute } from '../../../shared/api/use-route.js'
import { DateText } from '../../../shared/show/texts.js'
import { Answered } from '../../../shared/states/answered.js'
import { changesOf } from './changes.js'
import { fieldName } from './field-names.js'
import { wayLabel } from './ways.js'

/** One entry with what was before and after, member by member, and what seals it. */
export function AuditEntry({ entryId }: { entryId: string }) {
  const answer = useRoute(showAuditEntry, { params: { entryId } })
  return (
    <Answered answer={answer}>
      {(entry) => {
        const changes = changesOf(entry.before, entry.after)
        return (
          <div className="account">
            <h3>{entry.actionName}</h3>
            <dl className="admin-facts">
              <dt>人员</dt>
              <dd>
                {entry.personName}
                {entry.unitName !== null && <span className="quiet"> {entry.unitName}</span>}
              </dd>
              <dt>时间</dt>
              <dd>
                <DateText date={entry.at} />
              </dd>
              <dt>来源</dt>
              <dd>
                {entry.address} <span className="quiet">{wayLabel(entry.via)}</span>
              </dd>
              <dt>对象</dt>
              <dd>
                {entry.objectKindName} <code className="audit-code">{entry.objectId ?? ''}</code>
              </dd>
              <dt>事项代码</dt>
              <dd>
                <code className="audit-code">{entry.action}</code>
              </dd>
            </dl>
            {changes.length > 0 && (
              <section className="account-part" aria-label="改动">
                <h3>之前与之后</h3>
                <table className="audit-changes">
                  <tbody>
                    {changes.map(({ key, before, after }) => (
                      <tr key={key}>
                        <th scope="row" title={key}>
                          {fieldName(key)}
                        </th>
                        <td>{before === null ? <span className="quiet">—</span> : <del>{before}</del>}</td>
                        <td>{after === null ? <span className="quiet">—</span> : <ins>{after}</ins>}</td>
                      </tr>
                    ))}
                  </tbody>
                </table>
              </section>
            )}
            {entry.detail !== null && entry.detail !== undefined && (
              <details className="account-part">
                <summary>随附内容</summary>
                <pre className="audit-detail">{JSON.stringify(entry.detail, null, 2)}</pre>
              </details>
            )}
            <section className="account-part" aria-label="封存">
              <h3>封存</h3>
              {entry.position === null ? (
                <p className="quiet">刚刚发生，几秒内封存。</p>
              ) : (
                <dl className="admin-facts">
                  <dt>封存号</dt>
                  <dd>
                    {entry.position}，<DateText date={entry.sealedAt} />
                  </dd>
                  <dt>内容摘要</dt>
                  <dd>
                    <code className="audit-code">{entry.entryHash}</code>
                  </dd>
                  <dt>链上摘要</dt>
                  <dd>
                    <code className="audit-code">{entry.chainHash}</code>
                  </dd>
                </dl>
              )}
            </section>
          </div>
        )
      }}
    </Answered>
  )
}
