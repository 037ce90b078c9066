import App from 'antd/es/app'
import { useEffect } from 'react'
import { useLocation } from 'react-router'
import { Page, Section } from '../../../shared/layout/page.js'
import { useCan, useMe } from '../../../shared/session/me.js'
import { Mail } from '../components/mail.js'
import { PasswordForm } from '../components/password-form.js'
import { SecondFactor } from '../components/second-factor.js'
import { Sessions } from '../components/sessions.js'
import { Tokens } from '../components/tokens.js'
import '../components/account.css'

export function AccountPage() {
  const me = useMe()
  const mayKeepTokens = useCan('token.own')
  const { message } = App.useApp()
  const { hash } = useLocation()
  useEffect(() => {
    if (hash) document.getElementById(hash.slice(1))?.scrollIntoView()
  }, [hash])

  return (
    <Page title="我的账户">
      <Section title="我是谁">
        <dl className="facts">
          <dt>姓名</dt>
          <dd>{me.personName}</dd>
          <dt>职务</dt>
          <dd>{me.post ?? '—'}</dd>
          <dt>登录名</dt>
          <dd>{me.loginName}</dd>
          <dt>任职</dt>
          <dd>
            {me.grants.map((grant) => (
              <div key={`${grant.unitId} ${grant.role}`}>
                {grant.unitName} · {grant.roleName}
              </div>
            ))}
          </dd>
          <dt>自动退出</dt>
          <dd>{me.idleMinutes} 分钟没有操作后</dd>
        </dl>
      </Section>
      <Section title="登录会话" note="在哪些设备上登录着。不认识的，请结束它并修改口令。" id="sessions">
        <Sessions />
      </Section>
      <Section title="动态口令" note="登录时除口令外，再输一次手机上的六位数字。" id="second-factor">
        <SecondFactor />
      </Section>
      <Section title="邮件提醒" note="到期、过期、退回等提醒另发到您的邮箱。" id="mail">
        <Mail />
      </Section>
      <Section title="修改口令" id="password">
        <div className="narrow">
          <PasswordForm
            loginName={me.loginName}
            submit="修改口令"
            onChanged={() => void message.success('口令已修改，下次登录请用新口令')}
          />
        </div>
      </Section>
      {mayKeepTokens && (
        <Section title="访问令牌" note="给对接的程序用，代替口令。" id="tokens">
          <Tokens />
        </Section>
      )}
    </Page>
  )
}
