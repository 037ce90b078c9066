import { listEnterprises, listEnterpriseSectors, registerEnterprise } from '@bihuan/contracts'
import Form from 'antd/es/form'
import { useNavigate } from 'react-router'
import { useAct } from '../../../shared/api/use-act.js'
import { ActForm } from '../../../shared/form/act-form.js'
import { DateField } from '../../../shared/form/date-field.js'
import { useActForm } from '../../../shared/form/use-act-form.js'
import { Page } from '../../../shared/layout/page.js'
import { useMe } from '../../../shared/session/me.js'
import { EnterpriseFields } from '../components/enterprise-fields.js'
import { blankEnterprise, inputOf, type EnterpriseValues } from '../components/form-values.js'
import '../components/enterprise.css'

export function RegisterPage() {
  const me = useMe()
  const navigate = useNavigate()
  const form = useActForm<EnterpriseValues>({ draft: 'enterprise.register', initial: blankEnterprise })
  const register = useAct(registerEnterprise, {
    refreshes: [listEnterprises, listEnterpriseSectors],
    onDone: async (page) => {
      form.done()
      await navigate(`/enterprises/${page.enterprise.id}`, { replace: true })
    },
  })
  return (
    <Page title="登记企业">
      <div className="ent-form">
        <ActForm
          form={form}
          act={register}
          submit="登记"
          columns={2}
          onSubmit={(values) =>
            register.act({ body: { enterprise: inputOf(values, false), since: values.since ?? null } })
          }
          onCancel={() => void navigate('/enterprises')}
        >
          <EnterpriseFields kept={null} placed />
          <Form.Item name="since" label="从哪天起在此经营" tooltip="不填，视为一直在此；迁入的请填迁入日期">
            <DateField max={me.today} />
          </Form.Item>
        </ActForm>
      </div>
    </Page>
  )
}
