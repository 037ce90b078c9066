import type { CampaignPage } from '@bihuan/contracts'
import { Section } from '../../../shared/layout/page.js'
import { DateText } from '../../../shared/show/texts.js'
import { changeMarks } from './correction-changes.js'
import './correction.css'

/** The corrected notices that the campaign was brought in line with: who, why, what was taken over and what not. */
export function Corrections({ corrections }: Pick<CampaignPage, 'corrections'>) {
  if (corrections.length === 0) return null
  return (
    <Section title="通知的更正" id="corrections" note={`${corrections.length} 次`}>
      {corrections.map((one) => {
        const applied = one.changes.filter((change) => change.applied)
        const left = one.changes.length - applied.length
        return (
          <details key={one.id}>
            <summary>
              <DateText date={one.recordedAt} /> {one.personName}：{one.reason}
              <span className="quiet">
                （{one.name}，应用 {applied.length} 项{left > 0 && `，${left} 项没有应用`}）
              </span>
            </summary>
            <ul className="correction-history">
              {one.changes.map((change, at) => (
                <li key={at} className={change.applied ? undefined : 'quiet'}>
                  {change.part} {changeMarks[change.kind].label}：{change.title}
                  {!change.applied && '（没有应用）'}
                </li>
              ))}
            </ul>
          </details>
        )
      })}
    </Section>
  )
}
