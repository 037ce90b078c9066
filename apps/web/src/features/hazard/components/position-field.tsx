import Button from 'antd/es/button'
import { useState } from 'react'
import type { Details } from './details-values.js'

type Position = Details['position']

/** Where one stands, from the phone; asked for only when it is pressed. */
export function PositionField({
  value = null,
  onChange,
}: {
  value?: Position
  onChange?: (position: Position) => void
}) {
  const [problem, setProblem] = useState<string | null>(null)
  const [asking, setAsking] = useState(false)
  const locate = () => {
    setAsking(true)
    setProblem(null)
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => {
        setAsking(false)
        onChange?.({ lng: Number(coords.longitude.toFixed(6)), lat: Number(coords.latitude.toFixed(6)) })
      },
      () => {
        setAsking(false)
        setProblem('没有取到位置。请允许浏览器使用定位，或在地点里写清楚。')
      },
      { enableHighAccuracy: true, timeout: 15_000 },
    )
  }
  return (
    <span>
      {value && (
        <>
          {value.lng.toFixed(5)}, {value.lat.toFixed(5)}{' '}
          <button type="button" className="linkish" onClick={() => onChange?.(null)}>
            去掉
          </button>{' '}
        </>
      )}
      <Button size="small" loading={asking} onClick={locate}>
        {value ? '重新定位' : '取当前位置'}
      </Button>
      {problem && <span className="list-problem"> {problem}</span>}
    </span>
  )
}
