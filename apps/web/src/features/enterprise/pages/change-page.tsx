import { changeEnterprise, listEnterprises, showEnterprise, type EnterprisePage } from '@bihuan/contracts'
import Form from 'antd/es/form'
import Input from 'antd/es/input'
import { useState } from 'react'
import { useNavigate, useParams } from 'react-router'
import { useAct } from '../../../shared/api/use-act.js'
import { useRoute } from '../../../shared/api/use-route.js'
import { ActForm } from '../../../shared/form/act-form.js'
import { DateField } from '../../../shared/form/date-field.js'
import { useActForm } from '../../../shared/form/use-act-form.js'
import { Page } from '../../../shared/layout/page.js'
import { useMe } from '../../../shared/session/me.js'
import { Answered } from '../../../shared/states/answered.js'
import { EnterpriseFields } from '../components/enterprise-fields.js'
import { changesOf, valuesOf, type EnterpriseValues } from '../components/form-values.js'
import '../components/enterprise.css'

export function ChangePage() {
  const { enterpriseId = '' } = useParams()
  const answer = useRoute(showEnterprise, { params: { enterpriseId } })
  return (
    <Answered answer={answer} loading="form">
      {(page) => <ChangeForm key={page.enterprise.id} page={page} />}
    </Answered>
  )
}

function ChangeForm({ page }: { page: EnterprisePage }) {
  const me = useMe()
  const navigate = useNavigate()
  // What the person is looking at stays what it was, also when the page behind is asked again.
  const [kept] = useState(page.enterprise)
  const placed = page.abilities['place'] === true
  const here = `/enterprises/${kept.id}`
  const form = useActForm<EnterpriseValues>({
    draft: `enterprise.change.${kept.id}.${kept.version}`,
    initial: valuesOf(kept),
  })
  const change = useAct(changeEnterprise, {
    refreshes: [listEnterprises, showEnterprise],
    onDone: async () => {
      form.done()
      await navigate(here, { replace: true })
    },
  })
  const territory = Form.useWatch('territoryUnitId', form.form)
  const regulator = Form.useWatch('leadRegulatorId', form.form)
  const moves =
    (territory !== undefined && territory !== kept.territory.id) ||
    (regulator !== undefined && (regulator ?? null) !== (kept.leadRegulator?.id ?? null))

  return (
    <Page title="修改企业信息" note={kept.name}>
      <div className="ent-form">
        {!placed && (
          <p className="ent-note">名称、代码、行业、标记、属地、监管部门和经营状态由属地或主管部门维护，这里只能看。</p>
        )}
        <ActForm
          form={form}
          act={change}
          submit="保存"
          columns={2}
          onSubmit={(values) =>
            change.act({
              params: { enterpriseId: kept.id },
              body: {
                version: kept.version,
                changes: changesOf(kept, values),
                reason: values.reason?.trim() || null,
                from: moves ? (values.from ?? null) : null,
              },
            })
          }
          onCancel={() => void navigate(here)}
        >
          <EnterpriseFields kept={kept} placed={placed} />
          {moves && (
            <Form.Item name="from" label="属地或主管部门从哪天起变更" tooltip="不填，从今天起；此前的记录仍归原单位">
              <DateField max={me.today} />
            </Form.Item>
          )}
          {placed && (
            <Form.Item name="reason" label="变更原因" tooltip="更改经营状态、信用代码时必填" className="wide">
              <Input maxLength={200} placeholder="更改经营状态、信用代码时必填" />
            </Form.Item>
          )}
        </ActForm>
      </div>
    </Page>
  )
}
