import { showRecordCells, type HazardPage } from '@bihuan/contracts'
import type { ReactNode } from 'react'
import { Link } from 'react-router'
import { useRoute } from '../../../shared/api/use-route.js'
import { useCan } from '../../../shared/session/me.js'
import { FiveElements } from '../../../shared/show/five-elements.js'
import { GradeTag, StateTag } from '../../../shared/show/mark.js'
import { PhotoPair } from '../../../shared/show/photo-pair.js'
import { DateText, MoneyText } from '../../../shared/show/texts.js'
import { Timeline, type TimelineEvent } from '../../../shared/show/timeline.js'
import type { Tone } from '../../../shared/theme/colours.js'
import { Evidence, Papers, photosOf } from './hazard-files.js'
import { isUnfinished, measureText, sourceText } from './words.js'

/** What it is: the facts in the order in which an inspector tells them, photos before and after side by side. */
export function HazardWhat({ page }: { page: HazardPage }) {
  const { hazard, unitNames } = page
  const unit = (id: string | null) => (id === null ? null : (unitNames[id] ?? '（不在您的范围内）'))
  const named = [
    ['排查', hazard.named.finding],
    ['治理', hazard.named.rectifying],
    ['管控', hazard.named.controlling],
  ] as const
  return (
    <>
      <p className="hz-what">{hazard.description || <span className="quiet">还没有写描述</span>}</p>
      <PhotoPair {...photosOf(page)} over={!isUnfinished(hazard.status)} />
      <Papers page={page} />
      <dl className="hz-facts">
        <Fact name="企业或场所">
          {hazard.subject?.id && unitNames[hazard.subject.id] !== undefined ? (
            <Link to={`/enterprises/${hazard.subject.id}`}>{hazard.subject.name}</Link>
          ) : (
            hazard.subject?.name
          )}
        </Fact>
        <Fact name="位置">
          {[unit(hazard.territoryUnitId), hazard.placeText].filter(Boolean).join(' · ')}
          {hazard.position && (
            <span className="quiet">
              {' '}
              {hazard.position.lng.toFixed(5)}, {hazard.position.lat.toFixed(5)}
            </span>
          )}
        </Fact>
        <Fact name="行业">{hazard.sector}</Fact>
        <Fact name="来源">{sourceText(hazard.source)}</Fact>
        <Fact name="发现">
          {hazard.finder && (
            <>
              {hazard.finder.name} <span className="quiet">{unit(hazard.finder.unitId)}</span>{' '}
            </>
          )}
          <DateText date={hazard.foundOn} />
        </Fact>
        <Fact name="等级">
          <GradeTag grade={hazard.grade} /> {hazard.gradeReason}
          {hazard.criteriaItem && (
            <span className="quiet">
              {' '}
              {hazard.criteriaItem.standard} {hazard.criteriaItem.item}
            </span>
          )}
          {hazard.gradeJudgedBy && <span className="quiet"> {hazard.gradeJudgedBy.name}判定</span>}
        </Fact>
        <Fact name="整改责任">{unit(hazard.responsibleUnitId)}</Fact>
        <Fact name="监管">{unit(hazard.authorityUnitId)}</Fact>
        {hazard.listing && (
          <Fact name="挂牌督办">
            《{hazard.listing.documentName}》（{hazard.listing.documentNumber}） <DateText date={hazard.listing.on} />
          </Fact>
        )}
        {named.some(([, person]) => person !== null) && (
          <Fact name="责任到人">
            {named
              .filter(([, person]) => person !== null)
              .map(([link, person]) => `${link} ${person?.name ?? ''}`)
              .join('，')}
          </Fact>
        )}
        {hazard.remark !== '' && <Fact name="备注">{hazard.remark}</Fact>}
        <Fact name="行动">{page.campaignName}</Fact>
      </dl>
    </>
  )
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <>
      <dt>{name}</dt>
      <dd>{children || <span className="quiet">未填</span>}</dd>
    </>
  )
}

/** 五落实, once there is something to rectify; what was done on the spot needs none and says so. */
export function HazardElements({ page }: { page: HazardPage }) {
  const { rectification, deadline } = page.hazard
  if (rectification?.mode === 'immediate') {
    return (
      <p className="hz-immediate">
        <StateTag tone="green">立即整改</StateTag> {rectification.measures || '没有写措施'}
        {deadline && (
          <span className="quiet">
            {' '}
            时限 <DateText date={deadline} />
          </span>
        )}
      </p>
    )
  }
  const plan = rectification?.mode === 'planned' ? rectification : null
  return (
    <FiveElements
      filled={{
        person: plan?.responsible.name,
        measures: plan?.measures,
        funds: plan ? <MoneyText wan={plan.funds} /> : undefined,
        // The limit set at registration binds, but is no element of a plan yet.
        deadline: plan?.deadline,
        contingency: plan?.contingency,
      }}
    />
  )
}

const eventTones: Readonly<Record<string, Tone>> = {
  register: 'blue',
  'reinspect-passed': 'green',
  'sign-off': 'green',
  'reinspect-failed': 'red',
  'send-back': 'red',
  reopen: 'red',
  'list-for-supervision': 'red',
  cancel: 'grey',
  transfer: 'yellow',
}

/** What happened, newest first: the reader mostly asks how it stands, and then how it came to that. */
export function HazardHistory({ page, newest }: { page: HazardPage; newest?: number }) {
  const events = page.events.toReversed().slice(0, newest)
  return (
    <Timeline
      label="经过"
      events={events.map((event): TimelineEvent => {
        const [what = '', ...note] = event.sentence.split('：')
        const evidence = event.fileIds.length > 0 ? <Evidence page={page} fileIds={event.fileIds} /> : undefined
        return {
          id: String(event.ordinal),
          at: event.recordedAt,
          who: event.personName,
          post: event.unitName,
          what: (
            <>
              {what}
              {event.position !== null && (
                <span className="hz-seal" title="已封入审计链的位置，事后不能改动">
                  №{event.position}
                </span>
              )}
            </>
          ),
          ...(note.length > 0 ? { note: note.join('：') } : {}),
          ...(evidence ? { evidence } : {}),
          tone: eventTones[event.type] ?? 'grey',
        }
      })}
    />
  )
}

/** Where it counts: what it has put into the ledger of facts, and what was taken back. */
export function HazardCounts({ page }: { page: HazardPage }) {
  if (page.facts.length === 0) {
    return (
      <p className="quiet">
        {page.hazard.status === 'draft' ? '草稿不计入任何报表，登记后计入。' : '现在不计入任何报表。'}
      </p>
    )
  }
  const reversed = new Set(page.facts.map(({ reverses }) => reverses))
  return (
    <ul className="hz-counts">
      {page.facts.map((fact) => (
        <li key={fact.id} className={reversed.has(fact.id) ? 'hz-count--back' : ''}>
          <span className="hz-count-amount">{fact.amount > 0 ? `+${fact.amount}` : `−${-fact.amount}`}</span>
          <span>
            {measureText(fact.measure)}
            {fact.reverses !== null && '（冲销）'}
            <span className="quiet">
              {' '}
              计入 <DateText date={fact.occurredOn} />
              {fact.position === null ? '，待入账' : `，账本第 ${fact.position} 号`}
            </span>
          </span>
        </li>
      ))}
    </ul>
  )
}

/** The cells of the tables that this hazard is counted in today, each of which opens on it. */
export function HazardCells({ page }: { page: HazardPage }) {
  const mayRead = useCan('table.read') && page.facts.length > 0
  const cells = useRoute(
    showRecordCells,
    { params: { recordId: page.hazard.id } },
    // A hazard that has moved on counts elsewhere.
    { when: mayRead, staleMs: 0, keep: true },
  )
  if (!mayRead) return null
  if (cells.error) return <p className="quiet">计入的调度表没有载入。{cells.error.message}</p>
  if (!cells.data) return <p className="quiet">正在查找计入的调度表……</p>
  if (cells.data.items.length === 0) return <p className="quiet">本单位现在的调度表没有计入它。</p>
  return (
    <ul className="hz-cells" aria-label="计入的调度表">
      {cells.data.items.map((table) => (
        <li key={table.tableId}>
          <p className="hz-cells-table">
            {table.title} <span className="quiet">{table.unitName}</span>
          </p>
          <ul>
            {table.cells.map((cell) => (
              <li key={cell.key}>
                <Link to={`/tables/${table.tableId}?unit=${table.unitId}&cell=${cell.key}`}>{cell.label}</Link>
              </li>
            ))}
          </ul>
        </li>
      ))}
    </ul>
  )
}
