import { actOnReturn, draftNarrative, exportPackage, type NarrativeContent, type ReturnPage } from '@bihuan/contracts'
import { narrativeKindLabels } from '@bihuan/domain'
import App from 'antd/es/app'
import Button from 'antd/es/button'
import Popconfirm from 'antd/es/popconfirm'
import { useState } from 'react'
import { Link } from 'react-router'
import { download } from '../../../shared/api/download.js'
import { failureOf } from '../../../shared/api/failure.js'
import { useDraft } from '../../../shared/form/use-draft.js'
import { Page } from '../../../shared/layout/page.js'
import { useShortcut } from '../../../shared/layout/shortcut.js'
import { usePhone } from '../../../shared/layout/use-phone.js'
import { useAddressState } from '../../../shared/list/address-state.js'
import { NarrativeFiles } from './narrative-files.js'
import { ReasonPanel } from './reason-panel.js'
import { Receipt } from './receipt.js'
import { ReturnProblem, useReturnAct } from './return-acting.js'
import { ReturnBar } from './return-bar.js'
import { unanswered, type Answers } from './return-findings.js'
import { ReturnHistory } from './return-history.js'
import { ReturnSide } from './return-side.js'
import { lastRound } from './return-words.js'
import { nothingSaid, SendBackPanel, withCell, type SendingBack } from './send-back-panel.js'
import { SignPanel } from './sign-panel.js'
import './report.css'
import './returns.css'
import './narrative.css'

export interface NarrativeReturnProps {
  readonly page: ReturnPage
  readonly content: NarrativeContent
  readonly onReload: () => Promise<unknown>
}

/** A report in words: what it must state, its files, and the acts: `/returns/:id?do=sign|send-back|reopen|excuse|receipt`. */
export function NarrativeReturn({ page, content, onReload }: NarrativeReturnProps) {
  const phone = usePhone()
  const { message } = App.useApp()
  const [get, change] = useAddressState()
  const can = (ability: string) => page.abilities[ability] === true
  const sentences = useDraft<Answers>(`return.answers.${page.id}`)
  const [answers, setAnswers] = useState<Answers>(sentences.found?.values ?? {})
  const remarking = useDraft<SendingBack>(`return.send-back.${page.id}`)
  const [said, setSaid] = useState<SendingBack>(remarking.found?.values ?? nothingSaid)
  const [fetching, setFetching] = useState<'draft' | 'package' | null>(null)
  const doing = get('do')
  const toDo = (what: string | null) => change({ do: what }, { replace: doing !== null })
  const act = useReturnAct(actOnReturn, page, ({ status }) => {
    if (status === 'submitted') void message.success('已上报')
    if (status === 'accepted') void message.success('已接收')
  })
  const params = { returnId: page.id }
  const answer = (key: string, text: string) => {
    const next = { ...answers, [key]: text }
    setAnswers(next)
    sentences.save(next)
  }
  const say = (next: SendingBack) => {
    setSaid(next)
    remarking.save(next)
  }
  const sendingBack = doing === 'send-back' && can('send-back')
  const go = (key: string) => document.getElementById(`point-${key}`)?.scrollIntoView({ block: 'center' })
  const fetchFile = async (what: 'draft' | 'package') => {
    setFetching(what)
    try {
      await (what === 'draft' ? download(draftNarrative, { params }) : download(exportPackage, { params }))
    } catch (thrown) {
      void message.error(failureOf(thrown).message)
    } finally {
      setFetching(null)
    }
  }
  const blocked = page.findings.some(({ blocking }) => blocking)
  const open = content.signed ? 0 : unanswered(page, answers)
  const submit = () => {
    if (!can('submit') || blocked || open > 0 || act.pending) return
    const asked = page.findings.filter(({ blocking }) => !blocking)
    const given = content.signed ? {} : Object.fromEntries(asked.map(({ key }) => [key, answers[key] ?? '']))
    void act.act({
      params,
      body: { version: page.version, act: { kind: 'submit', contentHash: page.contentHash, answers: given } },
    })
  }
  const signs = can('sign')
  useShortcut('mod+Enter', () => (signs ? toDo('sign') : submit()), (signs || can('submit')) && doing === null)
  const paper = content.asked.some(({ form }) => form === 'paper')
  const accept = () => void act.act({ params, body: { version: page.version, act: { kind: 'accept' } } })
  const reload = async () => {
    await onReload()
    act.reset()
  }
  return (
    <Page
      title={phone ? page.title : narrativeKindLabels[page.narrative ?? 'report']}
      note={
        <span className="return-title">
          {!phone && `${page.title} · `}
          <Link to={`/campaigns/${page.campaignId}`}>{page.campaignName}</Link>
        </span>
      }
      kind="fill"
      acts={
        <>
          {can('draft') && (
            <Button loading={fetching === 'draft'} onClick={() => void fetchFile('draft')}>
              下载草稿
            </Button>
          )}
          {can('package') && (page.status === 'submitted' || page.status === 'accepted') && !phone && (
            <Button
              loading={fetching === 'package'}
              title="签了名的文件，连同所交的文档和扫描件，交给别的系统"
              onClick={() => void fetchFile('package')}
            >
              数据包
            </Button>
          )}
          {lastRound(page) > 0 && !phone && <Button onClick={() => toDo('receipt')}>回执</Button>}
          {can('excuse') && <Button onClick={() => toDo('excuse')}>准予延期</Button>}
          {can('reopen') && <Button onClick={() => toDo('reopen')}>重新开启</Button>}
          {signs && (
            <Button type="primary" title="Ctrl+Enter" onClick={() => toDo('sign')}>
              签名上报
            </Button>
          )}
          {can('submit') && (
            <Button
              type="primary"
              title={blocked ? '还有不能上报的，见“上报前核对”' : open > 0 ? '还有要写说明的' : 'Ctrl+Enter'}
              disabled={blocked || open > 0}
              loading={act.pending}
              onClick={submit}
            >
              上报
            </Button>
          )}
          {can('send-back') && <Button onClick={() => toDo('send-back')}>退回</Button>}
          {can('accept') &&
            (paper ? (
              <Popconfirm
                title="纸质件已经收到？"
                description="接收即确认收到了要求的纸质件，记入办理经过。"
                okText="已收到，接收"
                cancelText="还没有"
                onConfirm={accept}
              >
                <Button type="primary" loading={act.pending}>
                  接收
                </Button>
              </Popconfirm>
            ) : (
              <Button type="primary" loading={act.pending} onClick={accept}>
                接收
              </Button>
            ))}
        </>
      }
    >
      <ReturnBar page={page} />
      {act.failure !== null && (
        <div className="table-notice">
          <ReturnProblem failure={act.failure} onReload={reload} />
        </div>
      )}
      <div className={`table-body${phone ? ' table-body--phone' : ''}`}>
        <div className="table-main">
          <NarrativeFiles
            page={page}
            content={content}
            onPoint={sendingBack ? (key) => say(withCell(said, key)) : null}
            onReload={reload}
          />
          <ReturnHistory page={page} onReceipt={() => toDo('receipt')} />
        </div>
        {doing === 'sign' && signs && (
          <SignPanel
            page={page}
            answers={answers}
            onAnswer={answer}
            onGo={go}
            onSigned={(next) => {
              sentences.drop()
              setAnswers({})
              toDo(null)
              void message.success(next.status === 'submitted' ? '已签名上报' : '已签名')
            }}
            onReload={reload}
            onClose={() => toDo(null)}
          />
        )}
        {sendingBack && (
          <SendBackPanel
            page={page}
            said={said}
            onSay={say}
            draft={remarking}
            onReload={reload}
            onClose={() => toDo(null)}
          />
        )}
        {(doing === 'reopen' || doing === 'excuse') && can(doing) && (
          <ReasonPanel key={doing} page={page} kind={doing} onReload={reload} onClose={() => toDo(null)} />
        )}
        {(phone || doing === null || doing === 'receipt') && (
          <ReturnSide
            page={page}
            answers={answers}
            onAnswer={(signs && page.signatures.length === 0) || (can('submit') && !content.signed) ? answer : null}
            onGo={go}
            unsaved={false}
          />
        )}
      </div>
      {doing === 'receipt' && <Receipt returnId={page.id} onClose={() => toDo(null)} />}
    </Page>
  )
}
