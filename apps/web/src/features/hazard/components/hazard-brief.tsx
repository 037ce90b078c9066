import { showHazard, type HazardPage } from '@bihuan/contracts'
import { Link } from 'react-router'
import { useRoute } from '../../../shared/api/use-route.js'
import { useMe } from '../../../shared/session/me.js'
import { GradeTag } from '../../../shared/show/mark.js'
import { WhoseTurn } from '../../../shared/show/whose-turn.js'
import { Answered } from '../../../shared/states/answered.js'
import { mainAct } from './act-order.js'
import { HazardElements, HazardHistory, HazardWhat } from './hazard-parts.js'
import { turnOf } from './turn.js'
import { HazardState } from './words.js'

/** Beside the ledger: enough to decide whether to open it. */
export function HazardBrief({ id }: { id: string }) {
  const answer = useRoute(showHazard, { params: { hazardId: id } }, { keep: true })
  return (
    <Answered answer={answer} loading="text">
      {(page) => <Brief page={page} />}
    </Answered>
  )
}

function Brief({ page }: { page: HazardPage }) {
  const me = useMe()
  const { hazard } = page
  const main = mainAct(page)
  const turn = turnOf(page, me)
  return (
    <div className="hz-brief">
      <p className="hz-line">
        <span className="hz-code">{hazard.code}</span> <GradeTag grade={hazard.grade} washed />{' '}
        <HazardState state={hazard.status} washed />
      </p>
      <WhoseTurn
        {...turn}
        today={me.today}
        acts={
          main && (
            <Link className={`hz-main-link${turn.mine ? '' : ' hz-main-link--for'}`} to={main.address}>
              {turn.mine ? main.label : `代为${main.label}`}
            </Link>
          )
        }
      />
      <HazardWhat page={page} />
      <h3>整改五落实</h3>
      <HazardElements page={page} />
      <h3>最近经过</h3>
      <HazardHistory page={page} newest={4} />
    </div>
  )
}
