import { uploadFiles } from '@bihuan/contracts'
import Form from 'antd/es/form'
import { pathOf } from '../../../shared/api/address.js'
import { call } from '../../../shared/api/call.js'
import { PhotosField, type Photo } from '../../../shared/form/photos-field.js'

/** Sent as it is chosen, so that the act itself is quick; until it is done nobody but the sender's unit sees it. */
export async function uploadEvidence(file: File, onProgress: (part: number) => void): Promise<Photo> {
  const { items } = await call(uploadFiles, { files: [file] }, { onProgress })
  const [kept] = items
  if (!kept) throw new Error('the server kept no file')
  return { id: kept.id, name: kept.name, url: pathOf('/api/files/:fileId', { fileId: kept.id }) }
}

export function EvidenceItem({
  label = '照片和证明材料',
  name = 'files',
}: {
  label?: string
  name?: string | string[]
}) {
  return (
    <Form.Item name={name} label={label} className="wide">
      <PhotosField upload={uploadEvidence} max={30} papers />
    </Form.Item>
  )
}
