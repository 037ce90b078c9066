import { downloadCampaignNotice, showCampaign, showCampaignNotice, type CampaignPage } from '@bihuan/contracts'
import App from 'antd/es/app'
import Button from 'antd/es/button'
import { useEffect, useMemo, useRef, type KeyboardEvent } from 'react'
import { Link, useParams } from 'react-router'
import { download } from '../../../shared/api/download.js'
import { failureOf } from '../../../shared/api/failure.js'
import { useRoute } from '../../../shared/api/use-route.js'
import { Page } from '../../../shared/layout/page.js'
import { useAddressState } from '../../../shared/list/address-state.js'
import { Answered } from '../../../shared/states/answered.js'
import { basisItems, basisKinds, itemKinds, type BasisItem } from '../components/basis-items.js'
import { NoticePane } from '../components/notice-pane.js'
import { ReceiptBar } from '../components/receipt-bar.js'
import '../components/campaign.css'
import '../components/basis.css'
import '../components/receivers.css'

/** The notice that a campaign was made from, beside what was made of it: `/campaigns/:id/notice?at=task:<id>`. */
export function NoticePage() {
  const { campaignId = '' } = useParams()
  const campaign = useRoute(showCampaign, { params: { campaignId }, query: {} })
  return (
    <Answered answer={campaign} ask="行动只对它所约束的单位和上级公开。可请发来链接的人核对。">
      {(page) => <Opened page={page} />}
    </Answered>
  )
}

function Opened({ page }: { page: CampaignPage }) {
  const notice = useRoute(showCampaignNotice, { params: { campaignId: page.id } }, { staleMs: Infinity })
  const { message } = App.useApp()
  const give = () =>
    download(downloadCampaignNotice, { params: { campaignId: page.id } }).catch((thrown: unknown) =>
      message.error(failureOf(thrown).message),
    )
  return (
    <Page
      title="通知原文"
      note={<Link to={`/campaigns/${page.id}`}>{page.name}</Link>}
      kind="fill"
      acts={notice.data === undefined ? undefined : <Button onClick={() => void give()}>下载原件</Button>}
    >
      <ReceiptBar page={page} onNotice />
      <Answered answer={notice} loading="form" ask="由通知导入的行动，才有通知原文。">
        {({ document }) => <Beside page={page} document={document} />}
      </Answered>
    </Page>
  )
}

const nothingReviewed: ReadonlySet<string> = new Set()

function Beside({ page, document }: { page: CampaignPage; document: Parameters<typeof basisItems>[1] }) {
  const [get, change] = useAddressState()
  const items = useMemo(() => basisItems(page, document), [page, document])
  const active = get('at')
  const go = (key: string) => change({ at: key }, { replace: active !== null })
  return (
    <div className="notice-grid">
      <NoticePane document={document} items={items} active={active} reviewed={nothingReviewed} onActive={go} />
      <div className="notice-side">
        <BasisList items={items} active={active} onGo={go} />
      </div>
    </div>
  )
}

interface BasisListProps {
  readonly items: readonly BasisItem[]
  readonly active: string | null
  readonly onGo: (key: string) => void
}

function BasisList({ items, active, onGo }: BasisListProps) {
  const list = useRef<HTMLDivElement>(null)
  useEffect(() => {
    const row = list.current?.querySelector<HTMLElement>('[aria-current="true"]')
    row?.scrollIntoView({ block: 'nearest' })
    row?.focus({ preventScroll: true })
  }, [active])
  const at = items.findIndex(({ key }) => key === active)
  const pressed = (event: KeyboardEvent) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
    const next = step === undefined ? undefined : items[Math.max(0, Math.min(items.length - 1, at + step))]
    if (next === undefined) return
    event.preventDefault()
    onGo(next.key)
  }
  const shown = basisKinds.filter((kind) => items.some((item) => item.kind === kind))
  return (
    <div className="plan-items" ref={list} onKeyDown={pressed}>
      <p className="quiet">按一项，原文里标出它的那一句；↑↓ 逐项看。按原文里的标记，也能找到对应的项。</p>
      {shown.map((kind) => (
        <section key={kind} aria-label={itemKinds[kind]}>
          <h2>{itemKinds[kind]}</h2>
          {items
            .filter((item) => item.kind === kind)
            .map((item) => (
              <div
                key={item.key}
                className="plan-item"
                tabIndex={item.key === active || (active === null && item === items[0]) ? 0 : -1}
                aria-current={item.key === active}
                onClick={() => onGo(item.key)}
              >
                <div className="plan-item-words">
                  <p>{item.title}</p>
                  {item.detail !== '' && <p className="quiet">{item.detail}</p>}
                  {item.source === null && <p className="quiet">通知原文里没有标出它的出处</p>}
                  {item.key === active && item.sentence !== '' && <blockquote>{item.sentence}</blockquote>}
                </div>
                {item.to !== null && (
                  <div className="plan-item-acts">
                    <Link to={item.to} onClick={(event) => event.stopPropagation()}>
                      打开
                    </Link>
                  </div>
                )}
              </div>
            ))}
        </section>
      ))}
    </div>
  )
}
