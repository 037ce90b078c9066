import EllipsisOutlined from '@ant-design/icons/es/icons/EllipsisOutlined'
import type { Me } from '@bihuan/contracts'
import { useState, type ReactNode } from 'react'
import { Link, useLocation } from 'react-router'
import { AccountMenu } from './account-menu.js'
import { isHere, type Entry } from './entries.js'
import { CampaignSwitch, UnitSwitch, type CampaignChoice } from './switches.js'
import { TopSearch, type TopSearchProps } from './top-search.js'
import { usePhone } from './use-phone.js'
import { useKeepCampaign } from './workplace.js'
import './frame.css'
import './phone.css'

export interface FrameProps {
  readonly me: Me
  readonly day: readonly Entry[]
  readonly apart: readonly Entry[]
  readonly campaigns: readonly CampaignChoice[]
  readonly search: TopSearchProps
  /** The bell, when something can tell what is new. */
  readonly news?: ReactNode
  readonly onSwitchUnit: (unitId: string) => void
  readonly switching: boolean
  readonly onLogOut: () => void
  readonly children: ReactNode
}

export function Frame(props: FrameProps) {
  const { me, day, apart, children } = props
  const phone = usePhone()
  return (
    <div className="frame">
      <a className="skip" href="#content">
        跳到正文
      </a>
      {!phone && (
        <div className="side">
          <Brand tenantName={me.tenantName} />
          <nav className="side-nav" aria-label="主菜单">
            <EntryList entries={day} />
            {apart.length > 0 && (
              <div className="side-apart">
                <EntryList entries={apart} />
              </div>
            )}
          </nav>
        </div>
      )}
      <div className="frame-main">
        <header className="top" aria-label="我所在的单位与行动">
          <UnitSwitch me={me} onSwitch={props.onSwitchUnit} busy={props.switching} />
          {props.campaigns.length > 0 && (
            <>
              <span className="top-slash" aria-hidden>
                /
              </span>
              <CampaignSwitch campaigns={props.campaigns} />
            </>
          )}
          <div className="top-space" />
          <TopSearch {...props.search} />
          {props.news}
          <AccountMenu me={me} onLogOut={props.onLogOut} />
        </header>
        <main className="content" id="content" tabIndex={-1}>
          {children}
        </main>
      </div>
      {phone && <TabBar entries={[...day, ...apart]} />}
    </div>
  )
}

function Brand({ tenantName }: { tenantName: string }) {
  return (
    <Link to="/" className="brand">
      <img src="/icon.svg" alt="" width={22} height={22} />
      <span>
        <strong>闭环</strong>
        <span className="brand-tenant">{tenantName}</span>
      </span>
    </Link>
  )
}

function EntryList({ entries }: { entries: readonly Entry[] }) {
  return (
    <ul>
      {entries.map((entry) => (
        <li key={entry.to}>
          <EntryLink entry={entry} className="side-entry" />
        </li>
      ))}
    </ul>
  )
}

function EntryLink({ entry, className, onGone }: { entry: Entry; className: string; onGone?: () => void }) {
  const { pathname } = useLocation()
  const keep = useKeepCampaign()
  const here = isHere(entry.to, pathname)
  return (
    <Link
      to={keep(entry.to)}
      className={`${className}${here ? ` ${className}--here` : ''}`}
      aria-current={here ? 'page' : undefined}
      onClick={onGone}
    >
      <span className="entry-icon" aria-hidden>
        {entry.icon}
      </span>
      {entry.label}
    </Link>
  )
}

/** Five places at the thumb: four of the day, and the rest behind 更多. */
function TabBar({ entries }: { entries: readonly Entry[] }) {
  const [more, setMore] = useState(false)
  const first = entries.length > 5 ? entries.slice(0, 4) : entries
  const rest = entries.slice(first.length)
  const close = () => setMore(false)
  return (
    <nav className="tabs" aria-label="主菜单">
      {more && (
        <>
          <button type="button" className="tabs-veil" aria-label="收起更多" onClick={close} />
          <div className="tabs-more">
            {rest.map((entry) => (
              <EntryLink key={entry.to} entry={entry} className="side-entry" onGone={close} />
            ))}
          </div>
        </>
      )}
      <div className="tabs-row">
        {first.map((entry) => (
          <EntryLink key={entry.to} entry={entry} className="tab" onGone={close} />
        ))}
        {rest.length > 0 && (
          <button type="button" className="tab bare" aria-expanded={more} onClick={() => setMore(!more)}>
            <span className="entry-icon" aria-hidden>
              <EllipsisOutlined />
            </span>
            更多
          </button>
        )}
      </div>
    </nav>
  )
}
