import { circularRecords, type CircularUnit } from '@bihuan/contracts'
import { hazardStatusLabels } from '@bihuan/domain'
import { Link } from 'react-router'
import { useRoute } from '../../../shared/api/use-route.js'
import { SidePanel } from '../../../shared/list/side-panel.js'
import { StateTag } from '../../../shared/show/mark.js'
import { Answered } from '../../../shared/states/answered.js'
import { latenessOf } from './return-words.js'

export interface Behind {
  readonly unit: CircularUnit
  readonly figure: 'found' | 'rectified' | 'listed' | 'returns'
  readonly span: 'period' | 'total'
}

const titles = {
  found: '发现的重大事故隐患',
  rectified: '已完成整改的',
  listed: '挂牌督办的',
  returns: '报送情况',
} as const
const stateWords: Readonly<Record<string, string>> = hazardStatusLabels

/** What stands behind one figure of a circular, as it was known when it was drafted. */
export function CircularRecords({
  circularId,
  behind,
  onClose,
}: {
  circularId: string
  behind: Behind
  onClose: () => void
}) {
  const { unit, figure, span } = behind
  const title = `${unit.unitName}：${figure === 'returns' ? '' : span === 'period' ? '本期' : '累计'}${titles[figure]}`
  return (
    <SidePanel label="数字的来源" title={title} width={400} onClose={onClose}>
      {figure === 'returns' ? (
        <Returns unit={unit} />
      ) : (
        <Hazards circularId={circularId} unitId={unit.unitId} figure={figure} span={span} />
      )}
    </SidePanel>
  )
}

function Hazards(asked: {
  circularId: string
  unitId: string
  figure: 'found' | 'rectified' | 'listed'
  span: Behind['span']
}) {
  const { circularId, unitId, figure, span } = asked
  const records = useRoute(circularRecords, { params: { circularId, unitId }, query: { figure, span } })
  return (
    <Answered answer={records} loading="list">
      {({ items, hidden }) => (
        <>
          <ul className="circular-records">
            {items.map(({ recordId, code, description, subjectName, state, foundOn }) => (
              <li key={recordId}>
                <Link to={`/hazards/${recordId}`}>{description}</Link>
                <p className="source-note">
                  {code} {subjectName} {foundOn} {stateWords[state] ?? ''}
                </p>
              </li>
            ))}
          </ul>
          {hidden > 0 && <p className="source-note">另有 {hidden} 条不在您的管辖范围内，不列出。</p>}
        </>
      )}
    </Answered>
  )
}

function Returns({ unit }: { unit: CircularUnit }) {
  return (
    <ul className="circular-records">
      {unit.returns.rows.map((row) => {
        const lateness = latenessOf({ timeliness: row.state, daysLate: row.daysLate })
        return (
          <li key={row.returnId}>
            <Link to={`/returns/${row.returnId}`}>
              {row.title} {row.periodTitle}
            </Link>{' '}
            <StateTag tone={lateness.tone}>{lateness.text}</StateTag>
            {row.timesSentBack > 0 && <span className="quiet"> 退回 {row.timesSentBack} 次</span>}
          </li>
        )
      })}
    </ul>
  )
}
