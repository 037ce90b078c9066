import { decideWords, listCampaigns, showCampaign, type CampaignPage, type DutyView } from '@bihuan/contracts'
import { useState } from 'react'
import { useAct } from '../../../shared/api/use-act.js'
import { Section } from '../../../shared/layout/page.js'
import { BasisLink } from '../../../shared/show/basis-link.js'
import { StateTag } from '../../../shared/show/mark.js'
import { Problem } from '../../../shared/states/problem.js'
import { frequencyWords } from './words.js'
import { WordChoices } from './word-choices.js'

/** The words of these duties, each once, those that need a decision first. */
function wordsIn(duties: readonly DutyView[]) {
  const once = new Map(
    duties
      .flatMap(({ readings }) => readings)
      .filter(({ words }) => words !== '')
      .map((reading) => [`${reading.subject} ${reading.words} ${reading.means}`, reading]),
  )
  return [...once.values()].sort((a, b) => Number(b.standing === 'open') - Number(a.standing === 'open'))
}

/** Duties as rules: who, what record, which enterprises, how often; and what is still to be decided before the campaign starts. */
export function CampaignDuties({ page }: { page: CampaignPage }) {
  const [all, setAll] = useState(false)
  const decide = useAct(decideWords, { refreshes: [showCampaign, listCampaigns] })
  const { duties } = page
  if (duties.length === 0) return null
  const mayManage = page.abilities['manage'] === true
  const words = wordsIn(duties)
  const open = words.filter(({ standing }) => standing === 'open')
  const shown = all ? words : open
  return (
    <Section
      title="职责"
      id="duties"
      note={`${duties.length} 项${open.length > 0 ? `，${open.length} 个词语待选定` : ''}`}
      acts={
        <button type="button" className="linkish" aria-expanded={all} onClick={() => setAll(!all)}>
          {all ? '收起词语' : '词语各指什么'}
        </button>
      }
    >
      {shown.length > 0 && (
        <WordChoices
          words={shown}
          onChoose={
            mayManage && !decide.pending
              ? (choices) =>
                  void decide.act({ params: { campaignId: page.id }, body: { version: page.version, choices } })
              : null
          }
        />
      )}
      {decide.failure && <Problem failure={decide.failure} />}
      <ul className="duties" aria-label="职责">
        {duties.map((duty) => (
          <li key={duty.id} title={duty.sentence ?? undefined}>
            <span>
              <b>{duty.actor ?? duty.who}</b>：{duty.action}
              {duty.condition !== null && <span className="quiet">（限{duty.condition}）</span>}{' '}
              <SentenceOf duty={duty} page={page} />
            </span>
            <span className="quiet">{timesOf(duty)}</span>
            <span className="quiet">
              {duty.standing === 'open' ? (
                <StateTag tone="orange">待选定</StateTag>
              ) : duty.standing === 'wording' ? (
                <StateTag tone="grey">只留文字</StateTag>
              ) : (
                [duty.who, `记作${duty.record}`, duty.enterprises].filter((part) => part !== '').join('；')
              )}
            </span>
          </li>
        ))}
      </ul>
    </Section>
  )
}

/** Where the notice says so; a duty that was added by hand has no sentence. */
function SentenceOf({ duty, page }: { duty: DutyView; page: CampaignPage }) {
  const { source, action } = duty
  if (page.noticeFileId === null || source === null) return null
  const at = page.plan.duties.findIndex(
    (one) => one.action === action && one.source?.start === source.start && one.source.end === source.end,
  )
  return at < 0 ? null : <BasisLink campaignId={page.id} place={`duty:${at}`} of={action} />
}

function timesOf({ frequency, deadline, quota }: DutyView): string {
  return [
    frequencyWords(frequency),
    deadline === null ? null : `${deadline}前`,
    quota === null ? null : `不少于${quota.atLeast}${quota.unit}`,
  ]
    .filter((part) => part !== null)
    .join('；')
}
