import { returnBoard, showReturn, type ReturnPage, type Route } from '@bihuan/contracts'
import { useQueryClient } from '@tanstack/react-query'
import Button from 'antd/es/button'
import { useState } from 'react'
import type { ApiFailure } from '../../../shared/api/failure.js'
import { useAct, type Act } from '../../../shared/api/use-act.js'
import { routeKey } from '../../../shared/api/use-route.js'
import { Problem } from '../../../shared/states/problem.js'

/** An act on a return answers with the return: it takes the place of what is shown, and other pages ask again when they are opened. */
export function useReturnAct<R extends Route>(
  route: R,
  { id }: Pick<ReturnPage, 'id'>,
  onDone: (next: ReturnPage) => void,
): Act<R> {
  const client = useQueryClient()
  return useAct(route, {
    refreshes: [returnBoard],
    onDone: async (answer) => {
      const next = answer as ReturnPage
      for (const name of ['listReturns', 'showFiledReturn', 'returnReceipt', 'returnCellHistory', 'showWorkbench'])
        await client.invalidateQueries({ queryKey: [name] })
      // A superior's own return adds what is filed here.
      await client.invalidateQueries({ queryKey: routeKey(showReturn), refetchType: 'none' })
      client.setQueryData(routeKey(showReturn, { params: { returnId: id } }), next)
      onDone(next)
    },
  })
}

/** Somebody was faster, or a record came in between: nothing was done, and what is shown is old. */
export function isOutdated({ status, code }: Pick<ApiFailure, 'status' | 'code'>): boolean {
  return status === 409 || code === 'return.changed' || code === 'return.changed-since-signed'
}

export interface ReturnProblemProps {
  readonly failure: ApiFailure | null
  /** Done when what is shown is as it stands now: until then acting once more would meet the same refusal. */
  readonly onReload: () => Promise<unknown>
}

export function ReturnProblem({ failure, onReload }: ReturnProblemProps) {
  const [loading, setLoading] = useState(false)
  if (failure === null) return null
  if (!isOutdated(failure)) return <Problem failure={failure} places={[]} />
  return (
    <div className="problem return-outdated" role="alert">
      <p>{failure.message}</p>
      <p>填了还没有保存的数字和文字都还在。</p>
      <Button
        size="small"
        loading={loading}
        onClick={() => {
          setLoading(true)
          void onReload().finally(() => setLoading(false))
        }}
      >
        重新载入
      </Button>
    </div>
  )
}
