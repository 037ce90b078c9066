import 'dayjs/locale/zh-cn'
import ConfigProvider from 'antd/es/config-provider'
import zhCN from 'antd/es/locale/zh_CN'
import dayjs from 'dayjs'
import type { ReactNode } from 'react'
import { paint } from './colours.js'
import { bihuanTheme } from './theme.js'
import './ground.css'

dayjs.locale('zh-cn')
paint(document.documentElement)

export function ThemeProvider({ children }: { children: ReactNode }) {
  return (
    <ConfigProvider locale={zhCN} theme={bihuanTheme} button={{ autoInsertSpace: false }} form={{ colon: false }}>
      {children}
    </ConfigProvider>
  )
}
