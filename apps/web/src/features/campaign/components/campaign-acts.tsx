import {
  closeCampaign,
  listCampaigns,
  revisePhases,
  setCampaignDates,
  showCampaign,
  type CampaignPage,
} from '@bihuan/contracts'
import PlusOutlined from '@ant-design/icons/es/icons/PlusOutlined'
import Button from 'antd/es/button'
import Form from 'antd/es/form'
import Input from 'antd/es/input'
import Select from 'antd/es/select'
import { useAct } from '../../../shared/api/use-act.js'
import { useRoute } from '../../../shared/api/use-route.js'
import { ActForm } from '../../../shared/form/act-form.js'
import { DateField } from '../../../shared/form/date-field.js'
import { useActForm } from '../../../shared/form/use-act-form.js'
import { SidePanel } from '../../../shared/list/side-panel.js'
import { LeadershipPanel, LedgersPanel, TargetsPanel } from './part-panels.js'
import { SectorsPanel } from './sectors-panel.js'
import { SendOutPanel } from './send-out-panel.js'

interface ActProps {
  readonly page: CampaignPage
  readonly onClose: () => void
}

const refreshes = [showCampaign, listCampaigns]

/** The panels in which a campaign itself is changed: `?do=dates`, `sectors`, `phases`, `leadership`, `targets`, `ledgers`, `send`, `close`. */
export function CampaignAct({ act, ...props }: ActProps & { readonly act: string }) {
  switch (act) {
    case 'dates':
      return <DatesPanel {...props} />
    case 'sectors':
      return <SectorsPanel {...props} />
    case 'phases':
      return <PhasesPanel {...props} />
    case 'leadership':
      return <LeadershipPanel {...props} />
    case 'targets':
      return <TargetsPanel {...props} />
    case 'ledgers':
      return <LedgersPanel {...props} />
    case 'send':
      return <SendOutPanel {...props} />
    case 'close':
      return <ClosePanel {...props} />
    default:
      return null
  }
}

interface DatesValues {
  readonly startsOn: string
  readonly endsOn: string | null
  readonly reason: string
}

function DatesPanel({ page, onClose }: ActProps) {
  const form = useActForm<DatesValues>({
    draft: null,
    initial: { startsOn: page.startsOn ?? '', endsOn: page.endsOn, reason: '' },
  })
  const set = useAct(setCampaignDates, {
    refreshes,
    onDone: () => {
      form.done()
      onClose()
    },
  })
  return (
    <SidePanel label="起止日期" title="起止日期" width={400} onClose={onClose}>
      <p className="quiet">
        只统计起止日期之内的隐患；改动之后，各调度表的累计数按新日期重算，已按账本位置导出的不变。
      </p>
      <ActForm
        form={form}
        act={set}
        submit="保存"
        onCancel={onClose}
        onSubmit={(values) =>
          set.act({
            params: { campaignId: page.id },
            body: { ...values, endsOn: values.endsOn ?? null, version: page.version },
          })
        }
      >
        <Form.Item name="startsOn" label="开始日期" rules={[{ required: true, message: '请选择开始日期' }]}>
          <DateField />
        </Form.Item>
        <Form.Item name="endsOn" label="结束日期" tooltip="不填为长期开展">
          <DateField />
        </Form.Item>
        <Form.Item name="reason" label="原因" rules={[{ required: true, whitespace: true, message: '请写明原因' }]}>
          <Input.TextArea autoSize={{ minRows: 2 }} maxLength={500} />
        </Form.Item>
      </ActForm>
    </SidePanel>
  )
}

interface PhasesValues {
  readonly phases: readonly {
    readonly name: string
    readonly startsOn: string | null
    readonly endsOn: string | null
  }[]
}

function PhasesPanel({ page, onClose }: ActProps) {
  const initial = {
    phases: page.phases.map(({ name, startsOn, endsOn, startIsInferred }) => ({
      name,
      startsOn: startIsInferred ? null : startsOn,
      endsOn,
    })),
  }
  const form = useActForm<PhasesValues>({ draft: null, initial })
  const revise = useAct(revisePhases, {
    refreshes,
    onDone: () => {
      form.done()
      onClose()
    },
  })
  return (
    <SidePanel label="阶段" title="阶段" onClose={onClose}>
      <ActForm
        form={form}
        act={revise}
        submit="保存"
        onCancel={onClose}
        onSubmit={({ phases }) =>
          revise.act({
            params: { campaignId: page.id },
            body: {
              version: page.version,
              phases: phases.map(({ name, startsOn, endsOn }) => ({
                name,
                startsOn: startsOn ?? null,
                endsOn: endsOn ?? null,
              })),
            },
          })
        }
      >
        <Form.List name="phases">
          {(fields, { add, remove }) => (
            <>
              {fields.map(({ key, name }) => (
                <div key={key} className="plan-row">
                  <Form.Item
                    name={[name, 'name']}
                    style={{ flex: 1, marginBottom: 4 }}
                    rules={[{ required: true, message: '请填写名称' }]}
                  >
                    <Input placeholder="阶段名称" aria-label="阶段名称" />
                  </Form.Item>
                  <Form.Item name={[name, 'startsOn']} style={{ marginBottom: 4 }}>
                    <DateField placeholder="接上阶段" />
                  </Form.Item>
                  <Form.Item name={[name, 'endsOn']} style={{ marginBottom: 4 }}>
                    <DateField placeholder="结束" />
                  </Form.Item>
                  <Button type="text" size="small" onClick={() => remove(name)}>
                    删去
                  </Button>
                </div>
              ))}
              <Button
                type="text"
                icon={<PlusOutlined />}
                onClick={() => add({ name: '', startsOn: null, endsOn: null })}
              >
                加一个阶段
              </Button>
            </>
          )}
        </Form.List>
      </ActForm>
    </SidePanel>
  )
}

interface CloseValues {
  readonly carryOverTo?: string
}

/** What is still open goes on in another campaign: none is left behind. */
function ClosePanel({ page, onClose }: ActProps) {
  const running = useRoute(listCampaigns, { query: { state: 'running' } })
  const form = useActForm<CloseValues>({ draft: null })
  const close = useAct(closeCampaign, {
    refreshes,
    onDone: () => {
      form.done()
      onClose()
    },
  })
  const open = page.openHazards ?? { registered: 0, drafts: 0 }
  const others = (running.data?.items ?? []).filter(({ id }) => id !== page.id)
  return (
    <SidePanel label="结束行动" title="结束行动" width={440} onClose={onClose}>
      <ul className="close-list">
        <li>
          未销号的隐患 <b>{open.registered}</b> 项
          {open.registered > 0 && '，须结转到另一个进行中的行动，编号和经过都不变。'}
        </li>
        {open.drafts > 0 && <li className="list-problem">还有 {open.drafts} 条草稿，请先补全登记或作废，再结束。</li>}
        <li className="quiet">结束之后，任务、阶段不能再改，调度表仍可查看和导出。</li>
      </ul>
      <ActForm
        form={form}
        act={close}
        submit="结束行动"
        onCancel={onClose}
        onSubmit={({ carryOverTo }) =>
          close.act({
            params: { campaignId: page.id },
            body: { version: page.version, carryOverTo: open.registered > 0 ? (carryOverTo ?? null) : null },
          })
        }
      >
        {open.registered > 0 && (
          <Form.Item
            name="carryOverTo"
            label="结转到"
            rules={[{ required: true, message: '请选择接续的行动' }]}
            {...(running.data && others.length === 0
              ? { extra: '没有别的进行中的行动。请先建立并启动接续的行动。' }
              : {})}
          >
            <Select
              loading={running.isLoading}
              placeholder="进行中的行动"
              options={others.map(({ id, name, unitName }) => ({ value: id, label: `${name}（${unitName}）` }))}
            />
          </Form.Item>
        )}
      </ActForm>
    </SidePanel>
  )
}
