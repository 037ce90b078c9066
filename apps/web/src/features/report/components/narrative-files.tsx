import PaperClipOutlined from '@ant-design/icons/es/icons/PaperClipOutlined'
import {
  deliverFiles,
  downloadReturnFile,
  uploadFiles,
  type DeliveryView,
  type NarrativeContent,
  type ReturnPage,
} from '@bihuan/contracts'
import { deliverableFormLabels, isUploaded, type UploadedForm } from '@bihuan/domain'
import Button from 'antd/es/button'
import { useRef, useState } from 'react'
import { pathOf } from '../../../shared/api/address.js'
import { call } from '../../../shared/api/call.js'
import { failureOf } from '../../../shared/api/failure.js'
import { instantText } from '../../../shared/show/dates.js'
import { StateTag } from '../../../shared/show/mark.js'
import { ReturnProblem, useReturnAct } from './return-acting.js'
import { remarksAtCells } from './return-words.js'

export interface NarrativeFilesProps {
  readonly page: ReturnPage
  readonly content: NarrativeContent
  /** While a remark is being written, a press on a point or a form is a remark at it. */
  readonly onPoint: ((key: string) => void) | null
  readonly onReload: () => Promise<unknown>
}

/** What is asked and what is there: the points, each with what is wrong with it, and the files form by form. */
export function NarrativeFiles({ page, content, onPoint, onReload }: NarrativeFilesProps) {
  const remarks = remarksAtCells(page)
  const faultAt = (key: string) => page.findings.find(({ blocking, cells }) => blocking && cells.includes(key))
  const read = content.asked.some(({ form, delivery }) => form === 'editable' && delivery !== null)
  return (
    <div className="narrative">
      {content.mustContain.length > 0 && (
        <section aria-label="必写要点">
          <h2>必写要点</h2>
          <ol className="narrative-points">
            {content.mustContain.map(({ key, heading }) => {
              const fault = faultAt(key)
              const remark = remarks.get(key)
              return (
                <li key={key} id={`point-${key}`}>
                  <Point onPress={onPoint === null ? null : () => onPoint(key)}>{heading}</Point>
                  {!read ? (
                    <StateTag tone="grey">待交</StateTag>
                  ) : fault === undefined ? (
                    <StateTag tone="green">已写</StateTag>
                  ) : (
                    <StateTag tone="red">{fault.code === 'heading-missing' ? '没有这一部分' : '下面没有内容'}</StateTag>
                  )}
                  {remark !== undefined && <p className="narrative-remark">退回意见 {remark}</p>}
                </li>
              )
            })}
          </ol>
        </section>
      )}
      <section aria-label="要交的文件">
        <h2>要交的文件</h2>
        {content.asked.map((asked) => (
          <Asked
            key={asked.form}
            page={page}
            asked={asked}
            remark={remarks.get(asked.form)}
            onPoint={onPoint}
            onReload={onReload}
          />
        ))}
        {content.tables.length > 0 && (
          <p className="source-note">草稿附：{content.tables.map(({ title }) => title).join('、')}</p>
        )}
      </section>
      {content.earlier.length > 0 && (
        <section aria-label="此前交过的">
          <h2>
            此前交过的 <span className="quiet">{content.earlier.length}</span>
          </h2>
          {content.earlier.map((delivery) => (
            <div key={`${delivery.form}.${delivery.deliveredAt}`} className="narrative-earlier">
              <span className="quiet">{deliverableFormLabels[delivery.form]}</span>
              <FilesOf returnId={page.id} delivery={delivery} />
            </div>
          ))}
        </section>
      )}
    </div>
  )
}

function Point({ onPress, children }: { onPress: (() => void) | null; children: string }) {
  return onPress === null ? (
    <span className="narrative-point">{children}</span>
  ) : (
    <button type="button" className="linkish narrative-point" onClick={onPress}>
      {children}
    </button>
  )
}

interface AskedProps extends Pick<NarrativeFilesProps, 'page' | 'onPoint' | 'onReload'> {
  readonly asked: NarrativeContent['asked'][number]
  readonly remark: string | undefined
}

function Asked({ page, asked, remark, onPoint, onReload }: AskedProps) {
  const { form, receivers, delivery } = asked
  const filed = page.status === 'submitted' || page.status === 'accepted'
  return (
    <section id={`point-${form}`} className="narrative-asked" aria-label={deliverableFormLabels[form]}>
      <p className="narrative-form">
        <Point onPress={onPoint === null ? null : () => onPoint(form)}>{deliverableFormLabels[form]}</Point>
        {!isUploaded(form) ? (
          <StateTag tone={page.status === 'accepted' ? 'green' : 'grey'}>
            {page.status === 'accepted' ? '接收单位已确认收到' : '报送纸质件，由接收单位接收时确认'}
          </StateTag>
        ) : delivery === null ? (
          <StateTag tone="red">还没有交</StateTag>
        ) : (
          <StateTag tone="green">已交</StateTag>
        )}
        {receivers.length > 0 && <span className="quiet">交{receivers.map(({ name }) => name).join('、')}</span>}
      </p>
      {delivery !== null && <FilesOf returnId={page.id} delivery={delivery} />}
      {remark !== undefined && <p className="narrative-remark">退回意见 {remark}</p>}
      {isUploaded(form) && page.abilities['deliver'] === true && (
        <Deliver page={page} form={form} replaces={delivery !== null} onReload={onReload} />
      )}
      {isUploaded(form) && !filed && form === 'editable' && delivery === null && (
        <p className="source-note">可以先下载草稿，在 Word 或 WPS 里改好后交上来。</p>
      )}
    </section>
  )
}

/** Files as they were delivered; each can be opened, whoever it belongs to. */
export function FilesOf({ returnId, delivery }: { returnId: string; delivery: DeliveryView }) {
  const { files, personName, deliveredAt, draft } = delivery
  return (
    <div className="narrative-files">
      {files.map(({ fileId, name, size, pages }) => (
        <p key={fileId}>
          <a href={pathOf(downloadReturnFile.path, { returnId, fileId })} target="_blank" rel="noreferrer">
            <PaperClipOutlined aria-hidden /> {name}
          </a>
          <span className="quiet">
            {sizeText(size)}
            {pages !== null && `，${pages} 页`}
          </span>
        </p>
      ))}
      <p className="source-note">
        {personName} {instantText(deliveredAt)}
        {draft !== null && `；由草稿修改，数字截至 ${draft.countedTo}，账本位置 ${draft.position}`}
      </p>
    </div>
  )
}

function sizeText(bytes: number): string {
  return bytes < 1024 * 1024 ? `${Math.max(1, Math.round(bytes / 1024))} KB` : `${(bytes / 1024 / 1024).toFixed(1)} MB`
}

interface DeliverProps extends Pick<NarrativeFilesProps, 'page' | 'onReload'> {
  readonly form: UploadedForm
  readonly replaces: boolean
}

const accepts: Readonly<Record<UploadedForm, string>> = {
  editable: '.docx',
  'signed-scan': '.pdf,.jpg,.jpeg,.png',
  electronic: 'image/*,.pdf,.docx,.xlsx',
}

/** Sent and delivered in one act. A file that is refused says why, and what stood delivered stays. */
function Deliver({ page, form, replaces, onReload }: DeliverProps) {
  const box = useRef<HTMLInputElement>(null)
  const [part, setPart] = useState<number | null>(null)
  const [problem, setProblem] = useState<string | null>(null)
  const act = useReturnAct(deliverFiles, page, () => undefined)
  const send = async (files: readonly File[]) => {
    if (files.length === 0) return
    setProblem(null)
    act.reset()
    setPart(0)
    try {
      const { items } = await call(uploadFiles, { files: [...files] }, { onProgress: setPart })
      await act.act({
        params: { returnId: page.id },
        body: { version: page.version, form, fileIds: items.map(({ id }) => id) },
      })
    } catch (thrown) {
      const failure = failureOf(thrown)
      setProblem(failure.places[0]?.message ?? failure.message)
    } finally {
      setPart(null)
    }
  }
  const called = deliverableFormLabels[form]
  return (
    <div className="narrative-deliver">
      <Button icon={<PaperClipOutlined />} loading={part !== null || act.pending} onClick={() => box.current?.click()}>
        {replaces ? `换${called}` : `交${called}`}
      </Button>
      {part !== null && <progress value={part} max={1} aria-label={`正在上传${called}`} />}
      <span className="quiet">
        {form === 'editable'
          ? 'Word（.docx）一个'
          : form === 'signed-scan'
            ? 'PDF，或 JPG、PNG 逐页拍照'
            : '可一次选多个'}
        {replaces && page.signatures.length > 0 && '；换了以后，已有的签名失效'}
      </span>
      <input
        ref={box}
        type="file"
        aria-label={called}
        multiple={form !== 'editable'}
        accept={accepts[form]}
        style={{ display: 'none' }}
        onChange={(event) => {
          void send([...(event.target.files ?? [])])
          event.target.value = ''
        }}
      />
      {problem !== null && (
        <p className="list-problem" role="alert">
          {problem}
        </p>
      )}
      <ReturnProblem failure={act.failure} onReload={onReload} />
    </div>
  )
}
