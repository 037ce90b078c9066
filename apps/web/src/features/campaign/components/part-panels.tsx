import {
  listCampaigns,
  reviseLeadership,
  reviseLedgers,
  reviseTargets,
  showCampaign,
  type CampaignPage,
} from '@bihuan/contracts'
import PlusOutlined from '@ant-design/icons/es/icons/PlusOutlined'
import Button from 'antd/es/button'
import Form from 'antd/es/form'
import Input from 'antd/es/input'
import Select from 'antd/es/select'
import type { ReactNode } from 'react'
import { useAct } from '../../../shared/api/use-act.js'
import { ActForm } from '../../../shared/form/act-form.js'
import { useActForm } from '../../../shared/form/use-act-form.js'
import { SidePanel } from '../../../shared/list/side-panel.js'

interface PanelProps {
  readonly page: CampaignPage
  readonly onClose: () => void
}

const refreshes = [showCampaign, listCampaigns]
const blankAsNull = (text: string | null | undefined): string | null => text?.trim() || null

interface Leader {
  readonly role: string
  readonly name: string | null
  readonly post: string | null
}

export function LeadershipPanel({ page, onClose }: PanelProps) {
  const form = useActForm<{ readonly leadership: readonly Leader[] }>({
    draft: null,
    initial: { leadership: page.plan.leadership.map(({ role, name, post }) => ({ role, name, post })) },
  })
  const revise = useAct(reviseLeadership, { refreshes, onDone: leaving(form, onClose) })
  return (
    <SidePanel label="组织领导" title="组织领导" onClose={onClose}>
      <ActForm
        form={form}
        act={revise}
        submit="保存"
        onCancel={onClose}
        onSubmit={({ leadership }) =>
          revise.act({
            params: { campaignId: page.id },
            body: {
              version: page.version,
              leadership: leadership.map(({ role, name, post }) => ({
                role,
                name: blankAsNull(name),
                post: blankAsNull(post),
              })),
            },
          })
        }
      >
        <Rows name="leadership" add="加一人" blank={{ role: '', name: null, post: null }}>
          {(at) => (
            <>
              <Cell name={[at, 'role']} label="职责" hint="如 组长" needed width={96} />
              <Cell name={[at, 'name']} label="姓名" hint="姓名" width={96} />
              <Cell name={[at, 'post']} label="职务或单位" hint="职务或单位" />
            </>
          )}
        </Rows>
      </ActForm>
    </SidePanel>
  )
}

interface Target {
  readonly id: string | null
  readonly name: string
  readonly type: string | null
}

export function TargetsPanel({ page, onClose }: PanelProps) {
  const form = useActForm<{ readonly targets: readonly Target[] }>({
    draft: null,
    initial: { targets: page.targets.map(({ id, name, type }) => ({ id, name, type })) },
  })
  const revise = useAct(reviseTargets, { refreshes, onDone: leaving(form, onClose) })
  return (
    <SidePanel label="重点对象" title="重点对象" onClose={onClose}>
      <p className="quiet">名称与在册企业完全相同的，会链到企业。</p>
      <ActForm
        form={form}
        act={revise}
        submit="保存"
        onCancel={onClose}
        onSubmit={({ targets }) =>
          revise.act({
            params: { campaignId: page.id },
            body: {
              version: page.version,
              targets: targets.map(({ id, name, type }) => ({ id: id ?? null, name, type: blankAsNull(type) })),
            },
          })
        }
      >
        <Rows name="targets" add="加一个" blank={{ id: null, name: '', type: null }}>
          {(at) => (
            <>
              <Cell name={[at, 'name']} label="企业或场所" hint="企业或场所的名称" needed />
              <Cell name={[at, 'type']} label="类型" hint="类型" width={120} />
            </>
          )}
        </Rows>
      </ActForm>
    </SidePanel>
  )
}

interface Ledger {
  readonly id: string | null
  readonly title: string
  readonly columns: readonly string[]
}

/** A ledger cannot be taken away: what was exported and imported by it refers to it. */
export function LedgersPanel({ page, onClose }: PanelProps) {
  const form = useActForm<{ readonly ledgers: readonly Ledger[] }>({
    draft: null,
    initial: { ledgers: page.ledgers.map(({ id, title, columns }) => ({ id, title, columns })) },
  })
  const revise = useAct(reviseLedgers, { refreshes, onDone: leaving(form, onClose) })
  const known = [...new Set(page.ledgers.flatMap(({ columns }) => columns))]
  return (
    <SidePanel label="隐患清单" title="隐患清单" onClose={onClose}>
      <p className="quiet">
        清单是把台账写出来的样式，改栏目不改动隐患。栏目按顺序排列，输入后按回车加一栏；认不出意思的栏目，导出时留空。
      </p>
      <ActForm
        form={form}
        act={revise}
        submit="保存"
        onCancel={onClose}
        onSubmit={({ ledgers }) =>
          revise.act({
            params: { campaignId: page.id },
            body: {
              version: page.version,
              ledgers: ledgers.map(({ id, title, columns }) => ({ id: id ?? null, title, columns: [...columns] })),
            },
          })
        }
      >
        <Form.List name="ledgers">
          {(fields, { add, remove }) => (
            <>
              {fields.map(({ key, name }) => (
                <div key={key} className="ledger-part">
                  <div className="plan-row">
                    <Cell name={[name, 'title']} label="清单名称" hint="清单名称" needed />
                    {name >= page.ledgers.length && (
                      <Button type="text" size="small" onClick={() => remove(name)}>
                        删去
                      </Button>
                    )}
                  </div>
                  <Form.Item
                    name={[name, 'columns']}
                    rules={[{ required: true, type: 'array', min: 1, message: '清单至少要有一栏' }]}
                  >
                    <Select
                      mode="tags"
                      aria-label="栏目"
                      placeholder="栏目，如 序号"
                      tokenSeparators={['、', ',', '，']}
                      options={known.map((column) => ({ value: column, label: column }))}
                    />
                  </Form.Item>
                </div>
              ))}
              <Button type="text" icon={<PlusOutlined />} onClick={() => add({ id: null, title: '', columns: [] })}>
                加一张清单
              </Button>
            </>
          )}
        </Form.List>
      </ActForm>
    </SidePanel>
  )
}

/** Nothing is left to lose when the answer is there. */
function leaving(form: { readonly done: () => void }, onClose: () => void): () => void {
  return () => {
    form.done()
    onClose()
  }
}

function Rows({
  name,
  add,
  blank,
  children,
}: {
  readonly name: string
  readonly add: string
  readonly blank: unknown
  readonly children: (at: number) => ReactNode
}) {
  return (
    <Form.List name={name}>
      {(fields, list) => (
        <>
          {fields.map((field) => (
            <div key={field.key} className="plan-row">
              {children(field.name)}
              <Button type="text" size="small" onClick={() => list.remove(field.name)}>
                删去
              </Button>
            </div>
          ))}
          <Button type="text" icon={<PlusOutlined />} onClick={() => list.add(blank)}>
            {add}
          </Button>
        </>
      )}
    </Form.List>
  )
}

function Cell({
  name,
  label,
  hint,
  needed = false,
  width,
}: {
  readonly name: (string | number)[]
  readonly label: string
  readonly hint: string
  readonly needed?: boolean
  readonly width?: number
}) {
  return (
    <Form.Item
      name={name}
      style={{ marginBottom: 4, ...(width === undefined ? { flex: 1, minWidth: 160 } : { width }) }}
      {...(needed ? { rules: [{ required: true, whitespace: true, message: `请填写${label}` }] } : {})}
    >
      <Input placeholder={hint} aria-label={label} maxLength={500} />
    </Form.Item>
  )
}
