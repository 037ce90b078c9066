import { useEffect, type ReactNode } from 'react'
import './gate.css'

/** What stands before the frame: log-in, and the first change of a password. */
export function Gate({ title, note, children }: { title: string; note?: string; children: ReactNode }) {
  useEffect(() => {
    document.title = `${title} · 闭环`
  }, [title])
  return (
    <main className="gate">
      <div className="gate-box">
        <p className="gate-brand">
          <img src="/icon.svg" alt="" width={28} height={28} />
          <span>
            <strong>闭环</strong>
            <span className="quiet">重大事故隐患专项排查整治</span>
          </span>
        </p>
        <h1>{title}</h1>
        {note !== undefined && <p className="quiet gate-note">{note}</p>}
        {children}
      </div>
    </main>
  )
}
