import { downloadHazardFile, type FileView, type HazardPage } from '@bihuan/contracts'
import { pathOf } from '../../../shared/api/address.js'
import type { ShownPhoto } from '../../../shared/show/photo-pair.js'

export function fileAddress(hazardId: string, fileId: string): string {
  return pathOf(downloadHazardFile.path, { hazardId, fileId })
}

const isPicture = (file: FileView) => file.mediaType.startsWith('image/')

/** 整改前: what came with the finding. 整改后: what came with the last word that it was done, and with the look at it. */
export function photosOf(page: HazardPage): { before: ShownPhoto[]; after: ShownPhoto[] } {
  const pictures = new Map(page.files.filter(isPicture).map((file) => [file.id, file]))
  const shown = (ids: readonly string[], takenOn: string | null, by: string | null): ShownPhoto[] =>
    ids.filter((id) => pictures.has(id)).map((id) => ({ url: fileAddress(page.hazard.id, id), takenOn, by }))
  const done = page.events.findLastIndex(({ type }) => type === 'report-rectified')
  const afterwards = done < 0 ? page.events.filter(({ type }) => type === 'report-progress') : page.events.slice(done)
  return {
    before: shown(page.hazard.evidenceFileIds, page.hazard.foundOn, page.hazard.finder?.name ?? null),
    after: afterwards.flatMap((event) =>
      event.type === 'correct' ? [] : shown(event.fileIds, event.on, event.personName),
    ),
  }
}

/** What came with one step: pictures small, papers by name. */
export function Evidence({ page, fileIds }: { page: HazardPage; fileIds: readonly string[] }) {
  const files = page.files.filter(({ id }) => fileIds.includes(id))
  if (files.length === 0) return null
  return (
    <span className="hz-evidence">
      {files.map((file) => (
        <a key={file.id} href={fileAddress(page.hazard.id, file.id)} target="_blank" rel="noreferrer" title={file.name}>
          {isPicture(file) ? (
            <img src={fileAddress(page.hazard.id, file.id)} alt={file.name} loading="lazy" />
          ) : (
            file.name
          )}
        </a>
      ))}
    </span>
  )
}

/** Papers that are no pictures, of the whole hazard: a report, a plan, a receipt. */
export function Papers({ page }: { page: HazardPage }) {
  const papers = page.files.filter((file) => !isPicture(file))
  if (papers.length === 0) return null
  return (
    <ul className="hz-papers" aria-label="附件">
      {papers.map((file) => (
        <li key={file.id}>
          <a href={fileAddress(page.hazard.id, file.id)} target="_blank" rel="noreferrer">
            {file.name}
          </a>{' '}
          <span className="quiet">{Math.max(1, Math.round(file.size / 1024))} KB</span>
        </li>
      ))}
    </ul>
  )
}
