import { changePassword, whoAmI, type Me } from '@bihuan/contracts'
import { useQueryClient } from '@tanstack/react-query'
import Button from 'antd/es/button'
import { useState, type FormEvent } from 'react'
import { routeKey } from '../../../shared/api/use-route.js'
import { useAct } from '../../../shared/api/use-act.js'
import { Shape } from '../../../shared/show/mark.js'
import { Problem } from '../../../shared/states/problem.js'
import { Labelled } from './labelled.js'
import { passwordRules } from './password-rules.js'
import './gate.css'

export function PasswordForm({
  loginName,
  submit,
  onChanged,
}: {
  loginName: string
  submit: string
  onChanged: (me: Me) => void
}) {
  const [current, setCurrent] = useState('')
  const [next, setNext] = useState('')
  const [again, setAgain] = useState('')
  const client = useQueryClient()
  const change = useAct(changePassword, {
    onDone: (me) => {
      client.setQueryData(routeKey(whoAmI, {}), me)
      setCurrent('')
      setNext('')
      setAgain('')
      onChanged(me)
    },
  })
  const rules = passwordRules(next, { loginName, current, again })
  const ready = current !== '' && rules.every((rule) => rule.kept)
  const placed = (name: string) => change.failure?.places.find((place) => place.path?.endsWith(name))?.message
  const onSubmit = (event: FormEvent) => {
    event.preventDefault()
    if (ready) void change.act({ body: { current, next } })
  }
  return (
    <form onSubmit={onSubmit}>
      {change.failure && <Problem failure={change.failure} places={[]} />}
      {/* So that a password manager knows whose it is. */}
      <input type="text" autoComplete="username" value={loginName} readOnly hidden />
      <Labelled
        label="现在的口令"
        value={current}
        onChange={setCurrent}
        autoComplete="current-password"
        secret
        problem={placed('current')}
      />
      <Labelled
        label="新口令"
        value={next}
        onChange={setNext}
        autoComplete="new-password"
        secret
        problem={placed('next')}
      />
      <Labelled label="再输一次新口令" value={again} onChange={setAgain} autoComplete="new-password" secret />
      <ul className="rules" aria-label="口令要求">
        {rules.map((rule) => (
          <li key={rule.text} className={`rule mark--${rule.kept ? 'green' : 'grey'}`}>
            <Shape tone={rule.kept ? 'green' : 'grey'} />
            {rule.text}
            <span className="heard-only">{rule.kept ? '（已满足）' : '（未满足）'}</span>
          </li>
        ))}
      </ul>
      <Button type="primary" htmlType="submit" disabled={!ready} loading={change.pending}>
        {submit}
      </Button>
    </form>
  )
}
