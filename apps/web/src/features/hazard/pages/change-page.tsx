import { actOnHazard, listHazards, showHazard, showWorkbench, sumHazards, type HazardPage } from '@bihuan/contracts'
import { useQueryClient } from '@tanstack/react-query'
import Button from 'antd/es/button'
import Form from 'antd/es/form'
import Input from 'antd/es/input'
import { useNavigate, useParams } from 'react-router'
import { useAct } from '../../../shared/api/use-act.js'
import { routeKey, useRoute } from '../../../shared/api/use-route.js'
import { ActForm } from '../../../shared/form/act-form.js'
import { useActForm } from '../../../shared/form/use-act-form.js'
import { Page } from '../../../shared/layout/page.js'
import { useMe } from '../../../shared/session/me.js'
import { Answered } from '../../../shared/states/answered.js'
import { Empty } from '../../../shared/states/empty.js'
import type { ActBody } from '../components/act-values.js'
import { DetailsFields } from '../components/details-fields.js'
import { changesOf, detailsOf, formOf, type RegisterValues } from '../components/details-values.js'
import '../components/hazard.css'

/** A draft is filled in and registered; what is registered is corrected, with a reason. */
export function ChangePage() {
  const { hazardId = '' } = useParams()
  const answer = useRoute(showHazard, { params: { hazardId } })
  return (
    <Answered answer={answer} loading="form">
      {(page) => <Change page={page} key={`${page.hazard.id}.${page.hazard.version}`} />}
    </Answered>
  )
}

function Change({ page }: { page: HazardPage }) {
  const me = useMe()
  const navigate = useNavigate()
  const client = useQueryClient()
  const { hazard, abilities } = page
  const draft = hazard.status === 'draft'
  const allowed = draft ? abilities['save-draft'] === true : abilities['correct'] === true
  const form = useActForm<RegisterValues>({
    // Of this version: what was typed over an older one must not come back over what somebody else wrote since.
    draft: `hazard.change.${hazard.id}.${hazard.version}`,
    initial: { details: formOf(page), reason: '' },
  })
  const change = useAct(actOnHazard, {
    refreshes: [listHazards, sumHazards, showWorkbench],
    onDone: (next) => {
      form.done()
      client.setQueryData(routeKey(showHazard, { params: { hazardId: hazard.id } }), next)
      void navigate(`/hazards/${hazard.id}`, { replace: true })
    },
  })
  if (!allowed) {
    return (
      <Page title={`更正 ${hazard.code}`}>
        <Empty
          what="现在不能改登记内容"
          how="登记内容由发现单位或监管单位更正；移送中的、已作废的不能改。"
          act={<Button onClick={() => void navigate(`/hazards/${hazard.id}`)}>回到隐患</Button>}
        />
      </Page>
    )
  }
  const values = () => form.form.getFieldsValue(true) as RegisterValues
  const send = (act: ActBody) =>
    void change.act({ params: { hazardId: hazard.id }, body: { version: hazard.version, act } })
  const details = () => detailsOf(values().details, me, hazard)
  return (
    <Page
      title={draft ? `草稿 ${hazard.code}` : `更正 ${hazard.code}`}
      note={draft ? '补全后登记' : '等级、时限、责任单位和监管单位各有办理的步骤，不在这里改'}
    >
      <div className="hz-form">
        <ActForm
          form={form}
          act={change}
          submit={draft ? '登记' : '更正'}
          columns={2}
          onSubmit={() =>
            send(
              draft
                ? { kind: 'register', details: details() }
                : { kind: 'correct', changes: changesOf(details(), hazard), reason: values().reason ?? '' },
            )
          }
          onCancel={() => void navigate(`/hazards/${hazard.id}`)}
          also={
            draft ? (
              <Button disabled={change.pending} onClick={() => send({ kind: 'save-draft', details: details() })}>
                存为草稿
              </Button>
            ) : undefined
          }
        >
          <DetailsFields correcting={!draft} />
          {!draft && (
            <Form.Item
              name="reason"
              label="更正的原因"
              className="wide"
              rules={[{ required: true, whitespace: true, message: '请写明更正的原因' }]}
            >
              <Input.TextArea autoSize={{ minRows: 2 }} maxLength={1000} />
            </Form.Item>
          )}
        </ActForm>
      </div>
    </Page>
  )
}
