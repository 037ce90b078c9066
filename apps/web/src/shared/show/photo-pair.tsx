import './show.css'

export interface ShownPhoto {
  readonly url: string
  readonly takenOn?: string | null
  readonly by?: string | null
}

/** Before and after, side by side; what is missing says so. */
export function PhotoPair({
  before,
  after,
  over = false,
}: {
  before: readonly ShownPhoto[]
  after: readonly ShownPhoto[]
  /** Nothing more will come. */
  over?: boolean
}) {
  return (
    <div className="pair">
      <Photos title="整改前" photos={before} missing="登记时没有拍照" />
      <Photos title="整改后" photos={after} missing={over ? '整改后没有拍照' : '整改后的照片还没有上传'} />
    </div>
  )
}

function Photos({ title, photos, missing }: { title: string; photos: readonly ShownPhoto[]; missing: string }) {
  return (
    <div>
      <p className="pair-title">
        {title}
        {photos.length > 1 && <span className="quiet"> {photos.length} 张</span>}
      </p>
      {photos.length === 0 && <p className="pair-missing">{missing}</p>}
      <div className="pair-photos">
        {photos.map((photo, index) => (
          <figure key={photo.url}>
            <a href={photo.url} target="_blank" rel="noreferrer">
              <img src={photo.url} alt={`${title}第${index + 1}张`} loading="lazy" />
            </a>
            {(photo.takenOn || photo.by) && (
              <figcaption>{[photo.takenOn, photo.by].filter(Boolean).join(' ')}</figcaption>
            )}
          </figure>
        ))}
      </div>
    </div>
  )
}
