import type { CircularUnit } from '@bihuan/contracts'
import { rateOf, rateText } from '@bihuan/domain'
import type { Behind } from './circular-records.js'

interface CircularUnitsProps {
  readonly units: readonly CircularUnit[]
  readonly onOpen: (unit: CircularUnit, figure: Behind['figure'], span: Behind['span']) => void
}

/** Unit by unit; every figure opens what it counts. */
export function CircularUnits({ units, onOpen }: CircularUnitsProps) {
  const labels = [...new Set(units.flatMap(({ known }) => known.map(labelOf)))]
  return (
    <section aria-label="各单位">
      <h2>各单位</h2>
      <div className="circular-scroll">
        <table className="circular-table" aria-label="各单位">
          <thead>
            <tr>
              <th scope="col">单位</th>
              <th scope="col">本期发现</th>
              <th scope="col">已整改</th>
              <th scope="col">累计发现</th>
              <th scope="col">已整改</th>
              <th scope="col">整改率</th>
              <th scope="col">超期</th>
              <th scope="col">挂牌</th>
              {labels.map((label) => (
                <th key={label} scope="col">
                  {label}
                </th>
              ))}
              <th scope="col">按时/迟报/未报</th>
              <th scope="col">退回</th>
              <th scope="col">得分</th>
            </tr>
          </thead>
          <tbody>
            {units.map((unit) => (
              <Row key={unit.unitId} unit={unit} labels={labels} onOpen={onOpen} />
            ))}
          </tbody>
        </table>
      </div>
      {units.some(({ side }) => side === 'department') && (
        <p className="source-note">部门的数为本部门检查发现的，与所在镇街的是同一批记录，不重复相加。</p>
      )}
    </section>
  )
}

const labelOf = ({ label, unit }: CircularUnit['known'][number]): string =>
  unit === null ? label : `${label}（${unit}）`

function Row({
  unit,
  labels,
  onOpen,
}: { unit: CircularUnit; labels: readonly string[] } & Pick<CircularUnitsProps, 'onOpen'>) {
  const { unitName, period, total, overdue, known, returns } = unit
  const figure = (value: number, what: 'found' | 'rectified' | 'listed', span: Behind['span'], name: string) => (
    <td className="number">
      {value === 0 ? (
        0
      ) : (
        <button
          type="button"
          className="linkish"
          aria-label={`${unitName}${name} ${value}`}
          onClick={() => onOpen(unit, what, span)}
        >
          {value}
        </button>
      )}
    </td>
  )
  return (
    <tr>
      <th scope="row">{unitName}</th>
      {figure(period.found, 'found', 'period', '本期发现')}
      {figure(period.rectified, 'rectified', 'period', '本期发现已整改')}
      {figure(total.found, 'found', 'total', '累计发现')}
      {figure(total.rectified, 'rectified', 'total', '累计已整改')}
      <td className="number">{rateText(rateOf(total))}</td>
      <td className={`number${overdue > 0 ? ' circular-over' : ''}`}>{overdue}</td>
      {figure(total.listed, 'listed', 'total', '挂牌督办')}
      {labels.map((label) => (
        <td key={label} className="number">
          {known.find((one) => labelOf(one) === label)?.text ?? '—'}
        </td>
      ))}
      <td className="number">
        {returns.rows.length === 0 ? (
          '—'
        ) : (
          <button
            type="button"
            className="linkish"
            aria-label={`${unitName}报送情况`}
            onClick={() => onOpen(unit, 'returns', 'period')}
          >
            {returns.onTime}/{returns.late}/{returns.missing}
          </button>
        )}
      </td>
      <td className="number">{returns.sentBack}</td>
      <td className="number">{returns.score ?? '—'}</td>
    </tr>
  )
}
