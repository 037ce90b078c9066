import { showHazard, type HazardPage as Page_ } from '@bihuan/contracts'
import Button from 'antd/es/button'
import { useNavigate, useParams } from 'react-router'
import { useRoute } from '../../../shared/api/use-route.js'
import { Page } from '../../../shared/layout/page.js'
import { usePhone } from '../../../shared/layout/use-phone.js'
import { useAddressState } from '../../../shared/list/address-state.js'
import { useMe } from '../../../shared/session/me.js'
import { DueText } from '../../../shared/show/due.js'
import { GradeTag } from '../../../shared/show/mark.js'
import { WhoseTurn } from '../../../shared/show/whose-turn.js'
import { Answered } from '../../../shared/states/answered.js'
import { ActPanel } from '../components/act-panel.js'
import { allowedActs, choiceOf, mainAct } from '../components/act-order.js'
import { HazardCells, HazardCounts, HazardElements, HazardHistory, HazardWhat } from '../components/hazard-parts.js'
import { turnOf } from '../components/turn.js'
import { HazardState, isUnfinished } from '../components/words.js'
import '../components/hazard.css'

export function HazardPage() {
  const { hazardId = '' } = useParams()
  const answer = useRoute(showHazard, { params: { hazardId } })
  return (
    <Answered
      answer={answer}
      loading="page"
      ask="它可能已移送给别的单位、已作废，或不在您的管辖范围。请发来链接的人核对，或从台账里查找。"
    >
      {(page) => <Whole page={page} key={page.hazard.id} />}
    </Answered>
  )
}

function Whole({ page }: { page: Page_ }) {
  const me = useMe()
  const { hazard } = page
  const phone = usePhone()
  const [get, change] = useAddressState()
  const choice = choiceOf(get('act'))
  const main = mainAct(page)
  const { mine } = turnOf(page, me)
  const navigate = useNavigate()
  const open = (key: string) => change({ act: key })
  const close = () => change({ act: null }, { replace: true })
  const go = () => {
    if (main?.key === 'register') void navigate(main.address)
    else if (main) open(main.key)
  }

  if (phone && choice) {
    return (
      <Page title={`${choice.label} ${hazard.code}`}>
        <div className="hz-phone-act">
          <ActPanel page={page} choice={choice} onClose={close} key={choice.key} />
        </div>
      </Page>
    )
  }
  return (
    <Page
      title={hazard.subject?.name ?? '隐患'}
      note={
        <>
          <span className="hz-code">{hazard.code}</span> <GradeTag grade={hazard.grade} washed />{' '}
          <HazardState state={hazard.status} washed />
          {hazard.listing && <span className="hz-listed">挂牌督办</span>}
          {isUnfinished(hazard.status) && (
            <span className="hz-limit">
              整改时限 <DueText due={hazard.deadline} today={me.today} />
            </span>
          )}
        </>
      }
      {...(phone && main
        ? {
            acts: (
              <Button type={mine ? 'primary' : 'default'} onClick={go}>
                {mine ? main.label : `代为${main.label}`}
              </Button>
            ),
          }
        : {})}
    >
      <div className="hz-page">
        <div className="hz-left">
          <HazardWhat page={page} />
        </div>
        <div className="hz-middle">
          <h2>整改五落实</h2>
          <HazardElements page={page} />
          <h2>经过</h2>
          <HazardHistory page={page} />
          <h2>计入的数</h2>
          <HazardCells page={page} />
          <HazardCounts page={page} />
        </div>
        <div className="hz-right">
          {choice ? (
            <ActPanel page={page} choice={choice} onClose={close} key={choice.key} />
          ) : (
            <Turn page={page} onOpen={open} onMain={go} phone={phone} />
          )}
        </div>
      </div>
    </Page>
  )
}

/** Whose turn, until when, the step that moves it on, and below it everything else that I may do. */
function Turn({
  page,
  onOpen,
  onMain,
  phone,
}: {
  page: Page_
  onOpen: (key: string) => void
  onMain: () => void
  phone: boolean
}) {
  const me = useMe()
  const navigate = useNavigate()
  const main = mainAct(page)
  const others = allowedActs(page).filter(({ key }) => key !== main?.key)
  const mayCorrect = page.abilities['correct'] === true
  const turn = turnOf(page, me)
  return (
    <>
      <WhoseTurn
        {...turn}
        today={me.today}
        acts={
          main && !phone ? (
            <Button type={turn.mine ? 'primary' : 'default'} onClick={onMain}>
              {turn.mine ? main.label : `代为${main.label}`}
            </Button>
          ) : undefined
        }
        note={
          turn.who !== null && !turn.mine && main === null ? '这一步不由您的单位办理；办完后这里会更新。' : undefined
        }
      />
      {(others.length > 0 || mayCorrect) && (
        <ul className="hz-others" aria-label="还可以办理">
          {others.map(({ key, label }) => (
            <li key={key}>
              <button type="button" className="bare hz-other" onClick={() => onOpen(key)}>
                {label}
              </button>
            </li>
          ))}
          {mayCorrect && (
            <li>
              <button
                type="button"
                className="bare hz-other"
                onClick={() => void navigate(`/hazards/${page.hazard.id}/change`)}
              >
                更正登记内容
              </button>
            </li>
          )}
        </ul>
      )}
    </>
  )
}
