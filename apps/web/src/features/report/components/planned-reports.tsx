import {
  listScheduleDrafts,
  listSchedules,
  returnBoard,
  setUpSchedules,
  type ScheduleDraftView,
} from '@bihuan/contracts'
import Button from 'antd/es/button'
import { Link } from 'react-router'
import { useAct } from '../../../shared/api/use-act.js'
import { useRoute } from '../../../shared/api/use-route.js'
import { Problem } from '../../../shared/states/problem.js'
import { respondentsText, ruleText } from './schedule-words.js'

/** What the plan asks to be filed and nobody has set up yet; all that is clear by one click, the rest one by one. */
export function PlannedReports({ campaignId }: { campaignId: string }) {
  const drafts = useRoute(listScheduleDrafts, { params: { campaignId } })
  const act = useAct(setUpSchedules, { refreshes: [listScheduleDrafts, listSchedules, returnBoard] })
  const left = (drafts.data?.items ?? []).filter(({ scheduleId }) => scheduleId === null)
  const ready = left.filter(({ open }) => open.length === 0)
  const mayManage = drafts.data?.abilities['manage'] === true
  if (left.length === 0 || !mayManage) return null
  return (
    <section className="planned" aria-label="方案要求的报送">
      <header>
        <span>
          方案要求的报送还有 {left.length} 项没有设置
          {ready.length < left.length && `，其中 ${left.length - ready.length} 项要先定下来或补充`}
        </span>
        {ready.length > 0 && (
          <Button
            type="primary"
            size="small"
            loading={act.pending}
            onClick={() => void act.act({ params: { campaignId }, body: {} })}
          >
            按方案设置（{ready.length} 项）
          </Button>
        )}
      </header>
      {act.failure && <Problem failure={act.failure} places={[]} />}
      {left.map((draft) => (
        <Line key={`${draft.report}.${draft.annex ?? ''}`} draft={draft} campaignId={campaignId} />
      ))}
    </section>
  )
}

function Line({ draft, campaignId }: { draft: ScheduleDraftView; campaignId: string }) {
  const { input, open, to } = draft
  const form = formOf(draft, campaignId)
  return (
    <div className="planned-line">
      <div>
        <p>{input.title}</p>
        <p className="quiet">
          {ruleText(input.rule)}
          {input.respondents.length > 0 && `；${respondentsText(input.respondents)}填报`}
          {to.length > 0 && `，报${to.join('、')}`}
        </p>
        {open.map((sentence) => (
          <p key={sentence} className="planned-open">
            {sentence}
          </p>
        ))}
      </div>
      {form !== null && <Link to={form}>{open.length === 0 ? '核对后设置' : '补充后设置'}</Link>}
    </div>
  )
}

/** The form, filled in with the draft. */
export function formOf({ report, files, tableId, ledgerId }: ScheduleDraftView, campaignId: string): string | null {
  if (files === 'narrative') return `/campaigns/${campaignId}/narratives/new`
  const query = `?campaign=${campaignId}&report=${report}`
  if (tableId !== null) return `/tables/${tableId}/schedules/new${query}`
  return ledgerId === null ? null : `/ledgers/${ledgerId}/schedules/new${query}`
}
