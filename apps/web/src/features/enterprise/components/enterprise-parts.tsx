import { revealEnterprisePhone, type EnterprisePage, type EnterpriseView } from '@bihuan/contracts'
import { alternativeKeyKinds, hazardStatusLabels } from '@bihuan/domain'
import type { ReactNode } from 'react'
import { Link } from 'react-router'
import { call } from '../../../shared/api/call.js'
import { GradeTag } from '../../../shared/show/mark.js'
import { DateText, FigureLink, PersonText } from '../../../shared/show/texts.js'
import { CodeText, FlagTags, sizeText, StatusTag } from './words.js'
import './enterprise.css'

/** Status, flags, code: what one looks at first. */
export function EnterpriseHead({ enterprise }: { enterprise: EnterpriseView }) {
  return (
    <div className="ent-head">
      <StatusTag status={enterprise.status} washed />
      <FlagTags flags={enterprise.flags} washed />
      <CodeText code={enterprise.creditCode ?? enterprise.alternativeKey?.number ?? null} />
    </div>
  )
}

function Fact({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div className="ent-fact">
      <dt>{label}</dt>
      <dd>{children}</dd>
    </div>
  )
}

const unseen = <span className="quiet">不在您的管辖范围内</span>
const dash = <span className="quiet">—</span>

export function EnterprisePeople({ page }: { page: EnterprisePage }) {
  const { enterprise, abilities } = page
  const person = (of: 'principal' | 'safetyManager') => {
    const contact = enterprise[of]
    if (contact === null) return <span className="quiet">未填写</span>
    const reveal = async () =>
      (await call(revealEnterprisePhone, { params: { enterpriseId: enterprise.id }, body: { of } })).phone ?? '没有电话'
    return (
      <PersonText
        key={enterprise.id}
        name={contact.name}
        phone={contact.phone}
        {...(abilities['reveal'] === true ? { onReveal: reveal } : {})}
      />
    )
  }
  return (
    <dl className="ent-facts">
      <Fact label="主要负责人">{person('principal')}</Fact>
      <Fact label="安全管理人员">{person('safetyManager')}</Fact>
    </dl>
  )
}

export function EnterpriseFacts({ page }: { page: EnterprisePage }) {
  const { enterprise } = page
  const { alternativeKey, position } = enterprise
  return (
    <dl className="ent-facts">
      <Fact label="地址">
        {enterprise.address}
        {position !== null && (
          <span className="quiet ent-position">
            {position.longitude}，{position.latitude}
          </span>
        )}
      </Fact>
      <Fact label="行业领域">{[enterprise.leadSector, ...enterprise.otherSectors].join('、')}</Fact>
      <Fact label="规模">{sizeText(enterprise.size, enterprise.employees)}</Fact>
      <Fact label="属地">{enterprise.territory.name ?? unseen}</Fact>
      <Fact label="行业主管部门">
        {enterprise.leadRegulator === null ? (
          <span className="quiet">未明确</span>
        ) : (
          (enterprise.leadRegulator.name ?? unseen)
        )}
      </Fact>
      {enterprise.otherRegulators.length > 0 && (
        <Fact label="共管部门">
          {enterprise.otherRegulators.map(({ name }) => name ?? '（不在管辖范围）').join('、')}
        </Fact>
      )}
      {alternativeKey !== null && <Fact label={alternativeKeyKinds[alternativeKey.kind]}>{alternativeKey.number}</Fact>}
      <Fact label="出租方">
        {enterprise.landlord === null ? (
          dash
        ) : enterprise.landlord.name === null ? (
          unseen
        ) : (
          <Link to={`/enterprises/${enterprise.landlord.id}`}>{enterprise.landlord.name}</Link>
        )}
      </Fact>
    </dl>
  )
}

function hazardStateLabel(state: string): string {
  return Object.hasOwn(hazardStatusLabels, state) ? hazardStatusLabels[state as keyof typeof hazardStatusLabels] : state
}

/** Open hazards by state, and the last ones found; each figure opens the ledger. */
export function EnterpriseHazards({ page }: { page: EnterprisePage }) {
  const { hazards, enterprise } = page
  if (hazards === null) return null
  const ledger = `/hazards?subject=${enterprise.id}`
  return (
    <div className="ent-hazards">
      <p className="ent-counts">
        <span>
          未销号隐患 <FigureLink value={hazards.open} unit="条" to={ledger} label="未销号隐患" />
        </span>
        {hazards.overdue > 0 && (
          <span className="ent-overdue">
            其中超期 <FigureLink value={hazards.overdue} unit="条" to={`${ledger}&overdue=yes`} label="超期隐患" />
          </span>
        )}
        {hazards.byState.map(({ state, count }) => (
          <span key={state} className="quiet">
            {hazardStateLabel(state)}{' '}
            <FigureLink value={count} to={`${ledger}&state=${state}`} label={hazardStateLabel(state)} />
          </span>
        ))}
      </p>
      {hazards.latest.length === 0 ? (
        <p className="quiet">没有登记过隐患。</p>
      ) : (
        <ul className="ent-latest" aria-label="最近的隐患">
          {hazards.latest.map((hazard) => (
            <li key={hazard.id}>
              <Link to={`/hazards/${hazard.id}`} className="ent-latest-what">
                {hazard.description || hazard.code}
              </Link>
              <span className="ent-latest-facts">
                <GradeTag grade={hazard.grade} />
                <span>{hazardStateLabel(hazard.state)}</span>
                <span className="quiet">
                  <DateText date={hazard.foundOn} />
                </span>
              </span>
            </li>
          ))}
        </ul>
      )}
    </div>
  )
}
