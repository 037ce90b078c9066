import CameraOutlined from '@ant-design/icons/es/icons/CameraOutlined'
import CloseOutlined from '@ant-design/icons/es/icons/CloseOutlined'
import { useEffect, useRef, useState } from 'react'
import { failureOf } from '../api/failure.js'

export interface Photo {
  readonly id: string
  readonly name: string
  readonly url: string
}

export interface PhotosFieldProps {
  readonly id?: string
  readonly value?: readonly Photo[]
  readonly onChange?: (photos: readonly Photo[]) => void
  /** Sends one and gives what the server kept; the form then holds only ids, so that a draft can hold it too. */
  readonly upload: (file: File, onProgress: (part: number) => void) => Promise<Photo>
  readonly max?: number
  readonly label?: string
  /** Papers too (PDF, Word, Excel): shown by their names. */
  readonly papers?: boolean
}

const paperEndings = ['.pdf', '.docx', '.xlsx']
const isPaper = (name: string) => paperEndings.some((ending) => name.toLowerCase().endsWith(ending))

interface Sending {
  readonly key: string
  readonly name: string
  readonly part: number
  readonly problem: string | null
  readonly file: File
}

const largest = 20 * 1024 * 1024

/** Photos are evidence: sent as taken, never scaled. What the camera wrote beside the picture the server takes out. */
export function PhotosField({
  id,
  value = [],
  onChange,
  upload,
  max = 9,
  label = '照片',
  papers = false,
}: PhotosFieldProps) {
  const box = useRef<HTMLInputElement>(null)
  const latest = useRef(value)
  useEffect(() => {
    latest.current = value
  })
  const [sending, setSending] = useState<readonly Sending[]>([])
  const change = (key: string, patch: Partial<Sending> | null) =>
    setSending((now) => now.flatMap((one) => (one.key !== key ? [one] : patch ? [{ ...one, ...patch }] : [])))

  const send = async (one: Sending) => {
    change(one.key, { problem: null, part: 0 })
    try {
      const photo = await upload(one.file, (part) => change(one.key, { part }))
      latest.current = [...latest.current, photo]
      onChange?.(latest.current)
      change(one.key, null)
    } catch (thrown) {
      change(one.key, { problem: failureOf(thrown).message })
    }
  }
  const take = (files: readonly File[]) => {
    const room = max - value.length - sending.length
    const added = files.slice(0, Math.max(0, room)).map((file) => ({
      key: crypto.randomUUID(),
      name: file.name,
      part: 0,
      problem: problemOf(file, papers),
      file,
    }))
    setSending((now) => [...now, ...added])
    for (const one of added) if (one.problem === null) void send(one)
  }

  return (
    <div
      className="photos"
      onDragOver={(event) => event.preventDefault()}
      onDrop={(event) => {
        event.preventDefault()
        take([...event.dataTransfer.files])
      }}
      onPaste={(event) => take([...event.clipboardData.files])}
    >
      {value.map((photo) => (
        <figure key={photo.id} className="photo">
          <a href={photo.url} target="_blank" rel="noreferrer">
            {isPaper(photo.name) ? (
              <span className="photo-paper">{photo.name}</span>
            ) : (
              <img src={photo.url} alt={photo.name} loading="lazy" />
            )}
          </a>
          <button
            type="button"
            className="bare photo-out"
            aria-label={`去掉照片 ${photo.name}`}
            onClick={() => onChange?.(value.filter((one) => one.id !== photo.id))}
          >
            <CloseOutlined aria-hidden />
          </button>
        </figure>
      ))}
      {sending.map((one) => (
        <figure key={one.key} className="photo photo--sending" aria-live="polite">
          {one.problem === null ? (
            <progress value={one.part} max={1} aria-label={`正在上传 ${one.name}`} />
          ) : (
            <>
              <span className="photo-problem">{one.problem}</span>
              <span>
                <button type="button" className="linkish" onClick={() => void send(one)}>
                  重传
                </button>{' '}
                <button type="button" className="linkish" onClick={() => change(one.key, null)}>
                  去掉
                </button>
              </span>
            </>
          )}
        </figure>
      ))}
      {value.length + sending.length < max && (
        <button type="button" id={id} className="bare photo photo--add" onClick={() => box.current?.click()}>
          <CameraOutlined aria-hidden />
          <span>添加{label}</span>
          <span className="quiet">
            {value.length}/{max}
          </span>
        </button>
      )}
      <input
        ref={box}
        type="file"
        // Named one by one, an iPhone turns its HEIC into JPEG by itself.
        accept={['image/jpeg', 'image/png', 'image/webp', ...(papers ? paperEndings : [])].join(',')}
        multiple
        // antd's form styles undo `hidden` on file inputs.
        style={{ display: 'none' }}
        onChange={(event) => {
          take([...(event.target.files ?? [])])
          event.target.value = ''
        }}
      />
    </div>
  )
}

function problemOf(file: File, papers: boolean): string | null {
  if (!file.type.startsWith('image/') && !(papers && isPaper(file.name))) {
    return papers ? '只收图片、PDF、Word、Excel' : '不是照片'
  }
  return file.size > largest ? '超过 20 MB' : null
}
