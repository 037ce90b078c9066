/** What stands in a return, computed and as it was filed. */
import type { FigureView, TableDesign } from '@bihuan/contracts'
import type { CivilDate } from '@bihuan/domain'
import type { FiledDelivery } from './narrative-content.js'
import type { StoredDelivery } from './narrative.repo.js'
import type { LedgerRow } from './return-ledger.js'
import type { TableCell } from './table-cells.js'
import type { Asked, CountedSpan } from './table-question.js'

/** As it is kept with a submission. Amounts are in each metric's smallest unit. */
export interface FiledContent {
  readonly position: number
  readonly countedTo: CivilDate
  /** Absent of what was filed before spans were kept: then that of the campaign as it is. */
  readonly span?: CountedSpan
  readonly tableVersion: number
  readonly nil: boolean
  readonly figures: readonly FiledFigure[]
  /** Of a return by ledger: its rows as they stood when it was filed. */
  readonly rows?: readonly LedgerRow[]
  /** Of a narrative report: the files as they were filed. */
  readonly deliveries?: readonly FiledDelivery[]
  readonly signatures: readonly { readonly label: string; readonly name: string; readonly on: CivilDate }[]
  /** Units below whose return was not there when this one was signed. */
  readonly missing: readonly string[]
}

export interface FiledFigure {
  readonly key: string
  readonly derived: number | null
  readonly typed: number | null
  readonly value: number | null
  readonly text: string
}

export interface ComputedContent {
  readonly asked: Asked
  readonly span: CountedSpan
  readonly design: TableDesign
  /** The cells that this respondent fills. */
  readonly cells: readonly TableCell[]
  readonly views: readonly FigureView[]
  readonly figures: readonly FiledFigure[]
  /** Null where it is not filed by ledger. */
  readonly rows: readonly LedgerRow[] | null
  /** Null where it is not a narrative report; otherwise what stands delivered. */
  readonly deliveries: readonly StoredDelivery[] | null
  readonly hash: string
  readonly isNil: boolean
}
