import { actOnReturn, showReturn, typeIntoReturn, type ReturnPage as ReturnAnswer } from '@bihuan/contracts'
import App from 'antd/es/app'
import Button from 'antd/es/button'
import { useMemo, useState } from 'react'
import { Link, useParams } from 'react-router'
import { NarrativeReturn } from '../components/narrative-return.js'
import { useRoute } from '../../../shared/api/use-route.js'
import { LeaveGuard } from '../../../shared/form/leave-guard.js'
import { useDraft } from '../../../shared/form/use-draft.js'
import { Page } from '../../../shared/layout/page.js'
import { useShortcut } from '../../../shared/layout/shortcut.js'
import { usePhone } from '../../../shared/layout/use-phone.js'
import { useAddressState } from '../../../shared/list/address-state.js'
import { instantText } from '../../../shared/show/dates.js'
import { Answered } from '../../../shared/states/answered.js'
import { CellLine } from '../components/cell-line.js'
import { FigurePanel } from '../components/figure-panel.js'
import { ReasonPanel } from '../components/reason-panel.js'
import { Receipt } from '../components/receipt.js'
import { ReturnProblem, useReturnAct } from '../components/return-acting.js'
import { ReturnBar } from '../components/return-bar.js'
import { ReturnHistory } from '../components/return-history.js'
import { ReturnExports } from '../components/return-exports.js'
import type { Answers } from '../components/return-findings.js'
import { ReturnSide } from '../components/return-side.js'
import { lastRound, remarksAtCells } from '../components/return-words.js'
import { nothingSaid, SendBackPanel, withCell, type SendingBack } from '../components/send-back-panel.js'
import type { CellNote } from '../components/sheet-cell.js'
import { ReturnLedger } from '../components/return-ledger.js'
import { PhoneSheet } from '../components/sheet-phone.js'
import { focusFigure, Sheet } from '../components/sheet.js'
import { SignPanel } from '../components/sign-panel.js'
import { useEdits } from '../components/use-edits.js'
import { useMetrics } from '../components/use-metrics.js'
import { carriedText, isCarried, withZeros } from '../components/typing.js'
import '../components/report.css'
import '../components/returns.css'

/** A return as a sheet: `/returns/:id?do=sign|send-back|reopen|excuse|receipt&cell=`. */
export function ReturnPage() {
  const { returnId = '' } = useParams()
  const answer = useRoute(showReturn, { params: { returnId } })
  return (
    <Answered answer={answer} ask="报表只给填报单位、接收单位和它们的上级看。可请发来链接的人核对。">
      {(page) =>
        page.content === null ? (
          <Shown key={page.id} page={page} onReload={answer.refetch} />
        ) : (
          <NarrativeReturn key={page.id} page={page} content={page.content} onReload={answer.refetch} />
        )
      }
    </Answered>
  )
}

function Shown({ page, onReload }: { page: ReturnAnswer; onReload: () => Promise<unknown> }) {
  const phone = usePhone()
  const { message } = App.useApp()
  const [get, change] = useAddressState()
  const metrics = useMetrics()
  const can = (ability: string) => page.abilities[ability] === true
  const mayType = can('edit')
  const typing = useEdits({ draft: `return.${page.id}`, figures: page.figures, unitId: page.unitId, mayType })
  const { edits, figures, count } = typing
  const [at, setAt] = useState<string | null>(null)
  const sentences = useDraft<Answers>(`return.answers.${page.id}`)
  const [answers, setAnswers] = useState<Answers>(sentences.found?.values ?? {})
  const remarking = useDraft<SendingBack>(`return.send-back.${page.id}`)
  const [said, setSaid] = useState<SendingBack>(remarking.found?.values ?? nothingSaid)

  const doing = get('do')
  const opened = doing === null ? (figures.get(get('cell') ?? '') ?? null) : null
  const sendingBack = doing === 'send-back' && can('send-back')
  const toDo = (what: string | null) => change({ do: what, cell: null }, { replace: doing !== null })

  const save = useReturnAct(typeIntoReturn, page, () => typing.keep({}))
  const act = useReturnAct(actOnReturn, page, ({ status }) => {
    if (status === 'submitted') void message.success('已上报')
    if (status === 'accepted') void message.success('已接收')
  })
  const params = { returnId: page.id }
  const saveAll = (andThen?: () => void) =>
    typing.settle((values) => {
      if (Object.keys(values).length === 0) {
        andThen?.()
        return
      }
      void save.act({ params, body: { version: page.version, values } }).then((saved) => {
        if (saved === null) return
        if (andThen) andThen()
        else void message.success('已保存')
      })
    })
  useShortcut('mod+s', () => saveAll(), mayType)

  const notes = useMemo(() => {
    const all = new Map<string, CellNote>()
    for (const figure of page.abilities['edit'] === true ? page.figures : [])
      if (isCarried(figure, page.unitId, page.id)) all.set(figure.key, { tone: 'grey', text: carriedText })
    for (const { blocking, cells, message: text, code } of page.findings)
      if (code !== 'blank') for (const key of cells) all.set(key, { tone: blocking ? 'red' : 'orange', text })
    for (const [key, text] of remarksAtCells(page)) all.set(key, { tone: 'red', text: `意见 ${text}` })
    for (const { cell, text } of sendingBack ? said.cells : [])
      all.set(cell, { tone: 'red', text: `退回意见：${text === '' ? '正在写' : text}` })
    return all
  }, [page, sendingBack, said])

  const say = (next: SendingBack) => {
    setSaid(next)
    remarking.save(next)
  }
  const answer = (key: string, text: string) => {
    const next = { ...answers, [key]: text }
    setAnswers(next)
    sentences.save(next)
  }
  const press = (key: string) => {
    if (sendingBack) say(withCell(said, key))
    else change({ do: null, cell: key }, { replace: get('cell') !== null })
  }
  const go = (key: string) => focusFigure(document, key)
  const signs = can('sign')
  const zeros = mayType ? withZeros(edits, page.figures, page.unitId) : edits
  const blank = Object.keys(zeros).length - count
  const reload = async () => {
    await onReload()
    save.reset()
    act.reset()
  }
  const openSigning = () => saveAll(() => toDo('sign'))
  useShortcut('mod+Enter', openSigning, signs && doing === null)
  const SheetHere = phone ? PhoneSheet : Sheet
  return (
    <Page
      title={phone ? page.title : '报表'}
      note={
        <span className="return-title">
          {!phone && `${page.title} · `}
          <Link to={`/campaigns/${page.campaignId}`}>{page.campaignName}</Link>
        </span>
      }
      kind="fill"
      acts={
        <>
          {can('export') && !(phone && count > 0) && (
            <ReturnExports
              returnId={page.id}
              disabled={count > 0}
              isPacked={can('package') && (page.status === 'submitted' || page.status === 'accepted')}
            />
          )}
          {lastRound(page) > 0 && !phone && <Button onClick={() => toDo('receipt')}>回执</Button>}
          {can('excuse') && <Button onClick={() => toDo('excuse')}>准予延期</Button>}
          {can('reopen') && <Button onClick={() => toDo('reopen')}>重新开启</Button>}
          {mayType && blank > 0 && (
            <Button onClick={() => typing.settle((now) => typing.keep(withZeros(now, page.figures, page.unitId)))}>
              空白格全部填 0
            </Button>
          )}
          {mayType && count > 0 && (
            <Button
              type={signs ? 'default' : 'primary'}
              loading={save.pending}
              title="Ctrl+S"
              onClick={() => saveAll()}
            >
              保存 {count} 处
            </Button>
          )}
          {signs && (
            <Button type="primary" loading={save.pending} title="Ctrl+Enter" onClick={openSigning}>
              签名上报
            </Button>
          )}
          {can('submit') && (
            <Button
              type="primary"
              loading={act.pending}
              onClick={() =>
                void act.act({
                  params,
                  body: { version: page.version, act: { kind: 'submit', contentHash: page.contentHash } },
                })
              }
            >
              上报
            </Button>
          )}
          {can('send-back') && <Button onClick={() => toDo('send-back')}>退回</Button>}
          {can('accept') && (
            <Button
              type="primary"
              loading={act.pending}
              onClick={() => void act.act({ params, body: { version: page.version, act: { kind: 'accept' } } })}
            >
              接收
            </Button>
          )}
        </>
      }
    >
      <ReturnBar page={page} />
      {typing.foundAt !== null && count > 0 && (
        <p className="act-form-found table-notice">
          已恢复 {instantText(typing.foundAt)} 填了还没有保存的数字。
          <button type="button" className="linkish" onClick={() => typing.keep({})}>
            全部放弃
          </button>
        </p>
      )}
      {count > 0 && page.signatures.length > 0 && (
        <p className="table-notice return-warning">已有人签名：保存改动后，已有的签名失效，要重新签。</p>
      )}
      {(save.failure ?? act.failure) !== null && (
        <div className="table-notice">
          <ReturnProblem failure={save.failure ?? act.failure} onReload={reload} />
        </div>
      )}
      <div className={`table-body${phone ? ' table-body--phone' : ''}`}>
        <div className="table-main">
          {page.ledger !== null ? (
            <ReturnLedger rows={page.ledger} />
          ) : (
            <>
              {!phone && (
                <CellLine
                  figure={at === null ? null : (figures.get(at) ?? null)}
                  unitId={page.unitId}
                  edit={at === null ? undefined : edits[at]}
                  mayType={mayType}
                  note={at === null ? undefined : notes.get(at)?.text}
                  onOpen={() => at !== null && press(at)}
                />
              )}
              <SheetHere
                page={{ ...page, cutOff: page.countedTo }}
                edits={edits}
                onEdit={typing.edit}
                at={at}
                onAt={setAt}
                opened={opened?.key ?? null}
                onOpen={press}
                mayType={mayType}
                before={page.previous?.texts ?? null}
                notes={notes}
              />
            </>
          )}
          {page.ledger === null && <Legend page={page} mayType={mayType} phone={phone} />}
          <ReturnHistory page={page} onReceipt={() => toDo('receipt')} />
        </div>
        {opened && (
          <FigurePanel
            key={opened.key}
            tableId={page.tableId}
            figure={opened}
            question={{
              unit: page.unitId,
              cutOff: page.countedTo,
              knownAt: page.position ?? undefined,
              return: page.id,
            }}
            metricLabel={metrics.find(({ id }) => id === opened.metric)?.label ?? null}
            toUnit={(unitId) =>
              `/tables/${page.tableId}?unit=${unitId}&cutOff=${page.countedTo}${page.position === null ? '' : `&knownAt=${page.position}`}`
            }
            onClose={() => change({ cell: null }, { replace: true })}
          />
        )}
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
        {(phone || (!opened && (doing === null || doing === 'receipt'))) && (
          <ReturnSide
            page={page}
            answers={answers}
            onAnswer={signs && page.signatures.length === 0 ? answer : null}
            onGo={go}
            unsaved={count > 0}
          />
        )}
      </div>
      {doing === 'receipt' && <Receipt returnId={page.id} onClose={() => toDo(null)} />}
      <LeaveGuard when={count > 0 && typing.refused} />
    </Page>
  )
}

function Legend({ page, mayType, phone }: { page: ReturnAnswer; mayType: boolean; phone: boolean }) {
  return (
    <p className="sheet-legend">
      {!phone && (
        <>
          <span>
            <i style={{ background: '#eef2f7' }} /> 由记录计算
          </span>
          <span>
            <i>
              <i className="cell-mark" />
            </i>
            人工填写
          </span>
          {mayType && (
            <span>
              <i style={{ background: 'var(--yellow-wash)' }} /> 未保存
            </span>
          )}
        </>
      )}
      {page.previous !== null && <span>小字为上次上报（{page.previous.periodTitle}）的数</span>}
      <span>
        {page.position === null ? '草稿随台账变动，签名时定住' : `已定在账本 ${page.position}，以后补记的不算`}
      </span>
    </p>
  )
}
