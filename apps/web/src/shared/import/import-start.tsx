import { downloadTemplate, listImports, startImport, type ImportView } from '@bihuan/contracts'
import Button from 'antd/es/button'
import { useRef, useState, type ReactNode } from 'react'
import { Link, useNavigate } from 'react-router'
import { download } from '../api/download.js'
import { failureOf, type ApiFailure } from '../api/failure.js'
import { useAct } from '../api/use-act.js'
import { useRoute } from '../api/use-route.js'
import { Page, Section } from '../layout/page.js'
import { usePhone } from '../layout/use-phone.js'
import { DateText } from '../show/texts.js'
import { Answered } from '../states/answered.js'
import { Problem } from '../states/problem.js'
import { importStateLabel } from './import-words.js'
import type { ImportSubject } from './import-subject.js'
import './import.css'

export interface ImportStartProps {
  readonly subject: ImportSubject
  /** What the import is told besides the workbook: its options, and the fields in which they are chosen. */
  readonly options?: unknown
  readonly children?: ReactNode
  /** Why no workbook can be taken yet. */
  readonly blocked?: string | null
  /** In place of the template: where the form is somebody else's. */
  readonly acts?: ReactNode
}

/** Drop a workbook, or come back to one. */
export function ImportStart({ subject, options, children, blocked = null, acts }: ImportStartProps) {
  const navigate = useNavigate()
  const phone = usePhone()
  const box = useRef<HTMLInputElement>(null)
  const [over, setOver] = useState(false)
  const [trouble, setTrouble] = useState<ApiFailure | null>(null)
  const recent = useRoute(listImports, { query: { kind: subject.kind, limit: 10 } }, { staleMs: 0 })
  const start = useAct(startImport, {
    refreshes: [listImports],
    onDone: (run) => navigate(`${subject.address}/${run.id}`),
  })
  const take = (files: FileList | null) => {
    const file = files?.[0]
    if (file === undefined || blocked !== null) return
    const fields = options === undefined ? {} : { fields: { options: JSON.stringify(options) } }
    void start.act({ params: { kind: subject.kind }, files: [file], ...fields })
  }
  const template = () => {
    setTrouble(null)
    download(downloadTemplate, { params: { kind: subject.kind } }).catch((thrown: unknown) =>
      setTrouble(failureOf(thrown)),
    )
  }
  return (
    <Page title={subject.title} acts={acts === undefined ? <Button onClick={template}>下载模板</Button> : acts}>
      {children}
      <div className="imp-start">
        <div
          className={`imp-drop${over ? ' imp-drop--over' : ''}`}
          onDragOver={(event) => {
            event.preventDefault()
            setOver(true)
          }}
          onDragLeave={() => setOver(false)}
          onDrop={(event) => {
            event.preventDefault()
            setOver(false)
            take(event.dataTransfer.files)
          }}
        >
          <p className="imp-drop-what">{phone ? '选一个 Excel 工作簿' : '把 Excel 工作簿拖到这里'}</p>
          <Button
            type="primary"
            loading={start.pending}
            disabled={blocked !== null}
            onClick={() => box.current?.click()}
          >
            {start.pending && start.progress !== null ? `正在上传 ${Math.round(start.progress * 100)}%` : '选择文件'}
          </Button>
          {blocked !== null && <p className="list-problem">{blocked}</p>}
          <p className="quiet">
            .xlsx，可以是自己的表：各列按列名对应，顺序不限。先核对、再导入，确认之前什么都不会写入。
          </p>
          <input
            ref={box}
            type="file"
            accept=".xlsx"
            hidden
            aria-label="选择工作簿"
            onChange={(event) => {
              take(event.target.files)
              event.target.value = ''
            }}
          />
        </div>
        {start.failure && <Problem failure={start.failure} />}
        {trouble && <Problem failure={trouble} />}
      </div>
      <Section title="我最近的导入">
        <Answered
          answer={recent}
          loading="text"
          isEmpty={({ items }) => items.length === 0}
          empty={{ what: '还没有导入过', how: '每次导入的进度和结果都留在这里，离开后可以回来接着办。' }}
        >
          {({ items }) => (
            <ul className="imp-runs">
              {items.map((run) => (
                <li key={run.id}>
                  <Link to={`${subject.address}/${run.id}`}>{run.fileName}</Link>
                  <span>{importStateLabel[run.state]}</span>
                  <span className="quiet">{resultOf(run, subject)}</span>
                  <DateText date={run.createdAt} />
                </li>
              ))}
            </ul>
          )}
        </Answered>
      </Section>
    </Page>
  )
}

function resultOf({ state, written, counts, failure }: ImportView, { counter }: ImportSubject): string {
  if (state === 'done') return `新增 ${written.new} ${counter}，变更 ${written.changed} ${counter}`
  if (state === 'failed') return failure?.message ?? ''
  const waiting = (counts.new ?? 0) + (counts.changed ?? 0)
  return state === 'preview' ? `可导入 ${waiting} 行` : ''
}
