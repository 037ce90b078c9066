import { downloadTemplate, listImports, startImport, type ImportView } from '@bihuan/contracts'
import Button from 'antd/es/button'
import { useRef, useState } from 'react'
import { Link, useNavigate } from 'react-router'
import { download } from '../../../shared/api/download.js'
import { failureOf, type ApiFailure } from '../../../shared/api/failure.js'
import { useAct } from '../../../shared/api/use-act.js'
import { useRoute } from '../../../shared/api/use-route.js'
import { Page, Section } from '../../../shared/layout/page.js'
import { DateText } from '../../../shared/show/texts.js'
import { Answered } from '../../../shared/states/answered.js'
import { Problem } from '../../../shared/states/problem.js'
import { importStateLabel } from '../components/import-words.js'
import '../components/enterprise.css'

export function ImportStartPage() {
  const navigate = useNavigate()
  const box = useRef<HTMLInputElement>(null)
  const [over, setOver] = useState(false)
  const [trouble, setTrouble] = useState<ApiFailure | null>(null)
  const recent = useRoute(listImports, { query: { kind: 'enterprise', limit: 10 } }, { staleMs: 0 })
  const start = useAct(startImport, {
    refreshes: [listImports],
    onDone: (run) => navigate(`/enterprises/import/${run.id}`),
  })
  const take = (files: FileList | null) => {
    const file = files?.[0]
    if (file) void start.act({ params: { kind: 'enterprise' }, files: [file] })
  }
  const template = () => {
    setTrouble(null)
    download(downloadTemplate, { params: { kind: 'enterprise' } }).catch((thrown: unknown) => setTrouble(failureOf(thrown)))
  }
  return (
    <Page title="导入企业" acts={<Button onClick={template}>下载模板</Button>}>
      <div className="ent-start">
        <div
          className={`ent-drop${over ? ' ent-drop--over' : ''}`}
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
          <p className="ent-drop-what">把 Excel 工作簿拖到这里</p>
          <Button type="primary" loading={start.pending} onClick={() => box.current?.click()}>
            {start.pending && start.progress !== null ? `正在上传 ${Math.round(start.progress * 100)}%` : '选择文件'}
          </Button>
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
            <ul className="ent-runs">
              {items.map((run) => (
                <li key={run.id}>
                  <Link to={`/enterprises/import/${run.id}`}>{run.fileName}</Link>
                  <span>{importStateLabel[run.state]}</span>
                  <span className="quiet">{resultOf(run)}</span>
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

function resultOf({ state, written, counts, failure }: ImportView): string {
  if (state === 'done') return `新增 ${written.new} 家，变更 ${written.changed} 家`
  if (state === 'failed') return failure?.message ?? ''
  const waiting = (counts.new ?? 0) + (counts.changed ?? 0)
  return state === 'preview' ? `可导入 ${waiting} 行` : ''
}
