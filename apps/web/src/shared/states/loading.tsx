import './states.css'

export type LoadingShape = 'page' | 'list' | 'form' | 'text'

/** Widths that look like words, not like a fence; fixed, so that nothing jumps between two renders. */
const widths = [58, 82, 44, 71, 63, 90, 52, 77, 48, 86]

/** Keeps the shape of what comes. It is heard once, and nothing blinks if the answer is there within 150 ms. */
export function Loading({
  shape = 'page',
  rows = 8,
  columns = 6,
}: {
  shape?: LoadingShape
  rows?: number
  columns?: number
}) {
  return (
    <div className="bones" role="status" aria-live="polite">
      <span className="heard-only">正在载入</span>
      {(shape === 'page' || shape === 'form') && <Bone width="160px" height={18} />}
      {Array.from({ length: rows }, (_, row) =>
        shape === 'list' || shape === 'page' ? (
          <div className="bones-row" key={row}>
            {Array.from({ length: columns }, (_, column) => (
              <div key={column} style={{ flex: column === 0 ? 2 : 1 }}>
                <Bone width={`${widths[(row * 3 + column) % widths.length]}%`} />
              </div>
            ))}
          </div>
        ) : (
          <div key={row}>
            {shape === 'form' && <Bone width="72px" />}
            <Bone
              width={shape === 'form' ? '320px' : `${widths[row % widths.length]}%`}
              height={shape === 'form' ? 28 : 12}
            />
          </div>
        ),
      )}
    </div>
  )
}

export function Bone({ width, height = 12 }: { width: string; height?: number }) {
  return (
    <span className="bone" aria-hidden style={{ width, height, maxWidth: '100%', marginTop: height > 20 ? 6 : 0 }} />
  )
}
