import type { ApiFailure, Place } from '../api/failure.js'
import './states.css'

/** An act that was not done, said beside the act: the rule's own sentence, the places that have no field here, the number. */
export function Problem({ failure, places = failure.places }: { failure: ApiFailure; places?: readonly Place[] }) {
  return (
    <div className="problem" role="alert">
      <p>{failure.message}</p>
      {places.length > 0 && (
        <ul>
          {places.map((place, index) => (
            <li key={index}>
              {whereText(place)}
              {place.message}
            </li>
          ))}
        </ul>
      )}
      {failure.requestId && failure.status >= 500 && <p className="state-id">请求编号 {failure.requestId}</p>}
    </div>
  )
}

export function whereText(place: Place): string {
  const parts = [
    place.sheet && `“${place.sheet}”`,
    place.row !== undefined && `第${place.row}行`,
    place.column && `${place.column}列`,
  ]
  const text = parts.filter(Boolean).join(' ')
  return text === '' ? '' : `${text}：`
}
