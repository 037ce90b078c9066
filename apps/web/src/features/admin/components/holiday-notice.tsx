import { readHolidayNotice, type AnswerOf } from '@bihuan/contracts'
import Button from 'antd/es/button'
import Checkbox from 'antd/es/checkbox'
import Input from 'antd/es/input'
import { useState } from 'react'
import { useAct } from '../../../shared/api/use-act.js'
import { Problem } from '../../../shared/states/problem.js'
import { MovesPreview } from './calendar-moves.js'
import { useChangeCalendar } from './change-days.js'

type Reading = AnswerOf<typeof readHolidayNotice>

/** A notice is pasted, read, looked through day by day, and entered in one act. */
export function HolidayNotice({ year, onClose }: { year: number; onClose: () => void }) {
  const [text, setText] = useState('')
  const [reading, setReading] = useState<Reading | null>(null)
  const read = useAct(readHolidayNotice, { onDone: setReading })
  if (reading !== null) return <ReadDays reading={reading} onBack={() => setReading(null)} onDone={onClose} />
  return (
    <form
      className="calendar-part"
      onSubmit={(event) => {
        event.preventDefault()
        if (text.trim() !== '') void read.act({ params: { year }, body: { text } })
      }}
    >
      <h3>粘贴放假通知</h3>
      <Input.TextArea
        value={text}
        rows={8}
        maxLength={20_000}
        aria-label="放假通知"
        placeholder={'如：2月15日至23日放假调休，共9天。2月14日上班。\n或每行一个日期：2027-10-01 休'}
        onChange={(event) => setText(event.target.value)}
      />
      <p className="quiet">没有写年份的日期按 {year} 年。</p>
      {read.failure && <Problem failure={read.failure} />}
      <div className="calendar-acts">
        <Button type="primary" htmlType="submit" disabled={text.trim() === ''} loading={read.pending}>
          读取
        </Button>
        <Button onClick={onClose}>取消</Button>
      </div>
    </form>
  )
}

function ReadDays({ reading, onBack, onDone }: { reading: Reading; onBack: () => void; onDone: () => void }) {
  const fresh = reading.days.filter(({ isNew }) => isNew)
  const [left, setLeft] = useState<ReadonlySet<string>>(new Set(reading.contradictions))
  const [reason, setReason] = useState('')
  const change = useChangeCalendar(onDone)
  const changes = fresh.filter(({ day }) => !left.has(day)).map(({ day, kind }) => ({ day, kind }))
  const toggle = (day: string) => {
    const next = new Set(left)
    if (!next.delete(day)) next.add(day)
    setLeft(next)
  }
  return (
    <form
      className="calendar-part"
      onSubmit={(event) => {
        event.preventDefault()
        if (reason.trim() !== '' && changes.length > 0) void change.act({ body: { changes, reason } })
      }}
    >
      <h3>
        读出 {reading.days.length} 天，要登记的 {fresh.length} 天
      </h3>
      {reading.contradictions.length > 0 && (
        <p className="list-problem">
          {reading.contradictions.join('、')} 既写了放假又写了上班，没有勾选，请核对后再登记。
        </p>
      )}
      {reading.unread.length > 0 && <p className="list-problem">没有读懂：{reading.unread.join('；')}</p>}
      <ul className="calendar-read">
        {fresh.map(({ day, kind, quote }) => (
          <li key={day} title={quote}>
            <Checkbox checked={!left.has(day)} onChange={() => toggle(day)} aria-label={day}>
              {day.slice(5)}
            </Checkbox>
            <span>{kind === 'day-off' ? '放假' : '上班'}</span>
            <span className="quiet calendar-quote">{quote}</span>
          </li>
        ))}
      </ul>
      <Input
        value={reason}
        maxLength={200}
        placeholder="文号，如 国办发明电〔2026〕7号"
        aria-label="文号或理由"
        onChange={(event) => setReason(event.target.value)}
      />
      <MovesPreview changes={changes} />
      {change.failure && <Problem failure={change.failure} />}
      <div className="calendar-acts">
        <Button
          type="primary"
          htmlType="submit"
          disabled={reason.trim() === '' || changes.length === 0}
          loading={change.pending}
        >
          登记 {changes.length} 天
        </Button>
        <Button onClick={onBack}>返回修改</Button>
      </div>
    </form>
  )
}
