import {
  changePhrase,
  listPhrases,
  previewPhrase,
  type AnswerOf,
  type PhraseInput,
  type PhraseView,
} from '@bihuan/contracts'
import { phraseSubjects, unitKindLabel, unitKinds, type PhraseSubject } from '@bihuan/domain'
import Button from 'antd/es/button'
import Input from 'antd/es/input'
import Select from 'antd/es/select'
import { useState } from 'react'
import { useAct } from '../../../shared/api/use-act.js'
import { SidePanel } from '../../../shared/list/side-panel.js'
import { DateText } from '../../../shared/show/texts.js'
import { Problem } from '../../../shared/states/problem.js'
import { Field } from './plan-parts.js'
import { NarrowingFields } from './selector-field.js'
import { RecordKindField } from './word-choice-form.js'

const blanks: Readonly<Record<PhraseSubject, PhraseInput>> = {
  action: { subject: 'action', phrase: '', meaning: { recordKind: 'proof', byEnterprise: null } },
  condition: { subject: 'condition', phrase: '', meaning: { sizes: [], flags: [], sectors: [], employees: null } },
  actor: { subject: 'actor', phrase: '', meaning: { kinds: [], post: null } },
}

const bounds = [
  { value: 'at-least', label: '达到该数（以上）' },
  { value: 'more-than', label: '超过该数' },
  { value: 'at-most', label: '不超过该数（以下）' },
  { value: 'less-than', label: '不足该数' },
] as const

/** One phrase: what it means, what would become of it, and why it is changed. */
export function PhrasePanel({
  phrase: stands,
  subject,
  mayManage,
  onClose,
}: {
  readonly phrase: PhraseView | null
  readonly subject: PhraseSubject
  readonly mayManage: boolean
  readonly onClose: () => void
}) {
  const [phrase, setPhrase] = useState<PhraseInput>(stands?.phrase ?? blanks[subject])
  const [reason, setReason] = useState('')
  const preview = useAct(previewPhrase)
  const [effects, setEffects] = useState<AnswerOf<typeof previewPhrase> | null>(null)
  const change = useAct(changePhrase, { refreshes: [listPhrases], onDone: onClose })
  const set = (next: PhraseInput) => {
    setEffects(null)
    setPhrase(next)
  }
  const look = async (drop: boolean) => setEffects(await preview.act({ body: { phrase, drop } }))
  const send = (to: 'meaning' | 'dropped' | 'as-shipped') =>
    void change.act({ body: { phrase, change: to, reason: reason.trim() } })
  const isReady = phrase.phrase.trim() !== '' && reason.trim() !== '' && !change.pending
  return (
    <SidePanel
      label="词语"
      title={stands === null ? '加一个词语' : `“${stands.phrase.phrase}”`}
      width={460}
      onClose={onClose}
    >
      <div className="plan-item-form" aria-disabled={!mayManage}>
        <Field label={`词语（${phraseSubjects[phrase.subject]}）`} wide>
          <Input
            value={phrase.phrase}
            maxLength={60}
            disabled={stands !== null || !mayManage}
            placeholder={phrase.subject === 'condition' ? '如 粉尘涉爆、#人以下' : '如 带队…检查'}
            onChange={({ target }) => set({ ...phrase, phrase: target.value })}
          />
        </Field>
        <MeaningFields phrase={phrase} onChange={set} />
        {mayManage && (
          <Field label="理由（留存）" wide>
            <Input value={reason} maxLength={200} onChange={({ target }) => setReason(target.value)} />
          </Field>
        )}
      </div>
      {mayManage && (
        <p className="word-acts">
          <Button type="primary" disabled={!isReady} loading={change.pending} onClick={() => send('meaning')}>
            {stands?.origin === 'dropped' ? '重新启用' : '保存'}
          </Button>
          <Button disabled={phrase.phrase.trim() === ''} loading={preview.pending} onClick={() => void look(false)}>
            看看有什么变化
          </Button>
          {stands !== null && stands.origin !== 'dropped' && (
            <Button disabled={!isReady} onClick={() => send('dropped')}>
              停用
            </Button>
          )}
          {(stands?.origin === 'changed' || stands?.origin === 'dropped') && (
            <Button disabled={!isReady} onClick={() => send('as-shipped')}>
              恢复自带的意思
            </Button>
          )}
        </p>
      )}
      {change.failure && <Problem failure={change.failure} />}
      {preview.failure && <Problem failure={preview.failure} />}
      {effects !== null && <Effects effects={effects} />}
      {stands !== null && stands.changed !== null && (
        <p className="quiet">
          {stands.changed.personName} <DateText date={stands.changed.recordedAt} />：{stands.changed.reason}
        </p>
      )}
    </SidePanel>
  )
}

function MeaningFields({
  phrase,
  onChange,
}: {
  readonly phrase: PhraseInput
  readonly onChange: (phrase: PhraseInput) => void
}) {
  switch (phrase.subject) {
    case 'action':
      return (
        <>
          <Field label="记作">
            <RecordKindField
              value={phrase.meaning.recordKind}
              onChange={(kind) =>
                kind !== null && onChange({ ...phrase, meaning: { ...phrase.meaning, recordKind: kind } })
              }
            />
          </Field>
          <Field label="企业来做时（不选：一样）">
            <RecordKindField
              allowClear
              value={phrase.meaning.byEnterprise}
              onChange={(byEnterprise) => onChange({ ...phrase, meaning: { ...phrase.meaning, byEnterprise } })}
            />
          </Field>
        </>
      )
    case 'condition':
      return (
        <>
          <NarrowingFields value={phrase.meaning} onChange={(meaning) => onChange({ ...phrase, meaning })} />
          <Field label="“#”是从业人数的" wide>
            <Select
              allowClear
              placeholder="词语里没有“#”，不选"
              value={phrase.meaning.employees}
              options={[...bounds]}
              onChange={(employees: (typeof bounds)[number]['value'] | undefined) =>
                onChange({ ...phrase, meaning: { ...phrase.meaning, employees: employees ?? null } })
              }
            />
          </Field>
        </>
      )
    case 'actor':
      return (
        <>
          <Field label="这几类单位">
            <Select
              mode="multiple"
              value={phrase.meaning.kinds}
              options={unitKinds.map((value) => ({ value, label: unitKindLabel(value) }))}
              onChange={(kinds) => onChange({ ...phrase, meaning: { ...phrase.meaning, kinds } })}
            />
          </Field>
          <Field label="职务">
            <Input
              value={phrase.meaning.post ?? ''}
              maxLength={60}
              onChange={({ target }) =>
                onChange({ ...phrase, meaning: { ...phrase.meaning, post: target.value.trim() || null } })
              }
            />
          </Field>
        </>
      )
  }
}

/** Before it is saved: what would be read otherwise, and whom it selects. */
function Effects({ effects: { duties, total, enterprises } }: { effects: AnswerOf<typeof previewPhrase> }) {
  return (
    <section className="phrase-effects" aria-label="有什么变化">
      {enterprises !== null && (
        <p>
          {enterprises.of} 家在营企业里符合的有 <b>{enterprises.count}</b> 家
          {enterprises.names.length > 0 && `，如 ${enterprises.names.join('、')}`}。
          {enterprises.unknown > 0 && `另有 ${enterprises.unknown} 家没有登记从业人数，不算在内。`}
        </p>
      )}
      <p>{total === 0 ? '现有行动的职责，读法都不变。' : `现有行动里 ${total} 处会读成别的（只影响以后的通知）：`}</p>
      <ul className="close-list">
        {duties.map((duty, at) => (
          <li key={at}>
            {duty.words} <span className="quiet">（{duty.campaignName}）</span>：{duty.before} → {duty.after}
          </li>
        ))}
      </ul>
    </section>
  )
}
