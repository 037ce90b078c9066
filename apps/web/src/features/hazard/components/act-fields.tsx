/** What each act asks. The server judges; here only the form is what the act needs and no more. */
import type { HazardPage } from '@bihuan/contracts'
import Form from 'antd/es/form'
import Input from 'antd/es/input'
import InputNumber from 'antd/es/input-number'
import Radio from 'antd/es/radio'
import type { ReactNode } from 'react'
import { DateField } from '../../../shared/form/date-field.js'
import { PickField } from '../../../shared/form/pick-field.js'
import { useMe } from '../../../shared/session/me.js'
import { documentDate } from '../../../shared/show/dates.js'
import type { ActValues } from './act-values.js'
import { EvidenceItem } from './evidence-field.js'
import { findAuthority, findResponsible, nameOfUnit } from './pickers.js'
import { gradeChoices, reopenChoices } from './words.js'

const must = (message: string) => [{ required: true, whitespace: true, message }]
const chosen = (message: string) => [{ required: true, message }]

export function ActFields({ choice, page }: { choice: string; page: HazardPage }): ReactNode {
  const me = useMe()
  const { hazard } = page
  switch (choice) {
    case 'plan':
      return <PlanFields />
    case 'progress':
      return (
        <>
          <OnItem label="日期" min={hazard.foundOn} max={me.today} />
          <TextItem label="进展" placeholder="做到了哪一步" />
          <EvidenceItem />
        </>
      )
    case 'rectified':
      return (
        <>
          <Form.Item name="rectifiedOn" label="实际完成日期" rules={chosen('请填写完成日期')}>
            <DateField max={me.today} {...(hazard.foundOn ? { min: hazard.foundOn } : {})} />
          </Form.Item>
          <Form.Item name="rectifiedBy" label="实施整改的人" extra="不填就是您本人。参与整改的人不能复查。">
            <Input maxLength={40} />
          </Form.Item>
          <TextItem label="整改完成情况" />
          <EvidenceItem label="整改后的照片和证明材料" />
        </>
      )
    case 'reinspect':
      return (
        <>
          <Either yes={['reinspect-passed', '通过']} no={['reinspect-failed', '不通过，退回整改']} label="复查结论" />
          <OnItem label="复查日期" min={hazard.rectifiedOn} max={me.today} />
          <TextItem label="复查意见" placeholder="看到了什么，是否整改到位" />
          <EvidenceItem label="复查照片" />
          <When command="reinspect-failed">
            <NewDeadline today={me.today} />
          </When>
        </>
      )
    case 'sign-off':
      return (
        <Form.Item name="text" label="销号意见" extra="可以不填">
          <Input.TextArea autoSize={{ minRows: 2 }} maxLength={1000} />
        </Form.Item>
      )
    case 'ask-time':
      return (
        <>
          <Form.Item
            name="deadline"
            label="延期到"
            rules={chosen('请填写新的时限')}
            extra={hazard.deadline ? `现在的时限是 ${documentDate(hazard.deadline)}` : undefined}
          >
            <DateField {...(hazard.deadline ? { min: hazard.deadline } : {})} />
          </Form.Item>
          <ReasonItem label="延期的原因" />
        </>
      )
    case 'extension':
      return (
        <>
          <AskedExtension page={page} />
          <Either yes={['approve-extension', '同意']} no={['refuse-extension', '不同意']} label="审批结论" />
          <When command="approve-extension">
            <Form.Item name="reason" label="意见" extra="可以不填">
              <Input.TextArea autoSize={{ minRows: 2 }} maxLength={1000} />
            </Form.Item>
          </When>
          <When command="refuse-extension">
            <ReasonItem label="不同意的原因" />
          </When>
        </>
      )
    case 'receive':
      return (
        <>
          <p className="hz-asked">
            {page.unitNames[hazard.transfer?.fromUnitId ?? ''] ?? '对方'}移送
            {hazard.transfer?.of === 'supervision' ? '监管责任' : '整改责任'}：{hazard.transfer?.reason}
          </p>
          <Either yes={['accept-transfer', '签收，由本单位负责']} no={['decline-transfer', '退回移送']} label="答复" />
          <When command="decline-transfer">
            <ReasonItem label="退回的原因" />
          </When>
        </>
      )
    case 'judge':
      return (
        <>
          <Form.Item name="grade" label="等级" rules={chosen('请选择等级')}>
            <Radio.Group options={gradeChoices} />
          </Form.Item>
          <ReasonItem label="判定的理由" />
          <CriteriaItems />
        </>
      )
    case 'list':
      return (
        <>
          <Form.Item name="documentName" label="挂牌督办文件名称" rules={must('请填写文件名称')}>
            <Input maxLength={200} placeholder="关于……的通知" />
          </Form.Item>
          <Form.Item name="documentNumber" label="文号" rules={must('请填写文号')}>
            <Input maxLength={80} placeholder="如 青安办〔2023〕12号" />
          </Form.Item>
          <OnItem label="挂牌日期" min={hazard.foundOn} max={me.today} />
          <Form.Item name="authorityUnitId" label="挂牌单位" extra="不填就是本单位。此后的延期由挂牌单位审批。">
            <PickField kind="authority" find={findAuthority} nameOf={nameOfUnit} />
          </Form.Item>
        </>
      )
    case 'send-back':
      return (
        <>
          <ReasonItem label="退回的原因" />
          <NewDeadline today={me.today} />
        </>
      )
    case 'reopen':
      return (
        <>
          <Form.Item name="why" label="因为" rules={chosen('请选择')}>
            <Radio.Group options={reopenChoices} />
          </Form.Item>
          <TextItem label="情况说明" />
          <NewDeadline today={me.today} />
        </>
      )
    case 'transfer':
      return (
        <>
          <Form.Item name="of" label="移送的是" rules={chosen('请选择')}>
            <Radio.Group
              options={[
                { value: 'supervision', label: '监管责任' },
                { value: 'rectification', label: '整改责任' },
              ]}
            />
          </Form.Item>
          <Form.Item noStyle shouldUpdate={(a: ActValues, b: ActValues) => a.of !== b.of}>
            {({ getFieldValue }) => {
              const supervising = getFieldValue('of') === 'supervision'
              return (
                <Form.Item
                  name="toUnitId"
                  label="移送给"
                  rules={chosen('请选择接收单位')}
                  extra="对方签收之前，这条隐患谁也不能办理；您可以撤回。"
                >
                  <PickField
                    kind={supervising ? 'authority' : 'responsible'}
                    find={supervising ? findAuthority : findResponsible}
                    nameOf={nameOfUnit}
                  />
                </Form.Item>
              )
            }}
          </Form.Item>
          <ReasonItem label="移送的原因" />
        </>
      )
    case 'withdraw':
      return <ReasonItem label="撤回的原因" />
    case 'cancel':
      return (
        <>
          <p className="hz-asked">作废用于登记错误或重复。它会从所有报表中冲销，但记录仍在，谁也删不掉。</p>
          <ReasonItem label="作废的原因" />
        </>
      )
    default:
      return null
  }
}

function PlanFields() {
  const mode = Form.useWatch<ActValues['mode']>('mode')
  return (
    <>
      <Form.Item name="mode" label="整改方式" rules={chosen('请选择')}>
        <Radio.Group
          options={[
            { value: 'immediate', label: '立即整改' },
            { value: 'planned', label: '制定方案（五落实）' },
          ]}
        />
      </Form.Item>
      {mode === 'planned' && (
        <Form.Item name={['rectification', 'responsible']} label="① 责任人" rules={must('请填写责任人')}>
          <Input maxLength={40} />
        </Form.Item>
      )}
      <Form.Item
        name={['rectification', 'measures']}
        label={mode === 'planned' ? '② 措施' : '措施'}
        rules={mode === 'planned' ? must('请填写整改措施') : []}
      >
        <Input.TextArea autoSize={{ minRows: 2 }} maxLength={1000} />
      </Form.Item>
      {mode === 'planned' && (
        <>
          <Form.Item
            name={['rectification', 'funds']}
            label="③ 资金"
            rules={chosen('请填写资金，不需要的填 0')}
            extra="不需要资金的填 0"
          >
            <InputNumber min={0} max={1_000_000} precision={2} suffix="万元" style={{ width: 160 }} />
          </Form.Item>
          <Form.Item name={['rectification', 'deadline']} label="④ 时限" rules={chosen('请填写时限')}>
            <DateField />
          </Form.Item>
          <Form.Item name={['rectification', 'contingency']} label="⑤ 预案" rules={must('请填写应急预案')}>
            <Input.TextArea autoSize={{ minRows: 2 }} maxLength={1000} placeholder="整改期间怎样保证安全" />
          </Form.Item>
        </>
      )}
    </>
  )
}

function AskedExtension({ page }: { page: HazardPage }) {
  const asked = page.hazard.extensions.at(-1)
  if (!asked) return null
  return (
    <p className="hz-asked">
      {asked.askedBy.name}于 {asked.askedOn} 申请：{asked.from} → <strong>{asked.to}</strong>
      <br />
      原因：{asked.reason}
    </p>
  )
}

/** Two commands behind one button. */
function Either({ label, yes, no }: { label: string; yes: [string, string]; no: [string, string] }) {
  return (
    <Form.Item name="command" label={label} rules={chosen('请选择')}>
      <Radio.Group options={[yes, no].map(([value, text]) => ({ value, label: text }))} />
    </Form.Item>
  )
}

function When({ command, children }: { command: string; children: ReactNode }) {
  return Form.useWatch<ActValues['command']>('command') === command ? children : null
}

function OnItem({ label, min, max }: { label: string; min: string | null; max: string }) {
  return (
    <Form.Item name="on" label={label} rules={chosen(`请填写${label}`)}>
      <DateField max={max} {...(min ? { min } : {})} />
    </Form.Item>
  )
}

function NewDeadline({ today }: { today: string }) {
  return (
    <Form.Item name="deadline" label="新的整改时限" extra="不填就仍按原来的时限">
      <DateField min={today} />
    </Form.Item>
  )
}

function TextItem({ label, placeholder }: { label: string; placeholder?: string }) {
  return (
    <Form.Item name="text" label={label} rules={must(`请填写${label}`)}>
      <Input.TextArea autoSize={{ minRows: 3 }} maxLength={1000} {...(placeholder ? { placeholder } : {})} />
    </Form.Item>
  )
}

function ReasonItem({ label }: { label: string }) {
  return (
    <Form.Item name="reason" label={label} rules={must(`请写明${label}`)}>
      <Input.TextArea autoSize={{ minRows: 2 }} maxLength={1000} />
    </Form.Item>
  )
}

/** The standard's code and the item of it: from a list, when the criteria are kept in the product. */
export function CriteriaItems({ under = [] }: { under?: readonly string[] }) {
  return (
    <div className="hz-two">
      <Form.Item name={[...under, 'standard']} label="判定标准" extra="如 应急管理部令第10号">
        <Input maxLength={60} />
      </Form.Item>
      <Form.Item name={[...under, 'item']} label="条款" extra="如 第十一条（一）">
        <Input maxLength={60} />
      </Form.Item>
    </div>
  )
}
