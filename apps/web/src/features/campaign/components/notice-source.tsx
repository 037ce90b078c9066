import { importNotice, type ImportedNotice } from '@bihuan/contracts'
import Button from 'antd/es/button'
import Input from 'antd/es/input'
import { useRef, useState } from 'react'
import { useAct } from '../../../shared/api/use-act.js'
import { Problem } from '../../../shared/states/problem.js'

const accepted = '.docx,.doc,.wps,.pdf,.txt,.html,.htm'

/** A notice as it came: a file, or words that were copied from one. */
export function NoticeSource({ onNotice }: { onNotice: (notice: ImportedNotice) => void }) {
  const box = useRef<HTMLInputElement>(null)
  const [over, setOver] = useState(false)
  const [pasted, setPasted] = useState('')
  const read = useAct(importNotice)
  const take = async (file: File | undefined) => {
    if (file === undefined) return
    const notice = await read.act({ files: [file] })
    if (notice !== null) onNotice(notice)
  }
  return (
    <section aria-label="导入通知">
      <h2>导入通知</h2>
      <p className="quiet">
        Word（.docx、.doc）、WPS、带文字的 PDF、网页或文本。读出阶段、职责、报送和表格，对照原文逐项核对。
      </p>
      <button
        type="button"
        className={`plan-drop${over ? ' plan-drop--over' : ''}`}
        disabled={read.pending}
        onClick={() => box.current?.click()}
        onDragOver={(event) => {
          event.preventDefault()
          setOver(true)
        }}
        onDragLeave={() => setOver(false)}
        onDrop={(event) => {
          event.preventDefault()
          setOver(false)
          void take(event.dataTransfer.files[0])
        }}
      >
        {read.pending ? '正在读…' : '把通知拖到这里，或点按选择'}
      </button>
      <input
        ref={box}
        type="file"
        accept={accepted}
        aria-label="选择通知文件"
        style={{ display: 'none' }}
        onChange={(event) => {
          void take(event.target.files?.[0])
          event.target.value = ''
        }}
      />
      <Input.TextArea
        aria-label="粘贴通知全文"
        placeholder="或把通知全文粘贴在这里"
        autoSize={{ minRows: 3, maxRows: 10 }}
        value={pasted}
        onChange={(event) => setPasted(event.target.value)}
      />
      {pasted.trim() !== '' && (
        <p>
          <Button
            loading={read.pending}
            onClick={() => void take(new File([pasted], '粘贴的通知.txt', { type: 'text/plain' }))}
          >
            读出方案
          </Button>
        </p>
      )}
      {read.failure && <Problem failure={read.failure} places={[]} />}
    </section>
  )
}
