import type { WordChoiceJson, WordReadingView } from '@bihuan/contracts'
import { phraseSubjects, type WordPlace } from '@bihuan/domain'
import Button from 'antd/es/button'
import Input from 'antd/es/input'
import { useState } from 'react'
import { StateTag } from '../../../shared/show/mark.js'
import { WordChoiceForm } from './word-choice-form.js'

export interface WordChoicesProps {
  readonly words: readonly WordReadingView[]
  /** Null: nobody here may choose. */
  readonly onChoose: ((choices: WordChoiceJson[]) => void) | null
}

const placeWords: Readonly<Record<WordPlace, string>> = { duty: '职责', task: '责任单位', report: '报送' }

function standsAs({ subject, places }: WordReadingView): string {
  const others = places.filter((place) => place !== 'duty').map((place) => placeWords[place])
  return [...(places.includes('duty') ? [phraseSubjects[subject]] : []), ...others].join('、')
}

const marks = {
  open: { tone: 'orange', label: '待选定' },
  wording: { tone: 'grey', label: '只留文字' },
  found: { tone: 'green', label: '读懂' },
} as const

const whyWords = {
  choice: '以前选定的',
  name: '按单位名称',
  'short-name': '按单位简称',
  phrase: '按词语对照',
  level: '没有写明谁，按层级',
} as const

/** What the words of duties were read to mean, and what nobody understood: to be chosen, or kept as words. */
export function WordChoices({ words, onChoose }: WordChoicesProps) {
  const [editing, setEditing] = useState<string | null>(null)
  const [reason, setReason] = useState('')
  const keyOf = ({ subject, words: said }: WordReadingView) => `${subject} ${said}`
  const open = words.filter(({ standing }) => standing === 'open')
  const keepAll = () =>
    onChoose?.(open.map(({ subject, words: said }) => ({ subject, words: said, meaning: null, reason: reason.trim() })))
  return (
    <div className="words">
      {words.map((reading) => {
        const key = keyOf(reading)
        const { tone, label } = marks[reading.standing]
        return (
          <div key={`${key} ${reading.means}`} className="word" aria-label={reading.words} role="group">
            <div className="word-head">
              <StateTag tone={tone}>{label}</StateTag>
              <b>{reading.words}</b>
              <span className="quiet">{standsAs(reading)}</span>
              {onChoose !== null && editing !== key && (
                <button type="button" className="linkish" onClick={() => setEditing(key)}>
                  {reading.standing === 'open' ? '选定' : '改'}
                </button>
              )}
            </div>
            <p className="quiet">{meantBy(reading)}</p>
            {editing === key && onChoose !== null && (
              <WordChoiceForm
                reading={reading}
                onCancel={() => setEditing(null)}
                onChoose={(choice) => {
                  setEditing(null)
                  onChoose([choice])
                }}
              />
            )}
          </div>
        )
      })}
      {onChoose !== null && open.length > 1 && (
        <div className="word-rest">
          <Input
            aria-label="其余只留文字的理由"
            placeholder="理由，如：由各单位自行掌握，不作考核"
            maxLength={200}
            value={reason}
            onChange={({ target }) => setReason(target.value)}
          />
          <Button disabled={reason.trim() === ''} onClick={keepAll}>
            其余 {open.length} 个都只留文字
          </Button>
        </div>
      )}
    </div>
  )
}

function meantBy({ standing, by, means, phrases, left, candidates, reason }: WordReadingView): string {
  if (standing === 'open') {
    if (candidates.length > 0)
      return `叫法相近的单位有 ${candidates.length} 个：${candidates.map(({ name }) => name).join('、')}`
    return left === '' ? '没有读懂' : `没有读懂：“${left}”`
  }
  const told = by === null ? '' : whyWords[by]
  const from = by === 'phrase' && phrases.length > 0 ? `${told}“${phrases.join('”“')}”` : told
  return [standing === 'wording' ? '不对应记录' : `指${means}`, from, reason ?? '']
    .filter((part) => part !== '')
    .join('；')
}
