import { confirmCampaign, listReceivers, showCampaign, showWorkbench, type CampaignPage } from '@bihuan/contracts'
import App from 'antd/es/app'
import Button from 'antd/es/button'
import { Link } from 'react-router'
import { useAct } from '../../../shared/api/use-act.js'
import { instantText } from '../../../shared/show/dates.js'
import { StateTag } from '../../../shared/show/mark.js'
import { Problem } from '../../../shared/states/problem.js'

/** 阅读并确认, for each unit that one works for; where there is nothing to confirm, what was confirmed and by whom. */
export function ReceiptBar({ page, onNotice = false }: { page: CampaignPage; onNotice?: boolean }) {
  const { message } = App.useApp()
  const confirm = useAct(confirmCampaign, {
    refreshes: [showCampaign, showWorkbench, listReceivers],
    onDone: () => void message.success('已确认，下发单位可以看到'),
  })
  return page.receipts.map(({ unitId, unitName, sentAt, state, confirmedBy, confirmedAt }) => {
    if (state === 'gone') return null
    const earlier = confirmedAt === null ? '' : `${confirmedBy ?? ''} ${instantText(confirmedAt)} `
    if (state === 'confirmed') {
      return (
        <div key={unitId} className="receipt-done">
          <StateTag tone="green">已确认</StateTag> <span className="quiet">{`${unitName}：${earlier}阅读确认`}</span>
        </div>
      )
    }
    return (
      <div key={unitId} className="campaign-next" role="group" aria-label={`${unitName}阅读并确认`}>
        <p>
          {state === 'outdated'
            ? `通知换了新的版本，请${unitName}重新阅读并确认。${earlier}确认的是旧版。`
            : `${page.unitName}于 ${instantText(sentAt)} 下发给${unitName}，请读${
                page.noticeFileId === null ? '各项任务和职责' : '通知原文'
              }，读过后确认。`}
        </p>
        {page.noticeFileId !== null && !onNotice && <Link to={`/campaigns/${page.id}/notice`}>读通知原文</Link>}
        {page.abilities['confirm'] === true ? (
          <Button
            type="primary"
            loading={confirm.pending}
            onClick={() =>
              void confirm.act({
                params: { campaignId: page.id },
                body: { unitId, noticeFileId: page.noticeFileId },
              })
            }
          >
            已阅读，确认
          </Button>
        ) : (
          page.state === 'running' && <span className="quiet">由安全管理人员、经办人员确认</span>
        )}
        {confirm.failure && <Problem failure={confirm.failure} />}
      </div>
    )
  })
}
