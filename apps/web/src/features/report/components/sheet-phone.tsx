import type { FigureView } from '@bihuan/contracts'
import type { PlanMetricTable } from '@bihuan/domain'
import { formRows } from '../../../shared/official-form/form-rows.js'
import { Shape } from '../../../shared/show/mark.js'
import type { CellNote } from './sheet-cell.js'
import { rowsWith, type EarlierTexts, type SheetTable } from './sheet-rows.js'
import { answersBelow, changeText, faultOf, othersTyped, ownText, shownText, type Edits } from './typing.js'

export interface PhoneSheetProps {
  readonly page: SheetTable
  readonly edits: Edits
  readonly onEdit: (key: string, text: string | null) => void
  readonly onOpen: (key: string) => void
  readonly mayType: boolean
  readonly before: EarlierTexts | null
  readonly notes?: ReadonlyMap<string, CellNote>
}

/** On the phone: group by group, one figure a line; what is typed has its field, what is counted opens. */
export function PhoneSheet({ page, edits, onEdit, onOpen, mayType, before, notes }: PhoneSheetProps) {
  const figures = new Map(page.figures.map((figure) => [figure.key, figure]))
  const groups = rowsWith(formRows(page.design.form as PlanMetricTable, 1), figures).reduce<
    { name: string; triples: NonNullable<ReturnType<typeof formRows>[number]['triples'][number]>[] }[]
  >((all, row) => {
    if (row.group) all.push({ name: row.group.name, triples: [] })
    all.at(-1)?.triples.push(...row.triples.flatMap((triple) => triple ?? []))
    return all
  }, [])
  return (
    <div className="phone-sheet">
      {groups.map((group, index) => (
        <section key={index} aria-label={group.name}>
          <h2 className="phone-group">{group.name}</h2>
          {group.triples.map((triple) => (
            <div key={triple.figures[0]?.key} className="phone-metric">
              <p className="phone-label">
                <span className="quiet">{triple.ordinal}</span> {triple.cell}
              </p>
              {triple.figures.map(({ key }) => {
                const figure = figures.get(key)
                if (figure === undefined) return null
                const was = before?.[key]
                const note = notes?.get(key)
                const answers = answersBelow(figure, page.unitId)
                return (
                  <div key={key} className={`phone-figure${triple.figures.length > 1 ? ' phone-figure--part' : ''}`}>
                    {triple.figures.length > 1 && (
                      <span className="phone-part">
                        {figure.label}
                        {figure.unit !== null && `（${figure.unit}）`}
                      </span>
                    )}
                    {was !== undefined && (
                      <span className="cell-before">
                        上期 {was === '' ? '—' : was} {changeText(figure.text, was)}
                      </span>
                    )}
                    {answers !== null && (
                      <span className="cell-before">
                        {answers.of} 个单位已答，{answers.yes} 个答“是”
                      </span>
                    )}
                    <PhoneFigure
                      figure={figure}
                      unitId={page.unitId}
                      edit={edits[key]}
                      mayType={mayType && figure.metric === null}
                      onEdit={(text) => onEdit(key, text)}
                      onOpen={() => onOpen(key)}
                    />
                    {note !== undefined && (
                      <span className={`phone-note mark--${note.tone}`}>
                        <Shape tone={note.tone} />
                        {note.text}
                      </span>
                    )}
                  </div>
                )
              })}
            </div>
          ))}
        </section>
      ))}
    </div>
  )
}

interface PhoneFigureProps {
  readonly figure: FigureView
  readonly unitId: string
  readonly edit: string | undefined
  readonly mayType: boolean
  readonly onEdit: (text: string | null) => void
  readonly onOpen: () => void
}

function PhoneFigure({ figure, unitId, edit, mayType, onEdit, onOpen }: PhoneFigureProps) {
  const text = shownText(figure, unitId, edit)
  const open = (
    <button
      type="button"
      className={`phone-value${figure.metric === null ? '' : ' phone-value--derived'}`}
      aria-label={`${figure.label}：${text === '' ? '空白' : text}，打开来源`}
      onClick={onOpen}
    >
      {text === '' ? '—' : text}
    </button>
  )
  if (!mayType) return open
  const wrong = edit === undefined ? null : faultOf(figure, edit)
  if (figure.kind === 'flag') {
    return (
      <span className="phone-flags" role="radiogroup" aria-label={figure.label}>
        {['是', '否'].map((answer) => (
          <button
            key={answer}
            type="button"
            role="radio"
            aria-checked={text === answer}
            className={`phone-flag${text === answer ? ' phone-flag--on' : ''}`}
            onClick={() => onEdit(text === answer ? '' : answer)}
          >
            {answer}
          </button>
        ))}
      </span>
    )
  }
  return (
    <>
      {othersTyped(figure, unitId) > 0 && (
        <>
          <span className="phone-sum">合计</span>
          {open}
        </>
      )}
      <input
        className={`phone-input${edit === undefined ? '' : ' cell--unsaved'}${wrong === null ? '' : ' cell--wrong'}`}
        inputMode="decimal"
        aria-label={`${figure.label}，本级`}
        aria-invalid={wrong !== null}
        placeholder={othersTyped(figure, unitId) > 0 ? '本级' : '填写'}
        value={edit ?? ownText(figure, unitId)}
        onChange={(event) => onEdit(event.target.value)}
      />
      {wrong !== null && <span className="list-problem phone-wrong">{wrong}</span>}
    </>
  )
}
