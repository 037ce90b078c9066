import PlusOutlined from '@ant-design/icons/es/icons/PlusOutlined'
import CloseOutlined from '@ant-design/icons/es/icons/CloseOutlined'
import Button from 'antd/es/button'
import Select from 'antd/es/select'
import { tableRuleLabels, type TableRuleKind } from '@bihuan/domain'
import { removed, replaced } from './edit-list.js'
import { figureChoices, newCheck, type CheckDraft, type TableDraft } from './table-draft.js'

export interface CheckEditorProps {
  readonly draft: TableDraft
  readonly onChange: (checks: readonly CheckDraft[]) => void
}

const kinds = Object.entries(tableRuleLabels).map(([value, label]) => ({ value: value as TableRuleKind, label }))
const strengths = [
  { value: true, label: '不符不能上报' },
  { value: false, label: '不符要写说明' },
]

/** What this table asks of its own figures, beside what is asked of every table. */
export function CheckEditor({ draft, onChange }: CheckEditorProps) {
  const { checks } = draft
  const choices = figureChoices(draft)
  const change = (check: CheckDraft) => onChange(replaced(checks, check))
  return (
    <fieldset className="check-editor">
      <legend>核对规则</legend>
      <p className="quiet">
        空白、负数、部分大于整体、累计数下降等，每张表都会核对；这里写这张表自己的规则，只能比较单位相同的数。
      </p>
      {checks.map((check, index) => (
        <div key={check.id} className="check-line" role="group" aria-label={`第${index + 1}条核对规则`}>
          <Select
            className="check-cell"
            aria-label="哪个指标"
            placeholder="哪个指标"
            value={check.figureId}
            options={choices}
            onChange={(figureId) => change({ ...check, figureId })}
          />
          <Select
            className="check-kind"
            aria-label="应当怎样"
            value={check.kind}
            options={kinds}
            onChange={(kind) => change({ ...check, kind, of: kind === 'sum' ? check.of : check.of.slice(0, 1) })}
          />
          <Select
            className="check-of"
            aria-label="和哪些指标比"
            placeholder={check.kind === 'sum' ? '哪几项相加' : '和哪个指标比'}
            mode="multiple"
            {...(check.kind === 'sum' ? {} : { maxCount: 1 })}
            value={[...check.of]}
            options={choices}
            onChange={(of: string[]) => change({ ...check, of })}
          />
          <Select
            className="check-strength"
            aria-label="不符时"
            value={check.blocking}
            options={strengths}
            onChange={(blocking) => change({ ...check, blocking })}
          />
          <Button
            type="text"
            size="small"
            icon={<CloseOutlined />}
            aria-label={`删去第${index + 1}条核对规则`}
            onClick={() => onChange(removed(checks, index))}
          />
        </div>
      ))}
      <Button type="text" size="small" icon={<PlusOutlined />} onClick={() => onChange([...checks, newCheck()])}>
        加一条核对规则
      </Button>
    </fieldset>
  )
}
