import { useEffect, type ReactNode } from 'react'

export interface PageProps {
  readonly title: string
  /** Beside the title, quiet: a code, a state, a count. */
  readonly note?: ReactNode
  readonly acts?: ReactNode
  /** `fill`: the page is as high as the window and its parts scroll (lists, sheets). `read`: it scrolls as a whole. */
  readonly kind?: 'fill' | 'read'
  readonly children: ReactNode
}

/** Title in the tab and on the page, acts at its right. */
export function Page({ title, note, acts, kind = 'read', children }: PageProps) {
  useEffect(() => {
    document.title = `${title} · 闭环`
  }, [title])
  return (
    <div className={`page page--${kind}`}>
      <div className="page-head">
        <h1>{title}</h1>
        {note !== undefined && <span className="page-note">{note}</span>}
        <div className="top-space" />
        {acts !== undefined && <div className="page-acts">{acts}</div>}
      </div>
      {children}
    </div>
  )
}

/** A part of a reading page: hairline above, heading, body. */
export function Section({
  title,
  note,
  acts,
  id,
  children,
}: {
  title: string
  note?: ReactNode
  acts?: ReactNode
  id?: string
  children: ReactNode
}) {
  return (
    <section className="section" aria-label={title} id={id}>
      <div className="section-head">
        <h2>{title}</h2>
        {note !== undefined && <span className="page-note">{note}</span>}
        <div className="top-space" />
        {acts}
      </div>
      {children}
    </section>
  )
}
