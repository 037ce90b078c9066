import { listPeople, revealPersonPhone, showUnit, type PlacementView, type UnitPage } from '@bihuan/contracts'
import Button from 'antd/es/button'
import { Fragment } from 'react'
import { Link } from 'react-router'
import { call } from '../../../shared/api/call.js'
import { useRoute } from '../../../shared/api/use-route.js'
import { Section } from '../../../shared/layout/page.js'
import { useAddressState } from '../../../shared/list/address-state.js'
import { StateTag } from '../../../shared/show/mark.js'
import { DateText, PersonText } from '../../../shared/show/texts.js'
import { Answered } from '../../../shared/states/answered.js'

export function UnitView({ unitId, onBack }: { unitId: string; onBack?: () => void }) {
  const answer = useRoute(showUnit, { params: { unitId } })
  return (
    <div className="unit">
      {onBack && (
        <button type="button" className="linkish unit-back" onClick={onBack}>
          ‹ 全部单位
        </button>
      )}
      <Answered answer={answer}>{(unit) => <Unit unit={unit} />}</Answered>
    </div>
  )
}

function Unit({ unit }: { unit: UnitPage }) {
  const [, change] = useAddressState()
  const may = unit.abilities
  const open = (act: string) => change({ do: act, of: null, unit: unit.id })
  const acts = [
    ['addBelow', 'add', '在下面登记单位'],
    ['move', 'move', '调整隶属'],
    ['rename', 'rename', '改名称、代码'],
    ['dissolve', 'dissolve', '撤销'],
  ] as const
  return (
    <>
      <div className="unit-head">
        <nav className="unit-above quiet" aria-label="上级">
          {unit.above.map((above) => (
            <Fragment key={above.id}>
              <UnitLink id={above.id} name={above.name} /> /{' '}
            </Fragment>
          ))}
        </nav>
        <div className="unit-title">
          <h2>{unit.name}</h2>
          <span className="quiet">
            {unit.kindName}
            {unit.code !== null && ` · ${unit.code}`}
            {` · ${unit.existsFrom} 设立`}
          </span>
          {unit.dissolvedOn !== null && <StateTag tone="grey">{unit.dissolvedOn} 撤销</StateTag>}
        </div>
        <div className="unit-acts">
          {acts.map(
            ([ability, act, label]) =>
              may[ability] === true && (
                <Button key={act} onClick={() => open(act)}>
                  {label}
                </Button>
              ),
          )}
          {unit.kind === 'enterprise' && <Link to={`/enterprises/${unit.id}`}>打开企业页</Link>}
        </div>
      </div>
      <Placements unit={unit} axis="territory" title="属地隶属（块）" nobody="最高一级" />
      <Placements unit={unit} axis="line" title="条线隶属（条）" nobody="没有条线上级" />
      <Responsibilities unit={unit} />
      <People unitId={unit.id} />
      {unit.below.length > 0 && (
        <Section title="下级单位" note={`${unit.below.length} 个`}>
          <ul className="unit-below">
            {unit.below.map((one) => (
              <li key={one.id}>
                <UnitLink id={one.id} name={one.name} />
                {one.dissolvedOn !== null && <span className="quiet">（已撤销）</span>}
              </li>
            ))}
          </ul>
        </Section>
      )}
    </>
  )
}

const states = {
  present: { tone: 'green', label: '现在' },
  past: { tone: 'grey', label: '曾经' },
  future: { tone: 'blue', label: '将要' },
  cancelled: { tone: 'orange', label: '已更正' },
} as const

function Placements({
  unit,
  axis,
  title,
  nobody,
}: {
  unit: UnitPage
  axis: PlacementView['axis']
  title: string
  nobody: string
}) {
  const [, change] = useAddressState()
  const rows = unit.placements.filter((placement) => placement.axis === axis)
  // A unit that never answered to anybody on the line has one row that says nothing.
  const silent = axis === 'line' && rows.every(({ parent }) => parent === null)
  return (
    <Section
      title={title}
      acts={
        unit.abilities['move'] === true && axis === 'line' ? (
          <button
            type="button"
            className="linkish"
            onClick={() => change({ do: 'move-line', of: null, unit: unit.id })}
          >
            {silent ? '设条线上级' : '调整'}
          </button>
        ) : undefined
      }
    >
      {silent ? (
        <p className="quiet">没有条线上级。</p>
      ) : (
        <ol className="placements">
          {rows.map((row) => (
            <li key={row.id} className={`placement placement--${row.state}`}>
              <span className="placement-what">
                {row.parent === null ? nobody : <UnitLink id={row.parent.id} name={row.parent.name} />}
              </span>
              <span className="placement-when">
                <DateText date={row.validFrom} /> 起{row.validUntil !== null && <>，至 {row.validUntil}</>}
              </span>
              <StateTag tone={states[row.state].tone}>{states[row.state].label}</StateTag>
              <span className="quiet placement-known">
                {row.recordedBy} <DateText date={row.recordedAt} /> 登记
                {row.position === null ? '，待封存' : `，账本第 ${row.position} 号`}
                {row.cancelled && (
                  <>
                    ；{row.cancelled.by} <DateText date={row.cancelled.at} /> 撤回
                    {row.cancelled.position !== null && `（第 ${row.cancelled.position} 号）`}
                  </>
                )}
              </span>
              {unit.abilities['move'] === true && row.state !== 'cancelled' && (
                <button
                  type="button"
                  className="linkish"
                  aria-label={`更正 ${row.validFrom} 起的隶属`}
                  onClick={() => change({ do: 'correct', of: row.id, unit: unit.id })}
                >
                  更正
                </button>
              )}
            </li>
          ))}
        </ol>
      )}
    </Section>
  )
}

const dutyLabel = { lead: '牵头', support: '配合' } as const

function Responsibilities({ unit }: { unit: UnitPage }) {
  const [, change] = useAddressState()
  const lines = unit.responsibilities
  return (
    <Section
      title="责任分工"
      acts={
        unit.abilities['addResponsibility'] === true ? (
          <button type="button" className="linkish" onClick={() => change({ do: 'duty', of: null, unit: unit.id })}>
            登记分工
          </button>
        ) : undefined
      }
    >
      {lines.length === 0 ? (
        <p className="quiet">没有登记牵头或配合的行业领域。</p>
      ) : (
        <ul className="duties">
          {lines.map((line) => (
            <li key={line.id}>
              <strong>{line.sector}</strong>
              <span>{dutyLabel[line.role]}</span>
              <span className="quiet">
                {line.validFrom} 起{line.validUntil !== null && `，至 ${line.validUntil}`}
              </span>
              {line.abilities['end'] === true && line.validUntil === null && (
                <button
                  type="button"
                  className="linkish"
                  onClick={() => change({ do: 'end-duty', of: line.id, unit: unit.id })}
                >
                  终止
                </button>
              )}
            </li>
          ))}
        </ul>
      )}
    </Section>
  )
}

function People({ unitId }: { unitId: string }) {
  const answer = useRoute(listPeople, { params: { unitId } })
  return (
    <Section title="人员">
      <Answered
        answer={answer}
        loading="text"
        isEmpty={({ items }) => items.length === 0}
        empty={{
          what: '没有可以看到的人员',
          how: '这里列出在本单位任职、且在您管辖范围内的人。账户由系统管理员建立。',
        }}
      >
        {({ items }) => (
          <ul className="people">
            {items.map((person) => (
              <li key={person.id}>
                <PersonText
                  name={person.name}
                  post={person.post}
                  phone={person.phone}
                  {...(person.abilities['reveal'] === true
                    ? {
                        onReveal: async () =>
                          (await call(revealPersonPhone, { params: { accountId: person.id } })).phone ?? '没有登记电话',
                      }
                    : {})}
                />
                <span className="quiet">{person.roles.join('、')}</span>
              </li>
            ))}
          </ul>
        )}
      </Answered>
    </Section>
  )
}

function UnitLink({ id, name }: { id: string; name: string }) {
  const [, , search] = useAddressState()
  const to = new URLSearchParams(search)
  to.set('unit', id)
  to.delete('do')
  to.delete('of')
  return <Link to={`/units?${to.toString()}`}>{name}</Link>
}
