import type { ReturnPage } from '@bihuan/contracts'
import Input from 'antd/es/input'
import { StateTag } from '../../../shared/show/mark.js'

export type Answers = Readonly<Record<string, string>>
type Finding = ReturnPage['findings'][number]

export interface FindingsProps {
  readonly findings: readonly Finding[]
  readonly answers: Answers
  /** Null: whoever looks is not asked for a sentence. */
  readonly onAnswer: ((key: string, text: string) => void) | null
  readonly onGo: (cell: string) => void
}

/** What stops a signature, then what asks for a sentence. Blank cells are one line: thirty of them say one thing. */
export function Findings({ findings, answers, onAnswer, onGo }: FindingsProps) {
  const blank = findings.filter(({ code }) => code === 'blank')
  const hard = findings.filter(({ blocking, code }) => blocking && code !== 'blank')
  const soft = findings.filter(({ blocking }) => !blocking)
  const [firstBlank] = blank
  return (
    <ul className="findings">
      {firstBlank !== undefined && (
        <li className="finding">
          <Line
            finding={firstBlank}
            message={
              blank.length === 1
                ? firstBlank.message
                : `${blank.length} 格空白。空白不等于 0：没有相关情况的，请填 0 或选“否”。`
            }
            onGo={onGo}
          />
        </li>
      )}
      {hard.map((finding) => (
        <li key={finding.key} className="finding">
          <Line finding={finding} message={finding.message} onGo={onGo} />
        </li>
      ))}
      {soft.map((finding) => (
        <li key={finding.key} className="finding">
          <Line finding={finding} message={finding.message} onGo={onGo} />
          {onAnswer !== null && (
            <Input.TextArea
              aria-label={`说明：${finding.message}`}
              placeholder="写一句说明，随报表上报"
              autoSize={{ minRows: 1, maxRows: 4 }}
              maxLength={500}
              value={answers[finding.key] ?? ''}
              onChange={(event) => onAnswer(finding.key, event.target.value)}
            />
          )}
        </li>
      ))}
    </ul>
  )
}

function Line({ finding, message, onGo }: { finding: Finding; message: string; onGo: (cell: string) => void }) {
  return (
    <button type="button" className="bare finding-line" onClick={() => onGo(finding.cells[0] ?? '')}>
      <StateTag tone={finding.blocking ? 'red' : 'orange'}>{finding.blocking ? '不能上报' : '需要说明'}</StateTag>
      <span>{message}</span>
    </button>
  )
}

/** The sentences that are wanted and not written yet. */
export function unanswered({ findings }: Pick<ReturnPage, 'findings'>, answers: Answers): number {
  return findings.filter(({ blocking, key }) => !blocking && (answers[key] ?? '').trim() === '').length
}
