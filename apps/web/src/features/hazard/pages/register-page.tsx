import { listCampaigns, listHazards, registerHazard, showWorkbench, sumHazards } from '@bihuan/contracts'
import Button from 'antd/es/button'
import { useState } from 'react'
import { useNavigate } from 'react-router'
import { useAct } from '../../../shared/api/use-act.js'
import { useRoute } from '../../../shared/api/use-route.js'
import { ActForm } from '../../../shared/form/act-form.js'
import { useActForm } from '../../../shared/form/use-act-form.js'
import { Page } from '../../../shared/layout/page.js'
import { usePhone } from '../../../shared/layout/use-phone.js'
import { useCampaignId } from '../../../shared/layout/workplace.js'
import { useMe } from '../../../shared/session/me.js'
import { Answered } from '../../../shared/states/answered.js'
import { DetailsFields } from '../components/details-fields.js'
import { blankForm, detailsOf, type RegisterValues } from '../components/details-values.js'
import '../components/hazard.css'

export function RegisterPage() {
  const phone = usePhone()
  const [campaign] = useCampaignId()
  const campaigns = useRoute(listCampaigns, { query: {} }, { staleMs: 300_000 })
  return (
    <Page title="登记隐患" {...(phone ? {} : { note: 'Ctrl+Enter 登记，Ctrl+S 存在本机' })}>
      <Answered answer={campaigns} loading="form">
        {({ items }) => {
          const open = items.filter(({ state }) => state !== 'closed')
          // The campaign that is worked in; where there is but one, that one.
          return <RegisterForm campaignId={campaign ?? (open.length === 1 ? (open[0]?.id ?? null) : null)} />
        }}
      </Answered>
    </Page>
  )
}

function RegisterForm({ campaignId }: { campaignId: string | null }) {
  const me = useMe()
  const navigate = useNavigate()
  const [asDraft, setAsDraft] = useState(false)
  const form = useActForm<RegisterValues>({
    draft: `hazard.register.${campaignId ?? 'any'}`,
    initial: { details: blankForm(me, campaignId) },
  })
  const register = useAct(registerHazard, {
    refreshes: [listHazards, sumHazards, showWorkbench],
    onDone: (page) => {
      form.done()
      void navigate(`/hazards/${page.hazard.id}`, { replace: true })
    },
  })
  const send = (values: RegisterValues, draft: boolean) => {
    setAsDraft(draft)
    void register.act({ body: { details: detailsOf(values.details, me), draft } })
  }
  return (
    <div className="hz-form">
      <ActForm
        form={form}
        act={register}
        submit="登记"
        columns={2}
        // What a form has not drawn is not among its values, but is among those that it keeps.
        onSubmit={() => send(form.form.getFieldsValue(true) as RegisterValues, false)}
        onCancel={() => void navigate(-1)}
        also={
          <Button
            loading={register.pending && asDraft}
            disabled={register.pending}
            onClick={() => send(form.form.getFieldsValue(true) as RegisterValues, true)}
            title="存进台账的草稿箱，换一台设备、换一个同事也能接着填"
          >
            存为草稿
          </Button>
        }
      >
        <DetailsFields />
      </ActForm>
    </div>
  )
}
