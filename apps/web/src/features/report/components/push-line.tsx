import { listPackagePushes, pushAgain, type PackagePush } from '@bihuan/contracts'
import Button from 'antd/es/button'
import { useAct } from '../../../shared/api/use-act.js'
import { StateTag } from '../../../shared/show/mark.js'
import { DateText } from '../../../shared/show/texts.js'
import { Problem } from '../../../shared/states/problem.js'
import { pushReason, pushStates } from './package-words.js'
import './packages.css'

/** How a package fared, and what can be done about it. */
export function PushState({ push }: { push: PackagePush }) {
  const again = useAct(pushAgain, { refreshes: [listPackagePushes] })
  const { label, tone } = pushStates[push.state]
  const reason = pushReason(push)
  return (
    <div className="push-state">
      <p>
        <StateTag tone={tone}>{label}</StateTag>{' '}
        <span className="quiet">
          <DateText date={push.since} />
          {push.tries > 1 && `，发过 ${push.tries} 次`}
        </span>
      </p>
      {reason !== null && <p>{reason}</p>}
      {push.receipt !== null && (
        <p className="quiet package-hash" title={push.receipt.packageHash}>
          回执 {push.receipt.packageHash.slice(0, 12)}
          {push.receipt.already && '（对方先前已收过）'}
        </p>
      )}
      {push.abilities['again'] === true && (
        <Button size="small" loading={again.pending} onClick={() => void again.act({ params: { pushId: push.id } })}>
          再发一次
        </Button>
      )}
      {again.failure && <Problem failure={again.failure} />}
    </div>
  )
}
