import CloseOutlined from '@ant-design/icons/es/icons/CloseOutlined'
import Button from 'antd/es/button'
import { useEffect, useRef, type ReactNode } from 'react'
import { Link } from 'react-router'
import { useShortcut } from '../layout/shortcut.js'
import './list.css'

export interface SidePanelProps {
  readonly title: ReactNode
  readonly label: string
  readonly onClose: () => void
  /** The record's own page: a new tab, a link to a colleague. */
  readonly to?: string
  readonly width?: number
  readonly children: ReactNode
}

/**
 * Stands beside the list instead of over it (antd's Drawer covers what one compares with): the row stays seen, and the
 * arrows go on to the next. On the phone it is the whole screen.
 */
export function SidePanel({ title, label, onClose, to, width = 520, children }: SidePanelProps) {
  const panel = useRef<HTMLElement>(null)
  useShortcut('Escape', onClose)
  useEffect(() => {
    const before = document.activeElement
    return () => {
      if (before instanceof HTMLElement && before.isConnected) before.focus({ preventScroll: true })
    }
  }, [])
  return (
    <aside className="panel" ref={panel} aria-label={label} style={{ width }}>
      <div className="panel-head">
        <h2>{title}</h2>
        <div className="top-space" />
        {to !== undefined && <Link to={to}>打开整页</Link>}
        <Button type="text" icon={<CloseOutlined />} aria-label="收起（Esc）" onClick={onClose} />
      </div>
      <div className="panel-body">{children}</div>
    </aside>
  )
}
