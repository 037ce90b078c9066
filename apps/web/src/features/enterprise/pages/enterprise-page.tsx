import { showEnterprise, type EnterprisePage as EnterpriseAnswer } from '@bihuan/contracts'
import Button from 'antd/es/button'
import { Link, useNavigate, useParams } from 'react-router'
import { useRoute } from '../../../shared/api/use-route.js'
import { Page, Section } from '../../../shared/layout/page.js'
import { DateText } from '../../../shared/show/texts.js'
import { Answered } from '../../../shared/states/answered.js'
import { EnterpriseFacts, EnterpriseHazards, EnterpriseHead, EnterprisePeople } from '../components/enterprise-parts.js'
import { StatusTag } from '../components/words.js'
import '../components/enterprise.css'

/** 企业一页: what an inspector reads in the car. What decides stands on top: what is open, and whom to call. */
export function EnterprisePage() {
  const { enterpriseId = '' } = useParams()
  const answer = useRoute(showEnterprise, { params: { enterpriseId } })
  return <Answered answer={answer}>{(page) => <Shown page={page} />}</Answered>
}

function Shown({ page }: { page: EnterpriseAnswer }) {
  const navigate = useNavigate()
  const { enterprise, abilities, tenants, hazards } = page
  const here = `/enterprises/${enterprise.id}`
  const register = abilities['registerHazard'] === true && (
    <Button type="primary" onClick={() => void navigate(`/hazards/new?subject=${enterprise.id}`)}>
      登记隐患
    </Button>
  )
  const change = abilities['change'] === true && <Button onClick={() => void navigate(`${here}/change`)}>修改</Button>
  return (
    <Page
      title={enterprise.name}
      acts={
        <>
          {change}
          {register}
        </>
      }
    >
      <div className="ent-page">
        <div className="ent-page-head">
          <EnterpriseHead enterprise={enterprise} />
        </div>
        <div className="ent-columns">
          <div>
            {hazards !== null && (
              <Section title="隐患">
                <EnterpriseHazards page={page} />
              </Section>
            )}
            {tenants.items.length > 0 && (
              <Section title="承租本企业场所的" note={`${tenants.items.length}${tenants.more ? ' 家以上' : ' 家'}`}>
                <ul className="ent-tenants">
                  {tenants.items.map((tenant) => (
                    <li key={tenant.id}>
                      <Link to={`/enterprises/${tenant.id}`}>{tenant.name}</Link>
                      <span className="quiet">{tenant.leadSector}</span>
                      <StatusTag status={tenant.status} />
                    </li>
                  ))}
                </ul>
              </Section>
            )}
          </div>
          <div>
            <Section title="找谁">
              <EnterprisePeople page={page} />
            </Section>
            <Section title="基本情况">
              <EnterpriseFacts page={page} />
              <p className="quiet ent-changed">
                最近变更 <DateText date={enterprise.changedAt} />
              </p>
            </Section>
          </div>
        </div>
      </div>
    </Page>
  )
}
