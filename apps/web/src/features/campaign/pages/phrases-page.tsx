import { listPhrases, type PhraseView } from '@bihuan/contracts'
import { phraseSubjects, type PhraseSubject } from '@bihuan/domain'
import Button from 'antd/es/button'
import Input from 'antd/es/input'
import Segmented from 'antd/es/segmented'
import { useRoute } from '../../../shared/api/use-route.js'
import { Page } from '../../../shared/layout/page.js'
import { usePhone } from '../../../shared/layout/use-phone.js'
import { useAddressState } from '../../../shared/list/address-state.js'
import { StateTag } from '../../../shared/show/mark.js'
import { Answered } from '../../../shared/states/answered.js'
import { PhrasePanel } from '../components/phrase-panel.js'
import '../components/campaign.css'

const origins = {
  shipped: null,
  changed: { tone: 'blue', label: '本辖区改过' },
  own: { tone: 'blue', label: '本辖区加的' },
  dropped: { tone: 'grey', label: '已停用' },
} as const

const nameOf = ({ phrase }: PhraseView) => `${phrase.subject}:${phrase.phrase}`

/** 词语对照: `/campaigns/phrases?of=condition&q=&word=`. What words of a notice mean, for all who read notices here. */
export function PhrasesPage() {
  const [get, change] = useAddressState()
  const phone = usePhone()
  const phrases = useRoute(listPhrases, {})
  const subject = (get('of') ?? 'action') as PhraseSubject
  const wanted = get('q') ?? ''
  const open = get('word')
  return (
    <Page
      title="词语对照"
      kind="fill"
      note={<span className="quiet">通知里的词语在这里指什么</span>}
      acts={
        phrases.data?.abilities['manage'] === true ? (
          <Button type="primary" onClick={() => change({ word: 'new' })}>
            加一个词语
          </Button>
        ) : undefined
      }
    >
      <Answered answer={phrases} loading="list">
        {({ items, abilities }) => {
          const shown = items.filter(
            (one) => one.phrase.subject === subject && `${one.phrase.phrase}${one.means}`.includes(wanted.trim()),
          )
          const one = items.find((item) => nameOf(item) === open) ?? null
          const panel =
            open !== null && (one !== null || open === 'new') ? (
              <PhrasePanel
                key={open}
                phrase={one}
                subject={subject}
                mayManage={abilities['manage'] === true}
                onClose={() => change({ word: null })}
              />
            ) : null
          return (
            <div className="campaign-body">
              {!(phone && panel) && (
                <div className="campaign-scroll campaign-scroll--table">
                  <div className="phrase-tools">
                    <Segmented<PhraseSubject>
                      value={subject}
                      options={Object.entries(phraseSubjects).map(([value, label]) => ({
                        value: value as PhraseSubject,
                        label,
                      }))}
                      onChange={(of) => change({ of: of === 'action' ? null : of, word: null })}
                    />
                    <Input.Search
                      allowClear
                      aria-label="查找词语"
                      placeholder="查找词语或意思"
                      value={wanted}
                      onChange={({ target }) =>
                        change({ q: target.value === '' ? null : target.value }, { replace: true })
                      }
                    />
                  </div>
                  <p className="quiet">
                    最长的词语为准；“…”代表中间隔着几个字，“#”代表人数。改了之后，从下一份通知起照改过的读，已经建立的行动不变。
                  </p>
                  <ul className="phrases" aria-label="词语">
                    {shown.map((item) => {
                      const origin = origins[item.origin]
                      return (
                        <li key={nameOf(item)}>
                          <button
                            type="button"
                            className="phrase"
                            aria-current={nameOf(item) === open}
                            onClick={() => change({ word: nameOf(item) })}
                          >
                            <b>{item.phrase.phrase}</b>
                            <span className={item.origin === 'dropped' ? 'quiet phrase-off' : 'quiet'}>
                              {item.means}
                            </span>
                            {origin !== null && <StateTag tone={origin.tone}>{origin.label}</StateTag>}
                          </button>
                        </li>
                      )
                    })}
                  </ul>
                  {shown.length === 0 && <p className="quiet">没有这样的词语。换个写法查找，或者加一个。</p>}
                </div>
              )}
              {panel}
            </div>
          )
        }}
      </Answered>
    </Page>
  )
}
