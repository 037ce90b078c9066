import { listUnits, showUnit, type TablePage } from '@bihuan/contracts'
import { endOfMonth, startOfMonth, addDays } from '@bihuan/domain'
import Button from 'antd/es/button'
import DatePicker from 'antd/es/date-picker'
import InputNumber from 'antd/es/input-number'
import Popover from 'antd/es/popover'
import dayjs from 'dayjs'
import { useState } from 'react'
import { Link } from 'react-router'
import { call } from '../../../shared/api/call.js'
import { PickField } from '../../../shared/form/pick-field.js'
import type { Choice } from '../../../shared/list/conditions.js'

export interface TableBarProps {
  readonly page: TablePage
  readonly today: string
  readonly toUnit: (unitId: string) => string
  readonly onAsk: (patch: Readonly<Record<string, string | null>>) => void
  /** The day with which this one is compared; null while it is not. */
  readonly compared: string | null
}

/** Whose table, up to which day, as known when: all within reach, all in the address. */
export function TableBar({ page, today, toUnit, onAsk, compared }: TableBarProps) {
  const above = page.path.slice(0, -1)
  const top = page.path[0]?.unitId ?? page.unitId
  const ends = monthEnds(page, today)
  const before = ends.find((day) => day < page.cutOff) ?? null
  const find = async (text: string, signal: AbortSignal): Promise<readonly Choice[]> => {
    const { items } = await call(
      listUnits,
      { query: { search: text || undefined, within: top, limit: 30 } },
      { signal },
    )
    return items.map(({ id, name, kindName, parentName }) => ({ value: id, label: name, note: parentName ?? kindName }))
  }
  return (
    <div className="table-bar">
      <nav className="table-path" aria-label="单位">
        {above.map((unit) => (
          <span key={unit.unitId}>
            <Link to={toUnit(unit.unitId)}>{unit.unitName}</Link>
            <span className="quiet"> › </span>
          </span>
        ))}
        <span className="table-unit">
          <PickField
            kind={`unit.${top}`}
            find={find}
            nameOf={async (unitId, signal) =>
              unitId === page.unitId ? page.unitName : (await call(showUnit, { params: { unitId } }, { signal })).name
            }
            value={page.unitId}
            onChange={(unitId) => onAsk({ unit: unitId === top ? null : unitId })}
          />
        </span>
      </nav>
      <label className="table-bar-field">
        <span className="quiet">截至</span>
        <DatePicker
          allowClear={false}
          value={dayjs(page.cutOff, 'YYYY-MM-DD')}
          minDate={dayjs(page.campaign.startsOn, 'YYYY-MM-DD')}
          format="YYYY-MM-DD"
          presets={[
            { label: '今天', value: dayjs(today, 'YYYY-MM-DD') },
            ...ends
              .slice(0, 8)
              .map((day) => ({ label: `${Number(day.slice(5, 7))}月末`, value: dayjs(day, 'YYYY-MM-DD') })),
          ]}
          onChange={(day) => onAsk({ cutOff: day ? day.format('YYYY-MM-DD') : null })}
        />
      </label>
      {before !== null && (
        <Button
          type="text"
          className={compared === null ? '' : 'table-compare--on'}
          onClick={() => onAsk({ with: compared === null ? before : null })}
        >
          {compared === null ? '与上月末对照' : `对照 ${compared} ×`}
        </Button>
      )}
      <KnownAt page={page} onAsk={onAsk} />
    </div>
  )
}

/** Month ends of the campaign that have come, the latest first. */
export function monthEnds(page: Pick<TablePage, 'campaign'>, today: string): string[] {
  const { startsOn, endsOn } = page.campaign
  const last = endsOn !== null && endsOn < today ? endsOn : today
  const ends: string[] = []
  for (let day = endOfMonth(startsOn); day <= last; day = endOfMonth(addDays(day, 1))) ends.unshift(day)
  // The campaign's own last day closes its last month.
  if (endsOn !== null && endsOn <= today && ends[0] !== endsOn && startOfMonth(endsOn) <= today) ends.unshift(endsOn)
  return ends
}

/** A table once given out can be had again: the position says what was known then. */
function KnownAt({ page, onAsk }: Pick<TableBarProps, 'page' | 'onAsk'>) {
  const { knownAt, head } = page
  const [wanted, setWanted] = useState<number | null>(knownAt ?? head.position)
  const [open, setOpen] = useState(false)
  const ask = (position: number | null) => {
    setOpen(false)
    onAsk({ knownAt: position === null ? null : String(position) })
  }
  return (
    <Popover
      trigger="click"
      placement="bottomRight"
      open={open}
      onOpenChange={setOpen}
      content={
        <div className="known">
          <p>每次登记、更正、填数都在账本里占一个位置。按某个位置看，以后补记、更正的都不算，数字永远和当时一样。</p>
          <p>
            账本现在到 <b>{head.position}</b>
            <br />
            <span className="quiet known-hash">链头 {head.chainHash}</span>
          </p>
          <div className="known-acts">
            <InputNumber
              aria-label="账本位置"
              min={0}
              precision={0}
              value={wanted}
              onChange={setWanted}
              onPressEnter={() => ask(wanted)}
            />
            <Button type="primary" onClick={() => ask(wanted)}>
              按此位置看
            </Button>
            {knownAt !== null && <Button onClick={() => ask(null)}>看现在</Button>}
          </div>
        </div>
      }
    >
      <button type="button" className={`known-now${knownAt === null ? '' : ' known-now--then'}`}>
        {knownAt === null ? (
          <>
            账本 {head.position}
            <span className="known-head"> · {head.chainHash.slice(0, 8)}</span>
          </>
        ) : (
          `按账本 ${knownAt} 时所知（现在 ${head.position}）`
        )}
      </button>
    </Popover>
  )
}
