import {
  listCampaigns,
  listEnterpriseSectors,
  setCampaignSectors,
  showCampaign,
  type CampaignPage,
} from '@bihuan/contracts'
import Form from 'antd/es/form'
import Input from 'antd/es/input'
import Radio from 'antd/es/radio'
import Select from 'antd/es/select'
import { useAct } from '../../../shared/api/use-act.js'
import { useRoute } from '../../../shared/api/use-route.js'
import { ActForm } from '../../../shared/form/act-form.js'
import { useActForm } from '../../../shared/form/use-act-form.js'
import { SidePanel } from '../../../shared/list/side-panel.js'

interface SectorsValues {
  readonly counts: 'all' | 'some'
  readonly sectors: readonly string[]
  readonly reason: string
}

/** Whose figures the tables count. What the plan stresses is offered first, and decides nothing by itself. */
export function SectorsPanel({ page, onClose }: { readonly page: CampaignPage; readonly onClose: () => void }) {
  const form = useActForm<SectorsValues>({
    draft: null,
    initial: {
      counts: page.countedSectors === null ? 'all' : 'some',
      sectors: page.countedSectors ?? [],
      reason: '',
    },
  })
  const known = useRoute(listEnterpriseSectors, {})
  const set = useAct(setCampaignSectors, {
    refreshes: [showCampaign, listCampaigns],
    onDone: () => {
      form.done()
      onClose()
    },
  })
  const offered = [...new Set([...page.sectors, ...(known.data?.items.map(({ sector }) => sector) ?? [])])]
  const counts = Form.useWatch('counts', form.form)
  return (
    <SidePanel label="统计的行业领域" title="统计的行业领域" width={400} onClose={onClose}>
      <p className="quiet">
        调度表只统计选定行业领域的隐患；改动之后，各表的累计数按新的范围重算。方案里“聚焦”的行业只是重点，不会自动排除其他行业。
      </p>
      <ActForm
        form={form}
        act={set}
        submit="保存"
        onCancel={onClose}
        onSubmit={({ counts: chosen, sectors, reason }) =>
          set.act({
            params: { campaignId: page.id },
            body: { version: page.version, sectors: chosen === 'all' ? null : [...sectors], reason },
          })
        }
      >
        <Form.Item name="counts" label="统计范围" rules={[{ required: true }]}>
          <Radio.Group
            options={[
              { value: 'all', label: '全部行业' },
              { value: 'some', label: '指定行业' },
            ]}
          />
        </Form.Item>
        {counts === 'some' && (
          <Form.Item name="sectors" label="行业领域" rules={[{ required: true, message: '请至少选定一个行业领域' }]}>
            <Select mode="tags" options={offered.map((sector) => ({ value: sector, label: sector }))} />
          </Form.Item>
        )}
        <Form.Item name="reason" label="原因" rules={[{ required: true, whitespace: true, message: '请写明原因' }]}>
          <Input.TextArea autoSize={{ minRows: 2 }} maxLength={500} />
        </Form.Item>
      </ActForm>
    </SidePanel>
  )
}
