import {
  exportReceivers,
  listReceivers,
  remindReceivers,
  sendOutCampaign,
  showCampaign,
  type CampaignPage,
  type QueryOf,
  type ReceiverBoard,
  type ReceiverRow,
} from '@bihuan/contracts'
import { enterpriseClasses, unitKindLabel } from '@bihuan/domain'
import App from 'antd/es/app'
import Button from 'antd/es/button'
import Form from 'antd/es/form'
import Input from 'antd/es/input'
import { useMemo } from 'react'
import { Link, useParams } from 'react-router'
import { download } from '../../../shared/api/download.js'
import { useAct } from '../../../shared/api/use-act.js'
import { useRoute } from '../../../shared/api/use-route.js'
import { ActForm } from '../../../shared/form/act-form.js'
import { useActForm } from '../../../shared/form/use-act-form.js'
import { Page } from '../../../shared/layout/page.js'
import { useAddressState } from '../../../shared/list/address-state.js'
import { DataList } from '../../../shared/list/data-list.js'
import { useListState } from '../../../shared/list/list-state.js'
import { SidePanel } from '../../../shared/list/side-panel.js'
import { useMe } from '../../../shared/session/me.js'
import { instantText } from '../../../shared/show/dates.js'
import { Answered } from '../../../shared/states/answered.js'
import { Problem } from '../../../shared/states/problem.js'
import { ReceiptTag, receiptStates, receiverColumnsOn, receiverConditions } from '../components/receiver-columns.js'
import { SendOutPanel } from '../components/send-out-panel.js'
import '../components/campaign.css'
import '../components/receivers.css'

type Question = QueryOf<typeof listReceivers>

/** 下发情况: who has confirmed the campaign, who has not and since when: `/campaigns/:id/receivers?state=&side=&q=&do=`. */
export function ReceiversPage() {
  const { campaignId = '' } = useParams()
  const campaign = useRoute(showCampaign, { params: { campaignId }, query: {} })
  return (
    <Answered answer={campaign} ask="行动只对它所约束的单位和上级公开。可请发来链接的人核对。">
      {(page) => <Board page={page} />}
    </Answered>
  )
}

function Board({ page }: { page: CampaignPage }) {
  const me = useMe()
  const [get, change] = useAddressState()
  const list = useListState<Question>({ conditions: receiverConditions, limit: 100 })
  const { state, side, q, after, limit } = list.query
  const asked = { state, side, q }
  const params = { campaignId: page.id }
  const board = useRoute(listReceivers, { params, query: { ...asked, after, limit } }, { keep: true })
  const columns = useMemo(() => receiverColumnsOn(page.id, me.today), [page.id, me.today])
  const rows = useMemo(() => ({ ...board, data: board.data && { ...board.data, total: null } }), [board])
  const act = get('do')
  const close = () => change({ do: null })
  const sends = board.data?.abilities['send-out'] === true
  const { waiting = 0, outdated = 0 } = board.data?.summary ?? {}
  return (
    <Page
      title="下发情况"
      note={<Link to={`/campaigns/${page.id}`}>{page.name}</Link>}
      kind="fill"
      acts={
        sends ? (
          <>
            {waiting + outdated > 0 && (
              <Button onClick={() => change({ do: 'remind' })}>催办 {waiting + outdated} 个</Button>
            )}
            <Button type="primary" onClick={() => change({ do: 'send' })}>
              下发
            </Button>
          </>
        ) : undefined
      }
    >
      {board.data && <Sent page={page} board={board.data} onShow={(one) => list.ask({ state: one })} />}
      <div className="campaign-body">
        <DataList<ReceiverRow>
          name="receivers"
          label="下发情况"
          state={list}
          answer={rows}
          columns={columns}
          idOf={({ unitId }) => unitId}
          onOpen={null}
          searchHint="单位名称的一部分"
          empty={{
            what: '还没有下发过',
            how: sends
              ? '下发之后，各单位、企业在工作台里阅读并确认；谁确认了、谁没有，都列在这里。'
              : '下发给本单位所辖的单位和企业之后，谁确认了、谁没有，都列在这里。',
          }}
          toneOf={(row) => (row.state === 'gone' || row.state === 'confirmed' ? 'done' : null)}
          exports={[
            {
              key: 'seen',
              label: '按当前条件（Excel）',
              run: () => download(exportReceivers, { params, query: asked }),
            },
          ]}
        />
        {act === 'send' && sends && <SendOutPanel page={page} onClose={close} />}
        {act === 'remind' && sends && <RemindPanel page={page} owing={waiting + outdated} onClose={close} />}
      </div>
    </Page>
  )
}

/** How many stand where, what was sent when, and whether somebody has joined since. */
function Sent({ page, board, onShow }: { page: CampaignPage; board: ReceiverBoard; onShow: (state: string) => void }) {
  const { message } = App.useApp()
  const again = useAct(sendOutCampaign, {
    refreshes: [listReceivers],
    onDone: ({ added }) => void message.success(`已补发给 ${added} 个单位`),
  })
  const all = receiptStates.reduce((sum, state) => sum + (board.summary[state] ?? 0), 0)
  return (
    <div className="sendings">
      {all > 0 && (
        <p className="sendings-sums" role="group" aria-label="汇总">
          已下发 <b>{all}</b>
          {receiptStates.map((state) => {
            const count = board.summary[state] ?? 0
            return count === 0 ? null : (
              <button key={state} type="button" className="linkish" onClick={() => onShow(state)}>
                <ReceiptTag state={state} count={count} />
              </button>
            )
          })}
        </p>
      )}
      {board.sendings.length > 0 && (
        <ul className="sendings-list quiet" aria-label="历次下发">
          {board.sendings.map((sending) => (
            <li key={sending.number}>{sendingWords(sending)}</li>
          ))}
        </ul>
      )}
      {board.later > 0 && (
        <div className="campaign-next">
          <p>下发之后又有 {board.later} 个单位、企业新设、新登记或者归入所选的类别，还没有下发。</p>
          <Button
            loading={again.pending}
            onClick={() => void again.act({ params: { campaignId: page.id }, body: { rule: null } })}
          >
            补发给这 {board.later} 个
          </Button>
          {again.failure && <Problem failure={again.failure} />}
        </div>
      )}
    </div>
  )
}

function sendingWords(sending: ReceiverBoard['sendings'][number]): string {
  const { number, sentAt, personName, receivers, kinds, enterprises, named } = sending
  const whom = kinds.map((kind) =>
    kind === 'enterprise' && enterprises !== undefined ? enterpriseClasses[enterprises] : unitKindLabel(kind),
  )
  if (named > 0) whom.push(`指定的 ${named} 个`)
  return `第 ${number} 次：${instantText(sentAt)} ${personName} 下发给${whom.join('、')}，共 ${receivers} 个`
}

interface RemindProps {
  readonly page: CampaignPage
  readonly owing: number
  readonly onClose: () => void
}

function RemindPanel({ page, owing, onClose }: RemindProps) {
  const { message } = App.useApp()
  const form = useActForm<{ readonly text: string }>({ draft: null, initial: { text: '' } })
  const remind = useAct(remindReceivers, {
    refreshes: [listReceivers],
    onDone: ({ reminded, passed }) => {
      form.done()
      void message.success(`已催办 ${reminded} 个${passed > 0 ? `，另有 ${passed} 个今天催过了` : ''}`)
      onClose()
    },
  })
  return (
    <SidePanel label="催办" title="催办" width={400} onClose={onClose}>
      <p className="quiet">给没有确认的 {owing} 个单位、企业发提醒，每个一天至多一次。</p>
      <ActForm
        form={form}
        act={remind}
        submit="催办"
        onCancel={onClose}
        onSubmit={({ text = '' }) => void remind.act({ params: { campaignId: page.id }, body: { text } })}
      >
        <Form.Item name="text" label="附一句话">
          <Input.TextArea autoSize={{ minRows: 2 }} maxLength={200} placeholder="可以不填，如：请在本周五前确认。" />
        </Form.Item>
      </ActForm>
    </SidePanel>
  )
}
