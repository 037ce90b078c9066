import { Navigate } from 'react-router'
import { Page } from '../../../shared/layout/page.js'
import { Empty } from '../../../shared/states/empty.js'
import { useAdminPlaces } from '../components/admin-tabs.js'

export function AdminPage() {
  const [first] = useAdminPlaces()
  if (first) return <Navigate to={first.to} replace />
  return (
    <Page title="管理">
      <Empty what="您的角色没有管理事项" how="账户由系统管理员管理，授权由安全保密管理员办理，审计由安全审计员查看。" />
    </Page>
  )
}
