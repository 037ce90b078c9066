import { listEnterpriseSectors, type EnterpriseView } from '@bihuan/contracts'
import { alternativeKeyKinds } from '@bihuan/domain'
import AutoComplete from 'antd/es/auto-complete'
import Checkbox from 'antd/es/checkbox'
import Form from 'antd/es/form'
import Input from 'antd/es/input'
import InputNumber from 'antd/es/input-number'
import Select from 'antd/es/select'
import { useRoute } from '../../../shared/api/use-route.js'
import { PickField, PickManyField } from '../../../shared/form/pick-field.js'
import { CreditCodeField } from './credit-code-field.js'
import { findEnterprises, findRegulator, findTerritory, nameOfEnterprise, nameOfUnit } from './pickers.js'
import { flagChoices, sizeChoices, statusChoices } from './words.js'

const required = (what: string) => [{ required: true, message: `请${what}` }]
const keyKinds = Object.entries(alternativeKeyKinds).map(([value, label]) => ({ value, label }))

/**
 * The fields of an enterprise. `kept` is what there is of it already: its telephones are not in the form, only hinted at. Without `placed`
 * (an enterprise changes its own record) what those above it keep is shown, and cannot be changed.
 */
export function EnterpriseFields({ kept, placed }: { kept: EnterpriseView | null; placed: boolean }) {
  const sectors = useRoute(listEnterpriseSectors, {}, { staleMs: 300_000 })
  const known = (sectors.data?.items ?? []).map(({ sector }) => ({ value: sector, label: sector }))
  const phoneHint = (phone: string | null | undefined) => (phone ? `已存 ${phone}，不改请留空` : '手机，或区号-座机')
  return (
    <>
      <h2 className="wide ent-group">是谁</h2>
      <Form.Item name="name" label="企业名称" rules={required('填写营业执照上的全称')} className="wide">
        <Input disabled={!placed} maxLength={100} placeholder="营业执照上的全称" />
      </Form.Item>
      <CreditCodeField disabled={!placed} ownId={kept?.id ?? null} />
      <Form.Item label="没有信用代码的，填替代编号" className="ent-key">
        <Form.Item name={['alternativeKey', 'kind']} noStyle>
          <Select
            disabled={!placed}
            options={keyKinds}
            placeholder="类别"
            aria-label="替代编号类别"
            style={{ width: 132 }}
          />
        </Form.Item>
        <Form.Item name={['alternativeKey', 'number']} noStyle>
          <Input disabled={!placed} placeholder="编号" aria-label="替代编号" maxLength={40} />
        </Form.Item>
      </Form.Item>
      <Form.Item name="leadSector" label="行业领域" rules={required('填写主要的行业领域')}>
        <AutoComplete
          disabled={!placed}
          options={known}
          showSearch={{ filterOption: (text, option) => String(option?.value ?? '').includes(text) }}
          placeholder="主要的一个，如 工贸"
        />
      </Form.Item>
      <Form.Item name="otherSectors" label="其他行业领域">
        <Select mode="tags" options={known} placeholder="兼营的，可多个" tokenSeparators={['、', '，', ',']} />
      </Form.Item>
      <Form.Item name="size" label="规模">
        <Select options={sizeChoices} />
      </Form.Item>
      <Form.Item name="employees" label="从业人数">
        <InputNumber min={0} max={1_000_000} precision={0} placeholder="不清楚的留空" style={{ width: 160 }} />
      </Form.Item>
      <Form.Item name="flags" label="标记" className="wide">
        <Checkbox.Group disabled={!placed} options={flagChoices} />
      </Form.Item>

      <h2 className="wide ent-group">归谁管</h2>
      <Form.Item name="territoryUnitId" label="属地单位" rules={required('选择属地单位')}>
        <PickField
          kind="territory"
          find={findTerritory}
          nameOf={nameOfUnit}
          disabled={!placed}
          placeholder="镇街、村社区或园区"
        />
      </Form.Item>
      <Form.Item name="leadRegulatorId" label="行业主管部门">
        <PickField
          kind="regulator"
          find={findRegulator}
          nameOf={nameOfUnit}
          disabled={!placed}
          placeholder="部门名称的一部分"
        />
      </Form.Item>
      <Form.Item name="otherRegulatorIds" label="共管部门">
        <PickManyField
          kind="regulator"
          find={findRegulator}
          nameOf={nameOfUnit}
          disabled={!placed}
          placeholder="可多个，没有留空"
        />
      </Form.Item>
      <Form.Item name="status" label="经营状态">
        <Select options={statusChoices} disabled={!placed} />
      </Form.Item>

      <h2 className="wide ent-group">找谁、在哪</h2>
      <Form.Item name={['principal', 'name']} label="主要负责人">
        <Input placeholder="姓名" maxLength={30} />
      </Form.Item>
      <Form.Item name={['principal', 'phone']} label="主要负责人电话">
        <Input inputMode="tel" autoComplete="off" placeholder={phoneHint(kept?.principal?.phone)} />
      </Form.Item>
      <Form.Item name={['safetyManager', 'name']} label="安全管理人员">
        <Input placeholder="姓名" maxLength={30} />
      </Form.Item>
      <Form.Item name={['safetyManager', 'phone']} label="安全管理人员电话">
        <Input inputMode="tel" autoComplete="off" placeholder={phoneHint(kept?.safetyManager?.phone)} />
      </Form.Item>
      <Form.Item name="address" label="地址" rules={required('填写实际经营地址')} className="wide">
        <Input placeholder="实际经营地址" maxLength={200} />
      </Form.Item>
      <Form.Item label="坐标" className="ent-key">
        <Form.Item name={['position', 'longitude']} noStyle>
          <InputNumber placeholder="经度" aria-label="经度" style={{ width: 132 }} />
        </Form.Item>
        <Form.Item name={['position', 'latitude']} noStyle>
          <InputNumber placeholder="纬度" aria-label="纬度" style={{ width: 132 }} />
        </Form.Item>
      </Form.Item>
      <Form.Item name="landlordId" label="出租方" tooltip="租用别家企业场所的，选那家企业">
        <PickField
          kind="enterprise"
          find={findEnterprises}
          nameOf={nameOfEnterprise}
          placeholder="名称或代码的一部分，自有场所留空"
        />
      </Form.Item>
    </>
  )
}
