import DownloadOutlined from '@ant-design/icons/es/icons/DownloadOutlined'
import SearchOutlined from '@ant-design/icons/es/icons/SearchOutlined'
import Button from 'antd/es/button'
import Dropdown from 'antd/es/dropdown'
import { useEffect, useRef, useState, type RefObject } from 'react'
import { failureOf, type ApiFailure } from '../api/failure.js'
import { ColumnChooser, type ColumnChooserProps } from './column-chooser.js'
import { FilterSentence } from './filter-sentence.js'
import type { ListState } from './list-state.js'
import type { ListViews, ViewNow } from './saved-view.js'
import { Views } from './views.js'

export interface ExportWay {
  readonly key: string
  /** 「官方台账（Word）」「按当前所见（Excel）」 */
  readonly label: string
  /** `shown`: the keys of the columns on the page, in their order. */
  readonly run: (shown: readonly string[]) => Promise<void>
}

interface ListHeadProps<Row> {
  readonly searchBox: RefObject<HTMLInputElement | null>
  readonly state: ListState
  readonly searchHint: string | undefined
  readonly views: (ListViews & { readonly now: ViewNow }) | undefined
  readonly exports: readonly ExportWay[] | undefined
  readonly shown: readonly string[]
  /** The same, if somebody chose them. */
  readonly chosen: readonly string[]
  readonly columns: ColumnChooserProps<Row> | undefined
}

export function ListHead<Row>({
  searchBox,
  state,
  searchHint,
  views,
  exports,
  shown,
  chosen,
  columns,
}: ListHeadProps<Row>) {
  return (
    <div className="list-head">
      {views && <Views {...views} view={state.view} columns={chosen} onShow={(view) => state.showView(view)} />}
      <div className="list-tools">
        {searchHint !== undefined && (
          <ListSearch
            box={searchBox}
            hint={searchHint}
            value={state.q}
            onAsk={(q) => state.ask({ q: q || null }, true)}
          />
        )}
        <FilterSentence
          conditions={state.conditions}
          values={state.values}
          onChange={(key, value) => state.ask({ [key]: value })}
          onClear={state.clear}
        />
        <div className="top-space" />
        {columns && <ColumnChooser {...columns} />}
        {exports && exports.length > 0 && <ExportButton ways={exports} shown={shown} />}
      </div>
    </div>
  )
}

const typingPause = 300

function ListSearch({
  box,
  hint,
  value,
  onAsk,
}: {
  box: RefObject<HTMLInputElement | null>
  hint: string
  value: string
  onAsk: (q: string) => void
}) {
  const [text, setText] = useState(value)
  const timer = useRef<number>(undefined)
  const [asked, setAsked] = useState(value)
  // The address changed from elsewhere (back, a saved view): the box follows it.
  if (asked !== value) {
    setAsked(value)
    setText(value)
  }
  useEffect(() => () => clearTimeout(timer.current), [])
  // What was typed is asked later, when the address may hold more than it did: a row that was opened meanwhile stays open.
  const latest = useRef({ value, onAsk })
  useEffect(() => {
    latest.current = { value, onAsk }
  })

  const ask = (next: string) => {
    clearTimeout(timer.current)
    if (next.trim() !== latest.current.value) latest.current.onAsk(next.trim())
  }
  return (
    <div className="list-search">
      <SearchOutlined aria-hidden className="top-search-icon" />
      <input
        ref={box}
        type="search"
        aria-label={hint}
        placeholder={hint}
        value={text}
        onChange={(event) => {
          const next = event.target.value
          setText(next)
          clearTimeout(timer.current)
          // Half a syllable of an input method is not a question.
          if (!(event.nativeEvent as InputEvent).isComposing)
            timer.current = window.setTimeout(() => ask(next), typingPause)
        }}
        onCompositionEnd={(event) => ask(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.nativeEvent.isComposing) return
          if (event.key === 'Enter') ask(text)
          if (event.key === 'Escape') {
            // The browser would empty the box a second time, and that would be asked as well.
            event.preventDefault()
            setText('')
            ask('')
            event.currentTarget.blur()
            event.stopPropagation()
          }
        }}
      />
    </div>
  )
}

function ExportButton({ ways, shown }: { ways: readonly ExportWay[]; shown: readonly string[] }) {
  const [running, setRunning] = useState(false)
  const [failure, setFailure] = useState<ApiFailure | null>(null)
  const run = async (way: ExportWay | undefined) => {
    if (!way || running) return
    setRunning(true)
    setFailure(null)
    await way.run(shown).catch((thrown: unknown) => setFailure(failureOf(thrown)))
    setRunning(false)
  }
  const only = ways.length === 1 ? ways[0] : undefined
  const button = (
    <Button
      type="text"
      icon={<DownloadOutlined />}
      loading={running}
      {...(only ? { onClick: () => void run(only) } : {})}
    >
      {running ? '正在导出' : '导出'}
    </Button>
  )
  return (
    <>
      {failure && (
        <span className="list-problem" role="alert">
          没有导出：{failure.message}
        </span>
      )}
      {only ? (
        button
      ) : (
        <Dropdown
          trigger={['click']}
          menu={{
            items: ways.map(({ key, label }) => ({ key, label })),
            onClick: ({ key }) => void run(ways.find((way) => way.key === key)),
          }}
        >
          {button}
        </Dropdown>
      )}
    </>
  )
}
