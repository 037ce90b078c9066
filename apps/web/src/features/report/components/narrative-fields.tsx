import CloseOutlined from '@ant-design/icons/es/icons/CloseOutlined'
import { deliverableFormLabels, narrativeKindLabels, unitKinds } from '@bihuan/domain'
import Button from 'antd/es/button'
import Form from 'antd/es/form'
import Input from 'antd/es/input'
import Select from 'antd/es/select'
import { useState } from 'react'
import { PickField } from '../../../shared/form/pick-field.js'
import { findUnitsOf, nameOfUnit } from '../../../shared/form/unit-pick.js'

const choices = <Key extends string>(labels: Readonly<Record<Key, string>>) =>
  (Object.entries(labels) as [Key, string][]).map(([value, label]) => ({ value, label }))
const findAnyUnit = findUnitsOf(unitKinds)

/** What a report in words must state, in which forms it is handed in, and what is attached to its draft. */
export function NarrativeFields({ tables }: { tables: readonly { readonly id: string; readonly title: string }[] }) {
  return (
    <>
      <Form.Item name={['narrative', 'kind']} label="报的是" required>
        <Select options={choices(narrativeKindLabels)} />
      </Form.Item>
      <Form.Item
        name={['narrative', 'name']}
        label="文件名称"
        extra="写进标题：某某街道关于某某行动的阶段工作总结。不填用上面的名称。"
      >
        <Input maxLength={100} placeholder="如 阶段工作总结" />
      </Form.Item>
      <Form.Item
        name={['narrative', 'mustContain']}
        label="必写要点"
        className="wide"
        extra="一行一条，按方案的顺序。草稿里作标题；交来的文档缺哪一条、哪一条下面没写，都不能上报。"
      >
        <LinesField placeholder={'重大事故隐患排查整改情况\n存在的主要问题\n下步工作打算'} />
      </Form.Item>
      <Deliverables />
      <Form.Item
        name={['narrative', 'signatures']}
        label="在系统里签名"
        extra="不填的，交齐即可上报：签字盖章在扫描件上。"
      >
        <Select
          mode="tags"
          maxCount={2}
          placeholder="不在系统里签名"
          options={['填报人', '负责人'].map((value) => ({ value, label: value }))}
        />
      </Form.Item>
      <Form.Item name={['narrative', 'tableIds']} label="草稿附哪些调度表">
        <Select
          mode="multiple"
          optionFilterProp="label"
          placeholder="不附"
          options={tables.map(({ id, title }) => ({ value: id, label: title }))}
        />
      </Form.Item>
    </>
  )
}

function Deliverables() {
  return (
    <Form.List name={['narrative', 'deliverables']}>
      {(fields, { add, remove }, { errors }) => (
        <fieldset className="wide respondents">
          <legend>要交什么</legend>
          {fields.map(({ key, name }) => (
            <div key={key} className="respondent respondent--two">
              <Form.Item name={[name, 'form']} label="形式" rules={[{ required: true, message: '请选择形式' }]}>
                <Select options={choices(deliverableFormLabels)} />
              </Form.Item>
              <Form.Item name={[name, 'receiverId']} label="交给">
                <PickField kind="unit.any" find={findAnyUnit} nameOf={nameOfUnit} placeholder="所有接收单位" />
              </Form.Item>
              {fields.length > 1 && (
                <Button type="text" icon={<CloseOutlined />} aria-label="去掉这一种" onClick={() => remove(name)} />
              )}
            </div>
          ))}
          <Form.ErrorList errors={errors} />
          <Button onClick={() => add({ form: 'paper', receiverId: null })}>再加一种</Button>
        </fieldset>
      )}
    </Form.List>
  )
}

interface LinesFieldProps {
  readonly id?: string
  readonly value?: readonly string[]
  readonly onChange?: (lines: readonly string[]) => void
  readonly placeholder?: string
}

/** A list, one a line, as it is pasted from a notice. What is being typed keeps its blank lines; the list has none. */
function LinesField({ value = [], onChange, ...rest }: LinesFieldProps) {
  const [text, setText] = useState(value.join('\n'))
  const lines = (of: string) =>
    of
      .split('\n')
      .map((line) => line.trim())
      .filter((line) => line !== '')
  const shown = lines(text).join('\n') === value.join('\n') ? text : value.join('\n')
  return (
    <Input.TextArea
      {...rest}
      autoSize={{ minRows: 3, maxRows: 12 }}
      value={shown}
      onChange={(event) => {
        setText(event.target.value)
        onChange?.(lines(event.target.value))
      }}
    />
  )
}
