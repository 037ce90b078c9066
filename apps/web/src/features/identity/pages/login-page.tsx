import { logIn, whoAmI } from '@bihuan/contracts'
import { useQueryClient } from '@tanstack/react-query'
import Button from 'antd/es/button'
import { useState, type FormEvent } from 'react'
import { useLocation, useNavigate } from 'react-router'
import { routeKey } from '../../../shared/api/use-route.js'
import { useAct } from '../../../shared/api/use-act.js'
import { backFrom } from '../../../shared/session/back.js'
import { Problem } from '../../../shared/states/problem.js'
import { askedFor, type Extra } from '../components/asked-for.js'
import { Gate } from '../components/gate.js'
import { Labelled } from '../components/labelled.js'

export function LoginPage() {
  const [loginName, setLoginName] = useState('')
  const [password, setPassword] = useState('')
  const [oneTimeCode, setOneTimeCode] = useState('')
  const [tenant, setTenant] = useState('')
  const [asked, setAsked] = useState<readonly Extra[]>([])
  const { search } = useLocation()
  const navigate = useNavigate()
  const client = useQueryClient()

  const enter = useAct(logIn, {
    onDone: async (me) => {
      // Whoever was here before left answers behind, if the tab was never closed.
      client.clear()
      client.setQueryData(routeKey(whoAmI, {}), me)
      await navigate(me.mustChangePassword ? `/first-login${search}` : backFrom(search), { replace: true })
    },
    onFailed: (failure) => setAsked((before) => askedFor(failure, before)),
  })
  const placed = (name: string) => enter.failure?.places.find((place) => place.path?.endsWith(name))?.message
  const elsewhere = enter.failure?.places.filter((place) => !place.path) ?? []
  const onSubmit = (event: FormEvent) => {
    event.preventDefault()
    if (loginName.trim() === '' || password === '') return
    void enter.act({
      body: {
        loginName: loginName.trim(),
        password,
        ...(oneTimeCode.trim() ? { oneTimeCode: oneTimeCode.trim() } : {}),
        ...(tenant.trim() ? { tenant: tenant.trim() } : {}),
      },
    })
  }
  return (
    <Gate title="登录" {...(backFrom(search) === '/' ? {} : { note: '登录后回到您刚才的页面。' })}>
      <form onSubmit={onSubmit}>
        {enter.failure && <Problem failure={enter.failure} places={elsewhere} />}
        <Labelled
          label="登录名"
          value={loginName}
          onChange={setLoginName}
          autoComplete="username"
          autoFocus
          problem={placed('loginName')}
        />
        <Labelled
          label="口令"
          value={password}
          onChange={setPassword}
          autoComplete="current-password"
          secret
          problem={placed('password')}
        />
        {asked.includes('oneTimeCode') && (
          <Labelled
            label="动态口令"
            hint="身份验证器上的 6 位数字"
            value={oneTimeCode}
            onChange={setOneTimeCode}
            autoComplete="one-time-code"
            digits
            autoFocus
            problem={placed('oneTimeCode')}
          />
        )}
        {asked.includes('tenant') && (
          <Labelled
            label="所在辖区"
            hint="如 区划代码，本单位系统管理员可告知"
            value={tenant}
            onChange={setTenant}
            autoComplete="organization"
            autoFocus
            problem={placed('tenant')}
          />
        )}
        <Button
          type="primary"
          htmlType="submit"
          loading={enter.pending}
          disabled={loginName.trim() === '' || password === ''}
        >
          登录
        </Button>
      </form>
      <p className="quiet gate-foot">忘记口令，或账户被锁定，请联系本单位的系统管理员重置。</p>
    </Gate>
  )
}
