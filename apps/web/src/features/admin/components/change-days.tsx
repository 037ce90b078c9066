import { changeCalendar, showCalendar, type CalendarChange } from '@bihuan/contracts'
import App from 'antd/es/app'
import Button from 'antd/es/button'
import Input from 'antd/es/input'
import Segmented from 'antd/es/segmented'
import { useState } from 'react'
import { useAct } from '../../../shared/api/use-act.js'
import { Problem } from '../../../shared/states/problem.js'
import { MovesPreview } from './calendar-moves.js'

const kinds = [
  { value: 'day-off', label: '放假' },
  { value: 'working-day', label: '上班' },
  { value: 'as-published', label: '照公布的' },
] as const

export function useChangeCalendar(onDone: () => void) {
  const { message } = App.useApp()
  return useAct(changeCalendar, {
    refreshes: [showCalendar],
    onDone: ({ changed, moves }) => {
      const returns = moves.reduce((sum, move) => sum + move.returns, 0)
      void message.success(`已登记 ${changed} 天${returns > 0 ? `，${returns} 张报表将改期` : ''}`)
      onDone()
    },
  })
}

/** One kind for all the days that were picked in the year. */
export function ChangeDays({ days, onDone }: { days: readonly string[]; onDone: () => void }) {
  const [kind, setKind] = useState<CalendarChange['kind']>('day-off')
  const [reason, setReason] = useState('')
  const change = useChangeCalendar(onDone)
  const changes = days.map((day) => ({ day, kind }))
  return (
    <form
      className="calendar-part"
      onSubmit={(event) => {
        event.preventDefault()
        if (reason.trim() !== '') void change.act({ body: { changes, reason } })
      }}
    >
      <h3>{days.length === 1 ? days[0] : `选中 ${days.length} 天`}</h3>
      {days.length > 1 && <p className="quiet">{days.map((day) => day.slice(5)).join('、')}</p>}
      <Segmented value={kind} options={[...kinds]} onChange={setKind} aria-label="这一天怎样安排" />
      <Input
        value={reason}
        maxLength={200}
        placeholder="文号或理由"
        aria-label="文号或理由"
        onChange={(event) => setReason(event.target.value)}
      />
      <MovesPreview changes={changes} />
      {change.failure && <Problem failure={change.failure} />}
      <div className="calendar-acts">
        <Button type="primary" htmlType="submit" disabled={reason.trim() === ''} loading={change.pending}>
          登记
        </Button>
        <Button onClick={onDone}>取消</Button>
      </div>
    </form>
  )
}
