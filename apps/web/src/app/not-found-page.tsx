import Button from 'antd/es/button'
import { useLocation, useNavigate } from 'react-router'
import { Page } from '../shared/layout/page.js'
import '../shared/states/states.css'

export function NotFoundPage() {
  const { pathname } = useLocation()
  const navigate = useNavigate()
  return (
    <Page title="没有这个页面">
      <div className="state">
        <p className="state-title">没有这个页面</p>
        <p>
          地址 <code>{pathname}</code> 下没有内容。链接可能抄漏了几个字，或者它指向的功能还没有启用。
        </p>
        <div className="state-acts">
          <Button type="primary" onClick={() => void navigate('/')}>
            去工作台
          </Button>
          <Button onClick={() => void navigate(-1)}>返回上一页</Button>
        </div>
      </div>
    </Page>
  )
}
