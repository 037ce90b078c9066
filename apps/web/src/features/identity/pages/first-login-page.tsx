import { useLocation, useNavigate } from 'react-router'
import { backFrom } from '../../../shared/session/back.js'
import { useWhoAmI } from '../../../shared/session/me.js'
import { Answered } from '../../../shared/states/answered.js'
import { Gate } from '../components/gate.js'
import { PasswordForm } from '../components/password-form.js'

export function FirstLoginPage() {
  const answer = useWhoAmI()
  const navigate = useNavigate()
  const { search } = useLocation()
  return (
    <Gate title="请先设置自己的口令" note="初始口令只能用一次。设好后即可开始工作。">
      <Answered answer={answer} loading="form">
        {(me) => (
          <PasswordForm
            loginName={me.loginName}
            submit="设置口令并进入"
            onChanged={() => void navigate(backFrom(search), { replace: true })}
          />
        )}
      </Answered>
    </Gate>
  )
}
