import { signReturn, type ReturnPage } from '@bihuan/contracts'
import Button from 'antd/es/button'
import Checkbox from 'antd/es/checkbox'
import Input from 'antd/es/input'
import { useState } from 'react'
import { useShortcut } from '../../../shared/layout/shortcut.js'
import { SidePanel } from '../../../shared/list/side-panel.js'
import { ReturnProblem, useReturnAct } from './return-acting.js'
import { Findings, unanswered, type Answers } from './return-findings.js'

export interface SignPanelProps {
  readonly page: ReturnPage
  readonly answers: Answers
  readonly onAnswer: (key: string, text: string) => void
  readonly onGo: (cell: string) => void
  readonly onSigned: (next: ReturnPage) => void
  readonly onReload: () => Promise<unknown>
  readonly onClose: () => void
}

/** A person says by name and password that these figures are right; the last of those asked for sends them up. */
export function SignPanel({ page, answers, onAnswer, onGo, onSigned, onReload, onClose }: SignPanelProps) {
  const [password, setPassword] = useState('')
  const [submit, setSubmit] = useState(true)
  const first = page.signatures.length === 0
  const [nil, setNil] = useState(first ? false : page.nil)
  const act = useReturnAct(signReturn, page, onSigned)
  const label = page.wants ?? ''
  const blocked = page.findings.some(({ blocking }) => blocking)
  const asked = page.findings.filter(({ blocking }) => !blocking)
  const open = first ? unanswered(page, answers) : 0
  const ready = !blocked && open === 0 && password !== ''
  const sign = () => {
    if (!ready || act.pending) return
    const { version, contentHash } = page
    const said = Object.fromEntries(asked.map(({ key }) => [key, answers[key] ?? '']))
    void act.act({
      params: { returnId: page.id },
      body: { version, label, nil: nil && page.isNil, contentHash, answers: first ? said : {}, password, submit },
    })
  }
  useShortcut('mod+Enter', sign)
  return (
    <SidePanel label="签名" title={`以“${label}”签名`} width={400} onClose={onClose}>
      <form
        className="sign"
        onSubmit={(event) => {
          event.preventDefault()
          sign()
        }}
      >
        <p>
          签名即认可“{page.unitName}”{page.periodTitle}
          {page.sector !== '' && `（${page.sector}）`}
          {page.content === null
            ? `这张表的 ${page.figures.length} 个数字。签名之后数字再有变化，要重新签。`
            : '所交的全部文件。签名之后再换文件，要重新签。'}
        </p>
        {blocked ? (
          <>
            <p className="list-problem">还有不能上报的，请先改好、保存，再签名。</p>
            <Findings
              findings={page.findings.filter(({ blocking }) => blocking)}
              answers={answers}
              onAnswer={null}
              onGo={onGo}
            />
          </>
        ) : (
          <>
            {asked.length > 0 && first && (
              <section aria-label="需要说明">
                <h3>需要说明 {asked.length}</h3>
                <Findings findings={asked} answers={answers} onAnswer={onAnswer} onGo={onGo} />
              </section>
            )}
            {page.isNil && (
              <Checkbox checked={nil} disabled={!first} onChange={(event) => setNil(event.target.checked)}>
                零报告：本期确无相关情况
              </Checkbox>
            )}
            <label className="sign-field">
              <span>登录口令</span>
              <Input.Password
                autoComplete="current-password"
                autoFocus
                value={password}
                onChange={(event) => setPassword(event.target.value)}
              />
              <span className="source-note">再输一次，确认是本人。</span>
            </label>
            <Checkbox checked={submit} onChange={(event) => setSubmit(event.target.checked)}>
              签名后立即上报
            </Checkbox>
            <p className="source-note">
              {page.receivers.length > 0 && `报给${page.receivers.map(({ name }) => name).join('、')}。`}
              还有别人要签的，等签齐才上报。
            </p>
            <ReturnProblem failure={act.failure} onReload={() => onReload().then(act.reset)} />
            <div className="sign-acts">
              <Button type="primary" htmlType="submit" disabled={!ready} loading={act.pending} title="Ctrl+Enter">
                签名
              </Button>
              <Button onClick={onClose}>取消</Button>
              {open > 0 && <span className="list-problem">还有 {open} 处没有写说明</span>}
            </div>
          </>
        )}
      </form>
    </SidePanel>
  )
}
