import type { ImportRowView, ImportView, Route } from '@bihuan/contracts'

/** What is brought in, and how it is spoken of. Each feature that imports has one, and two pages made of it. */
export interface ImportSubject {
  readonly kind: ImportView['kind']
  /** 导入企业 */
  readonly title: string
  /** 企业 */
  readonly thing: string
  /** 家: how one counts them. */
  readonly counter: string
  /** Where its two pages stand: `/enterprises/import`, and `/enterprises/import/:importId`. */
  readonly address: string
  /** The page of one that is there already. */
  readonly recordAt: (id: string) => string
  readonly list: { readonly to: string; readonly label: string }
  /** Keys of the columns: what names a row, what tells it from others, and what helps to decide whether two are one. */
  readonly nameKey: string
  readonly factKeys: readonly string[]
  readonly helpKeys?: readonly string[]
  /** 疑似重复, where a doubt is about nothing else; and what deciding all doubts at once is called. */
  readonly doubtful?: string
  readonly decideAll?: { readonly same: string; readonly new: string }
  /** Where a doubt may be about more than one kind of thing: the page of a candidate, and what the two decisions are called. */
  readonly doubtOf?: (row: ImportRowView) => {
    readonly candidateAt: (id: string) => string
    readonly same: string
    readonly new: string
  }
  /** Routes that are old once rows were brought in. */
  readonly refreshes: readonly Route[]
}
