import { listSchedules, type TablePage } from '@bihuan/contracts'
import { Link } from 'react-router'
import { useRoute } from '../../../shared/api/use-route.js'

/** From a table to who has filed it; to its schedules where there are several or none. */
export function TableBoards({ page }: { page: Pick<TablePage, 'id' | 'campaignId'> }) {
  const { data } = useRoute(listSchedules, { query: { campaign: page.campaignId } }, { staleMs: 60_000 })
  if (data === undefined) return null
  const own = data.items.filter(({ tableId }) => tableId === page.id)
  const [only] = own
  if (own.length === 0 && data.abilities['manage'] !== true) return null
  const to =
    only !== undefined && own.length === 1 ? `/schedules/${only.id}/board` : `/schedules?campaign=${page.campaignId}`
  return (
    <>
      {' · '}
      <Link to={to}>{own.length === 0 ? '设置报送安排' : '报送情况'}</Link>
    </>
  )
}
