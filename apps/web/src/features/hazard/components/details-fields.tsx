import { listCampaigns, listEnterpriseSectors } from '@bihuan/contracts'
import AutoComplete from 'antd/es/auto-complete'
import Form from 'antd/es/form'
import Input from 'antd/es/input'
import Radio from 'antd/es/radio'
import Select from 'antd/es/select'
import { useRoute } from '../../../shared/api/use-route.js'
import { DateField } from '../../../shared/form/date-field.js'
import { PickField } from '../../../shared/form/pick-field.js'
import { useMe } from '../../../shared/session/me.js'
import { CriteriaItems } from './act-fields.js'
import type { DetailsForm, RegisterValues } from './details-values.js'
import { EvidenceItem } from './evidence-field.js'
import { findAuthority, findResponsible, findTerritory, nameOfUnit } from './pickers.js'
import { PositionField } from './position-field.js'
import { SubjectField, type ChosenFirm } from './subject-field.js'
import { gradeChoices, sourceChoices } from './words.js'

const must = (message: string) => [{ required: true, message }]
const at = (field: keyof DetailsForm) => ['details', field]

/** What a hazard is. A correction leaves out what has a way of its own: grade, deadline, units, campaign. */
export function DetailsFields({ correcting = false }: { correcting?: boolean }) {
  const me = useMe()
  const form = Form.useFormInstance<RegisterValues>()
  const firmOnly = me.unit.kind === 'enterprise'
  const source = Form.useWatch<DetailsForm['source']>(['details', 'source'], form)
  const fillFrom = (firm: ChosenFirm) => {
    const { details } = form.getFieldsValue(true) as RegisterValues
    form.setFieldsValue({
      details: {
        ...details,
        subject: { kind: 'enterprise', id: firm.id, name: firm.name },
        sector: details.sector || firm.leadSector,
        territoryUnitId: firm.territoryUnitId,
        responsibleUnitId: firm.id,
        authorityUnitId: firm.leadRegulatorId ?? details.authorityUnitId,
      },
    })
  }
  return (
    <>
      <Form.Item name={at('subject')} label="企业或场所" className="wide" rules={must('请选择企业，或写明场所')}>
        <SubjectField onFirm={fillFrom} disabled={firmOnly} />
      </Form.Item>
      <Form.Item name={at('description')} label="隐患描述" className="wide" rules={must('请填写隐患描述')}>
        <Input.TextArea autoSize={{ minRows: 3 }} maxLength={2000} placeholder="在哪里、是什么、为什么危险" />
      </Form.Item>
      <EvidenceItem name={at('evidenceFileIds')} label="照片和附件" />
      <Form.Item name={at('source')} label="来源" rules={must('请选择来源')}>
        <Select
          options={
            firmOnly
              ? sourceChoices.filter(({ value }) => value === 'self-check' || value === 'third-party')
              : sourceChoices
          }
        />
      </Form.Item>
      <Form.Item name={at('foundOn')} label="检查日期" rules={must('请填写检查日期')}>
        <DateField max={me.today} />
      </Form.Item>
      <Form.Item
        name={at('finder')}
        label="发现人"
        rules={must('请填写发现人')}
        extra={source === 'self-check' && !firmOnly ? '企业自查的，写企业里发现它的人' : undefined}
      >
        <Input maxLength={40} />
      </Form.Item>
      <SectorItem />
      <Form.Item name={at('territoryUnitId')} label="属地" rules={must('请选择属地')}>
        <PickField kind="territory" find={findTerritory} nameOf={nameOfUnit} />
      </Form.Item>
      <Form.Item name={at('placeText')} label="具体地点">
        <Input maxLength={200} placeholder="如 3号车间除尘间" />
      </Form.Item>
      <Form.Item name={at('position')} label="位置" className="wide">
        <PositionField />
      </Form.Item>
      {!correcting && (
        <>
          <Form.Item name={at('grade')} label="等级" className="wide" rules={must('请选择等级')}>
            <Radio.Group options={gradeChoices} />
          </Form.Item>
          <Form.Item name={at('gradeReason')} label="判定的理由" className="wide" rules={must('请写明判定的理由')}>
            <Input.TextArea autoSize={{ minRows: 2 }} maxLength={1000} />
          </Form.Item>
          <div className="wide">
            <CriteriaItems under={['details']} />
          </div>
          <Form.Item name={at('responsibleUnitId')} label="整改责任单位" rules={must('请选择整改责任单位')}>
            <PickField kind="responsible" find={findResponsible} nameOf={nameOfUnit} />
          </Form.Item>
          <Form.Item
            name={at('authorityUnitId')}
            label="监管单位"
            extra="复查、销号由它办理"
            rules={must('请选择监管单位')}
          >
            <PickField kind="authority" find={findAuthority} nameOf={nameOfUnit} />
          </Form.Item>
          <Form.Item name={at('deadline')} label="整改时限">
            <DateField />
          </Form.Item>
          <CampaignItem />
        </>
      )}
      <Named />
      <Form.Item name={at('level')} label="涉及层面" extra="清单有这一栏的才填：市、县区">
        <Input maxLength={40} />
      </Form.Item>
      <Form.Item name={at('remark')} label="备注">
        <Input maxLength={1000} />
      </Form.Item>
    </>
  )
}

/** From those in use, or a new one: a sector is a word, not a code. */
function SectorItem() {
  const sectors = useRoute(listEnterpriseSectors, {}, { staleMs: 300_000 })
  return (
    <Form.Item name={at('sector')} label="行业领域" rules={must('请填写行业领域')}>
      <AutoComplete
        maxLength={60}
        options={(sectors.data?.items ?? []).map(({ sector }) => ({ value: sector }))}
        showSearch={{ filterOption: (text, option) => (option?.value ?? '').includes(text) }}
      />
    </Form.Item>
  )
}

function CampaignItem() {
  const campaigns = useRoute(listCampaigns, { query: {} }, { staleMs: 300_000 })
  const open = (campaigns.data?.items ?? []).filter(({ state }) => state !== 'closed')
  return (
    <Form.Item
      name={at('campaignId')}
      label="所属行动"
      rules={[{ required: true, message: '请选择行动' }]}
      extra={campaigns.data && open.length === 0 ? '还没有进行中的行动，请先由安委办建立' : undefined}
    >
      <Select loading={campaigns.isFetching} options={open.map(({ id, name }) => ({ value: id, label: name }))} />
    </Form.Item>
  )
}

/** 排查、治理、管控: one named person for each of the three links. */
function Named() {
  return (
    <Form.Item label="责任到人" className="wide">
      <div className="hz-three">
        {(
          [
            ['finding', '排查'],
            ['rectifying', '治理'],
            ['controlling', '管控'],
          ] as const
        ).map(([key, label]) => (
          <Form.Item key={key} name={[...at('named'), key]} noStyle>
            <Input prefix={<span className="quiet">{label}</span>} maxLength={40} aria-label={`${label}责任人`} />
          </Form.Item>
        ))}
      </div>
    </Form.Item>
  )
}
