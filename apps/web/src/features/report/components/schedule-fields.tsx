import CloseOutlined from '@ant-design/icons/es/icons/CloseOutlined'
import { listPackageReceivers } from '@bihuan/contracts'
import { cadenceLabels, enterpriseClasses, unitKindLabel, unitKinds } from '@bihuan/domain'
import Button from 'antd/es/button'
import Form, { type FormInstance } from 'antd/es/form'
import Input from 'antd/es/input'
import InputNumber from 'antd/es/input-number'
import Select from 'antd/es/select'
import type { ReactNode } from 'react'
import { useRoute } from '../../../shared/api/use-route.js'
import { DateField } from '../../../shared/form/date-field.js'
import { PickManyField } from '../../../shared/form/pick-field.js'
import { findUnitsOf, nameOfUnit } from '../../../shared/form/unit-pick.js'
import { DatesField } from './dates-field.js'
import type { ScheduleValues } from './schedule-values.js'
import { countsLabels, cutOffLabels, dueKindsOf, dueLabels, shiftLabels, weekdays } from './schedule-words.js'

const choices = <Key extends string>(labels: Readonly<Record<Key, string>>) =>
  (Object.entries(labels) as [Key, string][]).map(([value, label]) => ({ value, label }))

const kinds = unitKinds.map((value) => ({ value, label: unitKindLabel(value) }))
const classes = choices({ all: '全部企业', ...enterpriseClasses })
const findAnyUnit = findUnitsOf(unitKinds)
const required = (message: string) => [{ required: true, message }]

/** When it is due and what it counts, who files what of it, and to whom. */
export function ScheduleFields({
  form,
  groups,
  children,
}: {
  form: FormInstance<ScheduleValues>
  /** Null: not a table; what is filed has no groups, and is filed once for all sectors. */
  groups: readonly string[] | null
  /** What is filed, where that is no table. */
  children?: ReactNode
}) {
  return (
    <>
      <Form.Item name="title" label="名称" className="wide" rules={required('请填写名称')}>
        <Input maxLength={200} />
      </Form.Item>
      {children}
      <RuleFields form={form} />
      <Respondents form={form} groups={groups} />
      <Form.Item
        name="receiverIds"
        label="报给"
        className="wide"
        extra="不选时报给各自的上级填报单位，逐级汇总，最后到行动的组织单位。"
      >
        <PickManyField kind="unit.any" find={findAnyUnit} nameOf={nameOfUnit} placeholder="逐级上报" />
      </Form.Item>
      <OutsideReceivers />
      {groups !== null && (
        <Form.Item
          name="splitSectors"
          label="分行业填报"
          className="wide"
          extra="填了行业的，每个单位每个行业各报一张。"
        >
          <Select
            mode="tags"
            open={false}
            suffixIcon={null}
            placeholder="不分行业"
            tokenSeparators={['、', '，', ',', ' ']}
          />
        </Form.Item>
      )}
      <Form.Item name="note" label="说明" className="wide" extra="方案前后说法不一的，写明按哪个定、为什么。">
        <Input.TextArea autoSize={{ minRows: 2, maxRows: 6 }} maxLength={4000} />
      </Form.Item>
    </>
  )
}

/** Nothing to choose where no other server is known. */
function OutsideReceivers() {
  const { data } = useRoute(listPackageReceivers, {})
  const options = (data?.items ?? []).map(({ id, name, active }) => ({
    value: id,
    label: active ? name : `${name}（已停用）`,
  }))
  return (
    <Form.Item
      name="outsideReceiverIds"
      label="另发系统外接收方"
      className="wide"
      hidden={options.length === 0}
      extra="每张报表一上报，就把签了名的数据包发给这些系统。"
    >
      <Select mode="multiple" options={options} optionFilterProp="label" placeholder="不发" />
    </Form.Item>
  )
}

function RuleFields({ form }: { form: FormInstance<ScheduleValues> }) {
  const cadence = Form.useWatch(['rule', 'cadence'], form) ?? 'monthly'
  const kind = Form.useWatch(['rule', 'due', 'kind'], form) ?? 'day-of-month'
  const byMonth = kind === 'day-of-month' || kind === 'last-day'
  return (
    <>
      <Form.Item name={['rule', 'cadence']} label="周期" required>
        <Select
          options={choices(cadenceLabels)}
          onChange={(next: keyof typeof cadenceLabels) => {
            // A rule that the new cadence cannot have gives way to the first that it can.
            const [first] = dueKindsOf(next)
            if (first !== undefined && !dueKindsOf(next).includes(kind))
              form.setFieldValue(['rule', 'due', 'kind'], first)
          }}
        />
      </Form.Item>
      {cadence === 'named' && (
        <Form.Item name={['rule', 'dates']} label="指定日期" rules={required('请至少选一天')}>
          <DatesField />
        </Form.Item>
      )}
      <Form.Item name={['rule', 'due', 'kind']} label="期限" required>
        <Select options={dueKindsOf(cadence).map((value) => ({ value, label: dueLabels[value] }))} />
      </Form.Item>
      {kind === 'day-of-month' && (
        <Form.Item name={['rule', 'due', 'day']} label="几日" rules={required('请填写几日')}>
          <InputNumber min={1} max={31} precision={0} suffix="日前" />
        </Form.Item>
      )}
      {kind === 'weekday' && (
        <Form.Item name={['rule', 'due', 'weekday']} label="星期几" rules={required('请选定星期几')}>
          <Select options={weekdays.map((day, index) => ({ value: index + 1, label: `星期${day}` }))} />
        </Form.Item>
      )}
      {kind === 'working-days' && (
        <Form.Item name={['rule', 'due', 'days']} label="工作日数" rules={required('请填写几个工作日')}>
          <InputNumber min={1} max={60} precision={0} suffix="个工作日内" />
        </Form.Item>
      )}
      {(byMonth || kind === 'weekday') && (
        <Form.Item name={['rule', 'due', 'after']} label="在哪一期上报" required>
          <Select options={afterChoices(byMonth ? '月' : '周', cadence === 'monthly' || cadence === 'weekly')} />
        </Form.Item>
      )}
      {kind !== 'working-days' && (
        <Form.Item name={['rule', 'shift']} label="遇节假日" required>
          <Select options={choices(shiftLabels)} />
        </Form.Item>
      )}
      <Form.Item name={['rule', 'cutOff']} label="统计到" required>
        <Select options={choices(cutOffLabels)} />
      </Form.Item>
      <Form.Item name={['rule', 'counts']} label="统计数" required>
        <Select options={choices(countsLabels)} />
      </Form.Item>
      <Form.Item name={['rule', 'firstDay']} label="开始日期" rules={required('请填写开始日期')}>
        <DateField />
      </Form.Item>
      <Form.Item name={['rule', 'lastDay']} label="停止日期">
        <DateField placeholder="不填即一直报" />
      </Form.Item>
    </>
  )
}

function afterChoices(unit: '月' | '周', short: boolean) {
  const within = unit === '月' ? (short ? '当月' : '本期最后一个月') : short ? '当周' : '本期最后一周'
  const over = (count: number) =>
    count === 1 ? (short ? `次${unit}` : `本期结束后第1个${unit}`) : `本期结束后第${count}个${unit}`
  return [{ value: 0, label: within }, ...[1, 2, 3].map((value) => ({ value, label: over(value) }))]
}

function Respondents({ form, groups }: { form: FormInstance<ScheduleValues>; groups: readonly string[] | null }) {
  const rules = Form.useWatch('respondents', form) ?? []
  return (
    <Form.List name="respondents">
      {(fields, { add, remove }) => (
        <fieldset className="wide respondents">
          <legend>由谁填报</legend>
          {fields.map(({ key, name }) => (
            <div key={key} className="respondent">
              <Form.Item name={[name, 'kinds']} label="单位类别">
                <Select mode="multiple" options={kinds} optionFilterProp="label" placeholder="这些类别的单位都报" />
              </Form.Item>
              <Form.Item name={[name, 'unitIds']} label="另外指定的单位">
                <PickManyField kind="unit.any" find={findAnyUnit} nameOf={nameOfUnit} />
              </Form.Item>
              {groups !== null && groups.length > 0 && (
                <Form.Item name={[name, 'groups']} label="填哪几组">
                  <Select
                    mode="multiple"
                    options={groups.map((group) => ({ value: group, label: group }))}
                    placeholder="各组都填"
                  />
                </Form.Item>
              )}
              {rules[name]?.kinds?.includes('enterprise') === true && (
                <Form.Item name={[name, 'enterprises']} label="哪些企业" initialValue="all">
                  <Select options={classes} />
                </Form.Item>
              )}
              {fields.length > 1 && (
                <Button type="text" icon={<CloseOutlined />} aria-label="去掉这一条" onClick={() => remove(name)} />
              )}
            </div>
          ))}
          <Button onClick={() => add({ kinds: [], unitIds: [], groups: [] })}>再加一类填报单位</Button>
        </fieldset>
      )}
    </Form.List>
  )
}
