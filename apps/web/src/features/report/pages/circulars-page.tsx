import { draftCircular, listCirculars, type AnswerOf, type CircularRow } from '@bihuan/contracts'
import { addDays, addMonths, startOfMonth } from '@bihuan/domain'
import Button from 'antd/es/button'
import Form from 'antd/es/form'
import Select from 'antd/es/select'
import { Link, useNavigate } from 'react-router'
import { useAct } from '../../../shared/api/use-act.js'
import { useRoute } from '../../../shared/api/use-route.js'
import { ActForm } from '../../../shared/form/act-form.js'
import { DateField } from '../../../shared/form/date-field.js'
import { useActForm } from '../../../shared/form/use-act-form.js'
import { Page } from '../../../shared/layout/page.js'
import { useCampaignId } from '../../../shared/layout/workplace.js'
import { useAddressState } from '../../../shared/list/address-state.js'
import { SidePanel } from '../../../shared/list/side-panel.js'
import { useMe } from '../../../shared/session/me.js'
import { instantText } from '../../../shared/show/dates.js'
import { StateTag } from '../../../shared/show/mark.js'
import { Answered } from '../../../shared/states/answered.js'
import '../components/report.css'
import '../components/returns.css'
import '../components/circular.css'

type Listed = AnswerOf<typeof listCirculars>

/** Circulars, campaign by campaign: `/circulars?campaign=&do=draft`. */
export function CircularsPage() {
  const [campaignId] = useCampaignId()
  const [get, change] = useAddressState()
  const circulars = useRoute(listCirculars, { query: campaignId === null ? {} : { campaign: campaignId } })
  const campaigns = circulars.data?.campaigns ?? []
  const mayDraft = campaigns.length > 0
  const drafting = get('do') === 'draft' && mayDraft
  const begin = mayDraft && (
    <Button type="primary" onClick={() => change({ do: 'draft' })}>
      起草通报
    </Button>
  )
  return (
    <Page title="通报" kind="fill" acts={begin || undefined}>
      <div className="table-body">
        <div className="table-main">
          <Answered
            answer={circulars}
            loading="list"
            isEmpty={({ items }) => items.length === 0}
            empty={{
              what: '这里将列出各行动的通报',
              how: mayDraft
                ? '选一个季度或任意起止日期，按数字起草：谁进展快、谁慢、什么超期；下载 Word 修改定稿，印发后在这里标记。'
                : '安委办（专班）印发通报后，会出现在这里。',
              act: begin,
            }}
          >
            {({ items }) => <Rows rows={items} />}
          </Answered>
        </div>
        {drafting && <DraftPanel campaigns={campaigns} onClose={() => change({ do: null })} />}
      </div>
    </Page>
  )
}

function Rows({ rows }: { rows: readonly CircularRow[] }) {
  return (
    <table className="returns circulars" aria-label="通报">
      <thead>
        <tr>
          <th scope="col">通报</th>
          <th scope="col">起止</th>
          <th scope="col">文号</th>
          <th scope="col">起草</th>
          <th scope="col">状态</th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={row.id}>
            <td className="circulars-title">
              <Link to={`/circulars/${row.id}`}>{row.title}</Link>
            </td>
            <td>
              {row.from} 至 {row.to}
            </td>
            <td>{row.docNo}</td>
            <td>
              {row.personName} {instantText(row.draftedAt).slice(0, 10)}
            </td>
            <td>
              {row.state === 'issued' ? (
                <StateTag tone="green">
                  第 {row.number} 期，{row.issuedOn} 印发
                </StateTag>
              ) : (
                <StateTag tone="grey">草稿</StateTag>
              )}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

interface DraftValues {
  readonly campaignId: string
  readonly from: string
  readonly to: string
}

/** Quarters that have begun, the last first; the one that runs ends today. */
function quartersUntil(today: string, count: number) {
  const month = Number(today.slice(5, 7))
  const first = addMonths(startOfMonth(today), -((month - 1) % 3))
  return Array.from({ length: count }, (_, back) => {
    const from = addMonths(first, -3 * back)
    const end = addDays(addMonths(from, 3), -1)
    const name = `${from.slice(0, 4)}年第${'一二三四'[Math.floor((Number(from.slice(5, 7)) - 1) / 3)] ?? ''}季度`
    return { name: end > today ? `${name}（到今天）` : name, from, to: end > today ? today : end }
  })
}

function DraftPanel({ campaigns, onClose }: { campaigns: Listed['campaigns']; onClose: () => void }) {
  const me = useMe()
  const navigate = useNavigate()
  const quarters = quartersUntil(me.today, 4)
  const [now, past] = quarters
  // In the first month of a quarter it is the quarter before that is reported on.
  const usual = (Number(me.today.slice(5, 7)) - 1) % 3 === 0 ? past : now
  const form = useActForm<DraftValues>({
    draft: null,
    initial: { campaignId: campaigns[0]?.id ?? '', from: usual?.from ?? '', to: usual?.to ?? me.today },
  })
  const act = useAct(draftCircular, {
    refreshes: [listCirculars],
    onDone: (page) => {
      form.done()
      void navigate(`/circulars/${page.id}`)
    },
  })
  return (
    <SidePanel label="起草通报" title="起草通报" width={400} onClose={onClose}>
      <ActForm
        form={form}
        act={act}
        submit="起草"
        onCancel={onClose}
        onSubmit={({ campaignId, from, to }) => void act.act({ params: { campaignId }, body: { from, to } })}
      >
        <p className="panel-lead">数字定在起草这一刻；以后补记的不改这一稿，可以另起草一稿。</p>
        <Form.Item name="campaignId" label="行动" rules={[{ required: true, message: '请选择行动' }]}>
          <Select options={campaigns.map(({ id, name }) => ({ value: id, label: name }))} />
        </Form.Item>
        <p className="circular-quarters">
          {quarters.map(({ name, from, to }) => (
            <Button key={name} size="small" onClick={() => form.form.setFieldsValue({ from, to })}>
              {name}
            </Button>
          ))}
        </p>
        <Form.Item name="from" label="从" rules={[{ required: true, message: '请填写起始日期' }]}>
          <DateField max={me.today} />
        </Form.Item>
        <Form.Item name="to" label="到" rules={[{ required: true, message: '请填写截止日期' }]}>
          <DateField max={me.today} />
        </Form.Item>
      </ActForm>
    </SidePanel>
  )
}
