import PaperClipOutlined from '@ant-design/icons/es/icons/PaperClipOutlined'
import Button from 'antd/es/button'
import { useRef, useState } from 'react'
import { uploadFiles, type FileView } from '@bihuan/contracts'
import { call } from '../../../shared/api/call.js'
import { failureOf } from '../../../shared/api/failure.js'

export interface FilesFieldProps {
  readonly id?: string
  readonly value?: readonly FileView[]
  readonly onChange?: (files: readonly FileView[]) => void
}

interface Sending {
  readonly key: string
  readonly file: File
  readonly part: number
  readonly problem: string | null
}

/** Papers and photos that prove it. Each is sent at once, so that a draft can hold it. */
export function FilesField({ id, value = [], onChange }: FilesFieldProps) {
  const box = useRef<HTMLInputElement>(null)
  const latest = useRef(value)
  const [sending, setSending] = useState<readonly Sending[]>([])
  const change = (key: string, patch: Partial<Sending> | null) =>
    setSending((now) => now.flatMap((one) => (one.key !== key ? [one] : patch === null ? [] : [{ ...one, ...patch }])))

  const send = async (one: Sending) => {
    change(one.key, { problem: null, part: 0 })
    try {
      const { items } = await call(
        uploadFiles,
        { files: [one.file] },
        { onProgress: (part) => change(one.key, { part }) },
      )
      latest.current = [...latest.current, ...items]
      onChange?.(latest.current)
      change(one.key, null)
    } catch (thrown) {
      const failure = failureOf(thrown)
      change(one.key, { problem: failure.places[0]?.message ?? failure.message })
    }
  }
  const take = (files: readonly File[]) => {
    latest.current = value
    const added = files.map((file): Sending => ({ key: crypto.randomUUID(), file, part: 0, problem: null }))
    setSending((now) => [...now, ...added])
    for (const one of added) void send(one)
  }
  return (
    <div
      className="files-field"
      onDragOver={(event) => event.preventDefault()}
      onDrop={(event) => {
        event.preventDefault()
        take([...event.dataTransfer.files])
      }}
    >
      {value.map((file) => (
        <span key={file.id}>
          <PaperClipOutlined aria-hidden /> {file.name}{' '}
          <button
            type="button"
            className="linkish"
            aria-label={`去掉 ${file.name}`}
            onClick={() => onChange?.(value.filter(({ id }) => id !== file.id))}
          >
            去掉
          </button>
        </span>
      ))}
      {sending.map((one) => (
        <span key={one.key} aria-live="polite">
          {one.file.name}{' '}
          {one.problem === null ? (
            <progress value={one.part} max={1} aria-label={`正在上传 ${one.file.name}`} />
          ) : (
            <>
              <span className="list-problem">{one.problem}</span>{' '}
              <button type="button" className="linkish" onClick={() => void send(one)}>
                重传
              </button>{' '}
              <button type="button" className="linkish" onClick={() => change(one.key, null)}>
                去掉
              </button>
            </>
          )}
        </span>
      ))}
      <Button {...(id === undefined ? {} : { id })} icon={<PaperClipOutlined />} onClick={() => box.current?.click()}>
        添加证明材料
      </Button>
      <span className="quiet">图片、PDF、Word、Excel，可一次选多个</span>
      <input
        ref={box}
        type="file"
        multiple
        accept="image/*,.pdf,.docx,.xlsx"
        style={{ display: 'none' }}
        onChange={(event) => {
          take([...(event.target.files ?? [])])
          event.target.value = ''
        }}
      />
    </div>
  )
}
