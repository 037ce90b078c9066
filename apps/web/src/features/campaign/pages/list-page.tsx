import { listCampaigns, type CampaignRow } from '@bihuan/contracts'
import Button from 'antd/es/button'
import Segmented from 'antd/es/segmented'
import { Link, useNavigate } from 'react-router'
import { useRoute } from '../../../shared/api/use-route.js'
import { Page } from '../../../shared/layout/page.js'
import { useAddressState } from '../../../shared/list/address-state.js'
import { daysBetween } from '../../../shared/show/dates.js'
import { StateTag } from '../../../shared/show/mark.js'
import { useMe } from '../../../shared/session/me.js'
import { Answered } from '../../../shared/states/answered.js'
import { CampaignTag, span } from '../components/words.js'
import '../components/campaign.css'

const states = [
  { value: '', label: '全部' },
  { value: 'running', label: '进行中' },
  { value: 'preparing', label: '筹备' },
  { value: 'closed', label: '已结束' },
]

export function ListPage() {
  const navigate = useNavigate()
  const me = useMe()
  const [get, change] = useAddressState()
  const campaigns = useRoute(listCampaigns, { query: {} })
  const wanted = get('state') ?? ''
  const create = campaigns.data?.abilities['create'] === true && (
    <Button type="primary" onClick={() => void navigate('/campaigns/new')}>
      建立行动
    </Button>
  )
  return (
    <Page
      title="行动"
      acts={
        create ? (
          <>
            <Button onClick={() => void navigate('/campaigns/phrases')}>词语对照</Button>
            {create}
          </>
        ) : undefined
      }
    >
      <Answered
        answer={campaigns}
        loading="list"
        isEmpty={({ items }) => items.length === 0}
        empty={{
          what: '这里将列出本单位和上级部署的专项行动',
          how: create
            ? '收到方案后，导入方案数据或手工建立。'
            : '上级或本单位的安委办（专班）建立行动后，会出现在这里。',
          act: create,
        }}
      >
        {({ items }) => {
          const shown = items.filter((row) => wanted === '' || row.state === wanted)
          return (
            <div className="campaigns">
              <Segmented
                options={states.map(({ value, label }) => ({
                  value,
                  label: `${label} ${items.filter((row) => value === '' || row.state === value).length}`,
                }))}
                value={wanted}
                onChange={(state) => change({ state })}
              />
              <ul className="campaign-rows" aria-label="行动">
                {shown.map((row) => (
                  <CampaignLine key={row.id} row={row} today={me.today} />
                ))}
              </ul>
              {shown.length === 0 && <p className="quiet campaigns-none">没有处于这个状态的行动。</p>}
            </div>
          )
        }}
      </Answered>
    </Page>
  )
}

function CampaignLine({ row, today }: { row: CampaignRow; today: string }) {
  const left = row.endsOn === null || row.state === 'closed' ? null : daysBetween(today, row.endsOn)
  return (
    <li className="campaign-row">
      <div className="campaign-main">
        <Link to={`/campaigns/${row.id}`} className="campaign-name">
          {row.name}
        </Link>
        <p className="campaign-issuer">
          {row.issuer}
          {row.docNo !== null && ` ${row.docNo}`}
          {row.unitName !== row.issuer && ` · ${row.unitName}`}
        </p>
      </div>
      <div className="campaign-state">
        <CampaignTag state={row.state} />
        {row.phase !== null && <p className="quiet">{row.phase}</p>}
      </div>
      <div className="campaign-dates">
        <p>{span(row.startsOn, row.endsOn)}</p>
        {left !== null && <p className="quiet">{left >= 0 ? `还有 ${left} 天` : `已过 ${-left} 天，尚未结束`}</p>}
      </div>
      <div className="campaign-tasks">
        {row.state === 'preparing' ? (
          <span className="quiet">{row.tasks.total} 项任务</span>
        ) : row.tasks.late > 0 ? (
          <Link to={`/campaigns/${row.id}?show=late`}>
            <StateTag tone="red">{row.tasks.late} 项超期</StateTag>
          </Link>
        ) : (
          <StateTag tone={row.tasks.total === 0 ? 'grey' : 'green'}>
            {row.tasks.total === 0 ? '没有任务清单' : '没有超期'}
          </StateTag>
        )}
        {row.state !== 'preparing' && row.tasks.total > 0 && (
          <p className="quiet">
            共 {row.tasks.total} 项{row.tasks.dueSoon > 0 && `，${row.tasks.dueSoon} 项临期`}
          </p>
        )}
      </div>
    </li>
  )
}
