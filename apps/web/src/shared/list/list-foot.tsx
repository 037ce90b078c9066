import type { Total } from '@bihuan/contracts'
import Button from 'antd/es/button'
import type { ReactNode } from 'react'
import { countText } from './count.js'
import { pageSizes, type ListState } from './list-state.js'

export interface FootSum {
  readonly label: string
  readonly value: ReactNode
}

interface ListFootProps {
  readonly state: ListState
  readonly page:
    { readonly items: readonly unknown[]; readonly next: string | null; readonly total: Total | null } | undefined
  readonly sums: readonly FootSum[] | undefined
  /** Instead of the totals, while rows are picked; one can still turn the page and pick more. */
  readonly picked?: ReactNode
}

export function ListFoot({ state, page, sums, picked }: ListFootProps) {
  const next = page?.next ?? null
  const single = state.after === null && next === null
  return (
    <div className={`list-foot${picked ? ' list-foot--picked' : ''}`}>
      {picked ?? (
        <>
          <span aria-live="polite">{page && totalText(page)}</span>
          {page && sums && (
            <span className="list-sums">
              {sums.map((sum) => (
                <span key={sum.label}>
                  <span className="quiet">{sum.label}</span> {sum.value}
                </span>
              ))}
            </span>
          )}
        </>
      )}
      <div className="top-space" />
      {!single && (
        <nav className="pager" aria-label="翻页">
          <select
            aria-label="每页条数"
            value={state.limit}
            onChange={(event) => state.setLimit(Number(event.target.value))}
          >
            {pageSizes.map((size) => (
              <option key={size} value={size}>
                每页 {size}
              </option>
            ))}
          </select>
          {/* By key there is no way back but the one we came: opened by a link, the way back is the first page. */}
          <Button size="small" disabled={state.after === null} onClick={state.previousPage}>
            {state.page === null ? '回到首页' : '上一页'}
          </Button>
          {state.page !== null && <span className="quiet">第 {state.page} 页</span>}
          <Button size="small" disabled={next === null} onClick={() => next !== null && state.nextPage(next)}>
            下一页
          </Button>
        </nav>
      )}
    </div>
  )
}

export function totalText({ items, total }: { items: readonly unknown[]; total: Total | null }): string {
  return total ? `共 ${countText(total)} 条` : `本页 ${items.length} 条`
}
