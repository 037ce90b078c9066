import {
  listReceivers,
  previewSending,
  sendOutCampaign,
  showCampaign,
  type CampaignPage,
  type ReceiverRuleInput,
} from '@bihuan/contracts'
import { enterpriseClasses, unitKindLabel, unitKinds, type EnterpriseClass, type UnitKind } from '@bihuan/domain'
import { useQuery } from '@tanstack/react-query'
import App from 'antd/es/app'
import Form from 'antd/es/form'
import Select from 'antd/es/select'
import { call } from '../../../shared/api/call.js'
import { failureOf } from '../../../shared/api/failure.js'
import { useAct } from '../../../shared/api/use-act.js'
import { ActForm } from '../../../shared/form/act-form.js'
import { PickManyField } from '../../../shared/form/pick-field.js'
import { useActForm } from '../../../shared/form/use-act-form.js'
import { findUnitsOf, nameOfUnit } from '../../../shared/form/unit-pick.js'
import { SidePanel } from '../../../shared/list/side-panel.js'

interface SendingValues {
  readonly kinds: readonly UnitKind[]
  readonly enterprises: EnterpriseClass | 'all'
  readonly unitIds: readonly string[]
}

const kindChoices = unitKinds.map((value) => ({ value, label: unitKindLabel(value) }))
const classChoices = [
  { value: 'all', label: '全部企业' },
  ...Object.entries(enterpriseClasses).map(([value, label]) => ({ value, label })),
]
const findAnyUnit = findUnitsOf(unitKinds)

/** 下发: to kinds of units, to enterprises of a class, to those named; whom it reaches is said before it goes. */
export function SendOutPanel({ page, onClose }: { readonly page: CampaignPage; readonly onClose: () => void }) {
  const { message } = App.useApp()
  const form = useActForm<SendingValues>({ draft: null, initial: { kinds: [], enterprises: 'all', unitIds: [] } })
  const values = Form.useWatch((now: SendingValues) => now, form.form)
  const rule = values === undefined ? null : ruleOf(values)
  const send = useAct(sendOutCampaign, {
    refreshes: [showCampaign, listReceivers],
    onDone: ({ added }) => {
      form.done()
      void message.success(`已下发给 ${added} 个单位`)
      onClose()
    },
  })
  return (
    <SidePanel label="下发" title="下发" width={440} onClose={onClose}>
      <p className="quiet">
        收到的单位和企业在各自的工作台看到，读过后确认；谁确认了、谁没有，在“下发情况”里看。已经下发过的不会重复下发。
      </p>
      <ActForm
        form={form}
        act={send}
        submit="下发"
        onCancel={onClose}
        onSubmit={(given) => void send.act({ params: { campaignId: page.id }, body: { rule: ruleOf(given) } })}
      >
        <Form.Item name="kinds" label="单位类别" extra="行动范围内这些类别的单位都下发；以后新设的，到时可以补发。">
          <Select mode="multiple" options={kindChoices} optionFilterProp="label" placeholder="如镇、街道、社区、企业" />
        </Form.Item>
        {values?.kinds?.includes('enterprise') === true && (
          <Form.Item name="enterprises" label="哪些企业">
            <Select options={classChoices} />
          </Form.Item>
        )}
        <Form.Item name="unitIds" label="另外指定的单位、企业">
          <PickManyField kind="unit.any" find={findAnyUnit} nameOf={nameOfUnit} />
        </Form.Item>
      </ActForm>
      <Reach campaignId={page.id} rule={rule} />
    </SidePanel>
  )
}

function ruleOf({ kinds = [], enterprises, unitIds = [] }: Partial<SendingValues>): ReceiverRuleInput {
  const narrowed = kinds.includes('enterprise') && enterprises !== undefined && enterprises !== 'all'
  return { kinds: [...kinds], unitIds: [...unitIds], ...(narrowed ? { enterprises } : {}) }
}

/** Whom it would reach, as it is being chosen. */
function Reach({ campaignId, rule }: { campaignId: string; rule: ReceiverRuleInput | null }) {
  const chosen = rule !== null && rule.kinds.length + rule.unitIds.length > 0
  const reach = useQuery({
    queryKey: [previewSending.name, campaignId, rule],
    queryFn: ({ signal }) =>
      call(previewSending, { params: { campaignId }, body: { rule: rule as ReceiverRuleInput } }, { signal }),
    enabled: chosen,
    retry: false,
    staleTime: 10_000,
  })
  if (!chosen) return null
  return (
    <section className="send-reach" aria-label="将下发给">
      {reach.error !== null ? (
        <p className="list-problem">{failureOf(reach.error).message}</p>
      ) : reach.data === undefined ? (
        <p className="quiet">正在数…</p>
      ) : (
        <>
          <p>
            将下发给 <b>{reach.data.added}</b> 个单位
            {reach.data.passed > 0 && <span className="quiet">（另有 {reach.data.passed} 个已经下发过）</span>}
          </p>
          <p className="quiet">
            {reach.data.names.join('、')}
            {reach.data.added > reach.data.names.length && '……'}
          </p>
        </>
      )}
    </section>
  )
}
