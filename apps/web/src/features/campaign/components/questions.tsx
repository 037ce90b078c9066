import { decideQuestion, listCampaigns, showCampaign, type CampaignPage } from '@bihuan/contracts'
import Button from 'antd/es/button'
import Input from 'antd/es/input'
import { useState } from 'react'
import { useAct } from '../../../shared/api/use-act.js'
import { StateTag } from '../../../shared/show/mark.js'
import { Problem } from '../../../shared/states/problem.js'

type Question = CampaignPage['questions'][number]

/** What the plan leaves open: both quotes, the officer's choice, and the reason, which is kept. */
export function Questions({ page }: { page: CampaignPage }) {
  const open = page.questions.filter((question) => question.decision === null)
  const decided = page.questions.filter((question) => question.decision !== null)
  const [changing, setChanging] = useState<string | null>(null)
  return (
    <>
      {open.map((question) => (
        <OneQuestion key={question.key} page={page} question={question} editing={page.abilities['manage'] === true} />
      ))}
      {decided.map((question) =>
        changing === question.key ? (
          <OneQuestion key={question.key} page={page} question={question} editing onDone={() => setChanging(null)} />
        ) : (
          <div key={question.key} className="question question-decided">
            <p>
              <StateTag tone="green">已裁定</StateTag> {question.message}
            </p>
            <p>
              以<b>“{question.decision?.chosen}”</b>为准；{question.decision?.reason}
              <span className="quiet"> {question.decision?.decidedOn}</span>{' '}
              {page.abilities['manage'] === true && (
                <button type="button" className="linkish" onClick={() => setChanging(question.key)}>
                  重新裁定
                </button>
              )}
            </p>
          </div>
        ),
      )}
    </>
  )
}

function OneQuestion({
  page,
  question,
  editing,
  onDone,
}: {
  page: CampaignPage
  question: Question
  editing: boolean
  onDone?: () => void
}) {
  const [chosen, setChosen] = useState('')
  const [reason, setReason] = useState('')
  const decide = useAct(decideQuestion, { refreshes: [showCampaign, listCampaigns], onDone: () => onDone?.() })
  const send = () =>
    decide.act({
      params: { campaignId: page.id },
      body: { version: page.version, key: question.key, chosen: chosen.trim(), reason: reason.trim() },
    })
  // A missing first day is decided by the dates themselves.
  const byDates = question.code === 'start-missing'
  return (
    <div className="question">
      <p>
        <StateTag tone={question.blocking ? 'orange' : 'grey'}>{question.blocking ? '须裁定' : '请留意'}</StateTag>{' '}
        {question.message}
      </p>
      {question.quotes.length > 0 && (
        <div className="question-quotes">
          {question.quotes.map((quote, index) =>
            editing ? (
              <button
                key={index}
                type="button"
                aria-pressed={chosen === quote}
                className={`question-quote${chosen === quote ? ' question-quote--chosen' : ''}`}
                onClick={() => setChosen(quote)}
              >
                {quote}
              </button>
            ) : (
              <p key={index} className="question-quote">
                {quote}
              </p>
            ),
          )}
        </div>
      )}
      {byDates && editing && <p className="quiet">在“起止日期”里确定开始日期即可。</p>}
      {editing && question.blocking && !byDates && (
        <>
          <div className="question-form">
            <Input
              aria-label="以哪个为准"
              placeholder="以哪个为准：点选上面的原文，或另写"
              value={chosen}
              maxLength={500}
              onChange={(event) => setChosen(event.target.value)}
            />
            <Input
              aria-label="裁定的理由"
              placeholder="理由，会和裁定一起留存"
              value={reason}
              maxLength={500}
              onChange={(event) => setReason(event.target.value)}
              onPressEnter={() => void send()}
            />
            <Button
              type="primary"
              loading={decide.pending}
              disabled={chosen.trim() === '' || reason.trim() === ''}
              onClick={() => void send()}
            >
              裁定
            </Button>
          </div>
          {decide.failure && <Problem failure={decide.failure} />}
        </>
      )}
    </div>
  )
}
