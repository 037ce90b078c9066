import { showEnterprise } from '@bihuan/contracts'
import { useRoute } from '../../../shared/api/use-route.js'
import { Answered } from '../../../shared/states/answered.js'
import { EnterpriseFacts, EnterpriseHazards, EnterpriseHead, EnterprisePeople } from './enterprise-parts.js'

/** Beside the list: who they are and what is open, without leaving the place in the list. */
export function EnterpriseBrief({ id }: { id: string }) {
  const answer = useRoute(showEnterprise, { params: { enterpriseId: id } })
  return (
    <Answered answer={answer} loading="text">
      {(page) => (
        <div className="ent-brief">
          <h3 className="ent-name">{page.enterprise.name}</h3>
          <EnterpriseHead enterprise={page.enterprise} />
          <EnterpriseHazards page={page} />
          <div>
            <EnterprisePeople page={page} />
            <EnterpriseFacts page={page} />
          </div>
        </div>
      )}
    </Answered>
  )
}
