import { showImportedNotice, type ImportedNotice, type PlanCheck } from '@bihuan/contracts'
import Button from 'antd/es/button'
import Segmented from 'antd/es/segmented'
import { useEffect, useMemo, useRef, useState, type KeyboardEvent, type ReactNode } from 'react'
import { Link } from 'react-router'
import { useRoute } from '../../../shared/api/use-route.js'
import { Answered } from '../../../shared/states/answered.js'
import { NoticePane } from './notice-pane.js'
import { withChoices, type PlanDraft } from './plan-draft.js'
import { PlanEditor } from './plan-editor.js'
import { EntryForm } from './plan-item-forms.js'
import { WordChoices } from './word-choices.js'
import { MetricChoices } from './metric-choices.js'
import {
  addedKinds,
  entriesOf,
  isEntryKind,
  itemKinds,
  itemsOf,
  withBlankItem,
  withEntryAt,
  withoutItem,
  type AddedKind,
  type EntryKind,
  type PlanItem,
} from './plan-items.js'
import { WarningForm } from './warning-form.js'

export interface NoticeReviewProps {
  readonly fileId: string
  readonly draft: PlanDraft
  readonly check: PlanCheck | null
  readonly onChange: (draft: PlanDraft) => void
  readonly understood: ReactNode
}

/** The document on one side, what was understood of it on the other: gone through item by item, mostly with the keyboard. */
export function NoticeReview({ fileId, ...rest }: NoticeReviewProps) {
  const notice = useRoute(showImportedNotice, { params: { fileId } }, { staleMs: Infinity })
  return (
    <Answered answer={notice} loading="form">
      {({ document }) => <Reviewing document={document} {...rest} />}
    </Answered>
  )
}

type Shows = 'items' | 'words' | 'metrics' | 'fields' | 'understood'

function Reviewing({
  document,
  draft,
  check,
  onChange,
  understood,
}: Omit<NoticeReviewProps, 'fileId'> & { document: ImportedNotice['document'] }) {
  const [shows, setShows] = useState<Shows>('items')
  const [active, setActive] = useState<string | null>(null)
  const items = useMemo(() => itemsOf(draft, document.text), [draft, document])
  const reviewed = useMemo(() => new Set(draft.reviewed ?? []), [draft.reviewed])
  const open = (key: string) => {
    setShows('items')
    setActive(key)
  }
  const left = items.filter(({ key }) => !reviewed.has(key)).length
  const words = check?.words ?? []
  const openWords = words.filter(({ standing }) => standing === 'open').length
  const tables = check?.tables ?? []
  const openFigures = tables.flatMap(({ cells }) => cells).filter(({ standing }) => standing === 'open').length
  return (
    <div className="notice-grid">
      <NoticePane document={document} items={items} active={active} reviewed={reviewed} onActive={open} />
      <div className="notice-side">
        <div className="notice-side-head">
          <Segmented<Shows>
            value={shows}
            onChange={setShows}
            options={[
              { value: 'items', label: left === 0 ? '逐项核对' : `逐项核对（还有 ${left}）` },
              { value: 'words', label: openWords === 0 ? '词语' : `词语（${openWords} 待定）` },
              { value: 'metrics', label: openFigures === 0 ? '指标' : `指标（${openFigures} 待定）` },
              { value: 'fields', label: '全部字段' },
              { value: 'understood', label: '读懂了什么' },
            ]}
          />
        </div>
        {shows === 'items' && (
          <Items
            text={document.text}
            items={items}
            draft={draft}
            active={active}
            reviewed={reviewed}
            onActive={setActive}
            onChange={onChange}
            onFields={() => setShows('fields')}
          />
        )}
        {shows === 'words' && (
          <div className="plan-items">
            <p className="quiet">
              职责里的词语各指什么记录、什么企业、哪些单位；任务和报送里的单位各是哪一个。职责里没有读懂的，选定或者只留文字之后才能启动行动；在这里选，或者建立之后再选。
              <Link to="/campaigns/phrases">词语对照</Link>
            </p>
            <WordChoices words={words} onChoose={(made) => onChange(withChoices(draft, made))} />
            {words.length === 0 && <p className="quiet">方案里没有职责，也没有点名的单位。</p>}
          </div>
        )}
        {shows === 'metrics' && (
          <div className="plan-items">
            <p className="quiet">
              调度表的每个数由记录计算，还是由填报单位填写。名称里每个词都读懂的自动对上；很可能是的，选定之后才能启动行动。选定的，本单位下次照此办理。
            </p>
            {tables.map(({ title, cells }, at) => (
              <MetricChoices
                key={at}
                title={title}
                cells={cells}
                onChoose={(made) => onChange(withChoices(draft, made))}
              />
            ))}
            {tables.length === 0 && <p className="quiet">方案里没有调度表。</p>}
          </div>
        )}
        {shows === 'fields' && <PlanEditor draft={draft} onChange={onChange} />}
        {shows === 'understood' && understood}
      </div>
    </div>
  )
}

interface ItemsProps {
  /** Of the notice. */
  readonly text: string
  readonly items: readonly PlanItem[]
  readonly draft: PlanDraft
  readonly active: string | null
  readonly reviewed: ReadonlySet<string>
  readonly onActive: (key: string | null) => void
  readonly onChange: (draft: PlanDraft) => void
  readonly onFields: () => void
}

function Items({ text, items, draft, active, reviewed, onActive, onChange, onFields }: ItemsProps) {
  const list = useRef<HTMLDivElement>(null)
  const [editing, setEditing] = useState<string | null>(null)
  const at = items.findIndex(({ key }) => key === active)
  useEffect(() => {
    const row = list.current?.querySelector<HTMLElement>('[aria-current="true"]')
    row?.scrollIntoView({ block: 'nearest' })
    if (editing === null) row?.focus({ preventScroll: true })
  }, [active, editing])
  const go = (to: number) => onActive(items[Math.max(0, Math.min(items.length - 1, to))]?.key ?? null)
  const confirm = (item: PlanItem) => {
    onChange({ ...draft, reviewed: [...new Set([...(draft.reviewed ?? []), item.key])] })
    go(items.indexOf(item) + 1)
  }
  const drop = (item: PlanItem) => {
    const next = items[items.indexOf(item) + 1] ?? items[items.indexOf(item) - 1] ?? null
    onChange(withoutItem(draft, item))
    onActive(next?.key ?? null)
  }
  const edit = (item: PlanItem) => {
    onActive(item.key)
    if (item.kind === 'warning' || isEntryKind(item.kind)) setEditing(item.key)
    else onFields()
  }
  const add = (kind: AddedKind) => {
    const next = withBlankItem(draft, kind)
    onChange(next)
    const key = itemsOf(next, text).findLast((item) => item.kind === kind)?.key ?? null
    onActive(key)
    setEditing(key)
  }
  const decisionOn = ({ title }: PlanItem) => draft.decisions?.find(({ message }) => message === title)
  const pressed = (event: KeyboardEvent) => {
    if (event.target !== event.currentTarget && (event.target as HTMLElement).closest('.plan-item-form') !== null)
      return
    const item = items[at]
    const acts: Readonly<Record<string, () => void>> = {
      ArrowDown: () => go(at + 1),
      ArrowUp: () => go(at - 1),
      ...(item === undefined
        ? {}
        : {
            Enter: () => confirm(item),
            Delete: () => drop(item),
            F2: () => edit(item),
            ...(item.kind in addedKinds ? { Insert: () => add(item.kind as AddedKind) } : {}),
          }),
    }
    const act = event.ctrlKey || event.metaKey || event.altKey ? undefined : acts[event.key]
    if (act === undefined) return
    event.preventDefault()
    act()
  }
  const kinds = [...new Set(items.map(({ kind }) => kind))]
  return (
    <div className="plan-items" ref={list} onKeyDown={pressed}>
      <p className="quiet">
        ↑↓ 逐项看，回车确认，F2 修改，Delete 去掉，Insert 加一项同类的；点原文里的标记也能找到对应的项。
      </p>
      <p className="word-acts">
        {(Object.keys(addedKinds) as AddedKind[]).map((kind) => (
          <Button key={kind} size="small" onClick={() => add(kind)}>
            加一{kind === 'phase' ? '个' : '项'}
            {addedKinds[kind]}
          </Button>
        ))}
        <button type="button" className="linkish" onClick={onFields}>
          加附表和其他
        </button>
      </p>
      {kinds.map((kind) => (
        <section key={kind} aria-label={itemKinds[kind]}>
          <h2>{itemKinds[kind]}</h2>
          {items
            .filter((item) => item.kind === kind)
            .map((item) => (
              <div
                key={item.key}
                className={`plan-item${reviewed.has(item.key) ? ' plan-item--done' : ''}`}
                tabIndex={item.key === active || (active === null && item === items[0]) ? 0 : -1}
                aria-current={item.key === active}
                onClick={() => onActive(item.key)}
                onFocus={(event) => {
                  if (event.target === event.currentTarget) onActive(item.key)
                }}
              >
                <div className="plan-item-words">
                  <p>{item.title}</p>
                  {item.detail !== '' && <p className="quiet">{item.detail}</p>}
                  {item.kind === 'warning' && decisionOn(item) !== undefined && (
                    <p>
                      以<b>“{decisionOn(item)?.chosen}”</b>为准；{decisionOn(item)?.reason}
                    </p>
                  )}
                  {item.confidence !== null && item.confidence < 0.6 && (
                    <p className="list-problem">把握不大，请对照原文</p>
                  )}
                </div>
                <div className="plan-item-acts">
                  <button type="button" className="linkish" onClick={() => confirm(item)}>
                    {reviewed.has(item.key) ? '已确认' : '确认'}
                  </button>
                  {item.kind === 'warning' ? (
                    <button type="button" className="linkish" onClick={() => edit(item)}>
                      {decisionOn(item) === undefined ? '裁定' : '重新裁定'}
                    </button>
                  ) : (
                    <>
                      <button type="button" className="linkish" onClick={() => edit(item)}>
                        改
                      </button>
                      <button type="button" className="linkish" onClick={() => drop(item)}>
                        去掉
                      </button>
                    </>
                  )}
                </div>
                {editing === item.key && item.kind === 'warning' && (
                  <WarningForm draft={draft} at={item.at} onChange={onChange} onDone={() => setEditing(null)} />
                )}
                {editing === item.key && isEntryKind(item.kind) && (
                  <ItemForm
                    kind={item.kind}
                    at={item.at}
                    draft={draft}
                    onChange={onChange}
                    onDone={() => setEditing(null)}
                  />
                )}
              </div>
            ))}
        </section>
      ))}
    </div>
  )
}

interface ItemFormProps {
  readonly kind: EntryKind
  readonly at: number
  readonly draft: PlanDraft
  readonly onChange: (draft: PlanDraft) => void
  readonly onDone: () => void
}

function ItemForm({ kind, at, draft, onChange, onDone }: ItemFormProps) {
  const entry = entriesOf(draft, kind)[at]
  if (entry === undefined) return null
  return (
    <EntryForm
      kind={kind}
      entry={entry}
      onChange={(next) => onChange(withEntryAt(draft, kind, at, next))}
      onDone={onDone}
      onLeave={onDone}
    />
  )
}
