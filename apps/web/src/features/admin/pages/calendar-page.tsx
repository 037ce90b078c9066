import { showCalendar } from '@bihuan/contracts'
import LeftOutlined from '@ant-design/icons/es/icons/LeftOutlined'
import RightOutlined from '@ant-design/icons/es/icons/RightOutlined'
import Button from 'antd/es/button'
import { useState } from 'react'
import { useSearchParams } from 'react-router'
import { useRoute } from '../../../shared/api/use-route.js'
import { Page } from '../../../shared/layout/page.js'
import { useMe } from '../../../shared/session/me.js'
import { StateTag } from '../../../shared/show/mark.js'
import { DateText } from '../../../shared/show/texts.js'
import { Answered } from '../../../shared/states/answered.js'
import { AdminTabs } from '../components/admin-tabs.js'
import { ChangeDays } from '../components/change-days.js'
import { HolidayNotice } from '../components/holiday-notice.js'
import { YearGrid } from '../components/year-grid.js'

const kindLabels = { 'day-off': '放假', 'working-day': '上班', 'as-published': '照公布' }

/** Which days are worked: due days follow it. The year stands in the address. */
export function CalendarPage() {
  const { today } = useMe()
  const [params, setParams] = useSearchParams()
  const asked = Number(params.get('year') ?? today.slice(0, 4))
  const year = Number.isInteger(asked) && asked >= 2000 && asked <= 2100 ? asked : Number(today.slice(0, 4))
  const answer = useRoute(showCalendar, { params: { year } }, { keep: true })
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set())
  const [pasting, setPasting] = useState(false)
  const go = (to: number) => {
    setChosen(new Set())
    setParams({ year: String(to) })
  }
  const choose = (day: string) => {
    const next = new Set(chosen)
    if (!next.delete(day)) next.add(day)
    setChosen(next)
    setPasting(false)
  }
  return (
    <Page
      title="节假日安排"
      note={
        <span className="calendar-year">
          <Button size="small" icon={<LeftOutlined />} aria-label="上一年" onClick={() => go(year - 1)} />
          <b>{year}年</b>
          <Button size="small" icon={<RightOutlined />} aria-label="下一年" onClick={() => go(year + 1)} />
        </span>
      }
    >
      <AdminTabs />
      <Answered answer={answer} loading="page">
        {(calendar) => {
          const may = calendar.abilities['manage'] === true
          return (
            <div className="calendar">
              <YearGrid year={calendar} today={today} chosen={chosen} {...(may ? { onChoose: choose } : {})} />
              <div className={chosen.size > 0 ? 'calendar-side calendar-side--picking' : 'calendar-side'}>
                <p>
                  {calendar.isPublished ? (
                    <StateTag tone="green">{year}年的安排已公布</StateTag>
                  ) : (
                    <StateTag tone="yellow">{year}年的安排还没有公布，上报日期都是暂定</StateTag>
                  )}
                </p>
                {may && chosen.size > 0 && <ChangeDays days={[...chosen].sort()} onDone={() => setChosen(new Set())} />}
                {may && chosen.size === 0 && pasting && <HolidayNotice year={year} onClose={() => setPasting(false)} />}
                {may && chosen.size === 0 && !pasting && (
                  <div className="calendar-part">
                    <p className="quiet">点日期，登记它放假还是上班；或者粘贴整篇放假通知。</p>
                    <div className="calendar-acts">
                      <Button onClick={() => setPasting(true)}>粘贴放假通知</Button>
                    </div>
                  </div>
                )}
                <section className="calendar-part" aria-label="登记记录">
                  <h3>本辖区登记的</h3>
                  {calendar.entries.length === 0 ? (
                    <p className="quiet">没有。上班和放假都照公布的安排。</p>
                  ) : (
                    <ul className="calendar-entries">
                      {calendar.entries.map((entry, at) => (
                        <li key={at}>
                          <span>{entry.day}</span>
                          <span>{kindLabels[entry.kind]}</span>
                          <span>
                            {entry.reason}{' '}
                            <span className="quiet">
                              {entry.personName} <DateText date={entry.recordedAt} />
                            </span>
                          </span>
                        </li>
                      ))}
                    </ul>
                  )}
                </section>
              </div>
            </div>
          )
        }}
      </Answered>
    </Page>
  )
}
