import type { FigureView } from '@bihuan/contracts'
import { answersBelow, faultOf, othersTyped, ownText } from './typing.js'

export interface CellLineProps {
  readonly figure: FigureView | null
  readonly unitId: string
  readonly edit: string | undefined
  readonly mayType: boolean
  readonly onOpen: () => void
  /** What somebody said about the cell. */
  readonly note?: string | undefined
}

/** Like a sheet's formula bar: what the cell under the cursor is, and where its figure comes from. */
export function CellLine({ figure, unitId, edit, mayType, onOpen, note }: CellLineProps) {
  if (figure === null) {
    return (
      <p className="cell-line quiet">
        方向键移动；有底色的由记录计算，按 Enter 打开来源{mayType && '；其余的直接输入，Ctrl+S 保存'}
      </p>
    )
  }
  const wrong = edit === undefined ? null : faultOf(figure, edit)
  const own = ownText(figure, unitId)
  const others = othersTyped(figure, unitId)
  const answers = answersBelow(figure, unitId)
  // What was typed for an earlier period stands until it is typed again.
  const asOf = figure.typedBy.find((share) => share.unitId === unitId)?.asOf
  return (
    <p className="cell-line" aria-live="polite">
      <b>
        {figure.label}
        {figure.unit !== null && `（${figure.unit}）`}
      </b>
      {wrong !== null ? (
        <span className="list-problem">{wrong}</span>
      ) : figure.metric !== null ? (
        <span className="quiet">由隐患记录计算，不能手填</span>
      ) : (
        <span className="quiet">
          {edit !== undefined
            ? `${edit === '' ? '清空' : `改为 ${edit}`}，未保存；按 Esc 撤销`
            : own === ''
              ? '本级未填'
              : `本级填 ${own}${asOf === undefined ? '' : `（${asOf} 的数）`}`}
          {others > 0 && `，下级 ${others} 个单位也填了，印出来是合计`}
          {answers !== null && `，共 ${answers.of} 个单位已答，${answers.yes} 个答“是”，印出来只是本级的`}
        </span>
      )}
      {note !== undefined && <span className="cell-line-note">{note}</span>}
      <button type="button" className="linkish" onClick={onOpen}>
        来源
      </button>
    </p>
  )
}
