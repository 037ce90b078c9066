import { useState } from 'react'
import { ImportStart } from '../../../shared/import/import-start.js'
import { Answered } from '../../../shared/states/answered.js'
import { ChooseForm, useChosenForm } from '../components/ledger-forms.js'
import { LedgerOptionFields } from '../components/ledger-option-fields.js'
import { askedOf, noOptions, toldWith, unanswered, type LedgerOptions } from '../components/ledger-options.js'
import { ledgerSubject } from '../components/ledger-subject.js'
import '../components/ledger-import.css'

/** Which campaign and form, what the form does not say, and then the workbook. */
export function LedgerImportStartPage() {
  const form = useChosenForm()
  const [options, setOptions] = useState<LedgerOptions>(noOptions)
  const columns = form.ledger?.columns ?? []
  const { first, rest } = askedOf(columns)
  const blocked = form.campaignId === '' ? '请先选择行动。' : unanswered(columns, options)
  return (
    <ImportStart
      subject={ledgerSubject}
      options={toldWith(form.campaignId, columns, options)}
      blocked={blocked}
      acts={null}
    >
      <div className="hz-imp">
        <Answered
          answer={form.campaigns}
          loading="text"
          isEmpty={({ items }) => items.every(({ state }) => state === 'closed')}
          empty={{ what: '没有进行中的行动', how: '隐患登记在行动之下；请先由安委办（专班）建立行动。' }}
        >
          {() => (
            <>
              <ChooseForm form={form} />
              {form.campaignId !== '' && (
                <>
                  {first.length > 0 && (
                    <p className="hz-imp-ask">这张清单没有下面各列，请为全表选定；表中自己写了的，以表中为准：</p>
                  )}
                  <LedgerOptionFields keys={first} value={options} onChange={setOptions} />
                  <details>
                    <summary className="linkish">更多选项</summary>
                    <LedgerOptionFields keys={rest} value={options} onChange={setOptions} />
                  </details>
                </>
              )}
            </>
          )}
        </Answered>
      </div>
    </ImportStart>
  )
}
